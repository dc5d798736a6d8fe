"""The clinic's day: appointments and rooms of one location, today and the next clinic day.

These values hold patients. They must never be put into a State, an Event, an Effect, a log or an
exception (law 10): they go from the server to the encrypted cache, and from there to the one page
that shows them.
"""

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True)
class Mark:
    """Who set something, where and when.

    ``operatory`` is empty when it was set on the web; ``at`` is aware, UTC.
    """

    operatory: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Appointment:
    """One appointment, at ``version`` (counts from 1, one up with every change).

    ``time`` is clinic wall time on ``day`` in the schedule's zone, ``minutes`` how long it is
    planned for; ``operatory`` is None while it has no room. ``status`` is the server's own word.
    """

    id: str
    version: int
    day: date
    time: time
    minutes: int
    operatory: str | None
    patient: str
    birth_date: date
    procedure: str
    sedation: str
    provider: str
    alerts: tuple[str, ...]
    status: str
    set_by: Mark | None

    def __repr__(self) -> str:
        return f"<appointment {self.id} at version {self.version}>"


@dataclass(frozen=True, slots=True)
class RoomState:
    """A room, at ``version``: ready or to be turned over."""

    operatory: str
    version: int
    status: str
    set_by: Mark | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """The days that were asked for: whole, or (``whole`` False) what changed since a cursor.

    ``days`` are today and the next clinic day; ``zone`` is an IANA name. ``removed`` are ids of
    appointments that are no longer of these days or of this location.
    """

    whole: bool
    days: tuple[date, ...]
    zone: str
    appointments: tuple[Appointment, ...]
    removed: tuple[str, ...]
    rooms: tuple[RoomState, ...]
