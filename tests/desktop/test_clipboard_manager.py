"""A clipboard manager on a real X server: seen while one owns the selection, by its name."""

import os
import subprocess
import sys

import pytest

from kiosk.desktop.clipboard_manager import NAMELESS, see_clipboard_manager
from tests.support.xvfb import private_x_server

MANAGER = """
import ctypes, sys
from ctypes import c_char_p, c_int, c_ulong, c_void_p
x11 = ctypes.CDLL("libX11.so.6")
x11.XOpenDisplay.restype = c_void_p
x11.XInternAtom.restype = x11.XCreateSimpleWindow.restype = c_ulong
x11.XDefaultRootWindow.restype = c_ulong
shown = c_void_p(x11.XOpenDisplay(None))
root = c_ulong(x11.XDefaultRootWindow(shown))
window = c_ulong(x11.XCreateSimpleWindow(shown, root, 0, 0, 1, 1, 0, c_ulong(0), c_ulong(0)))
if sys.argv[1]:
    x11.XStoreName(shown, window, c_char_p(sys.argv[1].encode()))
atom = c_ulong(x11.XInternAtom(shown, c_char_p(b"CLIPBOARD_MANAGER"), 0))
x11.XSetSelectionOwner(shown, atom, window, c_ulong(0))
x11.XSync(shown, 0)
print("owner", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(("name", "seen"), [("Keeper", "Keeper"), ("", NAMELESS)])
def test_one_that_runs_is_named(name: str, seen: str) -> None:
    with private_x_server() as display:
        assert see_clipboard_manager(display) == ""
        with subprocess.Popen(
            [sys.executable, "-c", MANAGER, name],
            env={**os.environ, "DISPLAY": display},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as manager:
            assert manager.stdout is not None
            assert manager.stdout.readline() == "owner\n"
            assert see_clipboard_manager(display) == seen
            manager.communicate()
        assert see_clipboard_manager(display) == ""


def test_without_a_display_there_is_none_to_see() -> None:
    assert see_clipboard_manager(":9999") == ""
