"""The published schedule as values of the core; and a conflict, which names no patient."""

from datetime import date, time

import msgspec

from kiosk.session.model.commands import Command, Kind
from kiosk.session.model.people import Strength
from kiosk.sync.wire.messages import ChangesMessage, CommandResultsMessage
from kiosk.sync.wire.schedules import conflict_of, schedule_of
from resources import ROOT
from tests.support import worlds as w

EXAMPLES = ROOT / "contract" / "examples"


def command(kind: Kind = Kind.STATUS, target: str = "apt-1") -> Command:
    return Command(
        "cmd-1", 1, kind, target, "Seated", 1, "per-maria", Strength.TILE, "acc-office", w.NOON
    )


def test_the_published_schedule() -> None:
    raw = (EXAMPLES / "Changes.office.json").read_bytes()
    message = msgspec.json.decode(raw, type=ChangesMessage)
    assert message.schedule is not None
    schedule = schedule_of(message.schedule)
    assert schedule.whole
    assert schedule.days == (date(2026, 11, 23), date(2026, 11, 24))
    first = schedule.appointments[0]
    assert (first.time, first.minutes, first.version) == (time(7, 30), 60, 1)
    assert first.patient not in repr(schedule.appointments)


def test_a_conflict_says_what_another_set_and_not_on_whom() -> None:
    raw = (EXAMPLES / "CommandResults.maria.json").read_bytes()
    results = msgspec.json.decode(raw, type=CommandResultsMessage).results
    told = next(each for each in results if each.outcome == "conflict")
    assert told.appointment is not None
    conflict = conflict_of(command(), told)
    assert conflict is not None
    assert (conflict.theirs, conflict.where, conflict.who) == ("Seated", "Op 3", "Maria Lopez")
    assert conflict.version == told.appointment.version
    assert told.appointment.patient not in repr(conflict)
    moved = conflict_of(command(Kind.OPERATORY), told)
    assert moved is not None
    assert moved.theirs == "Op 1"
    assert conflict_of(command(Kind.ROOM), told) is None
