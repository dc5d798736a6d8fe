"""What a person can ask: closed, frozen, undated; a typed secret is only ever a ticket."""

import typing

import pytest

from kiosk.session.model import intents as want
from kiosk.session.model.intents import Ticket
from tests.support.vocabulary import can_change, fields_of, unlisted

INTENTS = typing.get_args(want.Intent)


def test_the_union_lists_every_intent() -> None:
    assert unlisted(want, want.Intent) == set()


@pytest.mark.parametrize("kind", INTENTS)
def test_each_is_frozen_and_without_a_time(kind: type) -> None:
    assert not can_change(kind)
    assert "at" not in fields_of(kind)


def test_what_is_typed_in_secret_travels_as_a_ticket() -> None:
    assert fields_of(want.AccountGiven)["password"] is Ticket
    assert fields_of(want.CodeGiven)["code"] is Ticket
    assert fields_of(want.PinGiven)["pin"] is Ticket
    assert fields_of(want.InvitationGiven)["link"] is Ticket
    assert fields_of(want.SetUpGiven)["password"] is Ticket
