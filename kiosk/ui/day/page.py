"""The list of the day beside Xchart's page: this room, who is seated, who is next, the rest.

Holds patients only while it is on show: ``forget`` leaves nothing of them in any widget (threats
T17). What someone unfolded, and what can be undone, is all it owns; both go with the page.
"""

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.session.model.day import Day
from kiosk.session.model.intents import Intent
from kiosk.session.pages.board.page import board
from kiosk.session.pages.board.views import Act, BoardView, ListUiState, Undo
from kiosk.session.pages.views import DayNote
from kiosk.ui.day.blocks import RowTypesetter
from kiosk.ui.day.head import DayHead, Strip
from kiosk.ui.day.list import DayList
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.page import Scroll

WIDE, NARROW = 380, 300
LEAST = 2
"""So many thumbs of the list have to be in sight below its head."""
UNDO_MS = 10_000


class DayPanel(QWidget):
    """Draws the ``Day`` and the ``DayNote`` it is given; reports intents."""

    asked = Signal(object)

    def __init__(self, look: Look) -> None:
        """Without words until it is given something to show."""
        super().__init__()
        self._look = look
        setter = RowTypesetter(look)
        self._day: Day | None = None
        self._note: DayNote | None = None
        self._looking = ListUiState()
        self._board: BoardView | None = None
        self._folded: bool | None = None
        self._cramped = self._low = False
        self._touch = look.touch("other")
        # Letters that are larger need a wider list, as far as there is room.
        grown = (1 + look.pitch.letters / look.pitch.scale) / 2
        self._widest, self._narrowest = look.length(WIDE * grown), look.length(NARROW * grown)
        self._wide = self._widest
        self._head = DayHead(setter)
        self._head.folded.connect(lambda: self._fold(True))
        self._strip = Strip(setter)
        self._strip.clicked.connect(lambda: self._fold(False))
        self._list = DayList(setter, self._strip)
        self._frame = self._framed()
        self._scroll = Scroll(look, self._frame)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._whole = QWidget()
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._scroll, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._strip)
        row.addWidget(self._whole, 1)
        for lower in (self._head, self._list):
            lower.acted.connect(self._act)
        self._list.pressed.connect(self._open)
        self._list.wanted.connect(self._into_sight)
        self._scroll.verticalScrollBar().valueChanged.connect(self._look_at)
        self.undoing = QTimer(self, interval=UNDO_MS, singleShot=True)
        self.undoing.timeout.connect(self._undone)
        self.settling = QTimer(self, interval=QApplication.doubleClickInterval(), singleShot=True)
        self._asked: Intent | None = None

    def _framed(self) -> QWidget:
        frame = QWidget()
        column = QVBoxLayout(frame)
        side = self._look.space("step")
        # At the right the scroll bar has its room, whether it is needed or not.
        column.setContentsMargins(side, 0, 0, side)
        column.addWidget(self._list)
        column.addStretch(1)
        return frame

    def show_note(self, note: DayNote | None) -> None:
        """Draw the list with another minute, or another conflict."""
        if note != self._note or self._board is None:
            self._note, self._asked = note, None
            self._draw()

    def show_day(self, day: Day) -> None:
        """Draw another schedule."""
        self._day, self._asked = day, None
        self._draw()

    def forget(self) -> None:
        """Nothing of anyone is left; and nobody knows what was unfolded."""
        self._day = self._note = self._board = self._asked = None
        self._looking = ListUiState()
        self.undoing.stop()
        self.settling.stop()
        self._head.forget()
        self._list.forget()
        self._strip.say(None)
        self._folded = None
        self._show_folded(self._gives_way)
        self._scroll.verticalScrollBar().setValue(0)

    def give_room(self, page: int, least: int) -> None:
        """Be as wide as leaves ``least`` of ``page`` pixels to Xchart, within reason."""
        wide, narrow = self._widest, self._narrowest
        self._wide = min(wide, max(narrow, page - least))
        left = page - self._wide
        self._cramped = left < least - self._look.length(NARROW) or left < self._wide
        self._show_folded(self._gives_way if self._folded is None else self._folded)

    def _fold(self, folded: bool) -> None:
        self._folded = folded
        self._show_folded(folded)
        if folded:
            self._strip.setFocus()
        else:
            self._draw()

    def _show_folded(self, folded: bool) -> None:
        self._strip.setVisible(folded)
        self._whole.setVisible(not folded)
        self.setFixedWidth(self._strip.width() if folded else self._wide)

    def _draw(self) -> None:
        self._board = drawn = board(self._day, self._note, self._looking)
        self._head.show_board(drawn, self._wide)
        self._strip.say(drawn)
        self._list.show_board(drawn)
        self._look_at()

    def _act(self, act: Act) -> None:
        """Ask. A finger that taps twice by mistake asks once.

        Neither for the step after, which may stand in the same place by then, nor for the same
        upon what it has just changed itself: that would come back as someone else's change.
        """
        if self.settling.isActive() or act.intent == self._asked:
            return
        self.settling.start()
        self._asked = act.intent
        if act.undo is not None:
            self.undoing.start()
        opened = self._looking.opened
        if act.undo is not None:
            opened -= {act.undo.appointment_id}
        self._turn(opened, act.undo)
        self.asked.emit(act.intent)

    def _open(self, what: str) -> None:
        self._turn(self._looking.opened ^ {what}, self._looking.undo)

    def _undone(self) -> None:
        self._turn(self._looking.opened, None)

    def _turn(self, opened: frozenset[str], undo: Undo | None) -> None:
        self._looking = ListUiState(opened, undo)
        if self._day is not None:
            self._draw()

    def _look_at(self) -> None:
        top = self._scroll.verticalScrollBar().value()
        self._list.look_at(top, top + self._scroll.viewport().height())

    def _into_sight(self, area: QRect) -> None:
        bar, high = self._scroll.verticalScrollBar(), self._scroll.viewport().height()
        at = self._list.mapTo(self._frame, area.topLeft()).y()
        if at < bar.value():
            bar.setValue(at)
        elif at + area.height() > bar.value() + high:
            bar.setValue(at + area.height() - high)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """More or less of the list is in sight; folded where its head alone would fill it."""
        self._low = self.height() < self._head.heightForWidth(self._wide) + LEAST * self._touch
        self._show_folded(self._gives_way if self._folded is None else self._folded)
        self._look_at()

    def minimumSizeHint(self) -> QSize:
        """A thumb's height: what is above it comes first."""
        return QSize(0, self._touch)

    def hasHeightForWidth(self) -> bool:
        """No: that would be a least height too."""
        return False

    @property
    def _gives_way(self) -> bool:
        return self._cramped or self._low

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, and the line beside Xchart's page."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colours.surface)
        line = QRect(self.width() - 1, 0, 1, self.height())
        painter.fillRect(line, self._look.colours.line)
        painter.end()
