"""*Names*: every name is one touch away, and so is a new one."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.session.model.intents import NameAddWanted, TileTapped, WentBack
from kiosk.session.pages.views import NamesView, TileView
from kiosk.ui.widgets.button import Button
from kiosk.ui.widgets.tile import Tile
from tests.ui.conftest import Kiosk

TILES = (TileView("Maria L.", "Maria L.", "Set by IT"), TileView("Jo P.", "Jo P.", ""))
VIEW = NamesView("Names", "", TILES, "Add a name")


def test_a_touch_says_which_name_or_a_new_one(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    kiosk.press("Jo P.")
    kiosk.press("Add a name")
    assert kiosk.asked == [TileTapped("Jo P."), NameAddWanted()]


def test_without_a_name_there_is_one_thing_to_press(kiosk: Kiosk) -> None:
    kiosk.show(NamesView("Names", "", (), "Add a name"))
    kiosk.tab()
    assert kiosk.window.focusWidget() is kiosk.find("Add a name", Button)


def test_while_a_change_is_kept_there_is_no_next_one(kiosk: Kiosk) -> None:
    kiosk.show(NamesView("Names", "", TILES, "Add a name", busy=True))
    assert not kiosk.find("Add a name", Button).isEnabled()


def test_the_keyboard_begins_at_the_first_name_and_leads_back(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    kiosk.tab()
    assert kiosk.window.focusWidget() is kiosk.find("Maria L.", Tile)
    QTest.keyClick(kiosk.find("Maria L.", Tile), Qt.Key.Key_Escape)
    assert kiosk.asked == [WentBack()]
