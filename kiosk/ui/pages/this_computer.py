"""This computer, under More: what it knows about itself, and the way to remove it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.session.model.intents import NamesWanted, RemovalWanted
from kiosk.session.pages.views import FactLine, ThisComputerView, Tone
from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.pages.split import SplitPage
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.notice import ToneMark
from kiosk.ui.widgets.panel import Panel
from kiosk.ui.widgets.words import Words


class Fact(QWidget):
    """One line: what it is about, and what is so. Its tone has an icon unless it is plain."""

    def __init__(self, look: Look) -> None:
        """Without words until ``say``."""
        super().__init__()
        self._label = Words(look, TextRole.SMALL, look.colours.quiet_ink)
        self._text = Words(look, TextRole.STRONG, look.colours.ink)
        self._mark = ToneMark(look, look.letters(24))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._label)
        words.addWidget(self._text)
        row = QHBoxLayout()
        row.setContentsMargins(0, look.space("near"), 0, look.space("near"))
        row.setSpacing(look.space("near"))
        row.addLayout(words, 1)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        self._rule = Panel(look, look.colours.line, radius=None)
        self._rule.setFixedHeight(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._rule)
        whole.addLayout(row)

    def say(self, line: FactLine | None, first: bool) -> None:
        """Show ``line``, or nothing; a rule stands above all but the first."""
        self._label.say(line.label if line else "")
        self._text.say(line.text if line else "")
        self._rule.setVisible(not first)
        if line is not None:
            self._mark.show_tone(line.tone)
            self._mark.setVisible(line.tone is not Tone.INFO)
        self.setVisible(line is not None)


class ThisComputerPage(SplitPage):
    """Draws a ``ThisComputerView``."""

    def __init__(self, look: Look) -> None:
        """Without words until a view is shown."""
        super().__init__(look, "monitor")
        self._facts: list[Fact] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._removal = Button(look, Weight.PLAIN)
        self._removal.clicked.connect(lambda: self.ask(RemovalWanted()))
        self._names = Button(look, Weight.PLAIN, "users")
        self._names.clicked.connect(lambda: self.ask(NamesWanted()))
        self.card.addLayout(self._lines)
        self.below.setSpacing(look.space("near"))
        self.below.addWidget(self._names)
        self.below.addWidget(self._removal)

    def show_view(self, view: ThisComputerView) -> None:
        """Draw ``view``, in place."""
        self.title.say(view.title)
        while len(self._facts) < len(view.lines):
            fact = Fact(self.look)
            self._facts.append(fact)
            self._lines.addWidget(fact)
        for place, fact in enumerate(self._facts):
            fact.say(view.lines[place] if place < len(view.lines) else None, place == 0)
        self._names.say(view.names)
        self._removal.say(view.removal)
        self.say_back(view.back)

    def start(self) -> None:
        """The way back: nothing here is asked for."""
        self.back.setFocus()
