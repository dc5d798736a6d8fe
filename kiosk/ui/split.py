"""The plan of a page that asks: the question on the sign at the left, the answer at the right.

On a window too narrow for both, the answer goes below. What does not fit scrolls.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.session.intents import WentBack
from kiosk.ui.button import Button, Weight
from kiosk.ui.notice import NoticeBox, ToneMark
from kiosk.ui.page import Page, Scroll
from kiosk.ui.panel import Panel
from kiosk.ui.theme import Look, TextRole
from kiosk.ui.words import Words

NARROW = 800
WIDEST_ANSWER = 720


class SplitPage(Page):
    """A page in two parts.

    ``aside`` takes what a page adds to the question, ``card`` and ``below`` what it adds to the
    answer; ``notice`` stands above the card, where eyes are while typing.
    """

    def __init__(self, look: Look, picture: str) -> None:
        """``picture`` names the icon above the question."""
        super().__init__(look)
        colours = look.colours
        mark = ToneMark(look, look.length(72), disc=True)
        mark.show_picture(picture, colours.accent, colours.wash)
        self.title = Words(look, TextRole.TITLE, colours.on_sign)
        self.text = Words(look, TextRole.BODY, colours.quiet_on_sign)
        self.back = Button(look, Weight.ON_SIGN, "arrow-left")
        self.back.clicked.connect(lambda: self.ask(WentBack()))
        self.aside = QVBoxLayout()
        self.aside.setSpacing(look.space("tight"))
        sign = Panel(look, colours.sign, radius=None)
        sign.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        question = QVBoxLayout(sign)
        # The words of a button without an outline stand under the words above it.
        indent, end = look.space("apart"), look.space("apart")
        side, top = look.space("page"), look.space("page")
        question.setContentsMargins(side - indent, top, look.space("wide"), end)
        question.setSpacing(0)
        words = QVBoxLayout()
        words.setContentsMargins(indent, 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(mark)
        words.addSpacing(look.space("apart"))
        words.addWidget(self.title)
        words.addSpacing(look.space("step"))
        words.addWidget(self.text)
        words.addSpacing(look.space("apart"))
        words.addLayout(self.aside)
        question.addLayout(words)
        question.addStretch(1)
        question.addSpacing(look.space("step"))
        question.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.notice = NoticeBox(look)
        panel = Panel(look, colours.surface, raised=True)
        self.card = QVBoxLayout(panel)
        inner = look.space("wide") - look.space("tight") + panel.margin
        self.card.setContentsMargins(inner, inner, inner, inner)
        self.card.setSpacing(look.space("step"))
        self.below = QVBoxLayout()
        # In line with the surface of the card, whose shadow lies outside of it.
        self.below.setContentsMargins(panel.margin, 0, panel.margin, 0)
        above, beneath = QVBoxLayout(), QVBoxLayout()
        above.setContentsMargins(panel.margin, 0, panel.margin, 0)
        above.addStretch(1)
        above.addWidget(self.notice)
        above.addSpacing(look.space("near"))
        beneath.addSpacing(look.space("near"))
        beneath.addLayout(self.below)
        beneath.addStretch(1)
        ground = QWidget()
        ground.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._answer = QVBoxLayout(ground)
        self._answer.setSpacing(0)
        # Equal shares above and below: a notice that comes moves no key under a finger.
        self._answer.addLayout(above, 1)
        self._answer.addWidget(panel)
        self._answer.addLayout(beneath, 1)
        self._ground = ground
        inside = QWidget()
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(0)
        self._parts.addWidget(sign, 40)
        self._parts.addWidget(ground, 60)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroll(look, inside))

    def say_back(self, text: str) -> None:
        """Name the way back; without a name there is none."""
        self.back.say(text)
        self.leaves_by_escape = bool(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        look = self.look
        narrow = self.width() < look.length(NARROW)
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._parts.setDirection(below if narrow else beside)
        wide = self.width() if narrow else self.width() * 60 // 100
        side = max(look.space("apart"), (wide - look.length(WIDEST_ANSWER)) // 2)
        self._answer.setContentsMargins(side, look.space("apart"), side, look.space("apart"))
        super().resizeEvent(event)
