"""A password is chosen and a phone given: the one as a ticket, and both or neither."""

from dataclasses import replace

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from kiosk.session.model.intents import SetUpGiven, Ticket
from kiosk.session.pages.views import SettingUpView
from kiosk.ui.widgets.button import Button
from tests.ui.conftest import Kiosk

VIEW = SettingUpView("Set up Harbor Front Desk", "", "Codes are texted to this phone.")
PASSWORD, PHONE = "New password", "Mobile phone"


def test_both_are_given_and_the_password_is_forgotten(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    QTest.keyClicks(kiosk.find(PASSWORD, QLineEdit), "four quiet herons")
    assert not kiosk.find("Continue", Button).isEnabled()
    QTest.keyClicks(kiosk.find(PHONE, QLineEdit), " +1 555 0100 021 ")
    kiosk.press("Continue")
    assert kiosk.asked == [SetUpGiven(Ticket(1), "+1 555 0100 021")]
    assert kiosk.kept == ["four quiet herons"]
    assert kiosk.find(PASSWORD, QLineEdit).text() == ""
    assert kiosk.find(PHONE, QLineEdit).text(), "the phone need not be typed again"


def test_a_password_has_eight_characters(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    QTest.keyClicks(kiosk.find(PHONE, QLineEdit), "+1 555 0100 021")
    QTest.keyClicks(kiosk.find(PASSWORD, QLineEdit), "1234567")
    assert not kiosk.find("Continue", Button).isEnabled()
    QTest.keyClicks(kiosk.find(PASSWORD, QLineEdit), "8")
    assert kiosk.find("Continue", Button).isEnabled()


def test_nothing_can_be_given_while_it_is_under_way(kiosk: Kiosk) -> None:
    kiosk.show(replace(VIEW, busy=True))
    assert not kiosk.find(PASSWORD, QLineEdit).isEnabled()
    kiosk.press("Continue")
    assert kiosk.asked == []
