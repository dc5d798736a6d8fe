"""The plan of a page that asks: the question at the left, the answer on a card at the right.

On a window too narrow for both, the card goes below. What does not fit scrolls.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kiosk.session.intents import WentBack
from kiosk.ui.button import Button, Weight
from kiosk.ui.notice import ToneMark
from kiosk.ui.page import Page, Scroll
from kiosk.ui.panel import Panel
from kiosk.ui.theme import Look, TextRole
from kiosk.ui.words import Words

NARROW = 860


class SplitPage(Page):
    """A page in two columns. ``aside`` and ``card`` take what a page adds to either."""

    def __init__(self, look: Look, picture: str) -> None:
        """``picture`` names the icon above the question."""
        super().__init__(look)
        colours = look.colours
        self._picture = ToneMark(look, look.length(72), disc=True)
        self._picture.show_picture(picture, colours.accent, colours.wash)
        self.title = Words(look, TextRole.TITLE, colours.ink)
        self.text = Words(look, TextRole.BODY, colours.quiet_ink)
        self.back = Button(look, Weight.QUIET, "arrow-left")
        self.back.clicked.connect(lambda: self.ask(WentBack()))
        self.aside = QVBoxLayout()
        self.aside.setSpacing(look.space("near"))
        question = QVBoxLayout()
        question.setSpacing(0)
        question.addWidget(self._picture)
        question.addSpacing(look.space("apart"))
        question.addWidget(self.title)
        question.addSpacing(look.space("near"))
        question.addWidget(self.text)
        question.addSpacing(look.space("apart"))
        question.addLayout(self.aside)
        question.addStretch(1)
        question.addSpacing(look.space("step"))
        question.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        panel = Panel(look, colours.surface, raised=True)
        self.card = QVBoxLayout(panel)
        inner = look.space("wide") - look.space("tight") + panel.margin
        self.card.setContentsMargins(inner, inner, inner, inner)
        self.card.setSpacing(look.space("step"))
        answer = QVBoxLayout()
        answer.addStretch(1)
        answer.addWidget(panel)
        answer.addStretch(1)
        inside = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        side = look.space("page")
        self._columns.setContentsMargins(side, look.space("wide"), side, look.space("wide"))
        self._columns.setSpacing(side)
        self._columns.addLayout(question, 5)
        self._columns.addLayout(answer, 6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroll(inside))

    def say_back(self, text: str) -> None:
        """Name the way back; without a name there is none."""
        self.back.say(text)
        self.leaves_by_escape = bool(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room."""
        narrow = self.width() < self.look.length(NARROW)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(wanted)
        wide = self.look.space("page")
        side = wide if narrow else max(wide, (self.width() - self.look.length(1400)) // 2)
        self._columns.setContentsMargins(
            side, self.look.space("wide"), side, self.look.space("wide")
        )
        super().resizeEvent(event)
