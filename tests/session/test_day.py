"""The clinic's day: no patient comes out of a ``repr``, none can get into the core's values."""

from datetime import UTC, date, datetime, time

import pytest

from kiosk.session.day import Appointment, Mark, RoomState, Schedule
from tests.imports import ROOT, imported
from tests.session.vocabulary import can_change

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
    assert "kiosk.session.day" not in imported(ROOT / "kiosk" / "session" / f"{word}.py")
