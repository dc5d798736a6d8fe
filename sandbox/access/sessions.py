"""Sessions on kiosks, the one-time handoff into a page, and their end.

A session needs the first factor, the key's proof and live trust; renewal the proof alone. Ending
one ends the web page that was opened from it (ASVS 5.0, 7.4.1).
"""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from sandbox.access import badges, pins, protections, trust
from sandbox.access.grants import grant
from sandbox.contract.bodies import SessionRequest
from sandbox.contract.refusals import Refusal
from sandbox.identity import floats
from sandbox.identity.accounts import demand_device, demand_usable, people, privileged, usable
from sandbox.identity.strengths import BADGE, PIN, SELF_NAMED, may_enter
from sandbox.server.moment import rfc3339
from sandbox.server.server_state import ServerState
from sandbox.server.tokens import fingerprint, new_id, new_secret
from sandbox.tables.rows import Account, Device, Handoff, KioskSession, Trust, WebSession

ACCESS_LIFE = timedelta(minutes=10)
LONGEST = timedelta(hours=24)
HANDOFF_LIFE = timedelta(seconds=60)


def start(
    db: Session, state: ServerState, jkt: str, wish: SessionRequest, origin: str
) -> dict[str, object]:
    """``Session`` of the contract: from the tap to the page's address in one answer."""
    now = state.clock.now()
    demand_device(db, jkt)
    row = db.get(Trust, (wish.account, jkt))
    if row is None:
        raise Refusal("trust_missing", approvers=[])
    account = db.get_one(Account, wish.account)
    trust.demand_device_password(row, wish.device_password)
    demand_usable(account)
    trust.demand_live(db, account, row, wish.trust_token, now)
    person_name = _person_name(db, account, wish)
    _demand_sure(db, account, jkt, wish)
    # A computer has one person at it: a session that a crash or a lost answer left is over.
    end_all(db, now, jkt=jkt)
    access_token = new_secret()
    session = KioskSession(
        id=new_id("ses"),
        account_id=account.id,
        jkt=jkt,
        person_id=wish.person,
        person_name=person_name,
        strength=wish.strength,
        access_hash=fingerprint(access_token),
        access_expires_at=now + ACCESS_LIFE,
        started_at=now,
        ends_at=now + LONGEST,
    )
    db.add(session)
    trust.signed_in(row, now)
    protections.told(db, jkt, wish.protection)
    if wish.strength == PIN:
        pins.confirmed(db, account.id, jkt)
    if wish.strength == SELF_NAMED:
        floats.heard(db, account, person_name, db.get_one(Device, jkt), now)
    db.flush()
    return {
        "id": session.id,
        "access_token": access_token,
        "expires_at": rfc3339(session.access_expires_at),
        "trust": trust.horizon_value(row),
        "grant": grant(db, state, account, row, now),
        "handoff": open_handoff(db, session, origin, now),
    }


def _demand_sure(db: Session, account: Account, jkt: str, wish: SessionRequest) -> None:
    """Nobody enters a login of one's own unless the computer says how it knows them, and a PIN
    opens no other.

    And nobody by a badge that was taken off, for it may have been lost, nor by a PIN that was
    reset: a computer whose cable was pulled opens with the share of last time.
    """
    if wish.strength == BADGE and not badges.held(db, wish.person):
        raise Refusal("badge_unknown")
    if not may_enter(account, wish.strength):
        fault = {"loc": ["strength"], "msg": "nobody enters an account of this kind like that"}
        raise Refusal("invalid", errors=[fault])
    if pins.was_reset(db, account.id, jkt):
        raise Refusal("pin_unknown")


def _person_name(db: Session, account: Account, wish: SessionRequest) -> str:
    """The name at the chair; whoever names themselves may do so on a shared account only.

    What is typed is a name: an id stands for somebody whom nobody vouches for then.
    """
    if account.shared and wish.strength == SELF_NAMED:
        if not floats.may_be(db, account, wish.person):
            raise Refusal("person_unlisted")
        return wish.person
    names = {each["id"]: each["name"] for each in people(db, account)}
    names.setdefault(account.id, account.label)
    if wish.person in names:
        return names[wish.person]
    raise Refusal("person_unlisted")


