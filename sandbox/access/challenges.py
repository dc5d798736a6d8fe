"""The provider's code: asked for, texted, answered. A code is bound to its challenge and device.

NIST SP 800-63B-4, section 3.1.3.2: six digits, ten minutes, single use; a resend voids the code
before it and resets no failures. What an accepted code opens is decided here and nowhere else.
"""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from sandbox.access import pins, sessions, trust
from sandbox.access.grants import demand_place, grant, organization, public_key
from sandbox.contract.bodies import AnswerRequest, ChallengeRequest, DeviceFactor, PasswordFactor
from sandbox.contract.refusals import Refusal
from sandbox.identity import authenticators
from sandbox.identity.accounts import (
    account_value,
    approver_values,
    approvers,
    by_email,
    demand_active,
    demand_device,
    demand_usable,
)
from sandbox.server import throttle
from sandbox.server.clinic_days import ZONE
from sandbox.server.moment import clock_words, rfc3339
from sandbox.server.server_state import ServerState
from sandbox.server.tokens import (
    code_fingerprint,
    fingerprint,
    new_code,
    new_id,
    password_fits,
    same,
)
from sandbox.tables.rows import Account, Challenge, Code, Device, Text, Trust

LIFE = timedelta(minutes=30)
CODE_LIFE = timedelta(minutes=10)
REASONS = {
    "join": "a new computer",
    "return": "nobody signed in there for a while, or it was signed out",
    "remove": "removing this computer",
    "web": "a web browser that is not remembered",
}


def check_password(db: Session, email: str, password: str, jkt: str, now: datetime) -> Account:
    """The account of a right e-mail and password; a wrong one is counted against the device."""
    account = by_email(db, email)
    subject = account.id if account else "email:" + fingerprint(email.strip().lower())
    throttle.demand_turn(db, "password", subject, jkt, now)
    if not password_fits(account.password_hash if account else None, password) or not account:
        left = throttle.count_failure(db, "password", subject, jkt, now)
        raise Refusal("credentials_wrong", tries_left=left)
    throttle.forget_failures(db, "password", subject, jkt)
    return account


def ask(db: Session, state: ServerState, jkt: str, wish: ChallengeRequest) -> dict[str, object]:
    """A new challenge for the holder of the first factor. Nothing is texted yet."""
    now = state.clock.now()
    account = _first_factor(db, wish.first_factor, jkt, now)
    demand_device(db, jkt)
    if wish.purpose == "remove":
        demand_active(account)
    else:
        demand_usable(account)
    if wish.place is not None:
        demand_place(db, wish.place.location, wish.place.operatory)
        place = (wish.place.location, wish.place.operatory, wish.computer)
    else:
        device = db.get_one(Device, jkt)
        place = (device.location, device.operatory, device.computer)
    return challenge_value(db, open_challenge(db, account, jkt, wish.purpose, place, now), now)


def _first_factor(
    db: Session, factor: PasswordFactor | DeviceFactor, jkt: str, now: datetime
) -> Account:
    if isinstance(factor, PasswordFactor):
        return check_password(db, factor.email, factor.password, jkt, now)
    row = db.get(Trust, (factor.account, jkt))
    trust.demand_device_password(row, factor.device_password)
    return db.get_one(Account, factor.account)


def open_challenge(
    db: Session,
    account: Account,
    jkt: str,
    purpose: str,
    place: tuple[str, str, str],
    now: datetime,
) -> Challenge:
    """A challenge row; ``place`` is location, operatory and the computer's name."""
    challenge = Challenge(
        id=new_id("chl"),
        purpose=purpose,
        account_id=account.id,
        jkt=jkt,
        location=place[0],
        operatory=place[1],
        computer=place[2],
        expires_at=now + LIFE,
    )
    db.add(challenge)
    db.flush()
    return challenge


def challenge_value(db: Session, challenge: Challenge, now: datetime) -> dict[str, object]:
    """``Challenge`` of the contract."""
    account = db.get_one(Account, challenge.account_id)
    return {
        "id": challenge.id,
        "purpose": challenge.purpose,
        "account": account_value(account),
        "approvers": approver_values(db, account),
        "expires_at": rfc3339(challenge.expires_at),
        "tries_left": throttle.tries_left(db, "code", account.id, challenge.jkt, now),
    }


def find(db: Session, challenge_id: str, jkt: str, now: datetime) -> Challenge:
    """The open challenge of this device; another device's does not exist for it."""
    challenge = db.get(Challenge, challenge_id)
    if challenge is None or challenge.jkt != jkt:
        raise Refusal("challenge_unknown")
    if challenge.over_at is not None or now >= challenge.expires_at:
        raise Refusal("challenge_over")
    return challenge


