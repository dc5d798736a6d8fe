"""What may be set at the chair: the status of a visit, its operatory, the state of a room.

The one place that changes them, for computers and for pages. A change counts only if whoever made
it saw the version that is there: nothing is ever overwritten silently.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.clinic.revisions import next_revision
from sandbox.identity.accounts import has_role
from sandbox.server.moment import rfc3339
from sandbox.tables.rows import Account, Appointment, Room, Versioned

CHAIR_STATUSES = ("Seated", "Ready for doctor", "Doctor here", "Recovery", "Left")
DESK_STATUSES = ("Scheduled", "Confirmed", "Arrived")
TAKEN_BACK = timedelta(minutes=1)
ROOM_STATUSES = ("Turn over", "Ready")


@dataclass(frozen=True, slots=True)
class Mark:
    """Who sets it, in which operatory (empty: in a browser), and when."""

    operatory: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """``done``, ``conflict``, or ``refused`` with a stable code."""

    outcome: str
    code: str = ""


DONE, CONFLICT = Outcome("done"), Outcome("conflict")
UNKNOWN, INVALID = Outcome("refused", "unknown"), Outcome("refused", "invalid")
ROLE_FORBIDS = Outcome("refused", "role_forbids")


def set_status(
    db: Session, account: Account, visit: Appointment, to: str, seen: int, mark: Mark
) -> Outcome:
    """Set a visit's status. What the front desk sets is for providers and admins only, but for
    taking back within a minute what was set in the same room."""
    if to in DESK_STATUSES:
        free = has_role(account, "provider") or has_role(account, "admin")
        if not free and not _takes_back(visit, mark):
            return ROLE_FORBIDS
    elif to not in CHAIR_STATUSES:
        return INVALID
    if visit.version != seen:
        return CONFLICT
    visit.status = to
    _changed(db, visit, visit.location, mark)
    return DONE


def _takes_back(visit: Appointment, mark: Mark) -> bool:
    if not mark.operatory or visit.set_in != mark.operatory or visit.set_at is None:
        return False
    return timedelta() <= mark.at - visit.set_at <= TAKEN_BACK


def set_operatory(db: Session, visit: Appointment, to: str, seen: int, mark: Mark) -> Outcome:
    """Seat a visit in a room of its location."""
    if db.get(Room, (visit.location, to)) is None:
        return INVALID
    if visit.version != seen:
        return CONFLICT
    visit.operatory = to
    _changed(db, visit, visit.location, mark)
    return DONE


def set_room(db: Session, room: Room, to: str, seen: int, mark: Mark) -> Outcome:
    """Say that a room needs turning over, or is ready."""
    if to not in ROOM_STATUSES:
        return INVALID
    if room.version != seen:
        return CONFLICT
    room.status = to
    _changed(db, room, room.location, mark)
    return DONE


def _changed(db: Session, what: Versioned, location: str, mark: Mark) -> None:
    what.version += 1
    what.revision = next_revision(db, location)
    what.set_by, what.set_in, what.set_at = mark.name, mark.operatory, mark.at
    db.flush()


def visit_at(db: Session, location: str, appointment_id: str) -> Appointment | None:
    """The appointment, if it is one of this location."""
    return db.scalar(
        select(Appointment).where(
            Appointment.id == appointment_id, Appointment.location == location
        )
    )


def visit_value(visit: Appointment) -> dict[str, object]:
    """``Appointment`` of the contract."""
    return {
        "id": visit.id,
        "version": visit.version,
        "day": visit.day,
        "time": visit.time,
        "minutes": visit.minutes,
        "operatory": visit.operatory,
        "patient": visit.patient,
        "birth_date": visit.birth_date,
        "procedure": visit.procedure,
        "sedation": visit.sedation,
        "provider": visit.provider,
        "alerts": [visit.alert] if visit.alert else [],
        "status": visit.status,
        "set_by": _mark_value(visit),
    }


def room_value(room: Room) -> dict[str, object]:
    """``RoomState`` of the contract."""
    return {
        "operatory": room.operatory,
        "version": room.version,
        "status": room.status,
        "set_by": _mark_value(room),
    }


def _mark_value(what: Versioned) -> dict[str, str] | None:
    if what.set_by is None or what.set_at is None:
        return None
    return {"operatory": what.set_in, "name": what.set_by, "at": rfc3339(what.set_at)}
