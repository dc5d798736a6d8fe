"""Letters to tap, for whoever has gloves on and no keyboard at hand; in the order of the alphabet.

They type into the line that has the keyboard; an accent is typed on a keyboard.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.keypad import Key

COLUMNS = 7
FEWEST = 4


class Letter(Key):
    """One letter of at least 15 mm."""

    SIZE = "other"
    WIDE = 58

    def __init__(self, look: Look, picture: str = "") -> None:
        """Out of the keyboard's way: there it would stand between two lines."""
        super().__init__(look, picture)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class Letters(QWidget):
    """The alphabet and *Delete*, in ``columns``; in fewer where there is no room for as many."""

    def __init__(self, look: Look, lines: Sequence[QLineEdit], columns: int = COLUMNS) -> None:
        """Types into whichever of ``lines`` has the keyboard, into the first otherwise."""
        super().__init__()
        self._lines = lines
        self._columns = columns
        self._gap = look.space("tight")
        self._side = look.touch(Letter.SIZE)
        self._letters = [Letter(look) for _ in labels.ALPHABET]
        self._erase = Letter(look, picture="delete")
        self._keys = (*self._letters, self._erase)
        for key in self._keys:
            key.setParent(self)
        for letter, key in zip(labels.ALPHABET, self._letters, strict=True):
            key.clicked.connect(lambda _=False, typed=letter: self._type(typed))
        self._erase.clicked.connect(lambda: self._line().backspace())
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def name(self) -> None:
        """Give every key its name."""
        self.setAccessibleName(labels.LETTERS)
        for letter, key in zip(labels.ALPHABET, self._letters, strict=True):
            key.say(letter)
        self._erase.say(labels.ERASE)

    def sizeHint(self) -> QSize:
        """All columns."""
        return self._size(self._columns)

    def minimumSizeHint(self) -> QSize:
        """As few columns as the narrowest window leaves."""
        return QSize(self._size(FEWEST).width(), self.sizeHint().height())

    def heightForWidth(self, width: int) -> int:
        """As many rows as it takes."""
        return self._size(self._fitting(width)).height()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Lay the keys out anew."""
        columns, gap = self._fitting(self.width()), self._gap
        wide = (self.width() - gap * (columns - 1)) / columns
        for place, key in enumerate(self._keys):
            row, column = divmod(place, columns)
            last = columns - 1 if key is self._erase else column  # *Delete* fills its row
            left, right = round(column * (wide + gap)), round(last * (wide + gap) + wide)
            key.setGeometry(left, row * (self._side + gap), right - left, self._side)

    def _fitting(self, width: int) -> int:
        return max(FEWEST, min(self._columns, (width + self._gap) // (self._side + self._gap)))

    def _size(self, columns: int) -> QSize:
        rows = -(-len(self._keys) // columns)
        step = self._side + self._gap
        return QSize(columns * step - self._gap, rows * step - self._gap)

    def _line(self) -> QLineEdit:
        return next((line for line in self._lines if line.hasFocus()), self._lines[0])

    def _type(self, letter: str) -> None:
        line = self._line()
        before = line.text()[: line.cursorPosition()]
        line.insert(letter.lower() if before[-1:].isalpha() else letter)
