"""The clinic's schedule, as full as a measurement wants it; laid out while the server is away.

Owns what stands in the reference server's database before it is asked. The location's rooms are
in it, so that a kiosk's own room has its part of the list.
"""

from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from benchmarks.room import LOCATION
from sandbox.clinic.patients import ALERTS, NAMES
from sandbox.clinic.revisions import next_revision
from sandbox.demo.server import Practice
from sandbox.server.clinic_days import days_shown
from sandbox.server.server_state import ServerState
from sandbox.server.tokens import new_id
from sandbox.tables.rows import Appointment, Person, Record, Removed

ROOMS = ("Op 1", "Op 2", "Op 3", "Op 4", None)
FIRST, LAST = 7 * 60, 22 * 60
"""The day in minutes: from seven to ten at night, as full as it has to be."""
FIRST_PLACE = 1000
PROCEDURES = ("Third molars, all four", "Implant placement #19", "Extraction #30", "Post-op check")
SEDATIONS = ("IV sedation", "Nitrous oxide", "Local only")
FIRST_NAMES = ("Beth", "Carla", "Dana", "Emil", "Farah", "Gina", "Hugo", "Ines", "Karim", "Lea")
STATUSES = ("Confirmed", "Confirmed", "Scheduled", "Arrived")


def lay_out(practice: Practice, data: Path, appointments: int) -> None:
    """Have exactly so many today in the location, and none on the next day; ``data``: its own.

    The server is stopped meanwhile, and answers at the same address afterwards.
    """
    practice.stop()
    state = ServerState(data)
    try:
        with state.unit() as db:
            today, following = days_shown(db, state.clock.now())
            _empty(db, (today, following))
            revision = next_revision(db, LOCATION)
            for place in range(appointments):
                db.add(_appointment(today, place, appointments, revision))
                db.flush()
    finally:
        state.close()
    practice.start()


def list_people(practice: Practice, data: Path, people: int) -> None:
    """Have so many on the list of the shared account; who is on it already stays first."""
    practice.stop()
    state = ServerState(data)
    try:
        with state.unit() as db:
            there = db.scalars(select(Person)).all()
            for place in range(len(there), people):
                name = f"{FIRST_NAMES[place % len(FIRST_NAMES)]} Number {place}"
                db.add(Person(id=f"per-{place}", account_id=there[0].account_id, name=name))
    finally:
        state.close()
    practice.start()


def _empty(db: Session, days: tuple[str, ...]) -> None:
    here = Appointment.location == LOCATION, Appointment.day.in_(days)
    for each in db.query(Appointment).where(*here):
        db.add(
            Removed(
                appointment_id=each.id,
                location=each.location,
                day=each.day,
                revision=next_revision(db, LOCATION),
            )
        )
        db.execute(delete(Record).where(Record.appointment_id == each.id))
        db.delete(each)
    db.flush()


def _appointment(day: str, place: int, count: int, revision: int) -> Appointment:
    start = FIRST + (LAST - FIRST) * place // count
    room = ROOMS[place % len(ROOMS)]
    return Appointment(
        id=new_id("apt"),
        place=FIRST_PLACE + place,
        day=day,
        time=f"{start // 60:02d}:{start % 60:02d}",
        minutes=45,
        location=LOCATION,
        operatory=room,
        patient=f"{NAMES[place % len(NAMES)]} {place + 1}",
        birth_date=f"{1950 + place % 60}-{1 + place % 12:02d}-{1 + place % 28:02d}",
        procedure=PROCEDURES[place % len(PROCEDURES)],
        sedation=SEDATIONS[place % len(SEDATIONS)],
        provider="Dr. Elena Rivera",
        status=STATUSES[place % len(STATUSES)],
        revision=revision,
        alert=ALERTS[place % len(ALERTS)],
    )
