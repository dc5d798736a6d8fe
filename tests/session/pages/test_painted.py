"""The painted login screen: what the file says, and nobody is let in by it."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model.painted import Painted
from kiosk.session.model.people import SOMEONE_ELSE, Person, Place
from kiosk.session.pages.painted import own_tile, painted_login, someone_else
from kiosk.session.step import first
from kiosk.session.view import view
from tests.support import worlds as w

PAINTED = Painted("Main Street", "Op 3", "America/Chicago", (w.MARIA, w.JAMES), "Office Assistant")
NOWHERE = Place("", "", "")


def test_it_shows_room_time_and_tiles_and_offers_nothing_that_is_not_there_yet() -> None:
    page = painted_login(NOWHERE, PAINTED, w.NOON)
    assert (page.room, page.location) == ("Op 3", "Main Street")
    assert [(tile.name, tile.detail) for tile in page.tiles] == [
        (w.MARIA.name, "Office Assistant"),
        (w.JAMES.name, "Office Assistant"),
    ]
    assert page.heading == "Tap your name"
    assert not page.more
    assert not page.status


def test_the_settings_name_the_room_before_the_file_does() -> None:
    page = painted_login(Place("", "Harbor", "Op 1"), PAINTED, w.NOON)
    assert (page.room, page.location) == ("Op 1", "Harbor")


def test_without_a_file_there_is_a_room_and_nobody() -> None:
    page = painted_login(Place("", "Harbor", "Op 1"), None, w.NOON)
    assert (page.room, page.tiles, page.heading) == ("Op 1", (), "Tap to start")


def test_the_tile_that_stands_for_nobody_yet_turns_when_it_was_tapped() -> None:
    assert not someone_else(waiting=w.MARIA.id).waiting
    assert someone_else(waiting=SOMEONE_ELSE).waiting


def test_a_personal_account_is_painted_as_one() -> None:
    lena = Person("acc-lena", "Lena Park")
    tile = own_tile(lena, mine=lena.id)
    assert (tile.personal, tile.own, tile.waiting) == (True, True, False)
    assert own_tile(lena, waiting=lena.id).waiting


@given(st.sampled_from([None, PAINTED]), st.sampled_from([NOWHERE, Place("", "Harbor", "Op 1")]))
def test_the_core_paints_the_same_so_that_nothing_flickers(
    painted: Painted | None, place: Place
) -> None:
    """The front paints before the core is imported; the core's first page is the same."""
    state, _ = first(place, painted)
    assert view(state, w.NOON) == painted_login(place, painted, w.NOON)
