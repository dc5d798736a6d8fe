"""One's own PIN, entered or chosen: the code's keypad, with dots where the digits would stand.

People stand behind the chair. The digits are never drawn, nor told to assistive technology.
"""

from kiosk.session.model.intents import PinComing, PinForgotten, PinGiven, Ticket
from kiosk.session.pages.views import PinView
from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.digits import DigitsPage
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.typed import KeepSecret
from kiosk.ui.widgets.unseen import UnseenLine


class PinPage(DigitsPage):
    """Draws a ``PinView``."""

    def __init__(self, look: Look, keep_secret: KeepSecret) -> None:
        """``keep_secret`` is the one-shot slot the PIN goes into."""
        line = UnseenLine(look, keep_secret)
        line.nearly_filled.connect(lambda: self.ask(PinComing()))
        super().__init__(look, "rectangle-ellipsis", line)
        self._forgotten = Button(look, Weight.QUIET)
        self._forgotten.clicked.connect(lambda: self.ask(PinForgotten()))
        self.below.addWidget(self._forgotten)

    def show_view(self, view: PinView) -> None:
        """Draw ``view``; digits typed so far stay unless ``round`` changed."""
        self.title.say(view.title)
        self.text.say(view.text)
        self.notice.show_notice(view.notice)
        self._forgotten.say(view.forgotten)
        self._forgotten.setEnabled(not view.busy)
        self.say_back(view.back)
        self.show_digits(labels.PIN, view.length, view.round, view.busy)

    def give(self, ticket: Ticket) -> None:
        """The last digit is there."""
        self.ask(PinGiven(ticket))
