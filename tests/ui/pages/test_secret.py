"""A page with one secret line: focused, complete before it can be sent, sent once, kept nowhere."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from kiosk.session.pages.views import InvitationView, LoginView, Notice, PasswordView, Tone
from kiosk.ui.widgets.button import Button
from tests.ui.conftest import Kiosk

PAGES = [
    ("New password", PasswordView("Type the new password", "")),
    ("Link", InvitationView("Your invitation", "")),
]


@pytest.mark.parametrize(("name", "view"), PAGES)
def test_work_begins_at_the_line_and_needs_something_typed(
    kiosk: Kiosk, name: str, view: PasswordView | InvitationView
) -> None:
    kiosk.show(view)
    line = kiosk.find(name, QLineEdit)
    assert kiosk.window.focusWidget() is line
    assert not kiosk.find("Continue", Button).isEnabled()
    QTest.keyClicks(line, "   ")
    assert not kiosk.find("Continue", Button).isEnabled()
    QTest.keyClicks(line, "x")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert kiosk.kept == ["   x"]
    assert len(kiosk.asked) == 1


@pytest.mark.parametrize(("name", "view"), PAGES)
def test_it_is_given_once(kiosk: Kiosk, name: str, view: PasswordView | InvitationView) -> None:
    kiosk.show(replace(view, busy=True))
    kiosk.press("Continue")
    assert kiosk.asked == []
    assert not kiosk.find(name, QLineEdit).isEnabled()


@pytest.mark.parametrize(("name", "view"), PAGES)
def test_what_was_begun_stays_while_a_reason_is_said_and_goes_with_the_page(
    kiosk: Kiosk, name: str, view: PasswordView | InvitationView
) -> None:
    kiosk.show(view)
    line = kiosk.find(name, QLineEdit)
    QTest.keyClicks(line, "four")
    kiosk.show(replace(view, notice=Notice(Tone.WARNING, "No internet.")))
    assert line.text() == "four"
    kiosk.show(LoginView("Op 3", "Main Street", "", "", "", ()))
    assert line.text() == ""
