"""A line to find a name with, where there are more tiles than one looks through.

By keyboard or by finger: pressing the line shows letters to tap. What was typed belongs to
whoever stands here now, so it goes with the page, and after a minute without a key.
"""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.letters import Letters
from kiosk.ui.widgets import icon
from kiosk.ui.widgets.frame import EndButton, Frame

LONGEST = 40
COLUMNS = 10
LEFT_ALONE = 60_000


class _Glass(QWidget):
    """The magnifying glass before the line."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(look.length(24), look.length(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icon.draw(painter, "search", QRectF(self.rect()), self._look.colours.quiet_ink)
        painter.end()


class Search(QWidget):
    """The line. ``letters`` is for the page to place; it is shown and hidden from here."""

    narrowed = Signal()
    given = Signal()
    left = Signal()

    def __init__(self, look: Look) -> None:
        """Hidden until ``offer``."""
        super().__init__()
        self.line = QLineEdit()
        self.line.setMaxLength(LONGEST)
        self.line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._changed)
        self.line.returnPressed.connect(self.given)
        self.letters = Letters(look, (self.line,), COLUMNS)
        self.letters.hide()
        self._clear = EndButton(look, "x")
        self._clear.clicked.connect(self._start_over)
        self._turn = EndButton(look, "keyboard")
        self._turn.clicked.connect(self._turn_letters)
        self._left_alone = QTimer(self, interval=LEFT_ALONE, singleShot=True)
        self._left_alone.timeout.connect(self._go)
        frame = Frame(look, self.line)
        row = QHBoxLayout(frame)
        row.setContentsMargins(look.space("step"), 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(_Glass(look))
        row.addSpacing(look.space("tight"))
        row.addWidget(self.line, 1)
        row.addWidget(self._clear)
        row.addWidget(self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        place = self._clear.sizePolicy()
        place.setRetainSizeWhenHidden(True)
        self._clear.setSizePolicy(place)
        self._clear.hide()
        self.hide()

    @property
    def typed(self) -> str:
        """What there is to find, without the spaces around it."""
        return self.line.text().strip()

    def offer(self, wanted: bool) -> None:
        """Show the line, named, or neither line nor letters."""
        if wanted:
            self.line.setAccessibleName(labels.SEARCH)
            self.line.setPlaceholderText(labels.SEARCH)
            self._clear.setAccessibleName(labels.CLEAR)
            self.letters.name()
            self.show_letters(not self.letters.isHidden())
        else:
            self.forget()
        self.setVisible(wanted)

    def add(self, typed: str) -> None:
        """Type on from elsewhere; what follows goes into the line."""
        self.line.setFocus()
        self.line.end(False)
        self.line.insert(typed)

    def show_letters(self, wanted: bool) -> None:
        """Show the letters, or put them away."""
        self.letters.setVisible(wanted)
        self._turn.setAccessibleName(labels.HIDE_LETTERS if wanted else labels.SHOW_LETTERS)

    def forget(self) -> None:
        """Nothing typed, and the letters put away."""
        self.line.setText("")
        self.show_letters(False)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A finger on the line brings the letters; Escape and Down lead back to the tiles."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.show_letters(True)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self._go()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.left.emit()
                return True
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """What is hidden is forgotten."""
        self.forget()
        super().hideEvent(event)

    def _go(self) -> None:
        self.forget()
        self.left.emit()

    def _turn_letters(self) -> None:
        self.show_letters(self.letters.isHidden())
        self.line.setFocus()

    def _start_over(self) -> None:
        self.line.setText("")
        self.line.setFocus()

    def _changed(self) -> None:
        self._clear.setVisible(bool(self.line.text()))
        if self.line.text():
            self._left_alone.start()
        else:
            self._left_alone.stop()
        self.narrowed.emit()
