"""Where secrets are typed. Owns unsent text only, and forgets it on sending and on hiding.

A typed secret leaves through ``keep_secret`` into the one-shot slot and comes back as a ticket;
it is never part of an intent, a view or a signal (law 10).
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from kiosk.session.model.intents import Ticket

KeepSecret = Callable[[str | bytearray], Ticket]
"""A PIN comes in a bytearray, which whoever takes it wipes."""


WITHOUT_DIGITS = frozenset(
    {
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Clear,
        Qt.Key.Key_Insert,
    }
)
"""What the number pad types while NumLock is off."""


def lacks_num_lock(event: QKeyEvent) -> bool:
    """Whether a key of the number pad was pressed for a digit, and typed none."""
    on_the_pad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
    return on_the_pad and Qt.Key(event.key()) in WITHOUT_DIGITS


class SecretLine(QLineEdit):
    """A line whose text cannot be copied, undone, read aloud or kept.

    ``num_lock_off`` when a digit was meant and a key of the number pad typed none.
    """

    num_lock_off = Signal()

    def __init__(self, keep_secret: KeepSecret, parent: QWidget | None = None) -> None:
        """``keep_secret`` is the one-shot slot."""
        super().__init__(parent)
        self._keep_secret = keep_secret
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)

    def send(self) -> Ticket:
        """Put what was typed into the slot, forget it here, and return its ticket."""
        typed = self.text()
        self.forget()
        return self._keep_secret(typed)

    def forget(self) -> None:
        """Empty the line, and its undo history with it (``clear`` would leave that)."""
        self.setText("")
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is hidden is forgotten."""
        self.forget()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No copying out of the line, in whichever way it is shown."""
        if lacks_num_lock(event):
            self.num_lock_off.emit()
            event.accept()
            return
        for refused in (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut):
            if event.matches(refused):
                event.accept()
                return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """No selecting by drag: X11 would copy a shown password into the primary selection."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """No selecting by double click, for the same reason."""
        event.accept()
