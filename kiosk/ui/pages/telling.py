"""A page that tells something and has one thing to do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.session.model.intents import Continued, RemovalConfirmed, RetryWanted, WentBack
from kiosk.session.pages.views import TellingView
from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.pages.page import Page, Scroll
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.button_row import ButtonRow
from kiosk.ui.widgets.notice import ToneMark
from kiosk.ui.widgets.panel import Panel
from kiosk.ui.widgets.points import BulletList
from kiosk.ui.widgets.words import Words

COLUMN = 880


class MessagePage(Page):
    """Draws a ``TellingView``."""

    def __init__(self, look: Look) -> None:
        """Without words until a view is shown."""
        super().__init__(look)
        self._view: TellingView | None = None
        self._mark = ToneMark(look, look.length(88), disc=True)
        self._title = Words(look, TextRole.TITLE, look.colours.ink)
        self._text = Words(look, TextRole.BODY, look.colours.quiet_ink)
        self._points = BulletList(look, "chevron-right")
        self._action = Button(look, Weight.PRIMARY)
        self._removing = Button(look, Weight.REMOVING)
        self._secondary = Button(look, Weight.PLAIN)
        self._action.clicked.connect(self._act)
        self._removing.clicked.connect(self._act)
        self._secondary.clicked.connect(lambda: self.ask(WentBack()))
        buttons = ButtonRow(look, (self._action, self._removing, self._secondary), fills=False)
        card = Panel(look, look.colours.surface, raised=True)
        told = QVBoxLayout(card)
        inner = look.space("page") + card.margin
        told.setContentsMargins(inner, inner, inner, inner)
        told.setSpacing(look.space("step"))
        told.addWidget(self._mark)
        told.addSpacing(look.space("tight"))
        told.addWidget(self._title)
        told.addWidget(self._text)
        told.addWidget(self._points)
        told.addSpacing(look.space("step"))
        told.addWidget(buttons)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.addStretch(2)
        self._column.addWidget(card)
        self._column.addStretch(3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroll(look, inside))

    def show_view(self, view: TellingView) -> None:
        """Draw ``view``, in place."""
        self._view = view
        self._mark.show_tone(view.tone)
        self._title.say(view.title)
        self._text.say(view.text)
        self._points.say(view.points)
        self._action.say("" if view.removal else view.action)
        self._removing.say(view.action if view.removal else "")
        self._secondary.say(view.secondary)
        for button in (self._action, self._removing):
            button.wait(view.busy)
            button.setEnabled(not view.busy)
        self.leaves_by_escape = bool(view.secondary)

    def start(self) -> None:
        """The primary button; where it removes something, the way back."""
        removes = self._view is not None and self._view.removal
        (self._secondary if removes else self._action).setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column of a readable width, in the middle."""
        least = self.look.space("apart")
        # Letters that are larger need a wider column, as far as there is room.
        widest = round(self.look.length(COLUMN) * (1 + self.look.pitch.text) / 2)
        side = max(least, (self.width() - widest) // 2)
        self._column.setContentsMargins(side, least, side, least)
        super().resizeEvent(event)

    def _act(self) -> None:
        if self._view is None:
            return
        if self._view.removal:
            self.ask(RemovalConfirmed())
        elif self._view.retry:
            self.ask(RetryWanted())
        else:
            self.ask(Continued())
