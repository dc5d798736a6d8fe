"""What is kept looks as if it had just been drawn, and is drawn once."""

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmapCache
from PySide6.QtWidgets import QApplication

from kiosk.ui.widgets import icon
from kiosk.ui.widgets.drawn_once import drawn_once

INK = QColor("#14324a")


@pytest.fixture(autouse=True)
def nothing_kept(qapp: QApplication) -> None:
    QPixmapCache.clear()


def test_it_is_drawn_once_for_each_size_and_fineness() -> None:
    drawn: list[QPainter] = []
    for size, fine in ((8, 1.0), (8, 1.0), (9, 1.0), (8, 2.0), (8, 2.0)):
        made = drawn_once("a", QSize(size, size), fine, drawn.append)
        assert made.deviceIndependentSize().toSize() == QSize(size, size)
    assert len(drawn) == 3


def image(fine: float) -> QImage:
    made = QImage(QSize(40, 40) * fine, QImage.Format.Format_ARGB32_Premultiplied)
    made.setDevicePixelRatio(fine)
    made.fill(Qt.GlobalColor.white)
    return made


@pytest.mark.parametrize("fine", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("left", [3, 3.25, 3.5, 7.9])
def test_an_icon_is_as_sharp_as_the_first_time(fine: float, left: float) -> None:
    area = QRectF(left, 5.5, 21.5, 21.5)
    plain, kept = image(fine), image(fine)
    painter = QPainter(plain)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    icon._drawing("lock", INK.name()).render(painter, area)
    painter.end()
    for _ in range(2):
        kept = image(fine)
        painter = QPainter(kept)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icon.draw(painter, "lock", area, INK)
        painter.end()
    far = 0
    for x in range(plain.width()):
        for y in range(plain.height()):
            one, two = plain.pixelColor(x, y), kept.pixelColor(x, y)
            far = max(far, abs(one.red() - two.red()), abs(one.blue() - two.blue()))
    assert far <= 2


def test_icons_of_two_colours_are_two_pictures() -> None:
    seen = []
    for colour in (INK, QColor("#ffffff"), QColor("#ff0000")):
        made = image(1.0)
        painter = QPainter(made)
        icon.draw(painter, "lock", QRectF(3, 3, 20, 20), colour)
        painter.end()
        seen.append(made)
    assert seen[0] != seen[1] != seen[2] != seen[0]
