"""A PIN's line: dots from the first digit on, whatever typed it; the digits go to the slot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QClipboard, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk.session.model.intents import Ticket
from kiosk.ui.look.theme import Look, look
from kiosk.ui.widgets.keypad import DOT
from kiosk.ui.widgets.unseen import UnseenLine
from tests.ui.conftest import Stage


class Pin:
    """A line, every text it ever held, what filled it and what it sent."""

    def __init__(self, look: Look) -> None:
        self.kept: list[str] = []
        self.held: list[str] = []
        self.full = 0
        self.line = UnseenLine(look, self._keep)
        self.line.textChanged.connect(self.held.append)
        self.line.filled.connect(self._filled)

    def _keep(self, typed: str | bytearray) -> Ticket:
        assert isinstance(typed, bytearray)
        self.kept.append(typed.decode())
        return Ticket(len(self.kept))

    def _filled(self) -> None:
        self.full += 1

    def sent(self) -> str:
        self.line.send()
        return self.kept[-1]


@pytest.fixture
def pin(plain: Look, stage: Stage) -> Pin:
    pin = Pin(plain)
    stage(pin.line)
    pin.line.setFocus()
    return pin


def dots_only(pin: Pin) -> bool:
    """What the line never held, nobody can be told."""
    return not "".join(pin.held).strip(DOT)


def test_typed_digits_are_dots_in_the_line_and_digits_in_the_slot(pin: Pin) -> None:
    QTest.keyClicks(pin.line, "4o9-1 75")
    assert pin.line.text() == 5 * DOT
    QTest.keyClicks(pin.line, "08")
    assert pin.full == 1
    assert pin.sent() == "491750"
    assert dots_only(pin)
    assert pin.line.text() == pin.line.displayText() == ""


def test_backspace_takes_the_last_one_wherever_the_cursor_is(pin: Pin) -> None:
    QTest.keyClicks(pin.line, "409")
    pin.line.home(False)
    QTest.keyClick(pin.line, Qt.Key.Key_Backspace)
    QTest.mouseClick(pin.line, Qt.MouseButton.LeftButton, pos=QPoint(2, 20))
    QTest.keyClicks(pin.line, "1")
    assert pin.sent() == "401"


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_Z, Qt.Key.Key_X, Qt.Key.Key_Delete])
def test_no_other_key_changes_it(pin: Pin, key: Qt.Key) -> None:
    QTest.keyClicks(pin.line, "409")
    QTest.keyClick(pin.line, key, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(pin.line, Qt.Key.Key_Delete)
    QTest.keyClicks(pin.line, "1")
    assert pin.sent() == "4091"


@pytest.mark.parametrize("forget", ["forget", "hide", "clear"])
def test_it_is_forgotten_like_every_secret(pin: Pin, forget: str) -> None:
    QTest.keyClicks(pin.line, "409")
    getattr(pin.line, forget)()
    assert pin.line.text() == ""
    assert pin.sent() == ""


def test_a_pasted_pin_never_stands_in_the_line(pin: Pin) -> None:
    QApplication.clipboard().setText("409 175 3")
    QTest.keyClick(pin.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QApplication.clipboard().clear()
    assert pin.full == 1
    assert pin.sent() == "409175"
    assert dots_only(pin)


def test_the_middle_button_pastes_nothing(pin: Pin) -> None:
    board = QApplication.clipboard()
    if board.supportsSelection():
        board.setText("409175", QClipboard.Mode.Selection)
    QTest.mouseClick(pin.line, Qt.MouseButton.MiddleButton)
    assert pin.line.text() == ""


def test_what_assistive_technology_writes_counts_and_becomes_dots(pin: Pin) -> None:
    QTest.keyClicks(pin.line, "40")
    pin.line.insert("9")
    assert pin.line.text() == 3 * DOT
    pin.line.setText("831275")
    assert pin.full == 1
    assert pin.line.text() == 6 * DOT
    assert pin.sent() == "831275"


def test_nothing_is_added_while_it_is_looked_at(pin: Pin) -> None:
    pin.line.mark_sent(True)
    QTest.keyClicks(pin.line, "4")
    pin.line.add("4")
    pin.line.backspace()
    assert pin.sent() == ""


@pytest.mark.usefixtures("qapp")
@given(st.lists(st.sampled_from([*"0123456789", "<"]), max_size=12))
def test_it_holds_what_was_typed_and_not_taken_back(keys: list[str]) -> None:
    pin, meant = Pin(look()), ""
    for key in keys:
        if key == "<":
            pin.line.backspace()
            meant = meant[:-1]
        else:
            pin.line.add(key)
            meant = (meant + key)[:6]
        assert pin.line.text() == DOT * len(meant)
    assert pin.sent() == meant
    assert dots_only(pin)


@pytest.mark.parametrize(
    "typed",
    ["409175", "\uff14\uff10\uff19\uff11\uff17\uff15", "\u0664\u0660\u0669 \u0661\u0667\u0665"],
)
def test_an_input_method_writes_dots(pin: Pin, typed: str) -> None:
    assert pin.line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QApplication.sendEvent(pin.line, QInputMethodEvent(typed[:2], []))
    event = QInputMethodEvent()
    event.setCommitString(typed)
    QApplication.sendEvent(pin.line, event)
    assert set("".join(pin.held)) == {DOT}
    assert pin.sent() == "409175"


def test_an_input_method_is_told_to_remember_nothing(pin: Pin) -> None:
    hidden = Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData
    assert pin.line.inputMethodHints() & hidden == hidden


@pytest.mark.parametrize("forget", ["forget", "hide", "send", "expect"])
def test_digits_lie_in_one_place_and_zeros_are_there_afterwards(pin: Pin, forget: str) -> None:
    """T28: what is sent is that place itself; whoever takes it writes the zeros."""
    QTest.keyClicks(pin.line, "4091")
    place = pin.line._digits
    assert place[:4] == b"4091"
    if forget == "send":
        pin.line.send()
        assert place == b"4091"
        assert pin.line._digits == bytes(6)
    elif forget == "expect":
        pin.line.expect(4)
        assert place == bytes(6)
    else:
        getattr(pin.line, forget)()
        assert place == bytes(6)
