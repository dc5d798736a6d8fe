"""The outline of a line shows where the keyboard is; what is pressed at its end is large enough."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit

from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.frame import EndButton, Frame
from tests.ui.conftest import Stage


def test_the_ring_comes_and_goes_with_the_focus(plain: Look, stage: Stage) -> None:
    line = QLineEdit()
    frame = Frame(plain, line)
    QHBoxLayout(frame).addWidget(line)
    stage(frame)
    line.clearFocus()
    QApplication.processEvents()
    before = frame.grab().toImage()
    line.setFocus()
    QApplication.processEvents()
    assert frame.grab().toImage() != before
    assert frame.height() >= plain.touch("other")


def test_an_icon_at_the_end_is_pressed_and_can_be_another(plain: Look, stage: Stage) -> None:
    button, pressed = EndButton(plain, "eye"), list[int]()
    button.clicked.connect(lambda: pressed.append(1))
    stage(button)
    button.clearFocus()
    before = button.grab().toImage()
    button.draw_picture("eye-off")
    assert button.grab().toImage() != before
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == [1]
    assert min(button.width(), button.height()) >= plain.touch("other")
