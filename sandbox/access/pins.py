"""The server's part in a PIN: a share without which no PIN opens anything, given and counted.

A PIN is never seen here. Whoever types one needs the share of (account, computer) to try it, and
each share that is given counts until a sign-in by PIN shows that it was right: an old file put
back on the computer gives no tries back (threats T5).
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from sandbox.access import trust
from sandbox.contract.refusals import Refusal
from sandbox.server.tokens import new_secret
from sandbox.tables.pinned import PinShare
from sandbox.tables.rows import Account, Device, Trust

AT_ONCE = 5
MOST = 10
WAIT = timedelta(minutes=1)


def give(
    db: Session, jkt: str, token: str | None, account_id: str, device_password: str, now: datetime
) -> dict[str, str]:
    """``PinShare`` of the contract: a new share for the holder of the opened credential."""
    account = _opened(db, jkt, token, account_id, device_password, now)
    share = new_secret()
    db.merge(PinShare(account_id=account.id, jkt=jkt, share=share, released=0, released_at=None))
    return {"share": share}


def confirm(
    db: Session, jkt: str, token: str | None, account_id: str, device_password: str, now: datetime
) -> None:
    """What was released has opened the credential: whoever has that needs no sign-in to show it."""
    account = _opened(db, jkt, token, account_id, device_password, now)
    confirmed(db, account.id, jkt)


def _opened(
    db: Session, jkt: str, token: str | None, account_id: str, device_password: str, now: datetime
) -> Account:
    """The personal account whose credential the caller holds, open."""
    account, _, row = trust.demand_trusted(db, jkt, token, now)
    if account.id != account_id:
        raise Refusal("trust_missing", approvers=[])
    if account.shared:
        fault = {"loc": ["account"], "msg": "an account that several use has no PIN"}
        raise Refusal("invalid", errors=[fault])
    trust.demand_device_password(row, device_password)
    return account


def release(
    db: Session, jkt: str, token: str | None, account_id: str, now: datetime
) -> dict[str, str]:
    """``PinShare`` of the contract, counted before it is given."""
    account, _, _ = trust.demand_trusted(db, jkt, token, now)
    row = db.get(PinShare, (account_id, jkt))
    if row is None or account.id != account_id or was_reset(db, account_id, jkt):
        raise Refusal("pin_unknown")
    if row.released >= MOST:
        # Only now: the tenth may have been right, and its sign-in on the way.
        row.share = ""
        raise Refusal("pin_spent")
    if row.released >= AT_ONCE and row.released_at is not None and now < row.released_at + WAIT:
        left = row.released_at + WAIT - now
        raise Refusal("too_many_tries", retry_after=max(1, int(left.total_seconds())))
    row.released += 1
    row.released_at = now
    return {"share": row.share}


def confirmed(db: Session, account_id: str, jkt: str) -> None:
    """A sign-in by PIN: what was given was right after all. What is destroyed stays so."""
    row = db.get(PinShare, (account_id, jkt))
    if row is not None and row.share:
        row.released, row.released_at = 0, None


def reset(db: Session, account_id: str) -> None:
    """The PIN of an account opens nothing any more, in no room, until another is chosen there."""
    wanted = update(PinShare).where(PinShare.account_id == account_id)
    db.execute(wanted.values(share="", released=0, released_at=None))


def was_reset(db: Session, account_id: str, jkt: str) -> bool:
    """Whether an admin reset it there and none was chosen since; a spent one was not reset."""
    row = db.get(PinShare, (account_id, jkt))
    return row is not None and not row.share and row.released < MOST


def forget(db: Session, account_id: str, jkt: str | None = None) -> None:
    """The PIN of an account opens nothing any more: on one computer, or on all."""
    wanted = delete(PinShare).where(PinShare.account_id == account_id)
    db.execute(wanted if jkt is None else wanted.where(PinShare.jkt == jkt))


def rooms(db: Session) -> dict[str, int]:
    """By account: in how many rooms its PIN opens a computer that is still trusted."""
    wanted = (
        select(PinShare.account_id, Device.location, Device.operatory)
        .join(Device, Device.jkt == PinShare.jkt)
        .join(Trust, (Trust.jkt == PinShare.jkt) & (Trust.account_id == PinShare.account_id))
        .where(PinShare.share != "", Trust.ended.is_(None))
        .distinct()
    )
    found: dict[str, int] = {}
    for account_id, _, _ in db.execute(wanted):
        found[account_id] = found.get(account_id, 0) + 1
    return found
