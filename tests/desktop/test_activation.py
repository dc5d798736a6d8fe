"""A second start brings the first to the front."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.desktop.activation import FrontDoor, ask_to_front
from kiosk.local.profile import Profile, open_profile

BEGIN = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from kiosk.desktop.activation import FrontDoor, ask_to_front
from kiosk.local.profile import open_profile
app, profile = QCoreApplication([]), open_profile(Path(sys.argv[1]))
"""
ASK = BEGIN + "print(ask_to_front(profile))"
HOLD = BEGIN + "print(FrontDoor(profile).open, flush=True); sys.stdin.read()"


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    opened = open_profile(tmp_path)
    assert isinstance(opened, Profile)
    return opened


def python(code: str, profile: Profile) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(profile.settings.parent)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )


def test_another_process_is_heard(qtbot: QtBot, profile: Profile) -> None:
    door = FrontDoor(profile)
    assert door.open
    with qtbot.waitSignal(door.wanted, timeout=10_000):
        asker = python(ASK, profile)
    assert asker.communicate(timeout=10)[0].strip() == "True"
    door.close()


def test_where_nobody_runs_nobody_opens(qtbot: QtBot, profile: Profile) -> None:
    assert not ask_to_front(profile)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has pipes, which lie in no folder")
def test_a_path_too_long_for_a_socket_has_its_door_in_the_runtime_folder(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second start said that the kiosk does not answer, and a supervised one that it is down."""
    opened = open_profile(tmp_path / ("long" * 40))
    assert isinstance(opened, Profile)
    with tempfile.TemporaryDirectory() as runtime:
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        door = FrontDoor(opened)
        assert door.open
        with qtbot.waitSignal(door.wanted, timeout=10_000):
            assert ask_to_front(opened)
        door.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has pipes, which lie in no folder")
def test_it_lies_where_nobody_else_gets_in(qtbot: QtBot, profile: Profile) -> None:
    door = FrontDoor(profile)
    assert profile.door.is_socket()
    assert profile.door.parent.stat().st_mode & 0o077 == 0
    door.close()


def test_what_a_killed_kiosk_left_is_cleared_away(qtbot: QtBot, profile: Profile) -> None:
    killed = python(HOLD, profile)
    assert killed.stdout is not None
    assert killed.stdout.readline().strip() == "True"
    killed.kill()
    killed.communicate()
    assert not ask_to_front(profile)
    door = FrontDoor(profile)
    assert door.open
    with qtbot.waitSignal(door.wanted, timeout=10_000):
        assert ask_to_front(profile)
    door.close()
