"""One name: what there is to it, and nothing of it is removed by pressing Return."""

from kiosk.session.model.intents import BadgeTakenAway, NameRemoved, WentBack
from kiosk.session.pages.views import FactLine, NameView
from kiosk.ui.widgets.button import Button
from tests.ui.conftest import Kiosk
from tests.ui.pages.test_this_computer import facts

VIEW = NameView("Maria L.", "", (FactLine("Tile", "Set on this computer"),), "Remove this name")


def test_it_is_removed_by_its_button_and_not_by_return(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    focus = kiosk.window.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Back"
    kiosk.press("Remove this name")
    kiosk.press("Back")
    assert kiosk.asked == [NameRemoved(), WentBack()]
    assert list(facts(kiosk)) == ["Tile"]


def test_what_it_has_set_has_no_button(kiosk: Kiosk) -> None:
    kiosk.show(NameView("Maria L.", "", (FactLine("Tile", "Set by IT"),), ""))
    assert [each for each in kiosk.window.findChildren(Button) if "Remove" in each.text()] == []


def test_a_badge_is_taken_away_by_a_button_of_its_own(kiosk: Kiosk) -> None:
    kiosk.show(NameView("Maria L.", "", (), "Remove this name", "Take the badge away"))
    kiosk.press("Take the badge away")
    assert kiosk.asked == [BadgeTakenAway()]
