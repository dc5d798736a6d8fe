"""Letters to tap, for whoever has gloves on and no keyboard at hand; in the order of the alphabet.

They type into the line that has the keyboard; an accent is typed on a keyboard.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from kiosk.ui import labels
from kiosk.ui.keypad import Key
from kiosk.ui.theme import Look

COLUMNS = 7


class Letter(Key):
    """One letter of at least 15 mm."""

    SIZE = "other"
    WIDE = 58

    def __init__(self, look: Look, picture: str = "") -> None:
        """Out of the keyboard's way: there it would stand between two lines."""
        super().__init__(look, picture)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class Letters(QWidget):
    """The alphabet and *Delete*."""

    def __init__(self, look: Look, lines: Sequence[QLineEdit]) -> None:
        """Types into whichever of ``lines`` has the keyboard, into the first otherwise."""
        super().__init__()
        self._lines = lines
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.space("tight"))
        self._letters = [Letter(look) for _ in labels.ALPHABET]
        self._erase = Letter(look, picture="delete")
        for place, key in enumerate((*self._letters, self._erase)):
            grid.addWidget(key, *divmod(place, COLUMNS))
        for letter, key in zip(labels.ALPHABET, self._letters, strict=True):
            key.clicked.connect(lambda _=False, typed=letter: self._type(typed))
        self._erase.clicked.connect(lambda: self._line().backspace())

    def name(self) -> None:
        """Give every key its name."""
        self.setAccessibleName(labels.LETTERS)
        for letter, key in zip(labels.ALPHABET, self._letters, strict=True):
            key.say(letter)
        self._erase.say(labels.ERASE)

    def _line(self) -> QLineEdit:
        return next((line for line in self._lines if line.hasFocus()), self._lines[0])

    def _type(self, letter: str) -> None:
        line = self._line()
        before = line.text()[: line.cursorPosition()]
        line.insert(letter.lower() if before[-1:].isalpha() else letter)
