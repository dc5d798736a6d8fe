"""The waiting mark: an arc that turns while something is under way, and costs nothing otherwise."""

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.look.theme import Look

SIXTEENTHS = 16
SWEEP = 100
STILL_MS = 300
"""Most waits are over by then, sooner for want of frames: each takes from what is waited for."""


class Spinner(QWidget):
    """A turning arc of ``side`` pixels. Its timer runs only while it can be seen."""

    def __init__(self, look: Look, side: int, colour: QColor, parent: QWidget | None = None):
        """Hidden at first."""
        super().__init__(parent)
        self._look = look
        self._colour = colour
        self._since = QElapsedTimer()
        self._frames = QTimer(self, interval=look.token("motion", "frame"))
        self._frames.timeout.connect(self._turn)
        self.setFixedSize(side, side)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def tint(self, colour: QColor) -> None:
        """Change the colour of the arc."""
        self._colour = colour
        self.update()

    def showEvent(self, _event: QShowEvent) -> None:
        """Start to turn, unless it is over before."""
        self._since.invalidate()
        self._frames.setInterval(STILL_MS)
        self._frames.start()

    def hideEvent(self, _event: QHideEvent) -> None:
        """Stop."""
        self._frames.stop()

    def _turn(self) -> None:
        if not self._since.isValid():
            self._since.start()
            self._frames.setInterval(self._look.token("motion", "frame"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the arc where it is by now."""
        turn = self._look.token("motion", "turn")
        angle = 360 * (self._since.elapsed() % turn) // turn if self._since.isValid() else 0
        width = self._look.stroke("mark")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(width, width, -width, -width)
        track = QColor(self._colour)
        track.setAlpha(60)
        painter.setPen(QPen(track, width))
        painter.drawEllipse(area)
        pen = QPen(self._colour, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(area, (90 - angle) * SIXTEENTHS, -SWEEP * SIXTEENTHS)
        painter.end()
