"""The PIN's page: sent at the last digit, dots on the screen and to assistive technology."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from kiosk.session.model.intents import PinComing, PinForgotten, PinGiven, Ticket
from kiosk.session.pages.views import PinView
from kiosk.ui.widgets.button import Button
from tests.ui.conftest import Kiosk

VIEW = PinView("Lena Park", "Enter your PIN.", length=6, round=1, forgotten="I forgot my PIN")


def typed(kiosk: Kiosk, digits: str) -> QImage:
    """How the line looks with these digits in it."""
    line = kiosk.find("PIN", QLineEdit)
    line.clear()
    QTest.keyClicks(line, digits)
    QApplication.processEvents()
    return line.grab().toImage()


@pytest.mark.parametrize("hand", ["glove", "keyboard"])
def test_it_is_given_at_the_last_digit_without_another_button(kiosk: Kiosk, hand: str) -> None:
    kiosk.show(VIEW)
    for place, digit in enumerate("409175"):
        assert kiosk.asked == ([PinComing()] if place == 5 else [])
        if hand == "glove":
            kiosk.press(digit)
        else:
            QTest.keyClicks(kiosk.find("PIN", QLineEdit), digit)
    assert kiosk.asked == [PinComing(), PinGiven(Ticket(1))]
    assert kiosk.kept == ["409175"]
    assert kiosk.find("PIN", QLineEdit).text() == ""


def test_a_digit_is_a_dot_whichever_it_is(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    assert typed(kiosk, "111") == typed(kiosk, "907")
    assert typed(kiosk, "1114") != typed(kiosk, "907")


def test_assistive_technology_is_told_how_many_digits_and_not_which(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    kinds = [kind for kind in QAccessible.Text if kind is not QAccessible.Text.UserText]
    read: list[set[str]] = []
    for digits in ("111", "907"):
        typed(kiosk, digits)
        line = kiosk.find("PIN", QLineEdit)
        interface = QAccessible.queryAccessibleInterface(line)
        read.append({interface.text(kind) for kind in kinds} | {line.displayText()})
    assert read[0] == read[1]
    assert not [text for text in read[1] if set("907") & set(text)]


def test_what_was_typed_goes_when_the_round_changes_and_not_before(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    line = kiosk.find("PIN", QLineEdit)
    QTest.keyClicks(line, "409")
    kiosk.show(replace(VIEW, text="Another sentence."))
    assert len(line.text()) == 3
    kiosk.show(replace(VIEW, round=2))
    assert line.text() == ""


def test_a_forgotten_pin_is_said_by_a_button_that_is_there_only_with_words(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    kiosk.press("I forgot my PIN")
    assert kiosk.asked == [PinForgotten()]
    kiosk.show(replace(VIEW, busy=True))
    assert not kiosk.find("I forgot my PIN", Button).isEnabled()
    kiosk.show(replace(VIEW, forgotten=""))
    with pytest.raises(AssertionError, match="0 visible"):
        kiosk.press("I forgot my PIN")
