"""What the login screen paints first: read back as it was kept; a damaged file paints nothing."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.local.login_file import keep_painted, read_painted
from kiosk.session.model.painted import Painted
from kiosk.session.model.people import Person, Place
from kiosk.session.pages.painted import painted_login
from kiosk.session.step import first
from kiosk.session.view import view
from tests.support import worlds as w

WORDS = st.text(st.characters(exclude_categories=["Cs"]))
PAINTED = st.builds(
    Painted,
    location=WORDS,
    operatory=WORDS,
    zone=WORDS,
    tiles=st.lists(st.builds(Person, WORDS, WORDS), max_size=4).map(tuple),
    detail=WORDS,
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("login") / "login.json"


@given(painted=PAINTED)
def test_it_is_read_back_as_it_was_kept(place: Path, painted: Painted) -> None:
    keep_painted(place, painted)
    assert read_painted(place) == painted


@given(whatever=st.binary(max_size=200))
def test_whatever_lies_there_nothing_worse_happens_than_an_empty_screen(
    place: Path, whatever: bytes
) -> None:
    place.write_bytes(whatever)
    assert read_painted(place) is None or whatever


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda more: st.lists(more, max_size=3) | st.dictionaries(st.text(max_size=5), more),
)


@given(
    told=st.fixed_dictionaries(
        {
            "tiles": st.lists(st.fixed_dictionaries({"id": JSON, "name": JSON}), max_size=2) | JSON,
            "location": JSON,
            "operatory": JSON,
            "zone": JSON | st.sampled_from(["America", "../..", "\0", "Mars/Olympus"]),
            "detail": JSON,
        }
    )
)
def test_any_edited_file_can_be_painted(place: Path, told: dict[str, object]) -> None:
    """T12: someone edited it; the first page is made of it all the same."""
    place.write_text(json.dumps(told), "utf-8")
    state, _ = first(Place("", "", ""), read_painted(place))
    view(state, w.NOON)


def test_a_file_nested_beyond_reason_paints_nothing(place: Path) -> None:
    place.write_text("[" * 100_000, "utf-8")
    assert read_painted(place) is None


def test_no_file_paints_nothing(tmp_path: Path) -> None:
    assert read_painted(tmp_path / "none.json") is None
    assert read_painted(tmp_path) is None


def test_a_place_that_takes_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        keep_painted(tmp_path / "gone" / "login.json", Painted("", "", "", (), ""))


def test_who_came_in_last_is_painted_first_again(place: Path) -> None:
    painted = Painted("", "", "", (w.JAMES, w.MARIA), "", recent=(w.MARIA.id, w.JAMES.id))
    keep_painted(place, painted)
    assert read_painted(place) == painted
    shown = painted_login(w.PLACE, read_painted(place), w.NOON)
    assert [tile.person_id for tile in shown.tiles] == [w.MARIA.id, w.JAMES.id]


def test_it_holds_names_and_the_room_and_nothing_else(place: Path) -> None:
    """Design section 6: the login screen is plain JSON of what it shows to anyone walking up."""
    keep_painted(place, Painted("Main Street", "Op 3", "America/Chicago", (w.MARIA,), "Office"))
    told = json.loads(place.read_text("utf-8"))
    names = {"tiles", "floats", "names", "own", "recent"}
    assert set(told) == {"location", "operatory", "zone", "detail"} | names
    assert told["tiles"] == [{"id": w.MARIA.id, "name": w.MARIA.name}]


def test_personal_accounts_are_painted_again_and_an_older_file_has_none(place: Path) -> None:
    lena = Person("acc-lena", "Lena Park")
    painted = Painted("Main Street", "Op 3", "", (w.MARIA,), "Office", own=(lena,))
    keep_painted(place, painted)
    assert read_painted(place) == painted
    told = json.loads(place.read_text("utf-8"))
    del told["own"]
    place.write_text(json.dumps(told), "utf-8")
    assert read_painted(place) == Painted("Main Street", "Op 3", "", (w.MARIA,), "Office")


def test_floats_are_painted_again_and_an_older_file_has_none(place: Path) -> None:
    lena = Person("Lena P.", "Lena P.")
    painted = Painted("Main Street", "Op 3", "", (w.MARIA,), "Office", (lena,), names=True)
    keep_painted(place, painted)
    assert read_painted(place) == painted
    told = json.loads(place.read_text("utf-8"))
    del told["floats"], told["names"]
    place.write_text(json.dumps(told), "utf-8")
    assert read_painted(place) == Painted("Main Street", "Op 3", "", (w.MARIA,), "Office")
