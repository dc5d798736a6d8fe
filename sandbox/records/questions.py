"""What may be asked of the audit: a patient, a person, a room, a day, or some days of one patient.

Read from an address, so that a question can be kept and sent on. What does not fit is answered by
a sentence, and by no line: an answer to something else would be taken for the answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.names import names
from sandbox.server.clinic_days import ZONE
from sandbox.tables.rows import Room

MOST_DAYS = 31


@dataclass(frozen=True, slots=True)
class Question:
    """Parts of names as they were typed; ``room`` as ``Main Street, Op 3``; days of the clinic."""

    patient: str
    person: str
    room: str
    first: date
    last: date

    @property
    def start(self) -> datetime:
        """The beginning of the first day."""
        return datetime.combine(self.first, time(), ZONE).astimezone(UTC)

    @property
    def end(self) -> datetime:
        """The end of the last day."""
        return datetime.combine(self.last + timedelta(days=1), time(), ZONE).astimezone(UTC)

    @property
    def days(self) -> int:
        """How many days are asked for."""
        return (self.last - self.first).days + 1

    @property
    def narrowed(self) -> bool:
        """Whether more than a day is named."""
        return bool(self.patient or self.person or self.room)

    def fields(self, shift: int = 0) -> dict[str, str]:
        """The question as an address says it, so many of its own lengths later or earlier."""
        by = timedelta(days=shift * self.days)
        first, last = self.first + by, self.last + by
        days = {"from": first.isoformat(), "to": last.isoformat()}
        if first == last:
            days = {"day": first.isoformat()}
        asked = {"patient": self.patient, "person": self.person, "room": self.room}
        return {**{name: word for name, word in asked.items() if word}, **days}


def read(db: Session, given: Mapping[str, str], today: date) -> tuple[Question, list[str]]:
    """The question, and a sentence for each thing that does not fit."""
    troubles: list[str] = []
    patient = _part(given.get("patient", ""), "patient", troubles)
    person = _part(given.get("person", ""), "person", troubles)
    room = given.get("room", "")
    if room and room not in rooms(db):
        troubles.append("There is no such room. Choose one from the list.")
        room = ""
    first, last = _days(given, today, troubles)
    if first > last:
        troubles.append("The first day is after the last one.")
        last = first
    elif (last - first).days >= MOST_DAYS:
        troubles.append(f"Ask for {MOST_DAYS} days at most.")
        last = first
    elif first != last and not patient:
        troubles.append("Several days can be asked for one patient only. Type a patient's name.")
        last = first
    return Question(patient, person, room, first, last), troubles


def rooms(db: Session) -> list[str]:
    """Every room there is, as a question names it."""
    found = db.scalars(select(Room).order_by(Room.location, Room.operatory))
    return [named(each.location, each.operatory) for each in found]


def named(location: str, operatory: str) -> str:
    """``Main Street, Op 3``."""
    return f"{location}, {operatory}"


def _part(written: str, whose: str, troubles: list[str]) -> str:
    word = names.tidy(written)
    if not word or names.fits(word):
        return word
    longest = f"{names.LONGEST} letters at most"
    troubles.append(f"Type a part of the {whose}'s name, {longest}.")
    return ""


def _days(given: Mapping[str, str], today: date, troubles: list[str]) -> tuple[date, date]:
    """``from`` and ``to``, one of them for one day, or else ``day``, or else today."""
    written = [given.get(name, "").strip() for name in ("from", "to")]
    if not any(written):
        written = [given.get("day", "").strip()] * 2
    first, last = (_day(each, troubles) if each else None for each in written)
    return first or last or today, last or first or today


def _day(written: str, troubles: list[str]) -> date | None:
    try:
        found = date.fromisoformat(written)
    except ValueError:
        found = date.min
    if 2000 <= found.year < 2200:
        return found
    sentence = "That is not a day. Write it like 2026-03-05."
    if sentence not in troubles:
        troubles.append(sentence)
    return None
