"""The keypad's page: sent at the last digit, kept while the round lasts, typed from anywhere."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from kiosk.session.model.intents import CodeGiven, Ticket
from kiosk.session.pages.views import CodeView
from tests.ui.conftest import Kiosk

VIEW = CodeView(
    title="Enter Dr. Rivera's code",
    text="We texted it to the phone ending 21.",
    length=6,
    lives="The code works until 2:15 pm.",
    resend="",
    resend_note="A new code can be texted in 30 seconds.",
    someone_else="Ask someone else",
    round=1,
)


def test_the_code_is_sent_at_its_last_digit(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    for digit in "409175":
        kiosk.press(digit)
    assert kiosk.asked == [CodeGiven(Ticket(1))]
    assert kiosk.kept == ["409175"]
    assert kiosk.find("Code", QLineEdit).text() == ""


def test_digits_stay_until_the_round_changes(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    line = kiosk.find("Code", QLineEdit)
    QTest.keyClicks(line, "409")
    kiosk.show(replace(VIEW, resend="Text a new code", resend_note=""))
    assert line.text() == "409"
    kiosk.show(replace(VIEW, round=2))
    assert line.text() == ""


def test_digits_and_backspace_reach_the_code_from_any_button(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    elsewhere = kiosk.find("Ask someone else", QWidget)
    elsewhere.setFocus()
    QTest.keyClicks(elsewhere, "409")
    QTest.keyClick(elsewhere, Qt.Key.Key_Backspace)
    assert kiosk.find("Code", QLineEdit).text() == "40"


def test_nothing_can_be_typed_while_a_code_is_checked(kiosk: Kiosk) -> None:
    kiosk.show(replace(VIEW, busy=True))
    line = kiosk.find("Code", QLineEdit)
    QTest.keyClicks(line, "4")
    kiosk.press("4")
    QTest.keyClick(kiosk.find("Cancel", QWidget), Qt.Key.Key_4)
    assert line.text() == ""


def test_coming_back_finds_an_empty_line(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    QTest.keyClicks(kiosk.find("Code", QLineEdit), "409")
    kiosk.show(replace(VIEW, title="Enter Dr. Chen's code", round=2))
    assert kiosk.find("Code", QLineEdit).text() == ""
