"""Strips above Xchart's page: what it said, until OK; and the way back from a document.

The page's words are drawn here and nowhere else, and go when the page is blanked (threats T17).
"""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from kiosk.session.model.intents import PageBackWanted, Ticket, WordsRead
from kiosk.session.pages.views import SayingNote, Tone
from kiosk.ui.hands.first_moment import FirstMoment
from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.pages.page import Scroll
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.notice import ToneMark
from kiosk.ui.widgets.panel import Panel
from kiosk.ui.widgets.words import Words

ReadWords = Callable[[Ticket], str]
"""What Xchart's page said, behind its ticket; empty where it is gone."""
SHARE = 0.3
"""Of the window's height: longer words scroll, so that the page stays in sight."""
LEAST_LINES = 2


class PageWords(Scroll):
    """The page's own words, as high as they need to be, up to ``most`` pixels."""

    def __init__(self, look: Look, role: TextRole) -> None:
        """Empty."""
        words = Words(look, role, look.colours.ink)
        words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        super().__init__(look, words)
        self._words = words
        self._most = look.length(400)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.resized.connect(self._fit)

    def say(self, text: str) -> None:
        """Other words, from their beginning."""
        if text != self._words.text():
            self.verticalScrollBar().setValue(0)
        self._words.say(text)
        self.setVisible(bool(text))
        self._fit()

    def limit(self, most: int) -> None:
        """No higher than that."""
        if most != self._most:
            self._most = most
            self._fit()

    def sizeHint(self) -> QSize:
        """As high as the words, up to the limit."""
        return QSize(super().sizeHint().width(), self.maximumHeight())

    def _fit(self) -> None:
        # As if the thumb were there: else it would come and go with the height.
        self._words.setMinimumHeight(0)
        wide = self.width() - self.verticalScrollBar().sizeHint().width()
        high = max(1, self._words.heightForWidth(max(1, wide)))
        self._words.setMinimumHeight(high)
        # Where a screen has no room even for that, the words give way and scroll.
        self.setMinimumHeight(
            min(high, self._most, self._words.fontMetrics().height() * LEAST_LINES)
        )
        self.setMaximumHeight(min(high, self._most))
        self.updateGeometry()


class Saying(Panel):
    """What Xchart's page said: its words, how many wait behind them, and OK."""

    asked = Signal(object)

    def __init__(self, look: Look, read: ReadWords) -> None:
        """Hidden until there is something."""
        tone = look.tones[Tone.WARNING]
        super().__init__(look, tone.wash, radius=None)
        self._read = read
        self._note: SayingNote | None = None
        self._mark = ToneMark(look, look.length(26))
        self._mark.show_picture("message-square-text", tone.mark, tone.wash)
        self._title = Words(look, TextRole.STRONG, look.colours.ink)
        self._more = Words(look, TextRole.SMALL, look.colours.quiet_ink)
        self._words = PageWords(look, TextRole.BODY)
        self._ok = Button(look, Weight.PRIMARY)
        self._ok.clicked.connect(self._read_it)
        self._moment = FirstMoment(self, self._ok)
        column = QVBoxLayout()
        column.setSpacing(look.space("tight"))
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addWidget(self._more)
        column.addStretch(1)
        row = QHBoxLayout(self)
        side, above = look.space("apart"), look.space("near")
        row.setContentsMargins(side, above, side, above)
        row.setSpacing(look.space("near"))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        row.addWidget(self._ok, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_note(self, note: SayingNote | None) -> None:
        """Show it with its words, or nothing."""
        if note is not None and (self._note is None or self._note.words != note.words):
            self._moment.begin()
        self._note = note
        self._title.say(note.title if note else "")
        self._words.say(self._read(note.words) if note else "")
        self._more.say(note.more if note else "")
        self._ok.say(note.action if note else "")
        self.setVisible(note is not None)

    def limit(self, window: int) -> None:
        """A share of a window that high."""
        self._words.limit(int(window * SHARE))

    def _read_it(self) -> None:
        if self._note is not None:
            self.asked.emit(WordsRead(self._note.words))


class Aside(Panel):
    """A document is on show: what it is, and the way back."""

    asked = Signal(object)

    def __init__(self, look: Look) -> None:
        """Hidden until there is one."""
        super().__init__(look, look.tones[Tone.INFO].wash, radius=None)
        self._text = Words(look, TextRole.BODY, look.colours.ink)
        self._back = Button(look, Weight.PLAIN, "arrow-left")
        self._back.clicked.connect(lambda: self.asked.emit(PageBackWanted()))
        row = QHBoxLayout(self)
        side, above = look.space("apart"), look.space("tight")
        row.setContentsMargins(side, above, side, above)
        row.setSpacing(look.space("near"))
        row.addWidget(self._back)
        row.addWidget(self._text, 1)
        self.hide()

    def show_words(self, text: str) -> None:
        """Show it, or nothing."""
        self._text.say(text)
        self._back.say(labels.BACK if text else "")
        self.setVisible(bool(text))
