"""Painted surfaces: a rounded area of one colour, and the pen strokes every control shares."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QTextOption
from PySide6.QtWidgets import QWidget

from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.drawn_once import drawn_once


def rounded(
    painter: QPainter,
    area: QRectF,
    radius: float,
    fill: QColor | None,
    edge: QColor | None = None,
    width: float = 1.0,
) -> None:
    """A filled, outlined, rounded rectangle; the outline lies inside ``area``."""
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(area, radius, radius)
        return
    painter.setPen(QPen(edge, width))
    inset = width / 2
    inner = area.adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(inner, radius - inset, radius - inset)


def write(
    painter: QPainter,
    area: QRectF,
    text: str,
    where: Qt.AlignmentFlag,
    ink: QColor,
    wraps: bool = False,
) -> None:
    """Text in ``area``, with the painter's font: one line unless it ``wraps``.

    Always this overload: ``drawText(QRectF, int, str)`` of PySide6 6.12 miscounts references.
    """
    option = QTextOption(where)
    mode = QTextOption.WrapMode.WordWrap if wraps else QTextOption.WrapMode.NoWrap
    option.setWrapMode(mode)
    painter.setPen(ink)
    painter.drawText(area, text, option)


def shadow(painter: QPainter, area: QRectF, radius: float, look: Look) -> None:
    """A thin shadow around ``area``; the widget leaves ``shadow.spread`` pixels for it."""
    spread, drop = look.token("shadow", "spread"), look.token("shadow", "drop")
    size = area.size().toSize()
    inner = QRectF(QPointF(spread, spread), size.toSizeF())

    def blend(into: QPainter) -> None:
        colour = QColor(look.colours.shade)
        colour.setAlpha(max(1, look.token("shadow", "strength") // spread))
        for reach in range(spread - drop, 0, -1):
            ring = inner.adjusted(-reach, drop - reach, reach, drop + reach)
            rounded(into, ring, radius + reach, colour)

    key = f"shadow {look.colours.shade.name()} {radius}"
    whole, fine = size + QSize(2 * spread, 2 * spread), painter.device().devicePixelRatio()
    painter.drawPixmap(area.topLeft() - inner.topLeft(), drawn_once(key, whole, fine, blend))


class Panel(QWidget):
    """A rounded surface that other widgets lie on."""

    def __init__(
        self,
        look: Look,
        fill: QColor,
        edge: QColor | None = None,
        radius: str | None = "card",
        raised: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``radius`` names a token, or is None for square corners; ``raised`` casts a shadow."""
        super().__init__(parent)
        self._look = look
        self._fill = fill
        self._edge = edge
        self._radius = look.radius(radius) if radius else 0.0
        self._raised = raised

    @property
    def margin(self) -> int:
        """Pixels around the surface that the shadow needs."""
        return self._look.token("shadow", "spread") if self._raised else 0

    def tint(self, fill: QColor, edge: QColor | None = None) -> None:
        """Change the colours."""
        self._fill = fill
        self._edge = edge
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the surface."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        margin = self.margin
        area = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        if self._raised:
            shadow(painter, area, self._radius, self._look)
        width = self._look.stroke("line")
        rounded(painter, area, self._radius, self._fill, self._edge, width)
        painter.end()
