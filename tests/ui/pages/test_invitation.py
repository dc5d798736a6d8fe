"""The link of an invitation leaves as a ticket, and nothing of it stays."""

from dataclasses import replace

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from kiosk.session.model.intents import InvitationGiven, InvitationWanted, Ticket
from kiosk.session.pages.views import AccountView, InvitationView
from kiosk.ui.widgets.button import Button
from tests.ui.conftest import Kiosk

VIEW = InvitationView("Your invitation", "")


def test_the_link_travels_as_a_ticket_and_is_forgotten(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    line = kiosk.find("Link", QLineEdit)
    assert kiosk.window.focusWidget() is line
    assert not kiosk.find("Continue", Button).isEnabled()
    QTest.keyClicks(line, "https://x.example/invitations/abc")
    kiosk.press("Continue")
    assert kiosk.asked == [InvitationGiven(Ticket(1))]
    assert kiosk.kept == ["https://x.example/invitations/abc"]
    assert line.text() == ""


def test_it_is_given_once(kiosk: Kiosk) -> None:
    kiosk.show(replace(VIEW, busy=True))
    kiosk.press("Continue")
    assert kiosk.asked == []


def test_the_account_s_page_leads_here(kiosk: Kiosk) -> None:
    kiosk.show(AccountView("Which account?", "", ""))
    kiosk.press("I have an invitation")
    assert kiosk.asked == [InvitationWanted()]
