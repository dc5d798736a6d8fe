"""The badge reader: a keyboard that types fast, ends with Enter, and must not type into anything.

A burst is told from typing by its pace, by the system's own time of each key: a program that was
busy hears both late and all at once. Each key that may begin one is held back for an instant; if no
other comes, it goes on to where it was meant, in order, and nobody notices. Keys that were held
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
LINE_ENDS = frozenset({"\r", "\n"})
PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class BadgeReader(QObject):
    """Hears the keys of one window before its pages do, while it ``listens``; lives as long as it.

    It watches where the system hands the keys in, and nothing else: a filter written in Python over
    the whole program sees objects half made, and ends the program when a web page opens.
    """

    def __init__(
        self, window: QWidget, keep_secret: KeepSecret, ask: Callable[[Intent], None]
    ) -> None:
        """``keep_secret`` is the one-shot slot that a number goes into."""
        super().__init__(window)
        self._window = window
        self._heard: QWindow | None = None
        self._keep_secret = keep_secret
        self._ask = ask
        self._held: list[QKeyEvent] = []
        self._passing = False
        self._pause = QTimer(self, singleShot=True, interval=APART_MS)
        self._pause.setTimerType(Qt.TimerType.PreciseTimer)
        # Keys that came while this program was busy are heard before it is said that none came.
        self._last_look = QTimer(self, singleShot=True, interval=0)
        self._pause.timeout.connect(self._last_look.start)
        self._last_look.timeout.connect(self._typed)

    def listen(self, wanted: bool) -> None:
        """From now on, or no longer; said again, it finds the window if the system made it anew."""
        keys = self._window.windowHandle() if wanted else None
        if keys is self._heard:
            return
        self._typed()
        if self._heard is not None and isValid(self._heard):
            self._heard.removeEventFilter(self)
        if keys is not None:
            keys.installEventFilter(self)
        self._heard = keys

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Called by Qt for every event of the window; holds back what may be a badge's."""
        if self._passing or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyRelease:
            return self._released(event)
        if event.type() != QEvent.Type.KeyPress:
            return False
        if self._held and apart_ms(self._held[-1], event) > APART_MS:
            self._typed()
        if self._held and (event.key() in ENDS or event.text() in LINE_ENDS):
            return self._ended()
        if self._held and event.key() == Qt.Key.Key_Shift:
            # A reader types capital letters as a person does.
            self._held.append(event.clone())
            return True
        if not may_be_a_badges(event, first=not self._held):
            self._typed()
            return False
        self._held.append(event.clone())
        self._last_look.stop()
        self._pause.start()
        if len(self._number()) > LONGEST:
            self._typed()
        return True

    def _released(self, event: QKeyEvent) -> bool:
        """No key is let go before it is pressed: behind one that is held back, its end waits."""
        if self._held:
            self._held.append(event.clone())
        return bool(self._held)

    def _number(self) -> str:
        pressed = (event for event in self._held if event.type() == QEvent.Type.KeyPress)
        return "".join(event.text() for event in pressed)

    def _ended(self) -> bool:
        number = self._number()
        if len(number) < SHORTEST:
            self._typed()
            return False
        self._rest()
        self._held.clear()
        self._ask(BadgeRead(self._keep_secret(number)))
        return True

    def _rest(self) -> None:
        self._pause.stop()
        self._last_look.stop()

    def _typed(self) -> None:
        """It was a person: everything goes on to where it was meant."""
        self._rest()
        held, self._held = self._held, []
        self._passing = True
        try:
            for event in held:
                # What a key does may close the window of the next.
                if self._heard is not None and isValid(self._heard):
                    QCoreApplication.sendEvent(self._heard, event)
        finally:
            self._passing = False


def apart_ms(before: QKeyEvent, after: QKeyEvent) -> int:
    """Milliseconds between two keys by the system's time; 0 where it tells none."""
    there = before.timestamp() and after.timestamp()
    return after.timestamp() - before.timestamp() if there else 0


def may_be_a_badges(event: QKeyEvent, *, first: bool) -> bool:
    """Whether a reader may have typed it: one plain sign. No number begins with a blank.

    A key that is held down begins none. Within a burst the same sign twice in one millisecond is
    told as held down too, and no finger can have held it so soon.
    """
    text = event.text()
    if (first and event.isAutoRepeat()) or event.modifiers() & ~PLAIN:
        return False
    return len(text) == 1 and text.isascii() and text.isprintable() and not (first and text == " ")
