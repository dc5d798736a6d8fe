"""The provider's code: whose phone, why, how long, and a keypad that sends at the last digit."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from kiosk.session.intents import AnotherApproverWanted, CodeGiven, ResendWanted
from kiosk.session.views import CodeView
from kiosk.ui import labels
from kiosk.ui.button import Button, Weight
from kiosk.ui.keypad import CodeLine, Keypad
from kiosk.ui.split import SplitPage
from kiosk.ui.theme import Look, TextRole
from kiosk.ui.typed import KeepSecret
from kiosk.ui.words import Words


class CodePage(SplitPage):
    """Draws a ``CodeView``."""

    def __init__(self, look: Look, keep_secret: KeepSecret) -> None:
        """``keep_secret`` is the one-shot slot the code goes into."""
        super().__init__(look, "message-square-text")
        self._round: int | None = None
        self._lives = Words(look, TextRole.STRONG, look.colours.on_sign)
        self._resend_note = Words(look, TextRole.BODY, look.colours.quiet_on_sign)
        self._resend = Button(look, Weight.PLAIN, "refresh-cw")
        self._resend.clicked.connect(lambda: self.ask(ResendWanted()))
        self._someone_else = Button(look, Weight.PLAIN)
        self._someone_else.clicked.connect(lambda: self.ask(AnotherApproverWanted()))
        self._line = CodeLine(look, keep_secret)
        self._line.filled.connect(self._give)
        self._keypad = Keypad(look, self._line)
        self.aside.addWidget(self._lives)
        self.aside.addWidget(self._resend_note)
        row = QHBoxLayout()
        row.setSpacing(look.space("near"))
        row.addWidget(self._resend, 1)
        row.addWidget(self._someone_else, 1)
        self.below.addLayout(row)
        self.card.addWidget(self._line)
        self.card.addSpacing(look.space("tight"))
        self.card.addWidget(self._keypad)

    def show_view(self, view: CodeView) -> None:
        """Draw ``view``; digits typed so far stay unless ``round`` changed."""
        self.title.say(view.title)
        self.text.say(view.text)
        self._lives.say(view.lives)
        self.notice.show_notice(view.notice)
        self._resend_note.say("" if view.resend else view.resend_note)
        self._resend.say(view.resend)
        self._someone_else.say(view.someone_else)
        self.say_back(view.back)
        self._line.setAccessibleName(labels.CODE)
        self._line.expect(view.length)
        self._keypad.name()
        if view.round != self._round:
            self._round = view.round
            self._line.forget()
        self._line.mark_sent(view.busy)
        self._keypad.setEnabled(not view.busy)
        for button in (self._resend, self._someone_else):
            button.setEnabled(not view.busy)

    def blank(self) -> None:
        """Also forget which round it was."""
        self._round = None
        super().blank()

    def start(self) -> None:
        """Where the digits go."""
        self._line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and Backspace reach the code wherever the focus is."""
        typed = event.text()
        if typed in labels.DIGITS and self._keypad.isEnabled():
            self._line.end(False)
            self._line.insert(typed)
        elif event.key() == Qt.Key.Key_Backspace and self._keypad.isEnabled():
            self._line.backspace()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        ticket = self._line.send()
        self._line.mark_sent(True)
        self.ask(CodeGiven(ticket))
