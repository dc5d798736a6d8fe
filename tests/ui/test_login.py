"""The login screen: one's own tile first and in focus, and each tap for the tile it was on."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.session.intents import ThisComputerWanted, TileTapped
from kiosk.session.people import OWN_LOGIN, SOMEONE_ELSE
from kiosk.session.views import LoginView, TileView
from kiosk.ui.login import FEW
from kiosk.ui.sign import Sign
from kiosk.ui.tile import Tile
from tests.ui.conftest import Kiosk

MARIA = TileView("p1", "Maria Lopez", "Office Assistant", own=True)
JAMES = TileView("p2", "James Carter", "Office Assistant")
AISHA = TileView("p3", "Aisha Khan", "Office Assistant")
VIEW = LoginView(
    "Op 3", "Main Street", "7:52 am", "Monday, November 23", "Tap your name", (MARIA, JAMES, AISHA)
)


def on_show(kiosk: Kiosk) -> list[Tile]:
    tiles = [tile for tile in kiosk.window.findChildren(Tile) if tile.isVisible()]
    return sorted(tiles, key=lambda tile: (tile.y(), tile.x()))


def test_ones_own_tile_is_first_and_return_is_enough(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    assert [tile.text() for tile in on_show(kiosk)] == ["Maria Lopez", "James Carter", "Aisha Khan"]
    focus = kiosk.window.focusWidget()
    assert focus is on_show(kiosk)[0]
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert kiosk.asked == [TileTapped("p1")]


def test_a_tap_means_the_name_on_the_tile_after_the_order_changed(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    kiosk.show(replace(VIEW, tiles=(AISHA, MARIA)))
    kiosk.press("Aisha Khan")
    assert kiosk.asked == [TileTapped("p3")]
    assert len(on_show(kiosk)) == 2


def test_a_name_that_moved_under_the_finger_enters_nobody(kiosk: Kiosk) -> None:
    """News from another room comes at any moment: found by attack."""
    kiosk.show(VIEW)
    tile = kiosk.find("James Carter", Tile)
    QTest.mousePress(tile, Qt.MouseButton.LeftButton)
    kiosk.show(replace(VIEW, tiles=(MARIA, TileView("p4", "Ana B.", ""), JAMES, AISHA)))
    QTest.mouseRelease(tile, Qt.MouseButton.LeftButton)
    assert kiosk.asked == []
    QTest.mouseClick(kiosk.find("Ana B.", Tile), Qt.MouseButton.LeftButton)
    assert kiosk.asked == [TileTapped("p4")]


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (FEW, 1), (FEW + 1, 2), (24, 2)])
def test_few_people_have_one_column(kiosk: Kiosk, count: int, columns: int) -> None:
    tiles = tuple(TileView(f"p{n}", f"Person {n}", "") for n in range(count))
    kiosk.show(replace(VIEW, tiles=tiles))
    assert len({tile.x() for tile in on_show(kiosk)}) == columns


def test_who_has_a_login_of_their_own_is_told_apart_and_reported_alike(kiosk: Kiosk) -> None:
    lena = TileView("o1", "Lena Park", "Own login", personal=True)
    shared = replace(lena, personal=False)
    kiosk.show(replace(VIEW, tiles=(MARIA, shared), own_login="My own login"))
    tile = kiosk.find("Lena Park", Tile)
    before = tile.grab().toImage()
    kiosk.show(replace(VIEW, tiles=(MARIA, lena), own_login="My own login"))
    assert tile.grab().toImage() != before
    kiosk.press("Lena Park")
    kiosk.press("My own login")
    assert kiosk.asked == [TileTapped("o1"), TileTapped(OWN_LOGIN)]


def test_the_tile_that_stands_for_nobody_yet_has_a_picture_of_its_own(kiosk: Kiosk) -> None:
    looks = []
    for person_id in ("p9", SOMEONE_ELSE):
        kiosk.show(replace(VIEW, tiles=(MARIA, TileView(person_id, "Sam Ong", ""))))
        looks.append(kiosk.find("Sam Ong", Tile).grab().toImage())
    assert looks[0] != looks[1]


def test_more_is_there_only_where_there_is_more(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    kiosk.press("More")
    assert kiosk.asked == [ThisComputerWanted()]
    kiosk.show(replace(VIEW, more=False))
    with pytest.raises(AssertionError, match="0 visible"):
        kiosk.press("More")


def test_a_screen_without_people_still_has_somewhere_to_begin(kiosk: Kiosk) -> None:
    kiosk.show(replace(VIEW, tiles=()))
    focus = kiosk.window.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "More"


def test_a_locked_screen_is_another_colour(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    sign = kiosk.window.findChildren(Sign)[0]
    before = sign.grab().toImage().pixelColor(2, 2)
    kiosk.show(replace(VIEW, locked=True))
    assert sign.grab().toImage().pixelColor(2, 2) != before
