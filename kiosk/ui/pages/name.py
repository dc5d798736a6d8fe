"""One name that has a tile on this computer, its badge, and the way to take either away."""

from kiosk.session.model.intents import BadgeTakenAway, NameRemoved
from kiosk.session.pages.views import NameView
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.split import SplitPage
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.facts import Facts


class NamePage(SplitPage):
    """Draws a ``NameView``."""

    def __init__(self, look: Look) -> None:
        """Without words until a view is shown."""
        super().__init__(look, "user-key")
        self._facts = Facts(look)
        self._removal = Button(look, Weight.REMOVING)
        self._removal.clicked.connect(lambda: self.ask(NameRemoved()))
        self._badge = Button(look, Weight.PLAIN)
        self._badge.clicked.connect(lambda: self.ask(BadgeTakenAway()))
        self.card.addLayout(self._facts)
        self.below.setSpacing(look.space("near"))
        self.below.addWidget(self._badge)
        self.below.addWidget(self._removal)

    def show_view(self, view: NameView) -> None:
        """Draw ``view``, in place."""
        self.title.say(view.title)
        self.text.say(view.text)
        self.notice.show_notice(view.notice)
        self._facts.say(view.lines)
        self._badge.say(view.badge)
        self._removal.say(view.removal)
        self.say_back(view.back)

    def start(self) -> None:
        """The way back: nothing here is asked for."""
        self.back.setFocus()
