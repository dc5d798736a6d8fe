"""The login screen: one's own tile first and in focus, and each tap for the tile it was on."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from kiosk.session.model.intents import ThisComputerWanted, TileTapped, WipeWanted
from kiosk.session.model.people import OWN_LOGIN, SOMEONE_ELSE
from kiosk.session.pages.painted import someone_else
from kiosk.session.pages.views import LoginView, NamingView, TileView, View
from kiosk.ui.look import labels
from kiosk.ui.look.pitch import Pitch
from kiosk.ui.look.theme import look
from kiosk.ui.pages.login import MANY, LoginPage
from kiosk.ui.pages.sign import Sign
from kiosk.ui.widgets.button import Button
from kiosk.ui.widgets.tile import Tile
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


def heading(kiosk: Kiosk) -> str:
    page = kiosk.window.page
    assert isinstance(page, LoginPage)
    return page._heading.text()


def test_ones_own_tile_is_first_and_return_is_enough(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    assert [tile.text() for tile in on_show(kiosk)] == ["Maria Lopez", "James Carter", "Aisha Khan"]
    assert kiosk.window.focusWidget() is kiosk.window.page
    kiosk.tab()
    focus = kiosk.window.focusWidget()
    assert focus is on_show(kiosk)[0]
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert kiosk.asked == [TileTapped("p1")]


@pytest.mark.parametrize("locked", [False, True])
@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_no_key_presses_a_tile_before_the_keyboard_led_to_it(
    kiosk: Kiosk, key: Qt.Key, locked: bool
) -> None:
    kiosk.show(replace(VIEW, locked=locked))
    typed_at = kiosk.window.focusWidget()
    assert typed_at is not None
    QTest.keyClick(typed_at, key)
    assert kiosk.asked == []


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Tab]
)
def test_the_keyboard_leads_to_the_first_tile(kiosk: Kiosk, key: Qt.Key) -> None:
    kiosk.show(VIEW)
    assert kiosk.window.page is not None
    QTest.keyClick(kiosk.window.page, key)
    assert kiosk.window.focusWidget() is on_show(kiosk)[0]


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


COVER = replace(VIEW, heading="Locked for Maria Lopez", locked=True, more=False)
TAPPED = replace(VIEW, tiles=(replace(AISHA, waiting=True), JAMES, replace(MARIA, own=False)))


def test_nothing_moves_under_the_finger_that_taps_on_anothers_cover(kiosk: Kiosk) -> None:
    """The login screen's own order would stand there for a moment, and be waited for."""
    kiosk.show(COVER)
    before = [(tile.text(), tile.geometry()) for tile in on_show(kiosk)]
    kiosk.show(TAPPED)
    assert [(tile.text(), tile.geometry()) for tile in on_show(kiosk)] == before
    assert heading(kiosk) == "Locked for Maria Lopez"
    assert [tile.has_end for tile in on_show(kiosk)] == [True, False, True]
    kiosk.show(replace(TAPPED, tiles=(AISHA, JAMES, MARIA)))
    assert on_show(kiosk)[0].text() == "Aisha Khan"


@pytest.mark.parametrize(
    "other",
    [
        replace(TAPPED, busy=True),
        replace(TAPPED, clock="7:53 am"),
        replace(TAPPED, tiles=TAPPED.tiles[:2]),
        replace(TAPPED, tiles=(*TAPPED.tiles[:2], replace(MARIA, name="Maria Lopez-Diaz"))),
    ],
)
def test_a_tap_that_has_to_wait_or_other_people_are_shown_as_they_are(
    kiosk: Kiosk, other: LoginView
) -> None:
    kiosk.show(COVER)
    kiosk.show(other)
    assert heading(kiosk) == "Tap your name"
    assert on_show(kiosk)[0].text() == "Aisha Khan"


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


def test_a_foot_that_answers_nobody_looks_it_and_moves_no_tile(kiosk: Kiosk) -> None:
    free = replace(VIEW, own_login="My own login")
    kiosk.show(free)
    places = [tile.geometry() for tile in on_show(kiosk)]
    for busy in (True, False):
        kiosk.show(replace(free, busy=busy))
        for name in ("My own login", labels.MORE):
            assert kiosk.find(name, Button).isEnabled() is not busy
        assert [tile.geometry() for tile in on_show(kiosk)] == places
    assert kiosk.window.focusWidget() is kiosk.window.page


