"""How often someone may fail, and how often a phone may be texted.

Failures are counted per (account, device) and kind, in the database: a restart, a resend or a new
challenge forgets nothing, and one device's lockout touches no other. Five failures, then a delay
that doubles from 30 s to an hour (NIST SP 800-63B-4, section 3.2.2).
"""

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sandbox.contract.refusals import Refusal
from sandbox.tables.rows import Failure, Text

TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
BETWEEN_TEXTS = timedelta(seconds=30)
TEXTS_AN_HOUR = 6

Kind = Literal["password", "code"]


def demand_turn(db: Session, kind: Kind, subject: str, jkt: str, now: datetime) -> None:
    """Refuse while a delay runs, whatever is offered."""
    row = db.get(Failure, (kind, subject, jkt))
    if row is not None and row.wait_until is not None and row.wait_until > now:
        raise Refusal("too_many_tries", retry_after=_seconds(row.wait_until - now))


def count_failure(db: Session, kind: Kind, subject: str, jkt: str, now: datetime) -> int:
    """Count one more failure; answer how many tries are left before the next delay."""
    row = db.get(Failure, (kind, subject, jkt))
    if row is None:
        row = Failure(kind=kind, subject=subject, jkt=jkt, count=0)
        db.add(row)
    row.count += 1
    if row.count >= TRIES:
        doublings = min(row.count - TRIES, 16)
        row.wait_until = now + min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)
    db.flush()
    return max(TRIES - row.count, 0)


def tries_left(db: Session, kind: Kind, subject: str, jkt: str, now: datetime) -> int:
    """Tries before the next delay; after a delay there is one."""
    row = db.get(Failure, (kind, subject, jkt))
    if row is None:
        return TRIES
    if row.wait_until is not None and row.wait_until > now:
        return 0
    return max(TRIES - row.count, 1)


def forget_failures(db: Session, kind: Kind, subject: str, jkt: str) -> None:
    """After success."""
    row = db.get(Failure, (kind, subject, jkt))
    if row is not None:
        db.delete(row)


def demand_text(db: Session, asked_by: str, approver: str, phone: str, now: datetime) -> None:
    """Refuse a text that comes too soon after the last, or over the phone's hourly cap.

    The 30 s run per asker and approver, so that *Ask someone else* need not wait.
    """
    last = db.scalar(
        select(func.max(Text.sent_at)).where(
            Text.asked_by == asked_by, Text.approver_id == approver
        )
    )
    if last is not None and last + BETWEEN_TEXTS > now:
        raise Refusal("resend_too_soon", retry_after=_seconds(last + BETWEEN_TEXTS - now))
    hour = timedelta(hours=1)
    recent = db.scalars(
        select(Text.sent_at)
        .where(Text.phone == phone, Text.sent_at > now - hour)
        .order_by(Text.sent_at)
    ).all()
    if len(recent) >= TEXTS_AN_HOUR:
        raise Refusal("texts_capped", retry_after=_seconds(recent[0] + hour - now))


def _seconds(wait: timedelta) -> int:
    return max(1, int(wait.total_seconds()))
