"""What there is to draw on: looked at from processes that have it, and from ones that do not."""

import json
import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from kiosk.desktop.display import see_display
from tests.support.xvfb import private_x_server

LOOK = """
import dataclasses, json
from kiosk.desktop.display import see_display
print(json.dumps(dataclasses.asdict(see_display())))
"""
QT_OR_DISPLAY = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def seen_with(**environment: str) -> dict[str, object]:
    """What another process sees, with these variables and no other display."""
    clean = {k: v for k, v in os.environ.items() if k not in QT_OR_DISPLAY}
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        env={**clean, "PYTHONPATH": str(Path.cwd()), **environment},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=30,
    )
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_without_a_display_it_says_so_and_lives() -> None:
    """Qt would end the process."""
    assert seen_with()["kind"] == "none"
    assert seen_with(DISPLAY=":9999")["kind"] == "none"


def test_wayland_is_named() -> None:
    """No client may cover others there (design.md section 9)."""
    assert seen_with(WAYLAND_DISPLAY="wayland-0")["kind"] == "wayland"
    with private_x_server() as display:
        through = seen_with(DISPLAY=display, XDG_SESSION_TYPE="wayland")
    assert through["kind"] == "wayland", "XWayland looked like a display of its own"


def test_a_real_x_server_is_seen_and_tells_idle_time() -> None:
    with private_x_server() as display:
        told = seen_with(DISPLAY=display)
    assert told["kind"] == "xcb"
    assert told["screens"] == 1
    assert told["tells_idle"]


def test_a_running_application_is_looked_at_as_it_is(qapp: QGuiApplication) -> None:
    told = see_display()
    assert told.kind == qapp.platformName()
    assert told.screens == len(qapp.screens())
    assert told.fonts > 0
