"""The inputs of the core: closed, frozen, dated; answers carry their number."""

import typing
from datetime import datetime

import pytest

from kiosk.session.model import events as said
from tests.support.vocabulary import can_change, fields_of, unlisted

EVENTS = typing.get_args(said.Event)


def test_the_union_lists_every_event() -> None:
    assert unlisted(said, said.Event) == set()


@pytest.mark.parametrize("kind", EVENTS)
def test_each_is_frozen_and_dated(kind: type) -> None:
    assert not can_change(kind)
    assert fields_of(kind)["at"] is datetime


def test_what_carries_a_number_is_an_answer_and_nothing_else_is() -> None:
    assert {kind for kind in EVENTS if "attempt" in fields_of(kind)} == {said.Answered}
