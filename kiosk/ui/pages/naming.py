"""*Someone else*: whoever is not on the list types a first name and one letter of the last.

By keyboard or by finger: nobody takes off gloves for it.
"""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from kiosk.session.model.intents import NameGiven
from kiosk.session.pages.views import NamingView
from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.letters import Letters
from kiosk.ui.pages.split import SplitPage
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.field import Field

LONGEST = 30


class NamingPage(SplitPage):
    """Draws a ``NamingView``."""

    def __init__(self, look: Look) -> None:
        """Without words until a view is shown."""
        super().__init__(look, "user-plus")
        self._first = Field(look, QLineEdit())
        self._initial = Field(look, QLineEdit())
        self._first.line.setMaxLength(LONGEST)
        self._initial.line.setMaxLength(1)
        self._go_on = Button(look, Weight.PRIMARY)
        self._go_on.clicked.connect(self._give)
        fields = QHBoxLayout()
        fields.setSpacing(look.space("step"))
        for field, share in ((self._first, 2), (self._initial, 1)):
            field.line.returnPressed.connect(self._go_on.click)
            field.line.textChanged.connect(self._complete)
            fields.addWidget(field, share)
        self._letters = Letters(look, (self._first.line, self._initial.line))
        self.card.addLayout(fields)
        self.card.addWidget(self._letters)
        self.card.addSpacing(look.space("tight"))
        self.card.addWidget(self._go_on)

    def show_view(self, view: NamingView) -> None:
        """Draw ``view``; what someone has begun to type stays."""
        self.title.say(view.title)
        self.text.say(view.text)
        self.notice.show_notice(view.notice)
        self._first.name(labels.FIRST_NAME)
        self._initial.name(labels.INITIAL)
        self._letters.name()
        self._go_on.say(labels.CONTINUE)
        self.say_back(view.back)
        self._complete()

    def start(self) -> None:
        """The first name."""
        self._first.line.setFocus()

    def _complete(self) -> None:
        self._go_on.setEnabled(
            bool(self._first.line.text().strip() and self._initial.line.text().strip())
        )

    def _give(self) -> None:
        self.ask(NameGiven(self._first.line.text(), self._initial.line.text()))
