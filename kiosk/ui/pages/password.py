"""The shared account's password: a new one once, or the one that is kept, to change names."""

from kiosk.session.model.intents import PasswordGiven, Ticket
from kiosk.session.pages.views import PasswordView
from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.secret import SecretPage
from kiosk.ui.widgets.typed import KeepSecret


class PasswordPage(SecretPage):
    """Draws a ``PasswordView``."""

    def __init__(self, look: Look, keep_secret: KeepSecret) -> None:
        """``keep_secret`` is the one-shot slot the password goes into."""
        super().__init__(look, "key-round", keep_secret)

    def show_view(self, view: PasswordView) -> None:
        """Draw ``view``, in place."""
        self.show_secret(labels.NEW_PASSWORD if view.new else labels.PASSWORD, view)

    def give(self, ticket: Ticket) -> None:
        """It was typed."""
        self.ask(PasswordGiven(ticket))
