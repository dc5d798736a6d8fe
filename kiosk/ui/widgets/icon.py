"""Icons: the SVG files of ``resources/theme/icons``, tinted and drawn sharp at any size.

They say nothing on their own: every icon stands beside words that say the same.
"""

from functools import cache
from math import ceil, floor

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgRenderer

from kiosk.session.pages.views import Tone
from kiosk.ui.look.theme import THEME
from kiosk.ui.widgets.drawn_once import drawn_once

OF_TONE = {
    Tone.INFO: "info",
    Tone.GOOD: "circle-check",
    Tone.WARNING: "triangle-alert",
    Tone.PROBLEM: "octagon-alert",
}


@cache
def _source(name: str) -> str:
    return (THEME / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _drawing(name: str, colour: str) -> QSvgRenderer:
    tinted = _source(name).replace("currentColor", colour)
    return QSvgRenderer(QByteArray(tinted.encode()))


def draw(painter: QPainter, name: str, area: QRectF, colour: QColor) -> None:
    """Draw the icon ``name`` into ``area`` in ``colour``."""
    fine, drawing = painter.device().devicePixelRatio(), _drawing(name, colour.name())
    if fine != int(fine):
        # Whole pixels of Qt are none of the screen's: kept, it would be blurred.
        drawing.render(painter, area)
        return
    corner = QPointF(floor(area.left()), floor(area.top()))
    inner = area.translated(-corner)
    size = QSize(ceil(inner.right()), ceil(inner.bottom()))
    key = f"icon {name} {colour.name()} {inner.left()} {inner.top()} {inner.width()}"
    kept = drawn_once(key, size, fine, lambda into: drawing.render(into, inner))
    painter.drawPixmap(corner, kept)
