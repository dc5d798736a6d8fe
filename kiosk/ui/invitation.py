"""New computer: the link out of an invitation's e-mail. It works once, so it goes to the slot."""

from kiosk.session.intents import InvitationGiven
from kiosk.session.views import InvitationView
from kiosk.ui import labels
from kiosk.ui.button import Button, Weight
from kiosk.ui.field import Field
from kiosk.ui.split import SplitPage
from kiosk.ui.theme import Look
from kiosk.ui.typed import KeepSecret, SecretLine


class InvitationPage(SplitPage):
    """Draws an ``InvitationView``."""

    def __init__(self, look: Look, keep_secret: KeepSecret) -> None:
        """``keep_secret`` is the one-shot slot the link goes into."""
        super().__init__(look, "mail")
        self._secret = SecretLine(keep_secret)
        self._link = Field(look, self._secret)
        self._go_on = Button(look, Weight.PRIMARY)
        self._go_on.clicked.connect(lambda: self.ask(InvitationGiven(self._secret.send())))
        self._busy = False
        self._secret.returnPressed.connect(self._go_on.click)
        self._secret.textChanged.connect(self._complete)
        self.card.addWidget(self._link)
        self.card.addSpacing(look.space("tight"))
        self.card.addWidget(self._go_on)

    def show_view(self, view: InvitationView) -> None:
        """Draw ``view``, in place."""
        self._busy = view.busy
        self.title.say(view.title)
        self.text.say(view.text)
        self.notice.show_notice(view.notice)
        self._link.name(labels.LINK)
        self._go_on.say(labels.CONTINUE)
        self._go_on.wait(view.busy)
        self.say_back(view.back)
        self._link.setEnabled(not view.busy)
        self._complete()

    def start(self) -> None:
        """The one line."""
        self._secret.setFocus()

    def _complete(self) -> None:
        self._go_on.setEnabled(bool(self._secret.text().strip()) and not self._busy)
