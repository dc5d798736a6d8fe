"""One name that has a tile on this computer, its badge, and the way to take either away."""

from PySide6.QtWidgets import QVBoxLayout

from kiosk.session.model.intents import BadgeTakenAway, NameRemoved
from kiosk.session.pages.views import NameView
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.split import SplitPage
from kiosk.ui.pages.this_computer import Fact
from kiosk.ui.widgets.button import Button, Weight


class NamePage(SplitPage):
    """Draws a ``NameView``."""

    def __init__(self, look: Look) -> None:
        """Without words until a view is shown."""
        super().__init__(look, "user-key")
        self._facts: list[Fact] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._removal = Button(look, Weight.REMOVING)
        self._removal.clicked.connect(lambda: self.ask(NameRemoved()))
        self._badge = Button(look, Weight.PLAIN)
        self._badge.clicked.connect(lambda: self.ask(BadgeTakenAway()))
        self.card.addLayout(self._lines)
        self.below.setSpacing(look.space("near"))
        self.below.addWidget(self._badge)
        self.below.addWidget(self._removal)

    def show_view(self, view: NameView) -> None:
        """Draw ``view``, in place."""
        self.title.say(view.title)
        self.text.say(view.text)
        self.notice.show_notice(view.notice)
        while len(self._facts) < len(view.lines):
            fact = Fact(self.look)
            self._facts.append(fact)
            self._lines.addWidget(fact)
        for place, fact in enumerate(self._facts):
            fact.say(view.lines[place] if place < len(view.lines) else None, place == 0)
        self._badge.say(view.badge)
        self._removal.say(view.removal)
        self.say_back(view.back)

    def start(self) -> None:
        """The way back: nothing here is asked for."""
        self.back.setFocus()
