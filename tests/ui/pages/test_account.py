"""New computer, second page: the password leaves as a ticket, and stays until then."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from kiosk.session.model.intents import AccountGiven, InvitationWanted, Ticket
from kiosk.session.pages.views import AccountView
from kiosk.ui.widgets.button import Button
from tests.ui.conftest import Kiosk

EMPTY = AccountView("Which account?", "", "")
KNOWN = replace(EMPTY, email="office@lakesideoralsurgery.example")


def test_a_password_travels_as_a_ticket_and_is_forgotten(kiosk: Kiosk) -> None:
    kiosk.show(KNOWN)
    line = kiosk.find("Password", QLineEdit)
    QTest.keyClicks(line, "correct horse")
    kiosk.press("Continue")
    assert kiosk.asked == [AccountGiven("office@lakesideoralsurgery.example", Ticket(1))]
    assert kiosk.kept == ["correct horse"]
    assert line.text() == ""
    assert not line.isUndoAvailable()


def test_both_lines_are_needed(kiosk: Kiosk) -> None:
    kiosk.show(EMPTY)
    go_on = kiosk.find("Continue", Button)
    QTest.keyClicks(kiosk.find("Password", QLineEdit), "correct horse")
    assert not go_on.isEnabled()
    QTest.keyClicks(kiosk.find("E-mail", QLineEdit), "office@x.example")
    assert go_on.isEnabled()


def test_the_same_page_is_updated_in_place(kiosk: Kiosk) -> None:
    kiosk.show(KNOWN)
    page, line = kiosk.window.page, kiosk.find("Password", QLineEdit)
    QTest.keyClicks(line, "half a pass")
    kiosk.show(replace(KNOWN, text="Another sentence."))
    assert kiosk.window.page is page
    assert line.text() == "half a pass"


def test_nothing_can_be_changed_while_it_is_checked(kiosk: Kiosk) -> None:
    kiosk.show(KNOWN)
    QTest.keyClicks(kiosk.find("Password", QLineEdit), "correct horse")
    kiosk.show(replace(KNOWN, busy=True))
    assert not kiosk.find("Password", QLineEdit).isEnabled()
    kiosk.press("Continue")
    assert kiosk.asked == []


def test_without_an_invitation_there_is_no_button_and_nothing_moves(kiosk: Kiosk) -> None:
    def places() -> list[QPoint]:
        named = ("E-mail", "Password", "Continue")
        found = [kiosk.find(name, QWidget) for name in named]
        return [widget.mapTo(kiosk.window, QPoint(0, 0)) for widget in found]

    kiosk.show(EMPTY)
    before = places()
    kiosk.press("I have an invitation")
    kiosk.show(replace(EMPTY, invitation=""))
    assert places() == before
    with pytest.raises(AssertionError, match="0 visible"):
        kiosk.press("I have an invitation")
    assert kiosk.asked == [InvitationWanted()]


def test_work_begins_at_the_line_that_is_empty(kiosk: Kiosk) -> None:
    kiosk.show(KNOWN)
    assert kiosk.window.focusWidget() is kiosk.find("Password", QLineEdit)
