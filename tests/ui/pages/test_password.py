"""The new password leaves as a ticket, and nothing of it stays on the page."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from kiosk.session.model.intents import PasswordGiven, Ticket, WentBack
from kiosk.session.pages.views import PasswordView
from tests.ui.conftest import Kiosk

VIEW = PasswordView("Type the new password", "An admin has changed the password.")


def test_it_travels_as_a_ticket_and_is_forgotten(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    line = kiosk.find("New password", QLineEdit)
    QTest.keyClicks(line, "four quiet herons")
    kiosk.press("Continue")
    assert kiosk.asked == [PasswordGiven(Ticket(1))]
    assert kiosk.kept == ["four quiet herons"]
    assert line.text() == ""


def test_there_is_a_way_back(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    kiosk.press("Back")
    assert kiosk.asked == [WentBack()]


def test_the_one_that_is_kept_is_not_called_new(kiosk: Kiosk) -> None:
    kiosk.show(PasswordView("Type the password", "", new=False))
    kiosk.find("Password", QLineEdit)
