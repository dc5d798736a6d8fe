"""What Xchart's page asks, in the page's place: two plain buttons, and a line where one types.

Nothing here has the focus by itself, and nothing can be pressed in the first moment: the tap or
the Enter that made the page ask must not answer it (law 13).
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kiosk.session.model.intents import QuestionAnswered, Ticket
from kiosk.session.pages.views import QuestionNote, Tone
from kiosk.ui.hands.first_moment import FirstMoment
from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.pages.page import Scroll
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.field import Field
from kiosk.ui.widgets.notice import ToneMark
from kiosk.ui.widgets.panel import Panel
from kiosk.ui.widgets.typed import KeepSecret
from kiosk.ui.widgets.words import Words
from kiosk.ui.xchart.saying import PageWords, ReadWords

COLUMN = 720
LONGEST_ANSWER = 2000
LEAST_WORDS = 72


class Asking(QWidget):
    """Draws a ``QuestionNote``; reports what was answered."""

    asked = Signal(object)

    def __init__(self, look: Look, read: ReadWords, keep: KeepSecret) -> None:
        """Hidden until there is a question. ``keep`` is the slot for what is typed."""
        super().__init__()
        self._look = look
        self._read = read
        self._keep = keep
        self._note: QuestionNote | None = None
        self._mark = ToneMark(look, look.length(48), disc=True)
        tone = look.tones[Tone.INFO]
        self._mark.show_picture("message-square-text", tone.mark, tone.wash)
        self._title = Words(look, TextRole.HEADING, look.colours.ink)
        self._text = Words(look, TextRole.BODY, look.colours.ink)
        self._words = PageWords(look, TextRole.BODY)
        line = QLineEdit()
        line.setMaxLength(LONGEST_ANSWER)
        self._line = Field(look, line)
        self._yes = Button(look, Weight.PLAIN)
        self._no = Button(look, Weight.PLAIN)
        self._yes.clicked.connect(lambda: self._answer(True))
        self._no.clicked.connect(lambda: self._answer(False))
        self._moment = FirstMoment(self, self._yes, self._no)
        # A press on a button that does not count yet leaves the focus here.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        look = self._look
        buttons = QHBoxLayout()
        buttons.setSpacing(look.space("near"))
        buttons.addWidget(self._yes)
        buttons.addWidget(self._no)
        buttons.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(look.space("step"))
        head.addWidget(self._mark)
        head.addWidget(self._title, 1)
        self._card = card = Panel(look, look.colours.surface, raised=True)
        told = QVBoxLayout(card)
        inner = look.space("apart") + card.margin
        told.setContentsMargins(inner, inner, inner, inner)
        told.setSpacing(look.space("step"))
        told.addLayout(head)
        told.addWidget(self._text)
        told.addWidget(self._words)
        told.addWidget(self._line)
        told.addSpacing(look.space("tight"))
        told.addLayout(buttons)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.addStretch(2)
        self._column.addWidget(card)
        self._column.addStretch(3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroll(look, inside))

    def show_note(self, note: QuestionNote | None, offered: str = "") -> None:
        """Put the question, or nothing; ``offered`` is the answer that the page proposes."""
        new = note is not None and (self._note is None or self._note.words != note.words)
        self._note = note
        # It takes the focus itself, and is read aloud by its title.
        self.setAccessibleName(note.title if note else "")
        self._title.say(note.title if note else "")
        self._text.say(note.text if note else "")
        self._words.say(self._read(note.words) if note else "")
        self._yes.say(note.yes if note else "")
        self._no.say(note.no if note else "")
        line = note.line if note else ""
        self._line.setVisible(bool(line))
        self._line.name(line)
        if note is None:
            self._line.line.setText("")
        self.setVisible(note is not None)
        self._share()
        if new:
            self._line.line.setText(offered)
            self._moment.begin()
            (self._line.line if line else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self, yes: bool) -> None:
        if self._note is None:
            return
        typed: Ticket | None = None
        if yes and self._note.line:
            typed = self._keep(self._line.line.text())
        self.asked.emit(QuestionAnswered(self._note.words, yes, typed))

    def sizeHint(self) -> QSize:
        """What is left: the bar and what the page said come first, also while this is hidden."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column of a readable width, in the middle."""
        least = self._look.space("step")
        side = max(least, (self.width() - self._look.length(COLUMN)) // 2)
        self._column.setContentsMargins(side, least, side, least)
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """The words have what the rest leaves, so that the answers are in sight."""
        rest = self._card.sizeHint().height() - self._words.sizeHint().height()
        spare = self.height() - rest - 2 * self._look.space("step")
        self._words.limit(max(spare, self._look.length(LEAST_WORDS)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Hide the page below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colours.ground)
        painter.end()
