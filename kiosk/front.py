"""The front of the kiosk: its window with the login screen, painted before anything else is there.

Only what the first paint needs is imported here; ``app`` with the core, the lanes and the desktop
comes when it is done (design.md section 4, Start). Whoever taps in between is not lost.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication

from kiosk.clock import Clock, ComputerReadings
from kiosk.desktop.instance import Instance
from kiosk.environment import DRAWN_ON
from kiosk.log import Log
from kiosk.login_file import read_painted
from kiosk.profile import Profile
from kiosk.session.intents import Intent
from kiosk.session.painted import painted_login
from kiosk.settings import Display, Settings, SettingsFault, Show, Theme
from kiosk.slots import Secret, Slots
from kiosk.ui.pitch import of_screen
from kiosk.ui.theme import Look, Scheme, install, look, system_scheme
from kiosk.ui.window import KioskWindow

WINDOW_SIZE = (1280, 800)
TITLE_HEIGHT = 48
"""What a window manager puts above a window, at most."""
DESKTOP_NAME = "operatory-kiosk"
"""As the entry in the desktop's menu is called; a panel finds the entry of a window by it."""
DEAF = 3
"""The exit code where one runs already, so that nobody starts another in its place."""
SECOND_FRAME_MS = 30
"""The focus ring comes with the second frame, when the window is active."""


class FirstPaint(QObject):
    """Tells once that a window has been painted."""

    def __init__(self, window: KioskWindow, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then: Callable[[], None] | None = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt; lets everything pass."""
        if event.type() == QEvent.Type.Paint and self._then is not None:
            QTimer.singleShot(SECOND_FRAME_MS, self._then)
            self._then = None
            watched.removeEventFilter(self)
        return False


class Front:
    """The window, from the login file alone. Clock and slots are those of the kiosk."""

    def __init__(self, qt: QApplication, profile: Profile, settings: Settings) -> None:
        self.qt = qt
        self.clock = Clock(ComputerReadings())
        self.slots = Slots[Secret]()
        self.words = Slots[str]()
        self.painted = read_painted(profile.login_file)
        self.display = settings.display
        self.look = _look(qt, self.display)
        install(qt, self.look)
        self.window = KioskWindow(
            self.look, self.slots.put, lambda ticket: self.words.look(ticket) or ""
        )
        self.window.show_view(painted_login(settings.place, self.painted, self.clock.now()))
        self._asked: list[Intent] = []
        self.window.asked.connect(self._asked.append)

    def show(self, then: Callable[[], None]) -> None:
        """Show it; ``then`` is called when it is painted."""
        FirstPaint(self.window, then)
        if self.display.show is Show.FULLSCREEN:
            # As the shell there is no window manager to do it.
            self.window.setGeometry(self.qt.primaryScreen().geometry())
            self.window.showFullScreen()
        else:
            self.window.resize(window_size(self.qt.primaryScreen().availableSize()))
            self.window.show()

    def hand_over(self, ask: Callable[[Intent], None]) -> None:
        """From now on ``ask`` is told what is asked for, and first what was asked so far."""
        self.window.asked.disconnect()
        self.window.asked.connect(ask)
        for intent in self._asked:
            ask(intent)


def window_size(available: QSize) -> QSize:
    """How large a window beside other programs begins: its last row is on the screen too."""
    return QSize(*WINDOW_SIZE).boundedTo(available - QSize(0, TITLE_HEIGHT))


def _look(qt: QApplication, display: Display) -> Look:
    match display.theme:
        case Theme.LIGHT:
            scheme = Scheme.LIGHT
        case Theme.DARK:
            scheme = Scheme.DARK
        case Theme.AUTO:
            scheme = system_scheme()
        case _:
            assert_never(display.theme)
    screen = qt.primaryScreen()
    as_shell = display.show is Show.FULLSCREEN
    size = screen.size() if as_shell else window_size(screen.availableSize())
    return look(scheme, of_screen(screen, size, text=display.text_scale))


def run(profile: Profile, settings: Settings | SettingsFault, show: Show | None, log: Log) -> int:
    """Run until the end; ``show`` overrides the settings'. 0 when it ended in order.

    A second start for the same profile brings the first to the front: 0 too, ``DEAF`` if it does
    not answer.
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
        from kiosk.desktop.front_door import ask_to_front

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

    def painted() -> None:
        try:
            from kiosk.app import App, quit_on_signals

            quit_on_signals(qt)
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
    return code
