"""A second start brings the first to the front."""

import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

from pytestqt.qtbot import QtBot

from kiosk.desktop.front_door import FrontDoor, ask_to_front

ASK = "import sys; from kiosk.desktop.front_door import ask_to_front as a; print(a(sys.argv[1]))"
HOLD = """
import sys
from PySide6.QtCore import QCoreApplication
from kiosk.desktop.front_door import FrontDoor
app = QCoreApplication([])
print(FrontDoor(sys.argv[1]).open, flush=True)
sys.stdin.read()
"""


def python(code: str, profile_id: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, profile_id],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )


def test_another_process_is_heard(qtbot: QtBot) -> None:
    profile_id = uuid4().hex
    door = FrontDoor(profile_id)
    assert door.open
    with qtbot.waitSignal(door.wanted, timeout=10_000):
        asker = python(ASK, profile_id)
    assert asker.communicate(timeout=10)[0].strip() == "True"
    door.close()


def test_where_nobody_runs_nobody_opens(qtbot: QtBot) -> None:
    assert not ask_to_front(uuid4().hex)


def test_what_a_killed_kiosk_left_is_cleared_away(qtbot: QtBot) -> None:
    profile_id = uuid4().hex
    killed = python(HOLD, profile_id)
    assert killed.stdout is not None
    assert killed.stdout.readline().strip() == "True"
    killed.kill()
    killed.communicate()
    assert not ask_to_front(profile_id)
    door = FrontDoor(profile_id)
    assert door.open
    with qtbot.waitSignal(door.wanted, timeout=10_000):
        assert ask_to_front(profile_id)
    door.close()
