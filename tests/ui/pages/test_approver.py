"""Whose code: the first stands out, everyone can be chosen, and nobody by accident twice."""

from dataclasses import replace

from PySide6.QtWidgets import QLabel

from kiosk.session.model.intents import ApproverChosen
from kiosk.session.pages.views import ApproverOption, ApproverView
from kiosk.ui.widgets.tile import Tile
from tests.ui.conftest import Kiosk

RIVERA = ApproverOption("a1", "Text Dr. Rivera", "Phone ending 21")
CHEN = ApproverOption("a2", "Text Dr. Chen", "Phone ending 84")
VIEW = ApproverView("Whose phone?", "", (RIVERA, CHEN), "Ask someone else")


def headings(kiosk: Kiosk) -> list[str]:
    return [label.text() for label in kiosk.window.findChildren(QLabel) if label.isVisible()]


def test_tab_leads_to_the_first_and_whose_phone_it_is_can_be_read(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    first = kiosk.find("Text Dr. Rivera", Tile)
    kiosk.tab()
    assert kiosk.window.focusWidget() is first
    assert first.accessibleDescription() == "Phone ending 21"


def test_a_press_chooses_the_one_pressed_after_the_list_changed(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    kiosk.show(replace(VIEW, options=(CHEN,)))
    kiosk.press("Text Dr. Chen")
    assert kiosk.asked == [ApproverChosen("a2")]


def test_one_approver_stands_alone(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    assert "Ask someone else" in headings(kiosk)
    kiosk.show(replace(VIEW, options=(RIVERA,)))
    assert "Ask someone else" not in headings(kiosk)
    assert [tile for tile in kiosk.window.findChildren(Tile) if tile.isVisible()] == [
        kiosk.find("Text Dr. Rivera", Tile)
    ]


def test_nobody_is_texted_twice(kiosk: Kiosk) -> None:
    kiosk.show(replace(VIEW, busy=True))
    kiosk.press("Text Dr. Rivera")
    kiosk.press("Text Dr. Chen")
    assert kiosk.asked == []


def test_an_app_is_another_way_of_the_same_person(kiosk: Kiosk) -> None:
    app = ApproverOption("a2", "Dr. Chen's app", "Nothing is texted", app=True)
    kiosk.show(replace(VIEW, options=(app, CHEN), others_heading="Another way"))
    assert "Another way" in headings(kiosk)
    kiosk.press("Dr. Chen's app")
    kiosk.press("Text Dr. Chen")
    assert kiosk.asked == [ApproverChosen("a2", app=True), ApproverChosen("a2")]
