"""A page that asks for digits: typed from anywhere, forgotten with the page, kept from doubling."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from kiosk.session.model.intents import Ticket
from kiosk.session.pages import typing_hints
from kiosk.session.pages.typing_hints import KeyLocks
from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.digits import DigitsPage
from kiosk.ui.widgets.keypad import CodeLine, Key, Keypad
from tests.ui.conftest import Stage


class Asking(DigitsPage):
    """A page that writes down what it was given."""

    def __init__(self, look: Look) -> None:
        self.kept: list[str] = []
        self.given: list[Ticket] = []
        super().__init__(look, "message-square-text", CodeLine(look, self._keep))

    def give(self, ticket: Ticket) -> None:
        self.given.append(ticket)

    def _keep(self, typed: str | bytearray) -> Ticket:
        assert isinstance(typed, str)
        self.kept.append(typed)
        return Ticket(len(self.kept))


@pytest.fixture
def page(plain: Look, stage: Stage) -> Asking:
    page = Asking(plain)
    page.resize(1280, 800)
    stage(page)
    page.say_back("Back")
    page.show_digits("Code", 6, 1, busy=False)
    return page


def line(page: Asking) -> CodeLine:
    return page.findChildren(CodeLine)[0]


def test_digits_and_backspace_reach_the_line_from_any_button(page: Asking) -> None:
    page.back.setFocus()
    QTest.keyClicks(page.back, "4x09")
    QTest.keyClick(page.back, Qt.Key.Key_Backspace)
    assert line(page).text() == "40"


def test_it_is_given_once_however_many_digits_come_before_the_answer(page: Asking) -> None:
    """A seventh tap arrives before the screen says that the six are being looked at."""
    page.start()
    key = next(key for key in page.findChildren(Key) if key.accessibleName() == "4")
    for _ in range(14):
        QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    assert page.kept == ["444444"]
    assert page.given == [Ticket(1)]
    page.show_digits("Code", 6, 2, busy=False)
    QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    assert line(page).text() == "4"


def test_a_keypad_fades_only_for_a_wait_that_is_noticed(page: Asking) -> None:
    page.start()
    QTest.keyClicks(line(page), "409175")
    (keypad,) = page.findChildren(Keypad)
    page.show_digits("Code", 6, 1, busy=True)
    assert keypad.isEnabled()
    begun = page.waiting.timerId()
    page.show_digits("Code", 6, 1, busy=True)
    assert page.waiting.timerId() == begun != -1  # a minute that passes begins no other wait
    page.waiting.timeout.emit()
    assert not keypad.isEnabled()
    page.show_digits("Code", 6, 2, busy=False)
    assert keypad.isEnabled()
    page.show_digits("Code", 6, 2, busy=True)
    page.show_digits("Code", 6, 2, busy=False)
    assert not page.waiting.isActive()


@pytest.mark.parametrize("name", ["4", labels.CLEAR, labels.ERASE])
def test_what_comes_before_a_keypad_fades_changes_nothing(page: Asking, name: str) -> None:
    page.start()
    QTest.keyClicks(line(page), "409")
    page.show_digits("Code", 6, 1, busy=True)
    for typed in (Qt.Key.Key_4, Qt.Key.Key_Backspace):
        QTest.keyClick(page.back, typed)
    key = next(key for key in page.findChildren(Key) if key.accessibleName() == name)
    QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    assert line(page).text() == "409"


def test_a_key_held_into_the_next_round_types_nothing_there(page: Asking) -> None:
    """Six digits after it would be five of the PIN, and a wrong try."""
    page.start()
    QTest.keyClicks(line(page), "409175")
    page.show_digits("Code", 6, 1, busy=True)
    key = next(key for key in page.findChildren(Key) if key.accessibleName() == "4")
    QTest.mousePress(key, Qt.MouseButton.LeftButton)
    page.show_digits("Code", 6, 2, busy=False)
    QTest.mouseRelease(key, Qt.MouseButton.LeftButton)
    assert line(page).text() == ""


def test_a_blanked_page_forgets_the_digits_and_the_round(page: Asking) -> None:
    page.start()
    QTest.keyClicks(line(page), "409")
    page.blank()
    assert line(page).text() == line(page).accessibleName() == ""
    page.show_digits("Code", 6, 1, busy=False)
    QTest.keyClicks(line(page), "409175")
    assert page.kept == ["409175"]


def test_a_page_must_say_what_becomes_of_the_digits(plain: Look, stage: Stage) -> None:
    line = CodeLine(plain, lambda _typed: Ticket(1))
    page = DigitsPage(plain, "message-square-text", line)
    stage(page)
    with pytest.raises(NotImplementedError):
        page.give(Ticket(1))


@pytest.mark.parametrize(
    "typed",
    ["409 175", "\uff14\uff10\uff19\uff11\uff17\uff15", "\u0664\u0660\u0669\u0661\u0667\u0665"],
)
def test_digits_are_taken_however_they_come(page: Asking, typed: str) -> None:
    """Pasted, typed on another layout, or committed by an input method."""
    ways: tuple[Callable[[CodeLine], None], ...] = (paste(typed), commit(typed), keys(typed))
    for turn, way in enumerate(ways):
        page.show_digits("Code", 6, turn + 2, busy=False)
        page.start()
        way(line(page))
        assert page.kept[turn:] == ["409175"]
        assert said(page) == set()


def paste(typed: str) -> Callable[[CodeLine], None]:
    def act(line: CodeLine) -> None:
        QApplication.clipboard().setText(typed)
        QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        QApplication.clipboard().clear()

    return act


def commit(typed: str) -> Callable[[CodeLine], None]:
    def act(line: CodeLine) -> None:
        composed = QInputMethodEvent(typed[:1], [])
        QApplication.sendEvent(line, composed)
        assert line.displayText() == ""
        event = QInputMethodEvent()
        event.setCommitString(typed)
        QApplication.sendEvent(line, event)

    return act


def keys(typed: str) -> Callable[[CodeLine], None]:
    def act(line: CodeLine) -> None:
        for sign in typed:
            event = QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign)
            QApplication.sendEvent(line, event)

    return act


def said(page: Asking) -> set[str]:
    return {label.text() for label in page.findChildren(QLabel) if label.isVisible()} - {""}


def test_what_is_no_digit_is_said(page: Asking) -> None:
    page.start()
    QTest.keyClicks(line(page), "4o")
    assert said(page) == {typing_hints.DIGITS_ONLY}
    assert line(page).text() == "4"
    QTest.keyClicks(line(page), "0")
    assert said(page) == set()
    page.show_locks(KeyLocks(caps=True))
    QTest.keyClicks(page.back, "X")
    assert said(page) == {f"{typing_hints.DIGITS_ONLY} {typing_hints.CAPS_LOCK}"}
    page.show_locks(KeyLocks(caps=False))
    assert said(page) == set()


def test_a_key_of_the_number_pad_that_types_nothing_is_said(page: Asking) -> None:
    page.start()
    for widget in (line(page), page.back):
        QTest.keyClick(widget, Qt.Key.Key_Home, Qt.KeyboardModifier.KeypadModifier)
        assert said(page) == {typing_hints.NUM_LOCK}
        page.show_locks(KeyLocks(num=True))
        assert said(page) == set()


def test_what_is_said_moves_no_key(page: Asking) -> None:
    page.start()
    before = [key.geometry() for key in page.findChildren(Key)]
    QTest.keyClicks(line(page), "x")
    QApplication.processEvents()
    assert [key.geometry() for key in page.findChildren(Key)] == before


def test_an_input_method_reaches_the_line(page: Asking) -> None:
    assert line(page).testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
