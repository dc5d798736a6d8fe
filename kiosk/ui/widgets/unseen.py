"""Digits that are nowhere on the screen: a line of dots, and beside it what they stand for.

Qt hides a password from whoever looks and from whoever asks, yet tells assistive technology each
letter as it is typed. What is not in the line cannot be told: here it is dots from the first on.
"""

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QRegularExpressionValidator

from kiosk.session.model.intents import Ticket
from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.keypad import DOT, CodeLine, is_typing
from kiosk.ui.widgets.typed import KeepSecret, lacks_num_lock


class UnseenLine(CodeLine):
    """A ``CodeLine`` of dots. It grows and shrinks at its end only.

    Its digits lie in one place, and there are zeros where they were once they are gone.
    """

    def __init__(self, look: Look, keep_secret: KeepSecret) -> None:
        """``keep_secret`` is the one-shot slot."""
        self._digits = bytearray(6)
        super().__init__(look, keep_secret)
        self.setValidator(QRegularExpressionValidator(QRegularExpression(f"[0-9{DOT}]*"), self))

    def expect(self, length: int) -> None:
        """Await ``length`` digits."""
        super().expect(length)
        if length != len(self._digits):
            self._wipe()
            self._digits = bytearray(length)

    def add(self, digit: str) -> None:
        """Type ``digit`` at the end, unless what was typed is being looked at."""
        typed = len(self.text())
        if not self.isReadOnly() and typed < len(self._digits):
            self._digits[typed] = ord(digit)
            self.end(False)
            self.insert(DOT)

    def backspace(self) -> None:
        """Take the last digit away, wherever the caret is."""
        self.end(False)
        super().backspace()

    def send(self) -> Ticket:
        """Put the digits into the slot, forget them here, and return their ticket."""
        typed, self._digits = self._digits, bytearray(len(self._digits))
        del typed[len(self.text()) :]
        self.forget()
        return self._keep_secret(typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As for every code; Backspace is its own, and every other key is the page's."""
        if (
            event.matches(QKeySequence.StandardKey.Paste)
            or is_typing(event)
            or lacks_num_lock(event)
        ):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Backspace:
            self.backspace()
        else:
            event.ignore()

    def _changed(self, text: str) -> None:
        """Follow the dots; assistive technology may write digits, which become dots at once."""
        for place, typed in enumerate(text):
            if typed != DOT:
                self._digits[place] = ord(typed)
        self._wipe(len(text))
        if text.strip(DOT):
            self.setText(DOT * len(text))
        else:
            super()._changed(text)

    def _wipe(self, beyond: int = 0) -> None:
        self._digits[beyond:] = bytes(len(self._digits) - beyond)
