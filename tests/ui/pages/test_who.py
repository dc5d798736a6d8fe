"""*Change*: everyone who may be at the chair is one touch away, and the way back is too."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.session.model.intents import TileTapped, WentBack
from kiosk.session.model.people import SOMEONE_ELSE
from kiosk.session.pages.views import TileView, WhoView
from kiosk.ui.widgets.tile import Tile
from tests.ui.conftest import Kiosk

TILES = (
    TileView("per-maria", "Maria Lopez", "That is right", own=True),
    TileView("per-james", "James Carter", "It was me"),
    TileView(SOMEONE_ELSE, "Someone else", "Here for the day"),
)
VIEW = WhoView("Who is here?", "", TILES)


def test_a_touch_says_who_it_was(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    kiosk.press("James Carter")
    kiosk.press("Someone else")
    assert kiosk.asked == [TileTapped("per-james"), TileTapped(SOMEONE_ELSE)]


def test_the_keyboard_begins_at_the_name_that_stands(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    kiosk.tab()
    assert kiosk.window.focusWidget() is kiosk.find("Maria Lopez", Tile)
    QTest.keyClick(kiosk.find("Maria Lopez", Tile), Qt.Key.Key_Escape)
    assert kiosk.asked == [WentBack()]
