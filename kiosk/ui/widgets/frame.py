"""The outline of a line that is typed into, and what can be pressed at its end."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.widgets import icon
from kiosk.ui.widgets.button import Touchable
from kiosk.ui.widgets.panel import rounded


class Frame(QWidget):
    """The outline of a line; it carries the focus ring of what lies inside."""

    def __init__(self, look: Look, line: QLineEdit) -> None:
        """Also gives ``line`` its face; it is laid out by whoever owns the frame."""
        super().__init__()
        self._look = look
        self._line = line
        line.installEventFilter(self)
        line.setFrame(False)
        line.setFont(look.font(TextRole.BODY, look.text_size(TextRole.BODY) + 1))
        line.setMinimumHeight(QFontMetrics(line.font()).height() + look.space("step"))
        palette = QPalette(line.palette())
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        line.setPalette(palette)
        self.setMinimumHeight(look.touch("other"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Draw the ring anew when the focus comes or goes."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the outline."""
        look, colours = self._look, self._look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self._line.hasFocus()
        edge = colours.focus if focused else colours.edge
        width = look.stroke("focus") if focused else look.stroke("edge")
        rounded(painter, QRectF(self.rect()), look.radius("key"), colours.surface, edge, width)
        painter.end()


class EndButton(Touchable):
    """An icon to press at the end of a line. Its name says what a press would do."""

    def __init__(self, look: Look, picture: str) -> None:
        """``picture`` names the icon."""
        super().__init__(look)
        self._picture = picture
        self.setFixedSize(QSize(look.touch("other"), look.touch("other")))

    def draw_picture(self, picture: str) -> None:
        """Another icon."""
        if picture != self._picture:
            self._picture = picture
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        self.ring(painter, area, self.look.radius("key"), None)
        side = self.look.length(24)
        box = QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)
        icon.draw(painter, self._picture, box, self.look.colours.quiet_ink)
        painter.end()
