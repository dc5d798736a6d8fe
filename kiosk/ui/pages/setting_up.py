"""New computer: a password for the invited account, which goes to the slot, and a phone."""

from PySide6.QtWidgets import QLineEdit

from kiosk.session.model.intents import SetUpGiven
from kiosk.session.pages.typing_hints import KeyLocks
from kiosk.session.pages.views import SettingUpView
from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.pages.split import SplitPage
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.field import Field
from kiosk.ui.widgets.typed import KeepSecret, SecretLine
from kiosk.ui.widgets.words import Words

SHORTEST = 8


class SettingUpPage(SplitPage):
    """Draws a ``SettingUpView``."""

    def __init__(self, look: Look, keep_secret: KeepSecret) -> None:
        """``keep_secret`` is the one-shot slot the password goes into."""
        super().__init__(look, "key-round")
        self._secret = SecretLine(keep_secret)
        self._password = Field(look, self._secret)
        self._phone = Field(look, QLineEdit())
        self._hint = Words(look, TextRole.BODY, look.colours.quiet_ink)
        self._go_on = Button(look, Weight.PRIMARY)
        self._go_on.clicked.connect(self._give)
        self._busy = False
        for field in (self._password, self._phone):
            field.line.returnPressed.connect(self._go_on.click)
            field.line.textChanged.connect(self._complete)
            self.card.addWidget(field)
        self.card.addWidget(self._hint)
        self.card.addSpacing(look.space("tight"))
        self.card.addWidget(self._go_on)

    def show_view(self, view: SettingUpView) -> None:
        """Draw ``view``; the phone that someone has typed stays."""
        self._busy = view.busy
        self.title.say(view.title)
        self.text.say(view.text)
        self.notice.show_notice(view.notice)
        self._password.name(labels.NEW_PASSWORD)
        self._phone.name(labels.PHONE)
        self._hint.say(view.hint)
        self._go_on.say(labels.CONTINUE)
        self._go_on.wait(view.busy)
        self.say_back(view.back)
        self._password.setEnabled(not view.busy)
        self._phone.setEnabled(not view.busy)
        self._complete()

    def show_locks(self, locks: KeyLocks) -> None:
        """Below the password."""
        self._password.show_locks(locks)

    def start(self) -> None:
        """The password."""
        self._secret.setFocus()

    def _complete(self) -> None:
        whole = len(self._secret.text()) >= SHORTEST and bool(self._phone.line.text().strip())
        self._go_on.setEnabled(whole and not self._busy)

    def _give(self) -> None:
        self.ask(SetUpGiven(self._secret.send(), self._phone.line.text().strip()))
