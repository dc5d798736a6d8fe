"""A page that tells: one thing to do, and never a removal by the first key."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.session.model.intents import Continued, Intent, RemovalConfirmed, RetryWanted, WentBack
from kiosk.session.pages.views import TellingView, Tone
from kiosk.ui.widgets.button import Button
from tests.ui.conftest import Kiosk

VIEW = TellingView(Tone.INFO, "One tap from now on.", "This computer is ready.", (), "Go on")


@pytest.mark.parametrize(
    ("view", "intent"),
    [
        (VIEW, Continued()),
        (replace(VIEW, retry=True), RetryWanted()),
        (replace(VIEW, removal=True), RemovalConfirmed()),
    ],
)
def test_its_one_button_says_what_was_wanted(
    kiosk: Kiosk, view: TellingView, intent: Intent
) -> None:
    kiosk.show(view)
    kiosk.press("Go on")
    assert kiosk.asked == [intent]


def test_the_keyboard_begins_at_the_way_back_where_something_is_removed(kiosk: Kiosk) -> None:
    """Law 13: a key that was meant for the page before removes no computer."""
    kiosk.show(replace(VIEW, removal=True, secondary="Cancel"))
    back = kiosk.find("Cancel", Button)
    assert kiosk.window.focusWidget() is back
    QTest.keyClick(back, Qt.Key.Key_Escape)
    assert kiosk.asked == [WentBack()]


def test_while_it_is_under_way_nothing_is_asked_again(kiosk: Kiosk) -> None:
    kiosk.show(replace(VIEW, busy=True))
    assert not kiosk.find("Go on", Button).isEnabled()
