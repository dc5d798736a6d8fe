"""The one clock of the server, and how instants are written.

Nothing else in the sandbox may ask for the current time. Time travel moves the clock forward by
an offset that the database keeps, so that a restart does not undo it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime


def real_now() -> datetime:
    """The computer's own time, aware, UTC."""
    return datetime.fromtimestamp(time.time(), UTC)


@dataclass(slots=True)
class Clock:
    """Tells the server's time: ``read()`` plus the offset travelled."""

    read: Callable[[], datetime] = field(default=real_now)
    offset: timedelta = timedelta()

    def now(self) -> datetime:
        """The server's time, aware, UTC, to the second (the contract's resolution)."""
        return (self.read() + self.offset).replace(microsecond=0)

    def advance(self, by: timedelta) -> None:
        """Travel; ``by`` may not be negative, a server's time never runs back."""
        if by < timedelta():
            raise ValueError("time runs forward only")
        self.offset += by


def rfc3339(at: datetime) -> str:
    """``2026-11-23T19:05:00Z`` (RFC 3339, section 5.6)."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def http_date(at: datetime) -> str:
    """``Mon, 23 Nov 2026 19:05:00 GMT`` (RFC 9110, section 5.6.7)."""
    return format_datetime(at.astimezone(UTC), usegmt=True)


def clock_words(at: datetime) -> str:
    """``2:05 pm``, in the zone that ``at`` carries."""
    return f"{at.hour % 12 or 12}:{at:%M} {'am' if at.hour < 12 else 'pm'}"


def short_date_words(at: datetime) -> str:
    """``Mon, Nov 23``, in the zone that ``at`` carries."""
    return f"{at:%a}, {at:%b} {at.day}"


def date_words(at: datetime) -> str:
    """``Monday, November 23``, in the zone that ``at`` carries."""
    return f"{at:%A}, {at:%B} {at.day}"


def precise(at: datetime) -> str:
    """``2026-11-23T19:05:00.000000Z``, as audit records write their time: sorts as it passes."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
