"""Icons: every one that is asked for is there, and is drawn in the colour asked for."""

import re

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from kiosk.session.pages.views import Tone
from kiosk.ui.look.theme import THEME
from kiosk.ui.widgets import icon
from tests.imports import ROOT

SHIPPED = sorted(path.stem for path in (THEME / "icons").glob("*.svg"))


def drawn(name: str, colour: QColor) -> QImage:
    image = QImage(48, 48, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    icon.draw(painter, name, QRectF(0, 0, 48, 48), colour)
    painter.end()
    return image


@pytest.mark.parametrize("name", SHIPPED)
def test_each_is_drawn_in_one_colour(qapp: QApplication, name: str) -> None:
    colour = QColor("#1f6f5c")
    image = drawn(name, colour)
    pixels = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    seen = [pixel for pixel in pixels if pixel.alpha() > 200]
    assert seen
    for pixel in seen:
        # Blending at an edge rounds a little.
        assert abs(pixel.red() - colour.red()) <= 2
        assert abs(pixel.green() - colour.green()) <= 2
        assert abs(pixel.blue() - colour.blue()) <= 2


def test_each_tone_has_an_icon_of_its_own() -> None:
    assert set(icon.OF_TONE) == set(Tone)
    assert len(set(icon.OF_TONE.values())) == len(Tone)
    assert set(icon.OF_TONE.values()) <= set(SHIPPED)


def test_none_is_shipped_that_nobody_draws() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "kiosk" / "ui").rglob("*.py"))
    assert [name for name in SHIPPED if not re.search(f'"{name}"', code)] == []
