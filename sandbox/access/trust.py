"""The remembered second factor of (account, device): given, checked, moved, ended.

``last_signin_at`` is moved by ``give`` (a code was accepted) and by ``signed_in`` (a session was
started), and by nothing else (law 7).
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.contract.refusals import Refusal
from sandbox.identity.accounts import approver_values, demand_device, demand_usable
from sandbox.server.moment import rfc3339
from sandbox.server.tokens import fingerprint, new_secret, same
from sandbox.tables.rows import Account, Device, Trust

IDLE = timedelta(days=30)


def horizon(trust: Trust) -> datetime:
    """Until when trust lasts if nobody signs in."""
    return trust.last_signin_at + IDLE


def horizon_value(trust: Trust) -> dict[str, str]:
    """``{horizon_at}``."""
    return {"horizon_at": rfc3339(horizon(trust))}


def give(db: Session, account: Account, jkt: str, now: datetime) -> tuple[Trust, str]:
    """Trust this device for this account from now on, after an accepted code; the new token."""
    token = new_secret()
    row = db.get(Trust, (account.id, jkt))
    if row is None:
        row = Trust(account_id=account.id, jkt=jkt, device_password_hash=None)
        db.add(row)
    row.token_hash = fingerprint(token)
    row.last_signin_at = now
    row.ended = None
    db.flush()
    return row, token


def issue_device_password(row: Trust) -> str:
    """A new first factor for one account on one computer; the old one no longer counts."""
    password = new_secret()
    row.device_password_hash = fingerprint(password)
    row.password_due = False
    return password


def signed_in(row: Trust, now: datetime) -> None:
    """A person's session was started: the horizon moves."""
    row.last_signin_at = now
    row.password_due = False  # it has arrived, for it was used


def end(row: Trust, reason: str) -> None:
    """``dropped`` (signed out), ``removed`` (the device password goes too) or ``revoked``."""
    row.ended = reason
    if reason == "removed":
        row.device_password_hash = None


def device_password_fits(row: Trust | None, password: str) -> bool:
    """The computer's own first factor."""
    if row is None or row.device_password_hash is None:
        return False
    return same(row.device_password_hash, fingerprint(password))


def demand_device_password(row: Trust | None, password: str) -> None:
    """The computer's own first factor, or the refusal that says which password is wanted."""
    if device_password_fits(row, password):
        return
    due = row is not None and row.password_due
    raise Refusal("password_changed" if due else "device_password_wrong")


def demand_live(
    db: Session, account: Account, row: Trust | None, token: str, now: datetime
) -> Trust:
    """The live trust that ``token`` stands for, or the refusal that asks for a code."""
    if row is None:
        raise Refusal("trust_missing", approvers=[])
    reason = None
    if row.ended == "revoked":
        reason = "trust_revoked"
    elif row.ended is not None or not same(row.token_hash, fingerprint(token)):
        reason = "trust_missing"
    elif now >= horizon(row):
        reason = "trust_lapsed"
    if reason is not None:
        raise Refusal(reason, approvers=approver_values(db, account))
    return row


def by_token(db: Session, jkt: str, token: str) -> Trust | None:
    """The trust of this device that the token names: a token of another device names nothing."""
    return db.scalar(select(Trust).where(Trust.jkt == jkt, Trust.token_hash == fingerprint(token)))


def personal(db: Session, jkt: str, now: datetime) -> list[tuple[Account, Trust]]:
    """Whose own logins open this computer without a code; the latest sign-in first."""
    wanted = (
        select(Account, Trust)
        .join(Trust, Trust.account_id == Account.id)
        .where(
            Trust.jkt == jkt,
            Trust.ended.is_(None),
            Trust.last_signin_at > now - IDLE,
            Trust.device_password_hash.is_not(None),
            Account.active,
            ~Account.shared,
        )
        .order_by(Trust.last_signin_at.desc(), Account.id)
    )
    return [(account, row) for account, row in db.execute(wanted)]


def demand_trusted(
    db: Session, jkt: str, token: str | None, now: datetime
) -> tuple[Account, Device, Trust]:
    """Whose trust the token is, on a computer that is not revoked; what sync is proved by."""
    demand_device(db, jkt)
    row = by_token(db, jkt, token or "")
    if row is None:
        raise Refusal("trust_missing", approvers=[])
    account = db.get_one(Account, row.account_id)
    demand_usable(account)
    demand_live(db, account, row, token or "", now)
    return account, db.get_one(Device, jkt), row
