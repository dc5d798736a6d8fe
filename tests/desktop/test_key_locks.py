"""Caps Lock and NumLock, asked of a real X server whose keys are really pressed."""

import os
import subprocess

import pytest

from kiosk.desktop.key_locks import X11Locks, key_locks, mac_locks, unknown, windows_locks
from kiosk.session.views import KeyLocks
from tests.desktop.xvfb import private_x_server


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
