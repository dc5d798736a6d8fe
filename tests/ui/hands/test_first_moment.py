"""The first moment: no press counts, then every press does."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from kiosk.ui.hands.first_moment import GUARD_MS, FirstMoment
from tests.ui.conftest import Stage


def test_a_press_counts_after_the_first_moment_only(stage: Stage) -> None:
    around = QWidget()
    button = QPushButton(around)
    moment = FirstMoment(around, button)
    stage(around)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    moment.begin()
    assert moment.interval() == GUARD_MS
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == []
    moment.timeout.emit()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == [True]
