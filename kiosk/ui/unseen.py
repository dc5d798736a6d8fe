"""Digits that are nowhere on the screen: a line of dots, and beside it what they stand for.

Qt hides a password from whoever looks and from whoever asks, yet tells assistive technology each
letter as it is typed. What is not in the line cannot be told: here it is dots from the first on.
"""

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QRegularExpressionValidator

from kiosk.session.intents import Ticket
from kiosk.ui.keypad import DOT, CodeLine, is_typing
from kiosk.ui.theme import Look
from kiosk.ui.typed import KeepSecret, lacks_num_lock


class UnseenLine(CodeLine):
    """A ``CodeLine`` of dots. It grows and shrinks at its end only."""

    def __init__(self, look: Look, keep_secret: KeepSecret) -> None:
        """``keep_secret`` is the one-shot slot."""
        self._digits = ""
        super().__init__(look, keep_secret)
        self.setValidator(QRegularExpressionValidator(QRegularExpression(f"[0-9{DOT}]*"), self))

    def add(self, digit: str) -> None:
        """Type ``digit`` at the end, unless what was typed is being looked at."""
        if not self.isReadOnly() and len(self._digits) < self.maxLength():
            self._digits += digit
            self.end(False)
            self.insert(DOT)

    def backspace(self) -> None:
        """Take the last digit away, wherever the caret is."""
        self.end(False)
        super().backspace()

    def send(self) -> Ticket:
        """Put the digits into the slot, forget them here, and return their ticket."""
        typed = self._digits
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
        held = self._digits.ljust(len(text))
        both = zip(text, held, strict=False)
        self._digits = "".join(kept if typed == DOT else typed for typed, kept in both)
        if text.strip(DOT):
            self.setText(DOT * len(text))
        else:
            super()._changed(text)
