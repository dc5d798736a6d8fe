"""Which computers the audit has not heard from although they were used: what may be missing."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sandbox.records.record_standing import SLACK
from sandbox.server.clinic_days import ZONE
from sandbox.server.moment import clock_words, short_date_words
from sandbox.tables.rows import AuditChain, AuditRecord, Device, KioskSession

PATIENCE = timedelta(days=1)


def unheard(db: Session, now: datetime) -> list[tuple[Device, str]]:
    """Computers whose last records came more than a day ago, and that were used since.

    With the moment of the last ones in words, or nothing where none ever came.
    """
    arrived, used = _last_arrivals(db), _sessions(db)
    found = []
    for device in db.scalars(select(Device).order_by(Device.location, Device.operatory)):
        if device.jkt not in used:
            continue
        first, last = used[device.jkt]
        came = arrived.get(device.jkt)
        # The record of an entry may arrive just before the server knows of its session.
        silent_since = first if came is None else came + SLACK
        if last >= silent_since and now - (came or first) > PATIENCE:
            found.append((device, _words(came)))
    return found


def _last_arrivals(db: Session) -> dict[str, datetime]:
    """By computer, when the newest record of its chains came."""
    newest = select(AuditRecord.pushed_by, func.max(AuditRecord.arrived_at)).join(
        AuditChain,
        (AuditChain.chain == AuditRecord.chain) & (AuditChain.sequence == AuditRecord.sequence),
    )
    rows = db.execute(newest.group_by(AuditRecord.pushed_by))
    return {jkt: at for jkt, at in rows if at is not None}


def _sessions(db: Session) -> dict[str, tuple[datetime, datetime]]:
    """By computer, the beginning of its first and of its last session."""
    first, last = func.min(KioskSession.started_at), func.max(KioskSession.started_at)
    rows = db.execute(select(KioskSession.jkt, first, last).group_by(KioskSession.jkt))
    return {jkt: (since, until) for jkt, since, until in rows}


def _words(at: datetime | None) -> str:
    if at is None:
        return ""
    local = at.astimezone(ZONE)
    return f"{short_date_words(local)}, {clock_words(local)}"
