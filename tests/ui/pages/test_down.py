"""The page where no kiosk starts: plain words, one button, and no key presses it."""

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kiosk.ui.pages.down import SENTENCE, DownPage


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


DOWN = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from kiosk.ui.pages.down import say_down
app = QApplication([])
QTimer.singleShot(0, lambda: print("up", flush=True))
print(say_down(), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_shutdown_ends_it() -> None:
    page = subprocess.Popen([sys.executable, "-c", DOWN], stdout=subprocess.PIPE, text=True)
    assert page.stdout is not None
    assert page.stdout.readline() == "up\n"
    page.terminate()
    assert page.communicate(timeout=30)[0] == "False\n"
    assert page.returncode == 0
