"""The provider's code: whose phone, why, how long, and a keypad that sends at the last digit."""

from kiosk.session.model.intents import AnotherApproverWanted, CodeGiven, ResendWanted, Ticket
from kiosk.session.pages.views import CodeView
from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.pages.digits import DigitsPage
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.button_row import ButtonRow
from kiosk.ui.widgets.keypad import CodeLine
from kiosk.ui.widgets.typed import KeepSecret
from kiosk.ui.widgets.words import Words


class CodePage(DigitsPage):
    """Draws a ``CodeView``."""

    def __init__(self, look: Look, keep_secret: KeepSecret) -> None:
        """``keep_secret`` is the one-shot slot the code goes into."""
        super().__init__(look, "message-square-text", CodeLine(look, keep_secret))
        self._lives = Words(look, TextRole.STRONG, look.colours.on_sign)
        self._resend_note = Words(look, TextRole.BODY, look.colours.quiet_on_sign)
        self._resend = Button(look, Weight.PLAIN, "refresh-cw")
        self._resend.clicked.connect(lambda: self.ask(ResendWanted()))
        self._someone_else = Button(look, Weight.PLAIN)
        self._someone_else.clicked.connect(lambda: self.ask(AnotherApproverWanted()))
        self.aside.addWidget(self._lives)
        self.aside.addWidget(self._resend_note)
        self.below.addWidget(ButtonRow(look, (self._resend, self._someone_else), fills=True))

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
        self.show_digits(labels.CODE, view.length, view.round, view.busy)
        for button in (self._resend, self._someone_else):
            button.setEnabled(not view.busy)

    def give(self, ticket: Ticket) -> None:
        """All digits of the code are there."""
        self.ask(CodeGiven(ticket))
