"""Keypad and code line: digits by finger, key and paste end in one line, sent when it is full."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from kiosk.session.model.intents import Ticket
from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.keypad import CodeLine, Key, Keypad
from tests.ui.conftest import Stage


class Pad:
    """A line, a keypad below it, and what was full."""

    def __init__(self, look: Look, stage: Stage) -> None:
        self.line = CodeLine(look, lambda _typed: Ticket(1))
        self.keypad = Keypad(look, self.line)
        self.keypad.name()
        self.full: list[str] = []
        self.line.filled.connect(lambda: self.full.append(self.line.text()))
        self.whole = QWidget()
        column = QVBoxLayout(self.whole)
        column.addWidget(self.line)
        column.addWidget(self.keypad)
        stage(self.whole)
        self.line.setFocus()

    def press(self, name: str) -> None:
        key = next(key for key in self.keypad.findChildren(Key) if key.accessibleName() == name)
        QTest.mouseClick(key, Qt.MouseButton.LeftButton)


@pytest.fixture
def pad(plain: Look, stage: Stage) -> Pad:
    return Pad(plain, stage)


def test_the_last_digit_fills_it_and_no_digit_before(pad: Pad) -> None:
    for digit in "40917":
        pad.press(digit)
    assert pad.full == []
    pad.press("5")
    assert pad.full == ["409175"]


def test_keys_of_the_keyboard_do_the_same_and_letters_do_nothing(pad: Pad) -> None:
    QTest.keyClicks(pad.line, "4o9-1 75")
    assert pad.line.text() == "49175"
    QTest.keyClicks(pad.line, "0")
    assert pad.full == ["491750"]


def test_delete_takes_one_and_clear_takes_all(pad: Pad) -> None:
    QTest.keyClicks(pad.line, "409")
    pad.press("Delete")
    assert pad.line.text() == "40"
    QTest.keyClick(pad.line, Qt.Key.Key_Backspace)
    assert pad.line.text() == "4"
    pad.press("1")
    pad.press("Clear")
    assert pad.line.text() == ""


def test_a_pasted_code_fills_it(pad: Pad) -> None:
    QApplication.clipboard().setText("409175")
    pad.line.paste()
    QApplication.clipboard().clear()
    assert pad.full == ["409175"]


def test_a_tap_leaves_the_focus_where_the_digits_go(pad: Pad) -> None:
    pad.press("4")
    QTest.keyClicks(pad.line, "0")
    pad.press("9")
    assert pad.line.text() == "409"
    assert pad.whole.focusWidget() is pad.line


def test_a_sent_code_cannot_be_added_to(pad: Pad) -> None:
    pad.line.mark_sent(True)
    QTest.keyClicks(pad.line, "4")
    assert pad.line.text() == ""
    pad.line.mark_sent(False)
    QTest.keyClicks(pad.line, "4")
    assert pad.line.text() == "4"


def test_a_shorter_code_is_full_sooner(pad: Pad) -> None:
    pad.line.expect(4)
    QTest.keyClicks(pad.line, "4091")
    assert pad.full == ["4091"]
