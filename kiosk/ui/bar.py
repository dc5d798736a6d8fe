"""The bar of the workspace: who works here, where, what time it is, and the verbs."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.session.intents import (
    ChangeWanted,
    DoneWanted,
    Intent,
    KeepWorkingWanted,
    LockWanted,
    SwitchWanted,
    ThisComputerWanted,
)
from kiosk.session.views import Notice, Tone, WorkspaceView
from kiosk.ui import labels
from kiosk.ui.button import Button, Weight
from kiosk.ui.notice import ToneMark
from kiosk.ui.panel import Panel
from kiosk.ui.theme import Look, TextRole
from kiosk.ui.words import OneLine, Words


class Strip(Panel):
    """One line across the bar: a notice, or the countdown with *Keep working*."""

    def __init__(self, look: Look) -> None:
        """Hidden until it has something to say."""
        super().__init__(look, look.tones[Tone.INFO].wash, radius=None)
        self._mark = ToneMark(look, look.length(26))
        self._title = Words(look, TextRole.STRONG, look.colours.ink)
        self._title.setWordWrap(False)
        self._text = Words(look, TextRole.BODY, look.colours.ink)
        self.row = QHBoxLayout(self)
        side = look.space("apart")
        self.row.setContentsMargins(side, look.space("tight"), side, look.space("tight"))
        self.row.setSpacing(look.space("near"))
        self.row.addWidget(self._mark)
        self.row.addWidget(self._title)
        self.row.addWidget(self._text, 1)
        self.row.addStretch(0)
        self.setMinimumHeight(look.length(48))
        self.hide()

    def show_notice(self, notice: Notice | None) -> None:
        """Show a notice, or nothing."""
        self._title.say(notice.title if notice else "")
        self._text.say(notice.text if notice else "")
        self.setVisible(notice is not None)
        if notice is not None:
            self._mark.show_tone(notice.tone)
            self.tint(self._look.tones[notice.tone].wash)

    def show_countdown(self, words: str, picture: str) -> None:
        """Show ``words`` as a warning with its own icon, or nothing."""
        tone = self._look.tones[Tone.WARNING]
        self._title.say(words)
        self._mark.show_picture(picture, tone.mark, tone.wash)
        self.tint(tone.wash)
        self.setVisible(bool(words))


class Bar(QWidget):
    """Draws what of a ``WorkspaceView`` stands above Xchart's own page."""

    asked = Signal(object)

    def __init__(self, look: Look) -> None:
        """Without words until a view is shown."""
        super().__init__()
        self._look = look
        colours = look.colours
        self._who = OneLine(look, TextRole.NAME, colours.ink)
        self._account = OneLine(look, TextRole.SMALL, colours.quiet_ink)
        self._room = OneLine(look, TextRole.STRONG, colours.ink)
        self._clock = Words(look, TextRole.NAME, colours.ink)
        self._clock.setWordWrap(False)
        self._clock.setFont(look.font(TextRole.DIGIT, look.length(24)))
        self.lock = self._button(Weight.PRIMARY, "lock", LockWanted())
        self._switch = self._button(Weight.PLAIN, "arrow-left-right", SwitchWanted())
        self._done = self._button(Weight.PLAIN, "check", DoneWanted())
        self._more = self._button(Weight.QUIET, "ellipsis", ThisComputerWanted())
        self._change = self._button(Weight.QUIET, "", ChangeWanted())
        self._between = self._rule()
        self._between.setFixedHeight(1)
        self._keep = self._button(Weight.PRIMARY, "", KeepWorkingWanted())
        self._notice = Strip(look)
        self._countdown = Strip(look)
        self._countdown.row.addWidget(self._keep)
        person = QVBoxLayout()
        person.setSpacing(0)
        person.addWidget(self._who)
        person.addWidget(self._account)
        row = QHBoxLayout()
        side = look.space("apart")
        row.setContentsMargins(side, look.space("near"), side, look.space("near"))
        row.setSpacing(look.space("near"))
        row.addLayout(person)
        row.addWidget(self._change)
        rule = self._rule()
        rule.setFixedWidth(1)
        row.addWidget(rule)
        row.addSpacing(look.space("tight"))
        row.addWidget(self._room)
        row.addStretch(1)
        row.addWidget(self._clock)
        row.addSpacing(look.space("step"))
        for button in (self._more, self._done, self._switch, self.lock):
            row.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 1)
        whole.setSpacing(0)
        whole.addLayout(row)
        whole.addWidget(self._notice)
        whole.addWidget(self._between)
        whole.addWidget(self._countdown)
        QWidget.setTabOrder(self.lock, self._switch)
        QWidget.setTabOrder(self._switch, self._done)
        QWidget.setTabOrder(self._done, self._more)
        QWidget.setTabOrder(self._more, self._change)

    def show_view(self, view: WorkspaceView) -> None:
        """Draw ``view``, in place."""
        self._who.say(view.who)
        self._account.say(view.as_account)
        self._room.say(view.room)
        self._clock.say(view.clock)
        self._change.say(labels.CHANGE if view.change else "")
        self.lock.say(labels.LOCK)
        self._switch.say(labels.SWITCH)
        self._done.say(labels.DONE)
        self._more.say(labels.MORE)
        self._notice.show_notice(view.notice)
        self._countdown.show_countdown(view.countdown, "timer")
        self._between.setVisible(bool(view.notice and view.countdown))
        self._keep.say(labels.KEEP_WORKING if view.countdown else "")

    def _button(self, weight: Weight, picture: str, intent: Intent) -> Button:
        button = Button(self._look, weight, picture)
        button.clicked.connect(lambda: self.asked.emit(intent))
        return button

    def _rule(self) -> Panel:
        rule = Panel(self._look, self._look.colours.line, radius=None)
        return rule

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The surface of the bar, and the line below it."""
        colours = self._look.colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.surface)
        area = QRectF(self.rect())
        painter.fillRect(QRectF(0, area.bottom() - 1, area.width(), 1), colours.line)
        painter.end()
