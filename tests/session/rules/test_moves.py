"""What every rule is made of."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model import effects as do
from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.people import Account, Person, Role, Strength
from kiosk.session.model.state import AtLogin, Known, Session
from kiosk.session.rules.moves import (
    Step,
    apply_terms,
    forbidden,
    numbered,
    person_of,
    recorded,
)
from tests.support import worlds as w

KNOWN = Known(w.PLACE, w.OFFICE, w.trust(), w.terms(), w.DEVICE)
SESSION = Session(w.OFFICE, w.MARIA, Strength.TILE, w.NOON, 1, id="ses-1")
ROLES = st.frozensets(st.sampled_from(Role))


@given(st.integers(0, 50))
def test_numbers_are_never_given_twice(times: int) -> None:
    known, given_out = KNOWN, []
    for _ in range(times):
        known, attempt = numbered(known)
        given_out.append(attempt)
    assert len(set(given_out)) == times
    assert 0 not in given_out


@given(st.sampled_from(Act), st.sampled_from(Cause))
def test_a_record_is_fixed_in_the_act(act: Act, cause: Cause) -> None:
    """Law 4: whoever comes after, it names who was there."""
    known, keep = recorded(KNOWN, w.NOON, act, cause, SESSION)
    assert known.next_sequence == KNOWN.next_sequence + 1
    record = keep.record
    assert (record.actor, record.account, record.strength) == ("per-maria", "acc-office", "tile")
    assert (record.sequence, record.at, record.device) == (1, w.NOON, w.DEVICE)


@given(ROLES, st.booleans())
def test_a_shared_account_may_be_a_member_and_nothing_more(
    roles: frozenset[Role], shared: bool
) -> None:
    """Law 6, facts.md S7."""
    refusal = forbidden(Account("a", "A", shared, roles))
    assert (refusal is not None) == (shared and bool(roles & {Role.PROVIDER, Role.ADMIN}))


def test_a_grant_is_painted_when_it_changes_the_login_screen_and_only_then() -> None:
    known, effects = apply_terms(KNOWN, w.terms())
    assert [type(e) for e in effects] == [do.KeepPainted]
    known, effects = apply_terms(known, w.terms())
    assert effects == ()
    _, effects = apply_terms(known, replace(w.terms(), operatory="Op 4"))
    assert [type(e) for e in effects] == [do.KeepPainted]


def test_who_a_tile_stands_for() -> None:
    assert person_of(KNOWN, "per-james", w.NOON) == w.JAMES
    assert person_of(KNOWN, "acc-office", w.NOON) is None
    without = replace(KNOWN, terms=None)
    assert person_of(without, "per-james", w.NOON) is None
    assert person_of(without, "acc-office", w.NOON) == Person("acc-office", "Office Assistant")
    assert person_of(replace(without, account=None), "", w.NOON) is None


def test_effects_are_added_before_and_after() -> None:
    close, end = do.ClosePage(finished=True), do.EndSession("ses-1")
    step = Step(KNOWN, AtLogin(), (close,))
    assert step.then(end).effects == (close, end)
    assert step.after(end).effects == (end, close)
