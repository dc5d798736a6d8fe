"""New computer, second page: e-mail and password of the account. The password goes to the slot."""

from PySide6.QtWidgets import QLineEdit

from kiosk.session.model.intents import AccountGiven, InvitationWanted
from kiosk.session.pages.typing_hints import KeyLocks
from kiosk.session.pages.views import AccountView
from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.split import SplitPage
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.field import Field
from kiosk.ui.widgets.typed import KeepSecret, SecretLine


class AccountPage(SplitPage):
    """Draws an ``AccountView``."""

    def __init__(self, look: Look, keep_secret: KeepSecret) -> None:
        """``keep_secret`` is the one-shot slot the password goes into."""
        super().__init__(look, "key-round")
        self._email = Field(look, QLineEdit())
        self._secret = SecretLine(keep_secret)
        self._password = Field(look, self._secret)
        self._go_on = Button(look, Weight.PRIMARY)
        self._go_on.clicked.connect(self._give)
        self._busy = False
        for field in (self._email, self._password):
            field.line.returnPressed.connect(self._go_on.click)
            field.line.textChanged.connect(self._complete)
            self.card.addWidget(field)
        self.card.addSpacing(look.space("tight"))
        self.card.addWidget(self._go_on)
        self._invitation = Button(look, Weight.QUIET, "mail")
        self._invitation.clicked.connect(lambda: self.ask(InvitationWanted()))
        self.below.addWidget(self._invitation)

    def show_view(self, view: AccountView) -> None:
        """Draw ``view``; what someone has begun to type stays."""
        self._busy = view.busy
        self.title.say(view.title)
        self.text.say(view.text)
        self.notice.show_notice(view.notice)
        self._email.name(labels.EMAIL)
        self._password.name(labels.PASSWORD)
        self._email.offer(view.email)
        self._go_on.say(labels.CONTINUE)
        self._go_on.wait(view.busy)
        self._invitation.say("" if view.busy else view.invitation)
        self.say_back(view.back)
        self._email.setEnabled(not view.busy)
        self._password.setEnabled(not view.busy)
        self._complete()

    def show_locks(self, locks: KeyLocks) -> None:
        """Below the password."""
        self._password.show_locks(locks)

    def start(self) -> None:
        """The first line that is still empty."""
        (self._secret if self._email.line.text() else self._email.line).setFocus()

    def _complete(self) -> None:
        whole = bool(self._email.line.text().strip() and self._secret.text())
        self._go_on.setEnabled(whole and not self._busy)

    def _give(self) -> None:
        email = self._email.line.text().strip()
        self.ask(AccountGiven(email, self._secret.send()))
