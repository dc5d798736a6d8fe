"""The start of the running kiosk: one instance, its first window, and behind it everything else.

Imports ``first_window`` now and ``wiring`` when that is painted; nobody imports it back.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kiosk.app.again import AGAIN
from kiosk.app.first_window import Front
from kiosk.desktop.single_instance import Instance
from kiosk.local.environment import DRAWN_ON
from kiosk.local.log import Log
from kiosk.local.profile import Profile
from kiosk.local.settings import Settings, SettingsFault, Show

DESKTOP_NAME = "operatory-kiosk"
"""As the entry in the desktop's menu is called; a panel finds the entry of a window by it."""
DEAF = 3
"""The exit code where one runs already, so that nobody starts another in its place."""


def run(profile: Profile, settings: Settings | SettingsFault, show: Show | None, log: Log) -> int:
    """Run until the end; ``show`` overrides the settings'. 0 when it ended in order.

    A second start for the same profile brings the first to the front: 0 too, ``DEAF`` if it does
    not answer. ``AGAIN`` where the same command is to be run once more.
    """
    if sys.platform == "linux" and not any(os.environ.get(name) for name in DRAWN_ON):
        print("There is no display to show the kiosk on.", file=sys.stderr)
        print("Start it in an X11 desktop session; kiosk doctor says more.", file=sys.stderr)
        return 1
    try:
        instance = Instance.take(profile.lock)
    except OSError as fault:
        print(f"{profile.lock} cannot be used: {fault.strerror}.", file=sys.stderr)
        return 1
    if instance is None:
        from kiosk.desktop.activation import ask_to_front

        if ask_to_front(profile):
            print("The kiosk is running already; it comes to the front.", file=sys.stderr)
            return 0
        print("The kiosk is running already, and does not answer.", file=sys.stderr)
        return DEAF
    known = settings if isinstance(settings, Settings) else Settings()
    if show is not None:
        known = replace(known, display=replace(known.display, show=show))
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    qt = QApplication([DESKTOP_NAME])
    qt.setApplicationName("Operatory Kiosk")
    qt.setDesktopFileName(DESKTOP_NAME)
    front = Front(qt, profile, known)
    ending: list[Callable[[], None]] = []
    hearing: list[Callable[[], bool]] = []

    def painted() -> None:
        try:
            from kiosk.app.signals import quit_on_signals
            from kiosk.app.wiring import App

            hearing.append(quit_on_signals(qt))
            app = App(front, profile, known, log)
            ending.append(app.finish)
            app.begin()
        except Exception as error:  # a login screen with nothing behind it must not stay
            log.crash(error)
            qt.exit(1)

    front.show(painted)
    code = qt.exec()
    for end in ending:
        end()
    instance.give_up()
    # Whoever asked for the end while it was ending does not want another start of it.
    if code == AGAIN and any(asked() for asked in hearing):
        return 0
    return code
