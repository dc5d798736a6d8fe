"""This computer, under More: what it knows about itself, and the way to remove it."""

from kiosk.session.model.intents import NamesWanted, RemovalWanted, WipeWanted
from kiosk.session.pages.views import ThisComputerView
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.split import SplitPage
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.facts import Facts


class ThisComputerPage(SplitPage):
    """Draws a ``ThisComputerView``."""

    def __init__(self, look: Look) -> None:
        """Without words until a view is shown."""
        super().__init__(look, "monitor")
        self._facts = Facts(look)
        self._removal = Button(look, Weight.PLAIN)
        self._removal.clicked.connect(lambda: self.ask(RemovalWanted()))
        self._names = Button(look, Weight.PLAIN, "users")
        self._names.clicked.connect(lambda: self.ask(NamesWanted()))
        self._wipe = Button(look, Weight.PLAIN, "brush-cleaning")
        self._wipe.clicked.connect(lambda: self.ask(WipeWanted()))
        self.card.addLayout(self._facts)
        self.below.setSpacing(look.space("near"))
        self.below.addWidget(self._wipe)
        self.below.addWidget(self._names)
        self.below.addWidget(self._removal)

    def show_view(self, view: ThisComputerView) -> None:
        """Draw ``view``, in place."""
        self.title.say(view.title)
        self._facts.say(view.lines)
        self._wipe.say(view.wipe)
        self._names.say(view.names)
        self._removal.say(view.removal)
        self.say_back(view.back)

    def start(self) -> None:
        """The way back: nothing here is asked for."""
        self.back.setFocus()
