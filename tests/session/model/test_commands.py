"""The command: fixed when it is made, and no room for a patient."""

from datetime import UTC, datetime

from kiosk.session.model import commands
from kiosk.session.model.commands import Command, Kind, Status
from kiosk.session.model.people import Strength
from tests.support.vocabulary import can_change, fields_of

AT = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)


def test_a_command_carries_who_made_it_and_cannot_be_changed() -> None:
    """Law 4: the one who sends it later is somebody else."""
    command = Command(
        f"cmd-{'0' * 32}",
        7,
        Kind.STATUS,
        "apt-1",
        Status.SEATED,
        3,
        "per-maria",
        Strength.TILE,
        "acc-office",
        AT,
    )
    assert (command.actor, command.account, command.strength) == (
        "per-maria",
        "acc-office",
        Strength.TILE,
    )
    assert not can_change(Command)


def test_a_command_has_no_room_for_a_patient() -> None:
    """Law 10: adding a field here is a decision, not an accident."""
    assert set(fields_of(Command)) == {
        "id",
        "sequence",
        "kind",
        "target",
        "to",
        "seen",
        "actor",
        "strength",
        "account",
        "at",
        "after",
    }


def test_a_member_can_set_what_the_contract_allows_and_no_more() -> None:
    """Design section 3: the record's own state is read-only."""
    assert [status.value for status in Status] == [
        "Seated",
        "Ready for doctor",
        "Doctor here",
        "Recovery",
        "Left",
    ]
    assert {status.value for status in commands.RoomStatus} == {"Turn over", "Ready"}
