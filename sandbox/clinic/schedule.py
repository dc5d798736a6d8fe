"""The day: appointments of a location, laid out deterministically for any date, and their records.

Every patient is invented. Members may not delete an appointment or sign a record (facts.md S4).
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete as sql_delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.clinic.patients import ALERTS, NAMES
from sandbox.clinic.revisions import next_revision
from sandbox.contract.refusals import Refusal
from sandbox.identity.accounts import has_role
from sandbox.server.clinic_days import ZONE, days_shown
from sandbox.server.moment import rfc3339
from sandbox.server.tokens import new_id
from sandbox.tables.rows import Account, Appointment, Record, Removed


@dataclass(frozen=True, slots=True)
class Slot:
    """A planned visit: ``start`` 8:00 as minutes of the day, and how long it takes."""

    location: str
    operatory: str | None
    start: int
    minutes: int
    provider: str
    procedure: str
    sedation: str


RIVERA, CHEN = "Dr. Elena Rivera", "Dr. Samuel Chen"
IV, NITROUS, ORAL, LOCAL = "IV sedation", "Nitrous oxide", "Oral sedation", "Local only"

PLAN = (
    Slot("Main Street", "Op 1", 450, 60, RIVERA, "Third molars, all four", IV),
    Slot("Main Street", "Op 2", 480, 30, CHEN, "Consultation, implant #14", LOCAL),
    Slot("Main Street", "Op 3", 480, 60, RIVERA, "Third molars, lower", IV),
    Slot("Main Street", "Op 1", 540, 45, RIVERA, "Extraction #3 with graft", IV),
    Slot("Main Street", "Op 4", 540, 30, CHEN, "Post-op check", LOCAL),
    Slot("Main Street", "Op 2", 570, 60, CHEN, "Implant placement #19", ORAL),
    Slot("Main Street", "Op 3", 600, 45, RIVERA, "Expose and bond #11", NITROUS),
    Slot("Main Street", "Op 1", 630, 60, RIVERA, "Third molars, all four", IV),
    Slot("Main Street", None, 660, 30, CHEN, "Consultation, TMJ", LOCAL),
    Slot("Main Street", "Op 4", 690, 45, CHEN, "Biopsy, lateral tongue", LOCAL),
    Slot("Main Street", "Op 3", 780, 60, RIVERA, "Third molars, upper", IV),
    Slot("Main Street", "Op 1", 810, 45, RIVERA, "Extraction #30", NITROUS),
    Slot("Main Street", "Op 2", 840, 75, CHEN, "Sinus lift, right", IV),
    Slot("Main Street", None, 870, 30, RIVERA, "Suture removal", LOCAL),
    Slot("Main Street", "Op 4", 900, 45, CHEN, "Alveoloplasty, upper", ORAL),
    Slot("Main Street", "Op 3", 930, 45, RIVERA, "Frenectomy", NITROUS),
    Slot("Harbor", "Op 1", 480, 60, CHEN, "Implant placement #8", IV),
    Slot("Harbor", "Op 2", 510, 30, CHEN, "Post-op check", LOCAL),
    Slot("Harbor", "Op 1", 570, 45, CHEN, "Extractions #1, #16", IV),
    Slot("Harbor", None, 630, 30, CHEN, "Consultation, third molars", LOCAL),
    Slot("Harbor", "Op 2", 660, 60, CHEN, "Bone graft #25", ORAL),
    Slot("Harbor", "Op 1", 780, 45, CHEN, "Third molars, lower", IV),
)


def lay_out(db: Session, now: datetime) -> str:
    """Make sure that today and the next clinic day have their appointments; answer today.

    Also when today is no clinic day, so that a demonstration on a Sunday has something to show.
    """
    days = days_shown(db, now)
    for day in days:
        laid_out = select(Appointment.id).where(Appointment.day == day).limit(1)
        if db.scalar(laid_out) is None:
            _lay_out_day(db, day, now)
    return days[0]


def _lay_out_day(db: Session, day: str, now: datetime) -> None:
    revisions = {each: next_revision(db, each) for each in {slot.location for slot in PLAN}}
    names = sorted(NAMES, key=lambda each: _lot(day, each))
    for place, slot in enumerate(PLAN):
        appointment = Appointment(
            id=new_id("apt"),
            place=place,
            day=day,
            time=f"{slot.start // 60:02d}:{slot.start % 60:02d}",
            minutes=slot.minutes,
            location=slot.location,
            operatory=slot.operatory,
            patient=names[place],
            birth_date=f"{1948 + _lot(day, place, 'y') % 61}-{1 + _lot(day, place, 'm') % 12:02d}-"
            f"{1 + _lot(day, place, 'd') % 28:02d}",
            procedure=slot.procedure,
            sedation=slot.sedation,
            provider=slot.provider,
            status=_planned_status(day, place, slot, now),
            revision=revisions[slot.location],
            alert=ALERTS[_lot(day, place) % len(ALERTS)],
        )
        db.add(appointment)
        db.add(Record(id=new_id("rec"), appointment_id=appointment.id))
    db.flush()


def _lot(*of: object) -> int:
    return int.from_bytes(hashlib.sha256(repr(of).encode()).digest()[:4])


def _planned_status(day: str, place: int, slot: Slot, now: datetime) -> str:
    """Where a visit that keeps to its plan is when the day is laid out; later, people say so."""
    local = now.astimezone(ZONE)
    ahead = (date.fromisoformat(day) - local.date()).days
    into = local.hour * 60 + local.minute - slot.start
    if ahead > 0 or into < -20:
        return "Confirmed" if place % 4 else "Scheduled"
    if into < 0:
        return "Arrived"
    share = into / slot.minutes
    steps = ((0.15, "Seated"), (0.3, "Ready for doctor"), (0.75, "Doctor here"), (1.1, "Recovery"))
    return next((status for end, status in steps if share < end), "Left")


def of_location(db: Session, day: str, location: str) -> list[Appointment]:
    """The day's appointments of one location, in order of time."""
    return list(
        db.scalars(
            select(Appointment)
            .where(Appointment.day == day, Appointment.location == location)
            .order_by(Appointment.time, Appointment.operatory)
        )
    )


