"""Who and where."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model import people
from kiosk.session.model.people import Account, Role
from tests.support.vocabulary import can_change, classes


@given(st.frozensets(st.sampled_from(Role)), st.booleans())
def test_privileged_is_whoever_may_more_than_a_member(roles: frozenset[Role], shared: bool) -> None:
    """Facts.md S7."""
    account = Account("a", "A", shared, roles)
    assert account.privileged == (Role.PROVIDER in roles or Role.ADMIN in roles)


def test_values_only() -> None:
    assert [kind.__name__ for kind in classes(people) if can_change(kind)] == []
