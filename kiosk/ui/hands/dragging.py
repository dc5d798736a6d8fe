"""A key that comes while something is dragged ends the drag, and counts (law 2).

Qt's drag takes every key of the program before any window hears of it, until the hand lets go:
neither Ctrl+L nor a badge would be heard. Only X11's events are looked at; elsewhere a drag is the
system's own.
"""

import ctypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from PySide6.QtGui import QDrag

X11_EVENT = b"xcb_generic_event_t"
KEY_PRESS, SENT = 2, 0x80
"""The kind of an event, and the bit of one that another program sent (X protocol, section 10)."""
MODIFIERS = frozenset({37, 50, 62, 64, 66, 77, 92, 105, 108, 133, 134})
"""By keycode, as X.Org's evdev has them: held while dragging they make a copy of a move."""


class Dragging(QAbstractNativeEventFilter):
    """Listens while something is dragged, and never otherwise: every event would pay for it."""

    def __init__(self) -> None:
        """Nothing is dragged."""
        super().__init__()
        self._listens = False

    def begin(self) -> None:
        """Something is dragged over one of our windows."""
        application = QCoreApplication.instance()
        if application is not None and not self._listens:
            self._listens = True
            application.installNativeEventFilter(self)

    def end(self) -> None:
        """It is no longer."""
        application = QCoreApplication.instance()
        if application is not None and self._listens:
            self._listens = False
            application.removeNativeEventFilter(self)

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Called by Qt for every event of the system; lets each pass."""
        if kind == X11_EVENT:
            told, code = ctypes.string_at(int(message), 2)
            if told & ~SENT == KEY_PRESS and code not in MODIFIERS:
                QDrag.cancel()
                self.end()
        return False, 0