def test_the_tiles_that_stand_for_nobody_yet_have_pictures_of_their_own(kiosk: Kiosk) -> None:
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
    kiosk.tab()
    focus = kiosk.window.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "More"


def test_a_locked_screen_is_another_colour(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    sign = kiosk.window.findChildren(Sign)[0]
    before = sign.grab().toImage().pixelColor(2, 2)
    kiosk.show(replace(VIEW, locked=True))
    assert sign.grab().toImage().pixelColor(2, 2) != before


STAFF = (
    *(TileView(f"s{n}", f"Person {n}", "Office Assistant") for n in range(30)),
    TileView("s90", "Emily Sørensen", "Office Assistant"),
    TileView("s91", "Marta Lopez", "Office Assistant"),
)
CROWD = replace(VIEW, tiles=(MARIA, *STAFF, someone_else()))
LAST = ["Someone else"]


def names(kiosk: Kiosk) -> list[str]:
    return [tile.text() for tile in on_show(kiosk)]


def typed(kiosk: Kiosk, keys: str) -> None:
    """Where the keyboard is, key by key: the first one may move it."""
    for key in keys:
        focus = kiosk.window.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, key)
    QApplication.processEvents()


def test_a_small_clinic_has_no_search(kiosk: Kiosk) -> None:
    kiosk.show(replace(CROWD, tiles=CROWD.tiles[-MANY:]))
    assert not [line for line in kiosk.window.findChildren(QLineEdit) if line.isVisible()]
    typed(kiosk, "marta")
    assert len(on_show(kiosk)) == MANY


def test_among_many_return_still_enters_the_first(kiosk: Kiosk) -> None:
    kiosk.show(CROWD)
    assert kiosk.find("Search names", QLineEdit).isVisible()
    kiosk.tab()
    assert kiosk.window.focusWidget() is on_show(kiosk)[0]
    QTest.keyClick(on_show(kiosk)[0], Qt.Key.Key_Return)
    assert kiosk.asked == [TileTapped("p1")]


def test_typing_anywhere_narrows_to_the_name_and_return_taps_the_only_one(kiosk: Kiosk) -> None:
    kiosk.show(CROWD)
    typed(kiosk, "mar")
    assert names(kiosk) == ["Maria Lopez", "Marta Lopez", *LAST]
    typed(kiosk, "\r")
    assert kiosk.asked == []
    typed(kiosk, "t")
    assert names(kiosk) == ["Marta Lopez", *LAST]
    typed(kiosk, "\r")
    assert kiosk.asked == [TileTapped("s91")]


def test_a_space_in_a_name_presses_no_tile(kiosk: Kiosk) -> None:
    kiosk.show(CROWD)
    typed(kiosk, "soren em")
    assert names(kiosk) == ["Emily Sørensen", *LAST]
    assert kiosk.asked == []


def test_a_name_that_nobody_has_says_so_and_return_enters_nobody(kiosk: Kiosk) -> None:
    kiosk.show(CROWD)
    typed(kiosk, "zz\r")
    assert names(kiosk) == LAST
    assert kiosk.asked == []
    (said,) = [
        each
        for each in kiosk.window.findChildren(QLabel)
        if each.isVisible() and each.text() == VIEW.nobody
    ]
    typed(kiosk, "\b\b")
    assert not said.isVisible()
    assert len(on_show(kiosk)) == len(CROWD.tiles)


def test_tiles_keep_size_and_place_however_few_are_left(kiosk: Kiosk) -> None:
    kiosk.show(CROWD)
    before = on_show(kiosk)[0].geometry()
    typed(kiosk, "marta")
    assert on_show(kiosk)[0].geometry() == before


def test_news_leaves_what_was_typed(kiosk: Kiosk) -> None:
    kiosk.show(CROWD)
    typed(kiosk, "mar")
    kiosk.show(replace(CROWD, clock="7:53 am", tiles=CROWD.tiles[1:]))
    assert names(kiosk) == ["Marta Lopez", *LAST]
    kiosk.show(VIEW)
    assert names(kiosk) == ["Maria Lopez", "James Carter", "Aisha Khan"]