def record_of(db: Session, appointment: Appointment) -> Record:
    """The appointment's anesthesia record."""
    return db.scalars(select(Record).where(Record.appointment_id == appointment.id)).one()


def sign(db: Session, record_id: str, provider: Account, now: datetime) -> dict[str, object]:
    """Sign a record; signing again changes nothing."""
    record = db.get(Record, record_id)
    if record is None:
        raise Refusal("unknown", "no such record")
    signed_at = record.signed_at
    if signed_at is None:
        record.signed_by, record.signed_at = provider.id, now
        signed_at = now
    return {
        "id": record.id,
        "signed_by": record.signed_by,
        "signed_at": rfc3339(signed_at),
    }


def may_delete(account: Account) -> bool:
    """Whether they may delete appointments: not a plain member (S4)."""
    return has_role(account, "provider") or has_role(account, "admin")


def demand_deleter(account: Account) -> None:
    """Refuse a plain member (S4)."""
    if not may_delete(account):
        raise Refusal("role_forbids", "only for providers and admins")


def delete(db: Session, appointment_id: str) -> None:
    """Delete an appointment and its record; that it is gone is news for the location."""
    appointment = db.get(Appointment, appointment_id)
    if appointment is None:
        raise Refusal("unknown", "no such appointment")
    db.execute(sql_delete(Record).where(Record.appointment_id == appointment_id))
    db.add(
        Removed(
            appointment_id=appointment.id,
            location=appointment.location,
            day=appointment.day,
            revision=next_revision(db, appointment.location),
        )
    )
    db.delete(appointment)


def wall_time(appointment: Appointment) -> str:
    """``2:05 pm``."""
    hour, minute = map(int, appointment.time.split(":"))
    return f"{hour % 12 or 12}:{minute:02d} {'am' if hour < 12 else 'pm'}"
