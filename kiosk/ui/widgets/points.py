"""A short list of sentences, each with a mark before it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.widgets.notice import ToneMark
from kiosk.ui.widgets.words import Words


class BulletList(QWidget):
    """Sentences below each other; no room is taken when there are none."""

    def __init__(self, look: Look, picture: str = "check") -> None:
        """``picture`` names the icon before each."""
        super().__init__()
        self._look = look
        self._picture = picture
        self._rows: list[tuple[QWidget, Words]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.space("step"))
        self.hide()

    def say(self, points: tuple[str, ...]) -> None:
        """Show ``points``."""
        while len(self._rows) < len(points):
            self._add()
        for place, (row, words) in enumerate(self._rows):
            words.say(points[place] if place < len(points) else "")
            row.setVisible(place < len(points))
        self.setVisible(bool(points))

    def _add(self) -> None:
        look = self._look
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.space("near"))
        mark = ToneMark(look, look.letters(24))
        mark.show_picture(self._picture, look.colours.accent, look.colours.surface)
        words = Words(look, TextRole.BODY, look.colours.ink)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(words, 1)
        self._column.addWidget(row)
        self._rows.append((row, words))
