"""One kiosk for each profile (threats.md T14)."""

import os
import subprocess
import sys
from pathlib import Path

from kiosk.desktop.single_instance import Instance, is_running

HOLDER = """
import sys, pathlib
from kiosk.desktop.single_instance import Instance
held = Instance.take(pathlib.Path(sys.argv[1]))
print("no" if held is None else "yes", flush=True)
sys.stdin.read()
"""


def holder(lock: Path) -> subprocess.Popen[str]:
    """Another process that has taken the lock, or tried to."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_the_second_of_two_is_told(tmp_path: Path) -> None:
    lock = tmp_path / "kiosk.lock"
    first = holder(lock)
    assert said(first) == "yes"
    second = holder(lock)
    assert said(second) == "no"
    assert Instance.take(lock) is None
    assert is_running(lock)
    end(first)
    end(second)


def test_a_killed_holder_lets_the_next_one_in(tmp_path: Path) -> None:
    lock = tmp_path / "kiosk.lock"
    first = holder(lock)
    assert said(first) == "yes"
    end(first)
    assert not is_running(lock)
    instance = Instance.take(lock)
    assert instance is not None
    instance.give_up()


def test_a_process_id_left_behind_and_reused_fools_nobody(tmp_path: Path) -> None:
    lock = tmp_path / "kiosk.lock"
    lock.write_text(str(os.getpid()))
    assert not is_running(lock)
    instance = Instance.take(lock)
    assert instance is not None
    instance.give_up()


def test_within_one_process_too(tmp_path: Path) -> None:
    lock = tmp_path / "kiosk.lock"
    instance = Instance.take(lock)
    assert instance is not None
    assert Instance.take(lock) is None
    instance.give_up()
    assert lock.exists(), "another may have it open, and would lock a file that is nowhere"
    again = Instance.take(lock)
    assert again is not None
    again.give_up()


def test_two_profiles_run_beside_each_other(tmp_path: Path) -> None:
    first, second = Instance.take(tmp_path / "a"), Instance.take(tmp_path / "b")
    assert first is not None
    assert second is not None
    first.give_up()
    second.give_up()


def test_where_nothing_ever_ran_nothing_runs(tmp_path: Path) -> None:
    assert not is_running(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []
