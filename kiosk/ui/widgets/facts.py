"""Facts below each other, a line each: what it is about, what is so, and how that is meant."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.session.pages.views import FactLine, Tone
from kiosk.ui.look.theme import Look, TextRole
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


class Facts(QVBoxLayout):
    """As many as there are to say, each in its place."""

    def __init__(self, look: Look) -> None:
        """None until ``say``."""
        super().__init__()
        self.setSpacing(0)
        self._look = look
        self._facts: list[Fact] = []

    def say(self, lines: Sequence[FactLine]) -> None:
        """Show ``lines``, in place."""
        while len(self._facts) < len(lines):
            fact = Fact(self._look)
            self._facts.append(fact)
            self.addWidget(fact)
        for place, fact in enumerate(self._facts):
            fact.say(lines[place] if place < len(lines) else None, place == 0)
