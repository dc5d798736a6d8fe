"""New computer: the link out of an invitation's e-mail. It works once, so it goes to the slot."""

from kiosk.session.model.intents import InvitationGiven, Ticket
from kiosk.session.pages.views import InvitationView
from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.secret import SecretPage
from kiosk.ui.widgets.typed import KeepSecret


class InvitationPage(SecretPage):
    """Draws an ``InvitationView``."""

    def __init__(self, look: Look, keep_secret: KeepSecret) -> None:
        """``keep_secret`` is the one-shot slot the link goes into."""
        super().__init__(look, "mail", keep_secret)

    def show_view(self, view: InvitationView) -> None:
        """Draw ``view``, in place."""
        self.show_secret(labels.LINK, view)

    def give(self, ticket: Ticket) -> None:
        """The link is there."""
        self.ask(InvitationGiven(ticket))
