"""The clinic's calendar: its zone, its days, and when it closes. Owns the table of closures.

Monday to Friday, until 18:00 clinic time, but not on a day that was declared closed.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.tables.rows import Closure

ZONE = ZoneInfo("America/Chicago")
CLOSES = time(18, 0)
WEEKDAYS = range(5)
NEVER: frozenset[str] = frozenset()


def day_of(now: datetime) -> str:
    """The clinic's calendar day, ``2026-11-23``."""
    return now.astimezone(ZONE).date().isoformat()


def midnight_after(now: datetime) -> datetime:
    """The end of the clinic's calendar day, which a change of the clocks may bring nearer."""
    tomorrow = now.astimezone(ZONE).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), ZONE).astimezone(UTC)


def closures(db: Session) -> frozenset[str]:
    """The days declared closed."""
    return frozenset(db.scalars(select(Closure.day)))


def close_on(db: Session, day: date) -> None:
    """Declare a day closed; again changes nothing."""
    db.merge(Closure(day=day.isoformat()))


def next_clinic_day(now: datetime, closed: frozenset[str] = NEVER) -> date:
    """The clinic day after today."""
    day = now.astimezone(ZONE).date() + timedelta(days=1)
    while day.weekday() not in WEEKDAYS or day.isoformat() in closed:
        day += timedelta(days=1)
    return day


def next_close(now: datetime, closed: frozenset[str] = NEVER) -> datetime:
    """The close of the clinic day after today."""
    return datetime.combine(next_clinic_day(now, closed), CLOSES, ZONE).astimezone(UTC)


def days_shown(db: Session, now: datetime) -> tuple[str, str]:
    """Today, and the next clinic day: what a computer may hold."""
    return day_of(now), next_clinic_day(now, closures(db)).isoformat()
