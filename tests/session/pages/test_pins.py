"""The pages of a personal account: plain words, and what a person may do in a word or two."""

import pytest

from kiosk.session.model.intents import PinGiven, Ticket
from kiosk.session.model.people import Account, Role
from kiosk.session.pages.pins import role_of
from kiosk.session.pages.views import PinView
from tests.support.script import Script


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        ({Role.MEMBER}, "Member"),
        ({Role.MEMBER, Role.PROVIDER}, "Provider"),
        ({Role.PROVIDER, Role.ADMIN}, "Provider, admin"),
        ({Role.ADMIN}, "Admin"),
        (set(), "Member"),
    ],
)
def test_the_right_role_is_said(roles: set[Role], said: str) -> None:
    """facts.md S1."""
    assert role_of(Account("a", "A", False, frozenset(roles))) == said


def test_busy_while_it_opens_and_never_two_at_once() -> None:
    page = Script.at_own_pin().wants(PinGiven(Ticket(61))).sees(PinView)
    assert page.busy
    assert page.length == 6
