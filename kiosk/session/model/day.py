"""The clinic's day: appointments and rooms of one location, today and the next clinic day.

These values hold patients. They must never be put into a State, an Event, an Effect, a log or an
exception (law 10): they go from the server to the encrypted cache, and from there to the one page
that shows them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from kiosk.session.model.commands import Command, Kind


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


@dataclass(frozen=True, slots=True)
class Day:
    """The schedule as a page shows it: the server's, with one's own changes that still wait.

    ``waiting`` names the appointments and operatories with such a change, and the newest of each:
    whoever sets one again counts upon that one being done.
    """

    schedule: Schedule
    waiting: Mapping[str, str]

    def after(self, target: str) -> str:
        """The own change that this target's version counts upon, or empty."""
        return self.waiting.get(target, "")


def with_mine(schedule: Schedule, commands: Iterable[Command]) -> Day:
    """Lay what was set here and is not sent yet over what the server said, in its order.

    Each change counts the version up by one, as the server will: so the next one has seen it. What
    was set upon a version that is not the newest is left out; the server will call it a conflict.
    """
    appointments = {each.id: each for each in schedule.appointments}
    rooms = {each.operatory: each for each in schedule.rooms}
    waiting: dict[str, str] = {}
    for command in commands:
        target = command.target
        appointment, room = appointments.get(target), rooms.get(target)
        mark = Mark("", "", command.at)
        match command.kind:
            case Kind.ROOM if room is not None and room.version == command.seen:
                rooms[target] = RoomState(target, room.version + 1, command.to, mark)
            case Kind.STATUS if appointment is not None and appointment.version == command.seen:
                later = replace(
                    appointment, version=command.seen + 1, status=command.to, set_by=mark
                )
                appointments[target] = later
            case Kind.OPERATORY if appointment is not None and appointment.version == command.seen:
                later = replace(
                    appointment, version=command.seen + 1, operatory=command.to, set_by=mark
                )
                appointments[target] = later
            case _:
                continue
        waiting[target] = command.id
    laid = replace(schedule, appointments=tuple(appointments.values()), rooms=tuple(rooms.values()))
    return Day(laid, waiting)
