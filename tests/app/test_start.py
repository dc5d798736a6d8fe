"""The kiosk, started as it ships: painted before anything heavy is there, one window, an end.

The kiosks here are processes of their own; without a bus their keychain is absent, and they live.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.app.start import DESKTOP_NAME
from kiosk.desktop.single_instance import is_running
from kiosk.local.environment import DRAWN_ON
from kiosk.local.profile import Profile, open_profile
from tests.imports import ROOT

HEAVY = (
    "kiosk.app.wiring",
    "kiosk.local.build",
    "kiosk.session.step",
    "kiosk.app.adapters",
    "requests",
    "keyring",
    "cryptography",
    "sqlite3",
    "PySide6.QtWebEngineCore",
)
SPY = """
import json, sys
from PySide6.QtWidgets import QApplication
from kiosk.app import first_window
from kiosk.cli import main
from kiosk.session.model.intents import TileTapped

class Spy(first_window.FirstPaint):
    def __init__(self, window, then):
        def told():
            page = window.page.__class__.__name__
            print(json.dumps([page, *(m for m in {heavy!r} if m in sys.modules)]), flush=True)
            window.asked.emit(TileTapped("per-maria"))
            if sys.argv[2:]:
                sys.modules["kiosk.app.wiring"] = None
                return then()
            from kiosk.app.wiring import App
            come = App._come_to_front
            def came(app):
                print("front", flush=True)
                come(app)
            App._come_to_front = came
            begin = App.begin
            def begun(app):
                begin(app)
                print(app.runtime.state.phase.wanted, flush=True)
            App.begin = begun
            then()
        super().__init__(window, told)

first_window.FirstPaint = Spy
status = main.main(["--profile", sys.argv[1], "--windowed"])
print("windows", len(QApplication.topLevelWidgets()) if QApplication.instance() else 0)
sys.exit(status)
"""


def kiosk(directory: Path, *broken: str) -> subprocess.Popen[str]:
    """A kiosk that tells what it has imported when it is painted, and whom it was asked for."""
    return run_program(SPY.format(heavy=HEAVY), directory, *broken)


def run_program(code: str, directory: Path, *arguments: str) -> subprocess.Popen[str]:
    """As a process of its own, on a screen that nobody sees."""
    return subprocess.Popen(
        [sys.executable, "-c", code, str(directory), *arguments],
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",
            "PYTHONPATH": str(Path.cwd()),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_painting_first_starting_twice_and_ending_in_order(tmp_path: Path) -> None:
    first = kiosk(tmp_path)
    try:
        assert json.loads(line_of(first)) == ["LoginPage"], "imported before the first paint"
        assert line_of(first) == "per-maria", "the tap before the core was there is lost"
        second = kiosk(tmp_path)
        out, said = second.communicate(timeout=20)
        assert second.returncode == 0
        assert "running already" in said
        assert out.split() == ["windows", "0"], "a second start opened a window"
        assert line_of(first) == "front"
        first.send_signal(signal.SIGTERM)
        first.wait(20)
    finally:
        first.kill()
        _, errors = first.communicate()
    assert first.returncode == 0
    assert "Traceback" not in errors
    assert "Something went wrong" not in errors
    profile = open_profile(tmp_path)
    assert isinstance(profile, Profile)
    assert not profile.status.exists()
    assert not is_running(profile.lock)


ENDS_AGAIN = """
import os, signal, sys
from PySide6.QtWidgets import QApplication
from kiosk.app import wiring
from kiosk.app.again import AGAIN
from kiosk.cli import main

finish = wiring.App.finish
def finished(app):
    if sys.argv[2] == "asked to end":
        os.kill(os.getpid(), signal.SIGTERM)
    finish(app)
wiring.App.begin = lambda app: QApplication.instance().exit(AGAIN)
wiring.App.finish = finished
def run_again():
    print("once more", flush=True)
    os.kill(os.getpid(), signal.SIGTERM)
    return 0
main._run_again = run_again
sys.exit(main.main(["--profile", sys.argv[1], "--windowed"]))
"""


@pytest.mark.parametrize(
    ("how", "said", "code"),
    [("asked to end", "", 0), ("left alone", "once more\n", -signal.SIGTERM)],
)
def test_who_asks_for_the_end_of_one_that_starts_again_has_it(
    tmp_path: Path, how: str, said: str, code: int
) -> None:
    """A session that ends: the signal came to one that did not listen any more, and it lived on."""
    started = run_program(ENDS_AGAIN, tmp_path, how)
    out, _ = started.communicate(timeout=30)
    assert (out, started.returncode) == (said, code)


def test_a_login_screen_with_nothing_behind_it_does_not_stay(tmp_path: Path) -> None:
    broken = kiosk(tmp_path, "broken")
    try:
        line_of(broken)
        assert broken.wait(20) != 0
    finally:
        broken.kill()
        broken.communicate()


def test_a_lock_that_is_none_is_said(tmp_path: Path) -> None:
    """Put back by root, or by a backup: not "something went wrong", three times."""
    profile = open_profile(tmp_path)
    assert isinstance(profile, Profile)
    profile.lock.mkdir()
    broken = kiosk(tmp_path)
    _, said = broken.communicate(timeout=20)
    assert broken.returncode == 1
    assert said == f"{profile.lock} cannot be used: Is a directory.\n"


def test_without_a_display_there_is_a_sentence_and_no_core_dump(tmp_path: Path) -> None:
    """Over ssh Qt would end the process, and advise to install the application again."""
    bare = {k: v for k, v in os.environ.items() if k not in DRAWN_ON}
    command = [sys.executable, "-m", "kiosk", "--profile", str(tmp_path)]
    done = subprocess.run(command, env=bare, capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert "There is no display" in done.stderr
    assert "kiosk doctor" in done.stderr


def test_a_panel_finds_the_entry_of_the_window() -> None:
    """By the window's class, whose first half Qt makes of the program's name."""
    entry = ROOT / "installer" / "debian" / f"{DESKTOP_NAME}.desktop"
    assert f"StartupWMClass={DESKTOP_NAME}\n" in entry.read_text("utf-8")
