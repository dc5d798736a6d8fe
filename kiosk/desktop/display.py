"""What the kiosk would have to draw on: for ``kiosk doctor``.

Owns the looking. Must never start Qt where it would end the process: without a display.
"""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication

from kiosk.desktop.clipboard_manager import see_clipboard_manager
from kiosk.desktop.idle import X11Idle
from kiosk.desktop.scripts import Script, lost_scripts
from kiosk.desktop.watch import watch_desktop


@dataclass(frozen=True, slots=True)
class SeenDisplay:
    """``kind`` is Qt's platform name, "wayland" or "none"; ``lost`` what no font here draws.

    ``clipboard_manager`` is the name of one that runs, or empty.
    """

    kind: str
    screens: int = 0
    fonts: int = 0
    tells_idle: bool = False
    tells_lock: bool = False
    tells_sleep: bool = False
    lost: tuple[Script, ...] = ()
    clipboard_manager: str = ""


def see_no_display() -> SeenDisplay | None:
    """Why Qt cannot be started here; ``None``: it can."""
    if sys.platform == "linux" and QGuiApplication.instance() is None:
        # Also by way of XWayland, where Qt finds an X server.
        wayland = os.environ.get("XDG_SESSION_TYPE") == "wayland"
        if wayland or os.environ.get("WAYLAND_DISPLAY"):
            return SeenDisplay("wayland")
        x_server = X11Idle.open()
        if x_server is None:
            return SeenDisplay("none")
        x_server.close()
    return None


def see_display(names: Iterable[str] = ()) -> SeenDisplay:
    """Look at this computer's display, with a Qt application of its own where none runs.

    ``names`` are those that it would have to draw.
    """
    without = see_no_display()
    if without is not None:
        return without
    running = QGuiApplication.instance()
    application = running if isinstance(running, QGuiApplication) else QGuiApplication(["kiosk"])
    watch = watch_desktop(application)
    return SeenDisplay(
        QGuiApplication.platformName(),
        len(QGuiApplication.screens()),
        len(QFontDatabase.families()),
        watch.idle_for() is not None,
        watch.hears_lock,
        watch.hears_sleep,
        lost_scripts(names),
        see_clipboard_manager() if QGuiApplication.platformName() == "xcb" else "",
    )


def qt_version() -> str:
    """The version of Qt that draws."""
    return qVersion()
