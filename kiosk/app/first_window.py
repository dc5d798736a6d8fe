"""The front of the kiosk: its window with the login screen, painted before anything else is there.

Only what the first paint needs is imported here; ``wiring`` with the core, the lanes and the
desktop comes when it is done (design.md section 4, Start). Whoever taps in between is not lost.
"""

from collections.abc import Callable
from typing import assert_never

from PySide6.QtCore import QEvent, QObject, QSize, QTimer
from PySide6.QtWidgets import QApplication

from kiosk.app.slots import Secret, Slots
from kiosk.local.clock import Clock, ComputerReadings
from kiosk.local.login_file import read_painted
from kiosk.local.profile import Profile
from kiosk.local.settings import Display, Settings, Show, Theme
from kiosk.session.model.intents import Intent
from kiosk.session.pages.painted import painted_login
from kiosk.ui.look.pitch import of_screen
from kiosk.ui.look.theme import Look, Scheme, install, look, system_scheme
from kiosk.ui.window import KioskWindow

WINDOW_SIZE = (1280, 800)
TITLE_HEIGHT = 48
"""What a window manager puts above a window, at most."""
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
