"""The page where no kiosk starts: plain words, one button, and no key presses it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kiosk.ui.down import SENTENCE, DownPage


def shown(qtbot: QtBot) -> tuple[DownPage, QPushButton]:
    page = DownPage(SENTENCE)
    qtbot.addWidget(page)
    page.show()
    button = page.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    return page, button


def test_it_says_what_is_wrong_and_what_to_do(qtbot: QtBot) -> None:
    page, _ = shown(qtbot)
    words = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "does not start" in words
    assert "Call IT" in words


def test_the_button_asks_for_another_start_and_keys_do_not(qtbot: QtBot) -> None:
    page, button = shown(qtbot)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Return):
        QTest.keyClick(page, key)
    assert (page.again, page.isVisible()) == (False, True)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (page.again, page.isVisible()) == (True, False)
