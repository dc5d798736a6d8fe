"""Terms: until when they govern, and whose tiles they list."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model.people import Person
from kiosk.session.model.terms import Attribution, Word
from tests.support import worlds as w

ACCOUNT = Person(w.OFFICE.id, w.OFFICE.label)
PEOPLE = st.lists(st.builds(Person, st.text(min_size=1), st.text()), max_size=5).map(tuple)


@given(st.integers(-(10**6), 10**6))
def test_it_governs_until_its_end_and_not_at_it(seconds: int) -> None:
    terms = replace(w.terms(), ends_at=w.NOON)
    assert terms.holds(w.NOON + timedelta(seconds=seconds)) == (seconds < 0)


def test_terms_that_were_set_at_the_computer_may_have_no_end() -> None:
    terms = replace(w.terms(), ends_at=None, word=Word.HERE)
    assert terms.holds(w.NOON + timedelta(days=4_000))


@given(PEOPLE, st.sampled_from(Attribution), st.booleans())
def test_names_are_tiles_only_where_several_share_the_account(
    people: tuple[Person, ...], attribution: Attribution, shared: bool
) -> None:
    account = replace(w.OFFICE, shared=shared)
    terms = replace(w.terms(), account=account, people=people, attribution=attribution)
    named = shared and attribution is Attribution.TAP and len(people) > 1
    assert terms.tiles() == (people if named else (ACCOUNT,))


@given(PEOPLE, st.text())
def test_only_a_tile_of_the_list_stands_for_someone(
    people: tuple[Person, ...], person_id: str
) -> None:
    terms = replace(w.terms(), people=people)
    found = terms.person(person_id)
    assert (found is None) == (person_id not in {p.id for p in terms.tiles()})
    assert found is None or found.id == person_id
