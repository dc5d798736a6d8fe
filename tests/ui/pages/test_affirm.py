"""New computer, third page: what is affirmed is on the screen, and one press affirms it."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from kiosk.session.model.intents import SecurePlaceAffirmed
from kiosk.session.pages.views import AffirmView
from kiosk.ui.widgets.button import Button
from tests.ui.conftest import Kiosk

VIEW = AffirmView("A safe place?", "", ("Only staff reach it.", "It asks for a login."), "Yes")


def test_the_condition_is_read_before_it_is_affirmed(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    seen = [label.text() for label in kiosk.window.findChildren(QLabel) if label.isVisible()]
    assert set(VIEW.points) <= set(seen)


def test_one_press_affirms_and_the_focus_is_on_it(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    assert kiosk.window.focusWidget() is kiosk.find("Yes", Button)
    QTest.keyClick(kiosk.find("Yes", Button), Qt.Key.Key_Return)
    assert kiosk.asked == [SecurePlaceAffirmed()]


def test_it_is_affirmed_once(kiosk: Kiosk) -> None:
    kiosk.show(replace(VIEW, busy=True))
    kiosk.press("Yes")
    assert kiosk.asked == []
