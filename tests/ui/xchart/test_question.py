"""What the page asks, in its place: guarded at first, answered by a press, told by nothing else."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from kiosk.session.model.intents import LockWanted, QuestionAnswered, Ticket
from kiosk.session.pages.views import QuestionNote, RoomState, WorkspaceView
from kiosk.ui.hands.first_moment import FirstMoment
from kiosk.ui.widgets.button import Button
from kiosk.ui.xchart.question import Asking
from tests.ui.conftest import Kiosk

CONFIRM = QuestionNote("Xchart asks", "", Ticket(1), "Yes", "No")
PROMPT = QuestionNote("Xchart asks", "", Ticket(2), "Send", "No answer", "Your answer")
VIEW = WorkspaceView(
    "Maria Lopez", "Office Assistant", "Op 3 · Main Street", "10:24 am", RoomState.SHOWN
)


def put(kiosk: Kiosk, note: QuestionNote) -> Asking:
    kiosk.window._read_words = lambda _: "Delete the note?"
    kiosk.show(replace(VIEW, question=note))
    (asking,) = kiosk.window.findChildren(Asking)
    return asking


def pass_guard(asking: Asking) -> None:
    (moment,) = asking.findChildren(FirstMoment)
    assert moment.isActive()
    moment.stop()
    moment.timeout.emit()


@pytest.mark.parametrize(("name", "yes"), [("Yes", True), ("No", False)])
def test_a_press_answers(kiosk: Kiosk, name: str, yes: bool) -> None:
    pass_guard(put(kiosk, CONFIRM))
    kiosk.press(name)
    assert kiosk.asked == [QuestionAnswered(CONFIRM.words, yes)]


@pytest.mark.parametrize("note", [CONFIRM, PROMPT])
def test_the_tap_and_the_enter_that_made_it_ask_do_not_answer_it(
    kiosk: Kiosk, note: QuestionNote
) -> None:
    asking = put(kiosk, note)
    for name in (note.yes, note.no):
        QTest.mouseClick(kiosk.find(name, Button), Qt.MouseButton.LeftButton)
    pass_guard(asking)
    focus = kiosk.window.focusWidget()
    assert focus is not None
    assert not isinstance(focus, Button)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QTest.keyClick(focus, key)
    assert kiosk.asked == []


def test_what_is_drawn_again_is_not_guarded_again(kiosk: Kiosk) -> None:
    pass_guard(put(kiosk, CONFIRM))
    kiosk.show(replace(VIEW, question=CONFIRM, clock="10:25 am"))
    assert kiosk.find("Yes", Button).isEnabled()
    put(kiosk, replace(CONFIRM, words=Ticket(9)))
    assert not kiosk.find("Yes", Button).isEnabled()


def test_what_is_typed_goes_by_the_slot_and_is_forgotten(kiosk: Kiosk) -> None:
    kiosk.window.xchart.offered = "17"
    asking = put(kiosk, PROMPT)
    pass_guard(asking)
    line = kiosk.find("Your answer", QLineEdit)
    assert line.text() == "17"
    QTest.keyClicks(line, "8")
    kiosk.press("Send")
    assert kiosk.asked == [QuestionAnswered(PROMPT.words, True, Ticket(1))]
    assert kiosk.kept == ["178"]
    kiosk.show(VIEW)
    assert line.text() == ""
    assert not asking.isVisible()


def test_no_sends_nothing_of_what_was_typed(kiosk: Kiosk) -> None:
    pass_guard(put(kiosk, PROMPT))
    QTest.keyClicks(kiosk.find("Your answer", QLineEdit), "17")
    kiosk.press("No answer")
    assert kiosk.asked == [QuestionAnswered(PROMPT.words, False)]
    assert kiosk.kept == []


def test_lock_is_at_hand_and_tab_reaches_the_answers(kiosk: Kiosk) -> None:
    pass_guard(put(kiosk, CONFIRM))
    focus = kiosk.window.focusWidget()
    assert focus is not None
    seen = set()
    for _ in range(12):
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        now = kiosk.window.focusWidget()
        assert now is not None
        focus = now
        seen.add(focus.accessibleName())
    assert {"Yes", "No", "Lock", "Done"} <= seen
    kiosk.press("Lock")
    assert kiosk.asked == [LockWanted()]
    QApplication.processEvents()
