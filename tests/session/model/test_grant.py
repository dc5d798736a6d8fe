"""The grant: until when it governs, and whose tiles it lists."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model.grant import Attribution
from kiosk.session.model.people import Person
from tests.support import worlds as w

ACCOUNT = Person(w.OFFICE.id, w.OFFICE.label)
PEOPLE = st.lists(st.builds(Person, st.text(min_size=1), st.text()), max_size=5).map(tuple)


@given(st.integers(-(10**6), 10**6))
def test_it_governs_until_its_end_and_not_at_it(seconds: int) -> None:
    grant = w.grant()
    at = grant.ends_at + timedelta(seconds=seconds)
    assert grant.holds(at) == (seconds < 0)


@given(PEOPLE, st.sampled_from(Attribution), st.booleans())
def test_names_are_tiles_only_where_several_share_the_account(
    people: tuple[Person, ...], attribution: Attribution, shared: bool
) -> None:
    account = replace(w.OFFICE, shared=shared)
    grant = replace(w.grant(), account=account, people=people, attribution=attribution)
    named = shared and attribution is Attribution.TAP and len(people) > 1
    assert grant.tiles() == (people if named else (ACCOUNT,))


@given(PEOPLE, st.text())
def test_only_a_tile_of_the_list_stands_for_someone(
    people: tuple[Person, ...], person_id: str
) -> None:
    grant = replace(w.grant(), people=people)
    found = grant.person(person_id)
    assert (found is None) == (person_id not in {p.id for p in grant.tiles()})
    assert found is None or found.id == person_id
