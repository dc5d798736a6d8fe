"""The kill runs, short: some of each kind, under one seed. ``make reliability`` does hundreds."""

from pathlib import Path

import pytest

from tests.reliability.processes import Kiosk
from tests.reliability.small_disk import mountable
from tests.reliability.wire import Trouble
from tests.reliability.world import ANY_MOMENT, FULL, World

PAIRS = (
    ("the record durable, its caller not told", "within its transaction, the record in"),
    ("changes answered, nothing of it kept", "records answered, not acknowledged"),
    ("changes cached, not settled", "within the records' acknowledgement"),
    ("head kept, records not sent", ANY_MOMENT),
    (FULL, "news answered, not kept"),
)


def test_killed_processes_lose_double_and_misattribute_nothing(tmp_path: Path) -> None:
    """Laws 2, 4 and 11, T8, T13: fifteen kills of a kiosk, one of the server, a bad network."""
    with World(tmp_path, "short") as world:
        for deaths in PAIRS:
            world.kiosks_die(deaths)
        world.server_dies("changes committed, not answered", (ANY_MOMENT, ANY_MOMENT))
        world.answer_is_lost("records committed, not answered")
        world.network_is_bad((Trouble.RESET, Trouble.CORRUPTED), (ANY_MOMENT, ANY_MOMENT))
        found = world.settled()
    assert found.sentences() == []
    assert world.kiosk_kills == 15
    assert world.server_kills == 1
    assert world.tally.records > 100
    assert world.tally.changes["done"] > 50
    assert set(world.tally.changes) <= {"done", "conflict"}


@pytest.mark.skipif(not mountable(), reason="only root may mount a small disk")
def test_a_clinic_that_does_not_come_about_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No disk in its place, no server that runs on."""

    def refused(*_: object) -> None:
        raise ConnectionRefusedError("nobody is there")

    monkeypatch.setattr(Kiosk, "join", refused)
    world = World(tmp_path, "refused", small_disk=True)
    with pytest.raises(ConnectionRefusedError, match="nobody is there"), world:
        pass
    assert not (tmp_path / "kiosk-1" / "profile").is_mount()
    assert world.server_kills == 0
    assert world.server.kills == 1