def test_escape_and_backspace_lead_back(kiosk: Kiosk) -> None:
    kiosk.show(CROWD)
    typed(kiosk, "mar")
    line = kiosk.find("Search names", QLineEdit)
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert kiosk.window.focusWidget() is on_show(kiosk)[0]
    QTest.keyClick(on_show(kiosk)[0], Qt.Key.Key_Backspace)
    assert line.text() == "ma"
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert len(on_show(kiosk)) == len(CROWD.tiles)
    assert kiosk.window.focusWidget() is on_show(kiosk)[0]


@pytest.mark.parametrize("modifier", ["ControlModifier", "AltModifier", "MetaModifier"])
def test_a_shortcut_is_no_name(kiosk: Kiosk, modifier: str) -> None:
    kiosk.show(CROWD)
    held = Qt.KeyboardModifier[modifier]
    QTest.keyClick(on_show(kiosk)[0], Qt.Key.Key_M, held)
    assert kiosk.find("Search names", QLineEdit).text() == ""


@pytest.mark.parametrize("after", [replace(VIEW, locked=True), NamingView("Who are you?", "")])
def test_what_was_typed_goes_with_the_page(kiosk: Kiosk, after: View) -> None:
    kiosk.show(CROWD)
    typed(kiosk, "mar")
    kiosk.show(NamingView("Who are you?", ""))
    assert not [each for each in kiosk.window.findChildren(Tile) if each.text()]
    kiosk.show(after)
    kiosk.show(CROWD)
    assert kiosk.find("Search names", QLineEdit).text() == ""
    assert len(on_show(kiosk)) == len(CROWD.tiles)
    assert kiosk.window.focusWidget() is kiosk.window.page


def test_a_blanked_page_shows_nobody_even_where_it_is_not_hidden(kiosk: Kiosk) -> None:
    kiosk.show(CROWD)
    typed(kiosk, "mar")
    page = kiosk.window.page
    assert page is not None
    page.blank()
    assert not [each for each in kiosk.window.findChildren(Tile) if each.text()]


def test_gloved_hands_find_a_name(kiosk: Kiosk) -> None:
    kiosk.show(CROWD)
    kiosk.press("Search names")
    QApplication.processEvents()
    for letter in "MART":
        kiosk.press(letter)
        QApplication.processEvents()
    kiosk.press("Marta Lopez")
    assert kiosk.asked == [TileTapped("s91")]


@pytest.mark.parametrize("wide", [1280, 560])
def test_the_search_stands_beside_the_heading_where_there_is_room(kiosk: Kiosk, wide: int) -> None:
    kiosk.window.resize(wide, 800)
    kiosk.show(CROWD)
    QApplication.processEvents()
    line = kiosk.find("Search names", QLineEdit)
    (head,) = [each for each in kiosk.window.findChildren(QLabel) if each.text() == VIEW.heading]
    beside = line.mapTo(kiosk.window, line.rect().center()).y()
    heading = head.mapTo(kiosk.window, head.rect().center()).y()
    assert (abs(beside - heading) < 8) is (wide == 1280)


@pytest.mark.parametrize("locked", [False, True])
def test_the_screen_is_wiped_with_one_tap_from_login_and_cover(kiosk: Kiosk, locked: bool) -> None:
    kiosk.show(replace(VIEW, locked=locked))
    kiosk.press("Wipe screen")
    assert kiosk.asked == [WipeWanted()]
    kiosk.show(replace(VIEW, locked=locked, busy=True))
    assert not kiosk.find("Wipe screen", Button).isEnabled()


@pytest.mark.parametrize("status", ["", "Dr. Rivera's code is needed."])
@pytest.mark.parametrize("width", [640, 768, 1024, 1280, 1920])
@pytest.mark.parametrize("text", [1.0, 1.5, 2.0])
def test_the_foot_keeps_inside_the_page(
    qapp: QApplication, qtbot: QtBot, status: str, width: int, text: float
) -> None:
    """Its words give way to their icons before a button is cut."""
    page = LoginPage(look(pitch=Pitch(text=text)))
    qtbot.addWidget(page)
    page.show_view(replace(VIEW, status=status, own_login="My own login"))
    page.resize(width, 768)
    page.show()
    QApplication.processEvents()
    buttons = [each for each in page.findChildren(Button) if each.isVisible()]
    assert len(buttons) == 3
    for each in buttons:
        assert page.rect().contains(QRect(each.mapTo(page, QPoint(0, 0)), each.size()))
    spans = sorted((each.geometry().left(), each.geometry().right()) for each in buttons)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
