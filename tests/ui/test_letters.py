"""Letters to tap: into the line that has the keyboard, and never in the keyboard's way."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from kiosk.session.intents import NameGiven
from kiosk.session.views import NamingView
from kiosk.ui.letters import Letter
from tests.ui.conftest import Kiosk

VIEW = NamingView("Who are you?", "")
FIRST, INITIAL = "First name", "Last initial"


def test_gloved_hands_tap_a_name(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    for letter in "ANNA-LO":
        kiosk.press(letter)
    kiosk.press("Delete")
    kiosk.press("U")
    kiosk.find(INITIAL, QLineEdit).setFocus()
    kiosk.press("P")
    kiosk.press("Continue")
    assert kiosk.asked == [NameGiven("Anna-Lu", "P")]


def test_a_letter_goes_where_the_keyboard_is_and_to_the_first_line_otherwise(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    kiosk.find(INITIAL, QLineEdit).setFocus()
    kiosk.press("Q")
    assert kiosk.find(INITIAL, QLineEdit).text() == "Q"
    kiosk.find(INITIAL, QLineEdit).clearFocus()
    kiosk.press("M")
    assert kiosk.find(FIRST, QLineEdit).text() == "M"


def test_tab_goes_from_line_to_line_past_the_letters(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    QTest.keyClick(kiosk.find(FIRST, QLineEdit), Qt.Key.Key_Tab)
    assert kiosk.window.focusWidget() is kiosk.find(INITIAL, QLineEdit)
    assert kiosk.find("A", Letter).focusPolicy() is Qt.FocusPolicy.NoFocus
