"""Icons: the SVG files of ``resources/theme/icons``, tinted and drawn sharp at any size.

They say nothing on their own: every icon stands beside words that say the same.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgRenderer

from kiosk.session.views import Tone
from kiosk.ui.theme import THEME

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
    _drawing(name, colour.name()).render(painter, area)
