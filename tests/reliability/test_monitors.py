"""A few of the events that ``make reliability`` goes through by the hundred."""

from pathlib import Path

import pytest

from tests.reliability.monitors import run


@pytest.mark.parametrize("managed", [False, True], ids=["alone", "openbox"])
def test_whatever_happens_to_monitors_nothing_is_bare_and_nothing_dead(
    managed: bool, tmp_path: Path
) -> None:
    found = run("test", 12, managed=managed, home=tmp_path)
    assert found.frames > 0
    assert (found.bare, found.uncovered, found.dead) == (0, [], [])
