"""A typed secret leaves the line when it is sent or hidden, and there is no other way out."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from kiosk.session.model.intents import Ticket
from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.typed import SecretLine
from tests.ui.conftest import Stage

SECRET = "correct horse"


class Slot:
    """Counts what it is given."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    def keep(self, secret: str | bytearray) -> Ticket:
        assert isinstance(secret, str)
        self.kept.append(secret)
        return Ticket(len(self.kept))


@pytest.fixture
def slot() -> Slot:
    return Slot()


@pytest.fixture
def line(plain: Look, stage: Stage, slot: Slot) -> SecretLine:
    line = SecretLine(slot.keep)
    stage(line)
    line.setFocus()
    QTest.keyClicks(line, SECRET)
    return line


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    board = QApplication.clipboard()
    board.setText("something else")
    yield board
    board.clear()


def test_sending_empties_the_line_and_returns_the_ticket(line: SecretLine, slot: Slot) -> None:
    assert line.send() == Ticket(1)
    assert slot.kept == [SECRET]
    assert line.text() == ""
    assert not line.isUndoAvailable()
    line.undo()
    assert line.text() == ""


def test_hiding_empties_the_line_and_sends_nothing(line: SecretLine, slot: Slot) -> None:
    line.hide()
    assert line.text() == ""
    assert slot.kept == []


@pytest.mark.parametrize("mode", [QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal])
@pytest.mark.parametrize("key", [Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_Insert])
def test_no_key_copies_it(
    line: SecretLine, clipboard: QClipboard, mode: QLineEdit.EchoMode, key: Qt.Key
) -> None:
    line.setEchoMode(mode)
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line, key, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "something else"
    assert line.text() == SECRET


def test_no_mouse_selects_it_while_it_is_shown(line: SecretLine) -> None:
    line.setEchoMode(QLineEdit.EchoMode.Normal)
    left, right = QPoint(4, line.height() // 2), QPoint(line.width() - 4, line.height() // 2)
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=left)
    QTest.mouseMove(line, right)
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=right)
    QTest.mouseDClick(line, Qt.MouseButton.LeftButton, pos=left)
    assert line.selectedText() == ""


def test_a_shown_password_is_dots_again_once_it_is_forgotten(line: SecretLine) -> None:
    line.setEchoMode(QLineEdit.EchoMode.Normal)
    line.forget()
    assert line.echoMode() is QLineEdit.EchoMode.Password
    assert line.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu
