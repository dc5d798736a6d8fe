"""The plan of a page that asks for one secret line, which goes to the one-shot slot."""

from kiosk.session.model.intents import Ticket
from kiosk.session.pages.typing_hints import KeyLocks
from kiosk.session.pages.views import InvitationView, PasswordView
from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.split import SplitPage
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.field import Field
from kiosk.ui.widgets.typed import KeepSecret, SecretLine


class SecretPage(SplitPage):
    """A line and a button. ``give`` is what a page does with it."""

    def __init__(self, look: Look, picture: str, keep_secret: KeepSecret) -> None:
        """``keep_secret`` is the one-shot slot that the line goes into."""
        super().__init__(look, picture)
        self._secret = SecretLine(keep_secret)
        self._line = Field(look, self._secret)
        self._go_on = Button(look, Weight.PRIMARY)
        self._go_on.clicked.connect(lambda: self.give(self._secret.send()))
        self._busy = False
        self._secret.returnPressed.connect(self._go_on.click)
        self._secret.textChanged.connect(self._complete)
        self.card.addWidget(self._line)
        self.card.addSpacing(look.space("tight"))
        self.card.addWidget(self._go_on)

    def give(self, ticket: Ticket) -> None:
        """Report what was typed; it waits in the slot."""
        raise NotImplementedError

    def show_secret(self, name: str, view: InvitationView | PasswordView) -> None:
        """Draw ``view`` in place, with the line named."""
        self._busy = view.busy
        self.title.say(view.title)
        self.text.say(view.text)
        self.notice.show_notice(view.notice)
        self._line.name(name)
        self._go_on.say(labels.CONTINUE)
        self._go_on.wait(view.busy)
        self.say_back(view.back)
        self._line.setEnabled(not view.busy)
        self._complete()

    def show_locks(self, locks: KeyLocks) -> None:
        """Below the password."""
        self._line.show_locks(locks)

    def start(self) -> None:
        """The one line."""
        self._secret.setFocus()

    def _complete(self) -> None:
        self._go_on.setEnabled(bool(self._secret.text().strip()) and not self._busy)
