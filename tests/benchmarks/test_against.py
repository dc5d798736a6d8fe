"""Turns of two real trees in processes of their own, measured by scenes that only tell."""

from pathlib import Path

import pytest

from benchmarks.against import measured, take_turns, told
from benchmarks.lines import read
from benchmarks.trees import both


def run(repository: Path, turns: int = 2) -> Path:
    rows = repository / "build" / "rows.jsonl"
    with both(repository, "before", repository / "build") as trees:
        for turn in range(1, turns + 1):
            take_turns(trees, turn, ["tap"], 1, rows)
    return rows


def test_each_tree_is_measured_as_it_is(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "kiosk" / "__init__.py").write_text("SPEED = 12.0")
    rows = run(repository)
    told_values = [(line.turn, line.here, line.row and line.row.values) for line in read(rows)]
    assert told_values == [
        (1, True, (12.0,)),
        (1, False, (10.0,)),
        (2, False, (10.0,)),
        (2, True, (12.0,)),
    ]
    assert told(read(rows), rows) == 1
    assert "SLOWER: median, p95" in capsys.readouterr().out


def test_as_quick_as_before_is_nothing_to_report(repository: Path) -> None:
    rows = run(repository)
    assert told(read(rows), rows) == 0


def test_an_act_that_breaks_off_is_said_and_not_passed(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "kiosk" / "__init__.py").write_text("SPEED = None")
    rows = run(repository)
    assert told(read(rows), rows) == 2
    out = capsys.readouterr().out
    assert "tap broke off 2 times in this tree: the scene broke" in out
    assert "only in the other" in out


def test_what_python_is_told_from_outside_does_not_reach_a_tree(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or both trees would be measured with the kiosk of one."""
    monkeypatch.setenv("PYTHONPATH", str(repository))
    monkeypatch.setenv("PYTHONSAFEPATH", "1")
    (repository / "kiosk" / "__init__.py").write_text("SPEED = 12.0")
    with both(repository, "before", repository / "build") as (_, other):
        [line] = measured(other, 1, "tap", 1)
    assert line.row
    assert line.row.values == (10.0,)


def test_nothing_measured_is_nothing_proven() -> None:
    assert told([], Path("rows.jsonl")) == 2
