"""What someone left behind: what is open in their name now, and what they did of late.

Reads only. Records that were not believed are left out: they are attributed to nobody.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from sandbox.access import sessions
from sandbox.admin.departures import WINDOW, Leaver
from sandbox.identity.strengths import SELF_NAMED
from sandbox.records.record_standing import NOT_BELIEVED
from sandbox.tables.rows import AuditRecord, Device, KioskSession, WebSession

MOST = 200


@dataclass(frozen=True, slots=True)
class Traces:
    """Their records, newest first, whether there are more, and how many on shared accounts
    carry nobody's name."""

    records: list[AuditRecord]
    more: bool
    nameless: int


def of(db: Session, leaver: Leaver, shared: list[str], now: datetime) -> Traces:
    """The last days of someone, who may have worked on these shared accounts."""
    theirs = or_(
        AuditRecord.actor.in_(leaver.ids),
        AuditRecord.account.in_([each.id for each in leaver.logins]),
        and_(AuditRecord.strength == SELF_NAMED, AuditRecord.actor == leaver.name),
    )
    found = db.scalars(
        select(AuditRecord)
        .where(theirs, *_lately(now))
        .order_by(AuditRecord.at.desc(), AuditRecord.chain, AuditRecord.sequence.desc())
        .limit(MOST + 1)
    ).all()
    nameless = select(func.count()).where(
        AuditRecord.account.in_(shared), AuditRecord.actor == AuditRecord.account, *_lately(now)
    )
    return Traces(list(found[:MOST]), len(found) > MOST, db.scalar(nameless) or 0)


def _lately(now: datetime) -> tuple[ColumnElement[bool], ...]:
    since = (now - WINDOW).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000000Z")
    return AuditRecord.at >= since, AuditRecord.standing != NOT_BELIEVED


def open_now(
    db: Session, leaver: Leaver, now: datetime
) -> list[tuple[KioskSession, Device | None]]:
    """Their sessions at computers, and where."""
    wanted = select(KioskSession).where(
        KioskSession.ended_at.is_(None),
        or_(
            KioskSession.account_id.in_([each.id for each in leaver.logins]),
            KioskSession.person_id.in_(leaver.ids),
            and_(KioskSession.strength == SELF_NAMED, KioskSession.person_id == leaver.name),
        ),
    )
    return [
        (each, db.get(Device, each.jkt))
        for each in db.scalars(wanted.order_by(KioskSession.started_at))
        if sessions.alive(db, each, now)
    ]


def browsers(db: Session, leaver: Leaver, now: datetime) -> int:
    """How many web browsers are signed in with their own login."""
    active = [each.id for each in leaver.logins if each.active]
    wanted = select(func.count()).where(
        WebSession.account_id.in_(active),
        WebSession.kiosk_session_id.is_(None),
        WebSession.ended_at.is_(None),
        WebSession.ends_at > now,
    )
    return db.scalar(wanted) or 0
