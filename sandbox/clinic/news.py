"""What changed for a computer since its cursor: policy and people, and its location's schedule.

Reads only; it never moves the trust horizon (law 7). A cursor is opaque to the kiosk: since when
it has its grant, which terms, which days of which location in which life of the database, and how
many changes of those it saw.
"""

import hashlib
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.access import badges, grants, trust
from sandbox.clinic import schedule
from sandbox.clinic.chairside import room_value, visit_value
from sandbox.clinic.revisions import revision
from sandbox.server.clinic_days import ZONE, days_shown
from sandbox.server.server_state import ServerState
from sandbox.tables.rows import Appointment, Device, Removed, Room


@dataclass(frozen=True, slots=True)
class _Cursor:
    terms: str
    window: str
    revision: int

    def __str__(self) -> str:
        return f"{self.terms}.{self.window}.{self.revision:x}"


def since(
    db: Session, state: ServerState, jkt: str, token: str | None, held: str
) -> dict[str, object] | None:
    """``Changes`` of the contract since the cursor ``held``; nothing when nothing changed."""
    now = state.clock.now()
    account, device, row = trust.demand_trusted(db, jkt, token, now)
    schedule.lay_out(db, now)
    days = days_shown(db, now)
    terms = grants.terms(db, account, device, row, now)
    number = revision(db, device.location)
    window = _window(state, device.location, days)
    known = _read(held)
    seen = -1
    if known is not None and known.window == window and 0 <= known.revision <= number:
        seen = known.revision
    if known is not None and seen == number and grants.unchanged(terms, known.terms, now):
        return None
    badge_key = badges.told_key(db)
    return {
        **({"badge_key": badge_key} if badge_key else {}),
        "cursor": str(_Cursor(grants.cursor(terms, now), window, number)),
        "grant": grants.grant(db, state, account, row, now),
        "trust": trust.horizon_value(row),
        "schedule": _schedule(db, device, days, seen),
    }


def _read(held: str) -> _Cursor | None:
    parts = held.split(".")
    if len(held) > 200 or len(parts) != 4:
        return None
    try:
        return _Cursor(f"{parts[0]}.{parts[1]}", parts[2], int(parts[3], 16))
    except ValueError:
        return None


def _window(state: ServerState, location: str, days: tuple[str, str]) -> str:
    """What a computer holds, as a word; of another life of a database it holds nothing."""
    return hashlib.sha256(repr((state.life, location, days)).encode()).hexdigest()[:12]


def _schedule(db: Session, device: Device, days: tuple[str, str], seen: int) -> dict[str, object]:
    """``Schedule`` of the contract: all of it, or what changed after revision ``seen``."""
    visits = db.scalars(
        select(Appointment)
        .where(
            Appointment.location == device.location,
            Appointment.day.in_(days),
            Appointment.revision > seen,
        )
        .order_by(Appointment.day, Appointment.time, Appointment.place)
    )
    removed = select(Removed.appointment_id).where(
        Removed.location == device.location, Removed.day.in_(days), Removed.revision > seen
    )
    rooms = db.scalars(
        select(Room)
        .where(Room.location == device.location, Room.revision > seen)
        .order_by(Room.operatory)
    )
    return {
        "whole": seen < 0,
        "days": list(days),
        "zone": ZONE.key,
        "appointments": [visit_value(each) for each in visits],
        "removed": list(db.scalars(removed)) if seen >= 0 else [],
        "rooms": [room_value(each) for each in rooms],
    }
