"""Caps Lock and NumLock, asked of a real X server whose keys are really pressed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.desktop.key_locks import X11Locks, key_locks, mac_locks, unknown, windows_locks
from kiosk.session.pages.typing_hints import KeyLocks
from tests.support.xvfb import private_x_server


def test_the_locks_follow_their_keys() -> None:
    with private_x_server() as display:
        locks = X11Locks.open(display)
        assert locks is not None
        env = {**os.environ, "DISPLAY": display}

        def press(name: str) -> None:
            subprocess.run(["xdotool", "key", name], env=env, check=True)

        assert locks.read() == KeyLocks(caps=False, num=False)
        press("Caps_Lock")
        assert locks.read() == KeyLocks(caps=True, num=False)
        press("Num_Lock")
        assert locks.read() == KeyLocks(caps=True, num=True)
        press("Caps_Lock")
        assert locks.read() == KeyLocks(caps=False, num=True)
        locks.close()


def test_where_there_is_no_x_server_it_cannot_be_known() -> None:
    assert X11Locks.open(":9999") is None


@pytest.mark.parametrize("platform", ["wayland", "offscreen", "minimal"])
def test_elsewhere_nothing_is_guessed(platform: str) -> None:
    assert key_locks(platform) is unknown
    assert unknown() == KeyLocks(None, None)


def test_the_other_systems_know_nothing_here() -> None:
    assert windows_locks() == mac_locks() == KeyLocks(None, None)
    assert key_locks("windows") is windows_locks
    assert key_locks("cocoa") is mac_locks


TYPING = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
from kiosk.desktop.key_locks import key_locks
from kiosk.session.model.intents import Ticket
from kiosk.session.pages import typing_hints
from kiosk.ui.look.theme import install, look
from kiosk.ui.window import KioskWindow
from tests.support.scenes import SCENES
app = QApplication([])
made = look()
install(app, made)
window = KioskWindow(made, lambda typed: Ticket(0))
window.tell_locks(key_locks(app.platformName()))
window.resize(640, 480)
window.show_view(SCENES["password"])
hint = []
def tell():
    told = [w.text() for w in window.findChildren(QLabel) if w.isVisible()]
    seen = typing_hints.CAPS_LOCK in told
    if hint != [seen]:
        hint[:] = [seen]
        print(seen, flush=True)
look_at = window._look_at_locks
def looked():
    look_at()
    tell()
window._look_at_locks = looked
window.show()
window.activateWindow()
looked()
app.exec()
"""


def test_a_password_says_caps_lock_as_its_key_is_pressed() -> None:
    """The real key, the real server, the real window."""
    with private_x_server() as display:
        env = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
        env |= {"DISPLAY": display, "PYTHONPATH": str(Path.cwd())}
        command = [sys.executable, "-c", TYPING]
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as window:
            try:
                assert window.stdout is not None
                assert window.stdout.readline() == "False\n"
                find = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "Operatory kiosk"]
                found = subprocess.run(find, env=env, check=True, stdout=subprocess.PIPE, text=True)
                focus = ["xdotool", "windowfocus", "--sync", found.stdout.split()[0]]
                subprocess.run(focus, env=env, check=True)
                for told in ("True\n", "False\n"):
                    subprocess.run(["xdotool", "key", "Caps_Lock"], env=env, check=True)
                    assert window.stdout.readline() == told
            finally:
                window.kill()