def open_handoff(db: Session, session: KioskSession, origin: str, now: datetime) -> dict[str, str]:
    """``{url, expires_at}``: opens the page once, as the session's person."""
    token = new_secret()
    expires_at = now + HANDOFF_LIFE
    db.add(Handoff(token_hash=fingerprint(token), session_id=session.id, expires_at=expires_at))
    return {"url": f"{origin}/handoff/{token}", "expires_at": rfc3339(expires_at)}


def use_handoff(db: Session, token: str, now: datetime) -> tuple[KioskSession, str] | None:
    """The session a handoff opens and the new cookie; nothing if it was used, old or unknown."""
    handoff = db.get(Handoff, fingerprint(token))
    if handoff is None or handoff.used_at is not None or now >= handoff.expires_at:
        return None
    handoff.used_at = now
    session = db.get_one(KioskSession, handoff.session_id)
    if not alive(db, session, now):
        return None
    cookie = new_secret()
    db.add(
        WebSession(
            cookie_hash=fingerprint(cookie),
            account_id=session.account_id,
            kiosk_session_id=session.id,
            ends_at=session.ends_at,
        )
    )
    return session, cookie


def alive(db: Session, session: KioskSession | None, now: datetime) -> bool:
    """Whether the session has not ended, by anyone's hand or by age."""
    if session is None or session.ended_at is not None or now >= session.ends_at:
        return False
    return usable(db.get_one(Account, session.account_id))


def by_access_token(db: Session, jkt: str, token: str | None, now: datetime) -> KioskSession:
    """The live session of this device that the token opens."""
    session = None
    if token is not None:
        session = db.scalar(
            select(KioskSession).where(
                KioskSession.access_hash == fingerprint(token), KioskSession.jkt == jkt
            )
        )
    if session is not None and privileged(db.get_one(Account, session.account_id)):
        raise Refusal("account_privileged")
    if session is None or not alive(db, session, now) or now >= session.access_expires_at:
        raise Refusal("session_ended")
    return session


def renew(db: Session, jkt: str, session_id: str, now: datetime) -> dict[str, str]:
    """``{access_token, expires_at}`` by the key's proof alone. Moves no horizon (law 7)."""
    demand_device(db, jkt)
    session = db.get(KioskSession, session_id)
    if session is None or session.jkt != jkt:
        raise Refusal("session_ended")
    demand_usable(db.get_one(Account, session.account_id))
    if not alive(db, session, now):
        raise Refusal("session_ended")
    access_token = new_secret()
    session.access_hash = fingerprint(access_token)
    session.access_expires_at = min(now + ACCESS_LIFE, session.ends_at)
    return {"access_token": access_token, "expires_at": rfc3339(session.access_expires_at)}


def end(db: Session, jkt: str, session_id: str, now: datetime) -> None:
    """End one's own session; an ended or unknown one is ended already."""
    session = db.get(KioskSession, session_id)
    if session is not None and session.jkt == jkt:
        _end(db, [session], now)


def end_all(
    db: Session,
    now: datetime,
    *,
    account_id: str | None = None,
    jkt: str | None = None,
    person_id: str | None = None,
) -> None:
    """End every session of the account, of the device, of the person: of all that are named.

    Of an account as a whole, the browsers that signed in to it too.
    """
    wanted = select(KioskSession).where(KioskSession.ended_at.is_(None))
    if account_id is not None:
        wanted = wanted.where(KioskSession.account_id == account_id)
    if jkt is not None:
        wanted = wanted.where(KioskSession.jkt == jkt)
    if person_id is not None:
        wanted = wanted.where(KioskSession.person_id == person_id)
    _end(db, list(db.scalars(wanted)), now)
    if jkt is None and person_id is None and account_id is not None:
        db.execute(
            update(WebSession)
            .where(WebSession.account_id == account_id, WebSession.ended_at.is_(None))
            .values(ended_at=now)
        )


def _end(db: Session, ended: list[KioskSession], now: datetime) -> None:
    for session in ended:
        session.ended_at = session.ended_at or now
        db.execute(
            update(WebSession)
            .where(WebSession.kiosk_session_id == session.id, WebSession.ended_at.is_(None))
            .values(ended_at=now)
        )


def any_alive(db: Session, jkt: str, now: datetime) -> bool:
    """Whether a session lives on this device (facts.md S9)."""
    rows = db.scalars(
        select(KioskSession).where(KioskSession.jkt == jkt, KioskSession.ended_at.is_(None))
    )
    return any(alive(db, session, now) for session in rows)
