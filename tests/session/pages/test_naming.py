"""The tiles: one's own first, then the list, then the floats, and last whoever is neither."""

from dataclasses import replace
from datetime import timedelta

from kiosk.session.model import state as s
from kiosk.session.model.people import SOMEONE_ELSE, Person, SelfNamed, Strength
from kiosk.session.model.terms import Attribution
from kiosk.session.model.trust import NoTrust
from kiosk.session.pages.naming import naming, people_of, tiles_of, who
from tests.support import worlds as w

LENA = SelfNamed("Lena P.", w.NOON + timedelta(hours=3))
KNOWN = replace(w.opened().known, self_named=(LENA,))


def test_the_order_of_the_tiles_and_what_stands_below_each_name() -> None:
    tiles = tiles_of(KNOWN, w.NOON, w.JAMES, "Office Assistant", "Tap to continue", w.MARIA.id)
    assert [(t.name, t.detail) for t in tiles] == [
        (w.JAMES.name, "Tap to continue"),
        (w.MARIA.name, "Office Assistant"),
        ("Lena P.", "Here for the day"),
        ("Someone else", "Here for the day"),
    ]
    assert [t.person_id for t in tiles if t.own] == [w.JAMES.id]
    assert [t.person_id for t in tiles if t.waiting] == [w.MARIA.id]
    assert tiles[-1].person_id == SOMEONE_ELSE


def test_without_trust_every_tile_says_whose_code() -> None:
    known = replace(KNOWN, trust=NoTrust.REMOVED)
    tiles = tiles_of(known, w.NOON, None, "Dr. Rivera's code needed", "")
    assert {t.detail for t in tiles} == {"Dr. Rivera's code needed"}


def test_with_naming_off_there_is_the_account_alone() -> None:
    assert KNOWN.terms is not None
    known = replace(KNOWN, terms=replace(KNOWN.terms, attribution=Attribution.OFF))
    assert people_of(known, w.NOON) == (Person(w.OFFICE.id, w.OFFICE.label),)
    assert [t.name for t in tiles_of(known, w.NOON, None, "", "")] == [w.OFFICE.label]


def test_a_page_that_asks_for_a_name_says_how_long_it_stands() -> None:
    assert "until midnight" in naming(s.Naming()).text
    assert naming(s.Naming()).notice is None
    assert naming(s.Naming(unclear=True)).notice is not None


def test_change_says_that_nothing_is_erased() -> None:
    session = s.Session(w.OFFICE, w.MARIA, Strength.TILE, w.NOON, 1)
    page = who(KNOWN, s.Correcting(session), w.NOON)
    assert page.text.startswith("What was done so far stays noted for Maria Lopez")
    assert page.tiles[0].detail == "That is right"
