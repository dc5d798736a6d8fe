"""A new password for an account that several know: who left must not come back with the old one.

Computers go on working, for each has a password of its own (``trust``). Web browsers do not: they
are signed out, and need the new password and a code, since one of them may be at someone's home.
"""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from sandbox.rows import Account, Challenge, Device, Invitation, Trust, WebSession
from sandbox.tokens import hash_password, password_fits


def give(db: Session, account: Account, password: str, now: datetime) -> bool:
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
    db.flush()
    return True
