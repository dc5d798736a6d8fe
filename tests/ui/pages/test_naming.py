"""*Someone else*: a name is given whole, and nothing that was begun outlasts the page."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from kiosk.session.model.intents import NameGiven, WentBack
from kiosk.session.pages.views import NamingView, Notice, Tone, WhoView
from kiosk.ui.widgets.button import Button
from tests.ui.conftest import Kiosk

VIEW = NamingView("Who are you?", "")
FIRST, INITIAL = "First name", "Last initial"


def test_a_name_is_typed_and_given_by_the_keyboard_alone(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    assert kiosk.window.focusWidget() is kiosk.find(FIRST, QLineEdit)
    QTest.keyClicks(kiosk.find(FIRST, QLineEdit), "Lena")
    assert not kiosk.find("Continue", Button).isEnabled()
    QTest.keyClicks(kiosk.find(INITIAL, QLineEdit), "PQ")
    QTest.keyClick(kiosk.find(INITIAL, QLineEdit), Qt.Key.Key_Return)
    assert kiosk.asked == [NameGiven("Lena", "P")]


def test_what_was_begun_stays_while_one_is_asked_again_and_goes_with_the_page(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    QTest.keyClicks(kiosk.find(FIRST, QLineEdit), "Lena2")
    kiosk.show(replace(VIEW, notice=Notice(Tone.PROBLEM, "That is not a name yet.")))
    assert kiosk.find(FIRST, QLineEdit).text() == "Lena2"
    line = kiosk.find(FIRST, QLineEdit)
    kiosk.show(WhoView("Who is here?", "", ()))
    assert line.text() == ""


def test_escape_goes_back(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    QTest.keyClick(kiosk.find(FIRST, QLineEdit), Qt.Key.Key_Escape)
    assert kiosk.asked == [WentBack()]
