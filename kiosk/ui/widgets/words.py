"""A piece of text on the screen: one role, one colour, plain text only.

Names come from a server: they are never read as markup.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.widgets.fitting import (
    fitting_size,
    height_in,
    lettering,
    longest_word,
    size_in,
    sized,
)

WIDEST = 34
"""The widest line that is comfortable, in heights of a letter, where nothing else says."""


class Words(QLabel):
    """Text that wraps where it must, and takes no room when there is none.

    Letters shrink only where a single word would be cut (``fitting``).
    """

    def __init__(
        self, look: Look, role: TextRole, colour: QColor, parent: QWidget | None = None
    ) -> None:
        """Empty and hidden until ``say``."""
        super().__init__(parent)
        self._look = look
        self._role = role
        self._wanted = look.font(role)
        self._face = lettering(self._wanted)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFont(self._wanted)
        self.tint(colour)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def say(self, text: str) -> None:
        """Show ``text``; nothing at all when it is empty."""
        self.take(text)
        self.setVisible(bool(text))

    def take(self, text: str) -> None:
        """Another text; whether it is shown is for whoever arranges it."""
        if text != self.text():
            self.setText(text)
            self._fit()

    def tint(self, colour: QColor) -> None:
        """Change the colour of the text."""
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self.setPalette(palette)

    def enlarge(self, size: int) -> None:
        """Draw at ``size`` pixels instead of the role's own."""
        if self._wanted.pixelSize() != size:
            self._wanted = self._face.at(size)[0]
            self._face = lettering(self._wanted)
            self._fit()
            self.updateGeometry()

    def wrap(self, wraps: bool) -> None:
        """On one line, or on as many as it takes."""
        if wraps != self.wordWrap():
            self.setWordWrap(wraps)
            self._fit()

    @property
    def whole_width(self) -> int:
        """How wide the text is on one line, in pixels."""
        return self._face.at(self._face.wanted)[1].horizontalAdvance(self.text()) + self._aside + 2

    def sizeHint(self) -> QSize:
        """On one line, or on as many as are comfortable to read."""
        wide = self.whole_width
        if self.wordWrap():
            wide = min(wide, WIDEST * self._wanted.pixelSize())
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Where the longest word is as usual; in less it is drawn smaller."""
        usual = self._face.at(round(self._face.wanted / self._look.pitch.text))[1]
        wide = longest_word(usual, self.text()) + self._aside
        return QSize(min(wide, self._look.length(120)), 0)

    def heightForWidth(self, width: int) -> int:
        """As high as the letters that fit there are, wrapped."""
        return self.height_at(self._wanted.pixelSize(), width)

    def height_at(self, size: int, width: int) -> int:
        """How high it would be in letters of ``size`` pixels, or the largest that fit."""
        if not self.text():
            return 0
        room = max(1, width - self._aside)
        face = self._face if size == self._face.wanted else lettering(sized(self._wanted, size))
        if self.wordWrap():
            return height_in(face, self.text(), room)
        return face.at(size_in(face, self.text(), room, wraps=False))[1].height()

    def hasHeightForWidth(self) -> bool:
        """Always: letters that shrink need less."""
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the size of letters that fits."""
        self._fit()
        super().resizeEvent(event)

    @property
    def is_full(self) -> bool:
        """Whether a word would be cut if the letters were larger."""
        size = self.font().pixelSize()
        larger = sized(self._wanted, size + 1)
        room = max(1, self.width() - self._aside)
        return fitting_size(larger, self.text(), room, self.wordWrap()) <= size

    @property
    def _aside(self) -> int:
        return max(self.indent(), 0) + 2 * self.margin()

    def _fitting(self, room: int) -> int:
        return size_in(self._face, self.text(), room, self.wordWrap())

    def _fit(self) -> None:
        if self.width() > 0 and self.text():
            size = self._fitting(max(1, self.width() - self._aside))
            if size != self.font().pixelSize():
                self.setFont(self._face.at(size)[0])
