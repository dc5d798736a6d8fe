"""A new password for an account that several know: who left must not come back with the old one.

Computers go on working, for each has a password of its own (``sandbox.access.trust``), unless the
admin says *everywhere*: then each asks for the new one at its next sign-in, once and without a
code. Web browsers do not go on: they are signed out, and need the new password and a code, since
one of them may be at someone's home.
"""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from sandbox.access import trust
from sandbox.contract.refusals import Refusal
from sandbox.server import throttle
from sandbox.server.tokens import hash_password, password_fits
from sandbox.tables.rows import Account, Challenge, Device, Invitation, Trust, WebSession


def give(
    db: Session, account: Account, password: str, now: datetime, *, everywhere: bool = False
) -> bool:
    """Whether it was given: the one it has already is no new one."""
    if password_fits(account.password_hash, password):
        return False
    account.password_hash = hash_password(password)
    # An invitation still open would set another one.
    db.execute(
        update(Invitation)
        .where(Invitation.account_id == account.id, Invitation.used_at.is_(None))
        .values(used_at=now)
    )
    # A request for a code that the old one opened would let a computer or a browser in after it.
    db.execute(
        update(Challenge)
        .where(
            Challenge.account_id == account.id,
            Challenge.purpose.in_(("join", "web")),
            Challenge.over_at.is_(None),
        )
        .values(over_at=now)
    )
    db.execute(
        update(WebSession)
        .where(
            WebSession.account_id == account.id,
            WebSession.kiosk_session_id.is_(None),
            WebSession.ended_at.is_(None),
        )
        .values(ended_at=now)
    )
    db.execute(
        update(Trust)
        .where(
            Trust.account_id == account.id,
            Trust.jkt.not_in(select(Device.jkt)),
            Trust.ended.is_(None),
        )
        .values(ended="revoked")
    )
    if everywhere:
        # What is open goes on: it may be a patient's. The next sign-in needs the new one.
        db.execute(
            update(Trust)
            .where(Trust.account_id == account.id, Trust.ended.is_(None))
            .values(device_password_hash=None, password_due=True)
        )
    db.flush()
    return True


def renew(
    db: Session, jkt: str, token: str | None, account_id: str, password: str, now: datetime
) -> dict[str, str]:
    """``DevicePassword`` of the contract, for whoever types the account's new one there.

    Until it was used the old state stays: an answer that is lost is asked for again.
    """
    account, _, row = trust.demand_trusted(db, jkt, token, now)
    if account.id != account_id:
        raise Refusal("trust_missing", approvers=[])
    if not account.shared:
        fault = {"loc": ["account"], "msg": "a personal account joins with its own password"}
        raise Refusal("invalid", errors=[fault])
    throttle.demand_turn(db, "password", account.id, jkt, now)
    if not password_fits(account.password_hash, password):
        left = throttle.count_failure(db, "password", account.id, jkt, now)
        raise Refusal("credentials_wrong", tries_left=left)
    throttle.forget_failures(db, "password", account.id, jkt)
    given = trust.issue_device_password(row)
    row.password_due = True
    return {"device_password": given}


def owing(db: Session, account: Account, now: datetime) -> int:
    """How many computers still have to use it, of those that need no code anyway."""
    wanted = select(func.count()).where(
        Trust.account_id == account.id,
        Trust.ended.is_(None),
        Trust.password_due,
        Trust.last_signin_at > now - trust.IDLE,
    )
    return db.scalar(wanted) or 0
