"""The badge reader: a keyboard that types fast, ends with Enter, and must not type into anything.

A burst is told from typing by its pace. Each key that may begin one is held back for an instant; if
no other comes, it goes on to where it was meant, in order, and nobody notices. Keys that were held
down, and those with a modifier, are a person's. Only where the clinic has badges.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from kiosk.session.intents import BadgeRead, Intent
from kiosk.ui.typed import KeepSecret

APART_MS = 45
"""Longer between two keys is a person: readers take 1 to 30 ms, quick fingers 60 and more."""
SHORTEST, LONGEST = 4, 64
ENDS = frozenset({Qt.Key.Key_Return.value, Qt.Key.Key_Enter.value})
PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class BadgeReader(QObject):
    """Watches the keys of the whole program while it ``listens``; lives as long as its parent."""

    def __init__(
        self,
        qt: QCoreApplication,
        parent: QWidget,
        keep_secret: KeepSecret,
        ask: Callable[[Intent], None],
    ) -> None:
        """``keep_secret`` is the one-shot slot that a number goes into."""
        super().__init__(parent)
        self._qt = qt
        self._keep_secret = keep_secret
        self._ask = ask
        self._held: list[tuple[QObject, QKeyEvent]] = []
        self._listens = False
        self._passing = False
        self._pause = QTimer(self, singleShot=True, interval=APART_MS)
        self._pause.setTimerType(Qt.TimerType.PreciseTimer)
        self._pause.timeout.connect(self._typed)

    def listen(self, wanted: bool) -> None:
        """From now on, or no longer."""
        if wanted == self._listens:
            return
        self._listens = wanted
        if wanted:
            self._qt.installEventFilter(self)
        else:
            self._qt.removeEventFilter(self)
            self._typed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt for every event; holds back what may be a badge's."""
        # A window hands its keys on to the widget that has the focus: there they come again.
        if self._passing or not isinstance(watched, QWindow) or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyRelease:
            return self._released(watched, event)
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in ENDS and self._held:
            return self._ended()
        if not may_be_a_badges(event, first=not self._held):
            self._typed()
            return False
        self._held.append((watched, event.clone()))
        self._pause.start()
        if len(self._number()) > LONGEST:
            self._typed()
        return True

    def _released(self, window: QWindow, event: QKeyEvent) -> bool:
        """No key is let go before it is pressed: behind one that is held back, its end waits."""
        if self._held:
            self._held.append((window, event.clone()))
        return bool(self._held)

    def _number(self) -> str:
        pressed = (event for _, event in self._held if event.type() == QEvent.Type.KeyPress)
        return "".join(event.text() for event in pressed)

    def _ended(self) -> bool:
        number = self._number()
        if len(number) < SHORTEST:
            self._typed()
            return False
        self._pause.stop()
        self._held.clear()
        self._ask(BadgeRead(self._keep_secret(number)))
        return True

    def _typed(self) -> None:
        """It was a person: everything goes on to where it was meant."""
        self._pause.stop()
        held, self._held = self._held, []
        self._passing = True
        try:
            for window, event in held:
                if isValid(window):  # What a key does may close the window of the next.
                    QCoreApplication.sendEvent(window, event)
        finally:
            self._passing = False


def may_be_a_badges(event: QKeyEvent, *, first: bool) -> bool:
    """Whether a reader may have typed it: one plain sign. No number begins with a blank."""
    text = event.text()
    if event.isAutoRepeat() or event.modifiers() & ~PLAIN:
        return False
    return len(text) == 1 and text.isascii() and text.isprintable() and not (first and text == " ")
