"""Painted surfaces: inside their edges, shadow included, and text that is never markup."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.panel import Panel, rounded, write
from tests.ui.conftest import Stage

RED = QColor("#ff0000")
BLUE = QColor("#0000ff")


def test_an_outline_lies_inside(qapp: QApplication) -> None:
    image = QImage(60, 60, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    rounded(painter, QRectF(10, 10, 40, 40), 6, RED, BLUE, 3)
    painter.end()
    assert image.pixelColor(9, 30).alpha() == image.pixelColor(50, 30).alpha() == 0
    assert image.pixelColor(11, 30) == BLUE
    assert image.pixelColor(30, 30) == RED
    assert image.pixelColor(10, 10).alpha() == 0


def test_text_is_written_as_it_is(qapp: QApplication, plain: Look) -> None:
    def ink(text: str) -> int:
        image = QImage(300, 40, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        write(painter, QRectF(0, 0, 300, 40), text, Qt.AlignmentFlag.AlignLeft, RED)
        painter.end()
        return sum(image.pixelColor(x, y).alpha() > 0 for x in range(300) for y in range(40))

    assert ink("<b>x</b>") > ink("x")


def test_a_raised_panel_leaves_room_for_its_shadow(plain: Look, stage: Stage) -> None:
    flat, raised = Panel(plain, RED), Panel(plain, RED, raised=True)
    assert flat.margin == 0
    assert raised.margin == plain.token("shadow", "spread")
    raised.resize(120, 120)
    stage(raised)
    image = raised.grab().toImage()
    assert image.pixelColor(60, 60) == RED
    assert image.pixelColor(60, 0) != RED


def test_a_tint_is_drawn(plain: Look, stage: Stage) -> None:
    panel = Panel(plain, RED, radius=None)
    panel.resize(40, 40)
    stage(panel)
    panel.tint(BLUE)
    assert panel.grab().toImage().pixelColor(20, 20) == BLUE
