"""The plan of a page that asks: the question on the sign at the left, the answer at the right.

On a window too narrow for both, or upright, the answer goes below. What does not fit scrolls.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.session.model.intents import WentBack
from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.pages.page import Page, Scroll
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.notice import NoticeBox, ToneMark
from kiosk.ui.widgets.panel import Panel
from kiosk.ui.widgets.words import Words

NARROW = 800
WIDEST_ANSWER = 720
QUESTION, ANSWER = 40, 60
"""Shares of the width."""
ROOMY = 480
"""Less than so many pixels at 96 dpi, by its letters, and a card has narrow edges."""
HIGHEST = 16_777_215
LEAST_QUESTION = 0.25
"""Of the height, where the answer is below it."""


class Part(QWidget):
    """One of the two parts, inside its scroll area: tells when its content has changed."""

    changed = Signal()

    def event(self, event: QEvent) -> bool:
        """What is inside has another size now."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.changed.emit()
        return done


class SplitPage(Page):
    """A page in two parts, each of which scrolls by itself where it must.

    ``aside`` takes what a page adds to the question, ``card`` and ``below`` what it adds to the
    answer; ``notice`` stands above the card, where eyes are while typing. What gives way so that
    the card is whole: the picture, then the notice and what is below the card, which go to the
    question.
    """

    def __init__(self, look: Look, picture: str) -> None:
        """``picture`` names the icon above the question."""
        super().__init__(look)
        colours = look.colours
        self._mark = ToneMark(look, look.length(72), disc=True)
        self._mark.show_picture(picture, colours.accent, colours.wash)
        self.title = Words(look, TextRole.TITLE, colours.on_sign)
        self.text = Words(look, TextRole.BODY, colours.quiet_on_sign)
        self.back = Button(look, Weight.ON_SIGN, "arrow-left")
        self.back.clicked.connect(lambda: self.ask(WentBack()))
        self.aside = QVBoxLayout()
        self.aside.setSpacing(look.space("tight"))
        self.notice = NoticeBox(look)
        self.below = QVBoxLayout()
        self._below = QWidget()
        self._below.setLayout(self.below)
        self.below.setContentsMargins(0, 0, 0, 0)
        self._cramped: tuple[bool, bool, bool] | None = None
        self._question = self._laid_out_question()
        self._answer = self._laid_out_answer()
        self._asking, self._answering = Scroll(look, self._question), Scroll(look, self._answer)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(0)
        self._parts.addWidget(self._asking, QUESTION)
        self._parts.addWidget(self._answering, ANSWER)
        for part in (self._question, self._answer):
            part.changed.connect(self._arrange)

    def _laid_out_question(self) -> Part:
        look = self.look
        part = Part()
        part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        question = QVBoxLayout(part)
        # The words of a button without an outline stand under the words above it.
        indent, end = look.space("apart"), look.space("apart")
        side, top = look.space("page"), look.space("page")
        question.setContentsMargins(side - indent, top, look.space("wide"), end)
        question.setSpacing(0)
        self._words = QVBoxLayout()
        self._words.setContentsMargins(indent, 0, 0, 0)
        self._words.setSpacing(look.space("step"))
        self._words.addWidget(self._mark)
        self._words.addWidget(self.title)
        self._words.addWidget(self.text)
        self._words.addLayout(self.aside)
        question.addLayout(self._words)
        question.addStretch(1)
        question.addSpacing(look.space("step"))
        question.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        return part

    def _laid_out_answer(self) -> Part:
        look = self.look
        part = Part()
        part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._panel = Panel(look, look.colours.surface, raised=True)
        self.card = QVBoxLayout(self._panel)
        self.card.setSpacing(look.space("step"))
        # In line with the surface of the card, whose shadow lies outside of it.
        rim = self._panel.margin
        self._above, self._beneath = QVBoxLayout(), QVBoxLayout()
        self._above.setContentsMargins(rim, 0, rim, 0)
        self._above.addStretch(1)
        self._above.addWidget(self.notice)
        self._above.addSpacing(look.space("near"))
        self._beneath.setContentsMargins(rim, 0, rim, 0)
        self._beneath.addSpacing(look.space("near"))
        self._beneath.addWidget(self._below)
        self._beneath.addStretch(1)
        whole = QVBoxLayout(part)
        whole.setSpacing(0)
        # Equal shares above and below: a notice that comes moves no key under a finger.
        whole.addLayout(self._above, 1)
        whole.addWidget(self._panel)
        whole.addLayout(self._beneath, 1)
        return part

    def say_back(self, text: str) -> None:
        """Name the way back; without a name there is none."""
        self.back.say(text)
        self.leaves_by_escape = bool(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and the sign behind the question."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(self._asking.geometry(), self.look.colours.sign)
        painter.end()

    def _arrange(self) -> None:
        """Give every part its room; called whenever one of them may have another size."""
        look = self.look
        stacked = self.width() < NARROW or self.height() > self.width()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._parts.setDirection(down if stacked else across)
        wide = self.width() if stacked else self.width() * ANSWER // (QUESTION + ANSWER)
        # Letters that are larger need wider lines, as far as there is room.
        widest = look.length(WIDEST_ANSWER) * (1 + look.pitch.text) / 2
        roomy = wide >= look.letters(ROOMY)
        edge = look.space("apart" if roomy else "near")
        side = max(edge, int(wide - widest) // 2)
        inner = look.space("wide") - look.space("tight") if roomy else look.space("step")
        inner += self._panel.margin
        self.card.setContentsMargins(inner, inner, inner, inner)
        whole = self._answer.layout()
        if whole is not None:
            whole.setContentsMargins(side, edge, side, edge)
        inside = wide - 2 * side
        self._fit(stacked, inside, edge, self.width() if stacked else self.width() - wide)

    def _fit(self, stacked: bool, inside: int, edge: int, asking: int) -> None:
        look, rim = self.look, self._panel.margin
        near = look.space("near")
        card = _height(self._panel, inside) + 2 * edge
        notice = _height(self.notice, inside - 2 * rim)
        below = _height(self._below, inside - 2 * rim) if _holds(self._below) else 0
        least = round(self.height() * LEAST_QUESTION) if stacked else 0
        room = self.height() - least - card
        # Both shares are equal, so the larger of the two counts twice.
        notice_away = notice > 0 and 2 * (max(notice, below) + near) > room
        below_away = below > 0 and below + 2 * near > room
        asked = self._asked(asking, notice if notice_away else 0, below if below_away else 0)
        answered = card + 2 * near
        answered += 0 if below_away else below
        answered += 0 if notice_away else notice
        left = self.height() - answered if stacked else self.height()
        picture = asked + self._mark.height() + look.space("step") <= left
        self._give_way((not picture, notice_away, below_away))
        if stacked:
            asked += self._mark.height() + look.space("step") if picture else 0
            self._asking.setFixedHeight(max(least, min(asked, left)))
        else:
            self._asking.setMinimumHeight(0)
            self._asking.setMaximumHeight(HIGHEST)

    def _asked(self, width: int, *more: int) -> int:
        """How high the question is in so many pixels, without its picture but with ``more``."""
        look = self.look
        wide = width - look.space("page") - look.space("wide")
        aside = self.aside
        parts = [
            _height(self.title, wide),
            _height(self.text, wide),
            aside.heightForWidth(wide) if aside.hasHeightForWidth() else aside.sizeHint().height(),
            _height(self.back, wide),
            *more,
        ]
        gaps = look.space("step") * (len([part for part in parts if part > 0]) + 1)
        edges = look.space("page") + look.space("apart")
        return sum(part for part in parts if part > 0) + gaps + edges

    def _give_way(self, cramped: tuple[bool, bool, bool]) -> None:
        if cramped == self._cramped:
            return
        self._cramped = cramped
        no_picture, notice_away, below_away = cramped
        self._mark.setVisible(not no_picture)
        shown = not self.notice.isHidden()
        if notice_away:
            self._words.insertWidget(0, self.notice)
        else:
            self._above.insertWidget(1, self.notice)
        if below_away:
            self._words.addWidget(self._below)
        else:
            self._beneath.insertWidget(1, self._below)
        # Qt hides what gets another parent.
        self.notice.setVisible(shown)
        self._below.show()


def _height(widget: QWidget, width: int) -> int:
    """How high a widget is that is shown, in pixels; 0 for one that is not."""
    if widget.isHidden():
        return 0
    return (
        widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()
    )


def _holds(widget: QWidget) -> bool:
    """Whether anything in it is shown."""
    return any(not child.isHidden() for child in widget.findChildren(QWidget))
