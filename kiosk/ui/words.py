"""A piece of text on the screen: one role, one colour, plain text only.

Names come from a server: they are never read as markup.
"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kiosk.ui.panel import write
from kiosk.ui.theme import Look, TextRole


class Words(QLabel):
    """Text that wraps where it must, and takes no room when there is none."""

    def __init__(
        self, look: Look, role: TextRole, colour: QColor, parent: QWidget | None = None
    ) -> None:
        """Empty and hidden until ``say``."""
        super().__init__(parent)
        self._look = look
        self._role = role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFont(look.font(role))
        self.tint(colour)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def say(self, text: str) -> None:
        """Show ``text``; nothing at all when it is empty."""
        if text != self.text():
            self.setText(text)
        self.setVisible(bool(text))

    def tint(self, colour: QColor) -> None:
        """Change the colour of the text."""
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self.setPalette(palette)

    def enlarge(self, size: int) -> None:
        """Draw at ``size`` pixels instead of the role's own."""
        if self.font().pixelSize() != size:
            self.setFont(self._look.font(self._role, size))


class OneLine(Words):
    """Words that give way where there is no room: shown with an ellipsis, read aloud whole."""

    def __init__(self, look: Look, role: TextRole, colour: QColor) -> None:
        """Empty and hidden until ``say``."""
        super().__init__(look, role, colour)
        self.setWordWrap(False)

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        whole = self.sizeHint()
        return QSize(min(whole.width(), self._look.length(180)), whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        area = QRectF(self.contentsRect())
        fits = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(area.width())
        )
        painter = QPainter(self)
        painter.setFont(self.font())
        where = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        write(painter, area, fits, where, self.palette().color(QPalette.ColorRole.WindowText))
        painter.end()
