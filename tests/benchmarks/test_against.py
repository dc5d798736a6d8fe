"""Turns of two real trees in processes of their own, measured by scenes that only tell."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.against import measured, take_turns, told
from benchmarks.lines import read
from benchmarks.trees import both

PROJECT = Path(__file__).resolve().parents[2]
ENDS_WHO_MEASURES_IT = """
import os, signal
from pathlib import Path
SPEED = 12.0
first = Path("../first")
if first.exists():
    try:
        os.kill(os.getppid(), signal.SIGTERM)
        while True:
            pass
    except KeyboardInterrupt:
        Path("../ended").touch()
        raise
first.touch()
"""
"""In its second turn, while it is waited for."""
MAIN = """
import sys
from pathlib import Path
from benchmarks import against
against.ROOT, against.BUILD = Path(sys.argv.pop(1)), Path(sys.argv.pop(1))
sys.exit(against.main())
"""


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


def started(repository: Path, *asked: str) -> subprocess.CompletedProcess[str]:
    build = repository / "build" / "against"
    command = [sys.executable, "-c", MAIN, str(repository), str(build), *asked]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)


@pytest.mark.parametrize("inherited", [signal.SIG_DFL, signal.SIG_IGN])
def test_a_run_that_is_ended_keeps_its_rows_and_leaves_nothing_behind(
    repository: Path, inherited: signal.Handlers, request: pytest.FixtureRequest
) -> None:
    """Also in the background of a shell, where what is started ignores Ctrl+C."""
    before = signal.signal(signal.SIGINT, inherited)
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, before))
    (repository / "kiosk" / "__init__.py").write_text(ENDS_WHO_MEASURES_IT)
    done = started(repository, "before", "--only", "tap")
    build = repository / "build" / "against"
    assert done.returncode == 2, done.stderr
    assert "one turn: no A/A" in done.stdout
    [rows] = build.glob("*.jsonl")
    assert [(line.turn, line.here) for line in read(rows)] == [(1, True), (1, False), (2, False)]
    assert (build / "ended").exists()
    assert not (build / "this").exists()
    assert not (build / "other").exists()


def test_the_same_two_trees_measured_again_add_their_turns(repository: Path) -> None:
    asked = ("before", "--only", "tap", "--turns", "2")
    assert started(repository, *asked).returncode == 0
    assert started(repository, *asked).returncode == 0
    [rows] = (repository / "build" / "against").glob("*.jsonl")
    assert [line.turn for line in read(rows)] == [1, 1, 2, 2, 3, 3, 4, 4]


def test_an_unknown_commit_is_refused_with_a_sentence(repository: Path) -> None:
    done = started(repository, "nonsense")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "This repository knows no commit nonsense.\n"
