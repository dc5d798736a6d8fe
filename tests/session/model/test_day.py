"""The clinic's day: no patient comes out of a ``repr``, none can get into the core's values."""

from datetime import UTC, date, datetime, time

import pytest

from kiosk.session.model.commands import Command, Kind
from kiosk.session.model.day import Appointment, Mark, RoomState, Schedule, with_mine
from kiosk.session.model.people import Strength
from tests.imports import ROOT, imported
from tests.support import worlds as w
from tests.support.vocabulary import can_change

PEGGY = Appointment(
    id="apt-1",
    version=3,
    day=date(2026, 11, 23),
    time=time(14, 5),
    minutes=45,
    operatory="Op 3",
    patient="Peggy Sandoval",
    birth_date=date(1961, 4, 2),
    procedure="Extraction 17",
    sedation="IV",
    provider="Dr. Rivera",
    alerts=("Penicillin",),
    status="Seated",
    set_by=Mark("Op 2", "Maria", datetime(2026, 11, 23, 20, 5, tzinfo=UTC)),
)


def test_no_repr_shows_a_patient() -> None:
    """Law 10: not even that of the schedule around it."""
    schedule = Schedule(True, (PEGGY.day,), "America/Denver", (PEGGY,), (), ())
    for shown in (repr(PEGGY), str(PEGGY), repr(schedule)):
        assert "apt-1 at version 3" in shown
        for word in ("Peggy", "Sandoval", "1961", "Extraction", "Penicillin", "Rivera"):
            assert word not in shown


@pytest.mark.parametrize("kind", [Appointment, RoomState, Mark, Schedule])
def test_nothing_of_the_day_can_be_changed(kind: type) -> None:
    """A page drawn from it shows what the server said."""
    assert not can_change(kind)


@pytest.mark.parametrize("word", ["state", "events", "effects", "intents", "audit", "commands"])
def test_no_state_event_or_effect_has_room_for_it(word: str) -> None:
    """Law 10: the vocabularies of the core do not even know the words."""
    assert "kiosk.session.model.day" not in imported(
        ROOT / "kiosk" / "session" / "model" / f"{word}.py"
    )


def made(kind: Kind, target: str, to: str, seen: int, sequence: int = 1) -> Command:
    """A command of this kiosk that waits."""
    return Command(
        f"cmd-{sequence}", sequence, kind, target, to, seen, "p", Strength.TILE, "a", w.NOON
    )


def visit(version: int = 3, status: str = "Arrived") -> Appointment:
    """One appointment, without a room."""
    at = time(9, 30)
    day, born = date(2026, 11, 23), date(1980, 1, 1)
    return Appointment(
        "apt-1", version, day, at, 30, None, "N", born, "P", "S", "D", (), status, None
    )


def schedule(*visits: Appointment, rooms: tuple[RoomState, ...] = ()) -> Schedule:
    return Schedule(True, (date(2026, 11, 23),), "America/Chicago", visits, (), rooms)


def test_what_was_set_here_is_shown_at_once_and_in_order() -> None:
    commands = [
        made(Kind.STATUS, "apt-1", "Seated", 3),
        made(Kind.OPERATORY, "apt-1", "Op 3", 4, 2),
        made(Kind.STATUS, "apt-1", "Left", 5, 3),
    ]
    day = with_mine(schedule(visit()), commands)
    (shown,) = day.schedule.appointments
    assert (shown.status, shown.operatory, shown.version) == ("Left", "Op 3", 6)
    assert day.waiting == {"apt-1": "cmd-3"}
    assert day.after("apt-1") == "cmd-3"
    assert day.after("apt-2") == ""


def test_what_was_set_upon_another_version_is_left_to_the_server() -> None:
    """It will be a conflict: the screen does not pretend."""
    day = with_mine(schedule(visit(4)), [made(Kind.STATUS, "apt-1", "Seated", 3)])
    assert day.schedule.appointments == (visit(4),)
    assert day.waiting == {}
    assert with_mine(schedule(), [made(Kind.STATUS, "gone", "Seated", 3)]).waiting == {}


def test_a_room_is_turned_over_here_first() -> None:
    rooms = (RoomState("Op 3", 7, "Ready", None),)
    day = with_mine(schedule(rooms=rooms), [made(Kind.ROOM, "Op 3", "Turn over", 7)])
    (room,) = day.schedule.rooms
    assert (room.status, room.version) == ("Turn over", 8)
    assert day.waiting == {"Op 3": "cmd-1"}