def deliver(db: Session, challenge: Challenge, approver_id: str, now: datetime) -> dict[str, str]:
    """Text a fresh code to one approver; every earlier code of the challenge is void."""
    account = db.get_one(Account, challenge.account_id)
    demand_active(account)
    chosen = next((each for each in approvers(db, account) if each.id == approver_id), None)
    if chosen is None or chosen.phone is None:
        raise Refusal("unknown", "no such approver")
    asked_by = fingerprint(f"{account.id}\n{challenge.jkt}")
    throttle.demand_text(db, asked_by, chosen.id, chosen.phone, now)
    db.execute(update(Code).where(Code.challenge_id == challenge.id).values(void=True))
    code = new_code()
    expires_at = now + CODE_LIFE
    db.add(
        Code(
            challenge_id=challenge.id,
            approver_id=chosen.id,
            code_hash=code_fingerprint(code, challenge.id, challenge.jkt),
            expires_at=expires_at,
        )
    )
    until = clock_words(expires_at.astimezone(ZONE))
    where = f"{challenge.operatory}, {challenge.location}" if challenge.operatory else "web sign-in"
    db.add(
        Text(
            asked_by=asked_by,
            approver_id=chosen.id,
            phone=chosen.phone,
            phone_owner=chosen.label,
            body=f"{code} is the Xchart code for {account.label} in {where} "
            f"({organization(db)}): {REASONS[challenge.purpose]}. Works until {until}. "
            "Not expected? Do not tell it to anyone.",
            code=code,
            sent_at=now,
        )
    )
    return {
        "approver": chosen.id,
        "phone_ending": chosen.phone[-2:],
        "expires_at": rfc3339(expires_at),
        "resend_at": rfc3339(now + throttle.BETWEEN_TEXTS),
    }


def redeem(
    db: Session, challenge: Challenge, offered: str, now: datetime, approver_id: str = ""
) -> Account:
    """Use up the challenge with its code, or count the failure.

    With an approver it is a code of their app; otherwise the one that was texted last.
    """
    account = db.get_one(Account, challenge.account_id)
    demand_active(account)
    throttle.demand_turn(db, "code", account.id, challenge.jkt, now)
    if approver_id:
        right = _app_code_fits(db, account, approver_id, offered, now)
    else:
        right = _texted_code_fits(db, account, challenge, offered, now)
    if not right:
        left = throttle.count_failure(db, "code", account.id, challenge.jkt, now)
        raise Refusal("code_wrong", tries_left=left)
    throttle.forget_failures(db, "code", account.id, challenge.jkt)
    challenge.over_at = now
    return account


def _texted_code_fits(
    db: Session, account: Account, challenge: Challenge, offered: str, now: datetime
) -> bool:
    code = db.scalar(select(Code).where(Code.challenge_id == challenge.id, ~Code.void))
    if code is None or now >= code.expires_at:
        raise Refusal("code_over")
    if all(each.id != code.approver_id for each in approvers(db, account)):
        # Deactivated since it was texted, or no provider any more: nobody's word for a computer.
        raise Refusal("code_over")
    mark = code_fingerprint(offered, challenge.id, challenge.jkt)
    code.void = same(code.code_hash, mark)
    if not code.void and _was_replaced(db, challenge, mark):
        # No guess: it lies on a phone still. Whoever asked twice may read the wrong one of two.
        raise Refusal("code_over")
    return code.void


def _was_replaced(db: Session, challenge: Challenge, mark: str) -> bool:
    """Whether it is a code of this challenge before the one that counts."""
    wanted = select(Code.code_hash).where(Code.challenge_id == challenge.id, Code.void)
    return any(same(each, mark) for each in db.scalars(wanted))


def _app_code_fits(
    db: Session, account: Account, approver_id: str, offered: str, now: datetime
) -> bool:
    asked = any(each.id == approver_id for each in approvers(db, account))
    if not asked or not authenticators.holds(db, approver_id):
        raise Refusal("unknown", "no such approver, or no app of theirs")
    return authenticators.fits(db, approver_id, offered, now)


def answer(
    db: Session, state: ServerState, jkt: str, challenge_id: str, wish: AnswerRequest
) -> dict[str, object]:
    """``Acceptance`` of the contract: what the code was asked for happens with it."""
    now = state.clock.now()
    demand_device(db, jkt)
    challenge = find(db, challenge_id, jkt, now)
    account = redeem(db, challenge, wish.code, now, wish.approver)
    if challenge.purpose == "remove":
        row = db.get(Trust, (account.id, jkt))
        if row is not None:
            trust.end(row, "removed")
        sessions.end_all(db, now, account_id=account.id, jkt=jkt)
        return {"removed": True}
    demand_usable(account)
    row, token = trust.give(db, account, jkt, now)
    device = db.get(Device, jkt)
    if challenge.purpose == "join" or device is None:
        _bind(db, challenge, device, now)
    acceptance: dict[str, object] = {
        "trust": {"token": token, **trust.horizon_value(row)},
        "grant": grant(db, state, account, row, now),
    }
    if challenge.purpose == "join":
        pins.forget(db, account.id, jkt)  # what it sealed was the old one
        acceptance["device_password"] = trust.issue_device_password(row)
        acceptance["grant_key"] = public_key(state)
    return acceptance


def _bind(db: Session, challenge: Challenge, device: Device | None, now: datetime) -> None:
    if device is None:
        device = Device(jkt=challenge.jkt, joined_at=now)
        db.add(device)
    device.computer = challenge.computer
    device.location = challenge.location
    device.operatory = challenge.operatory
    db.flush()
