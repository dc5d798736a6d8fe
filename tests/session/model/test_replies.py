"""What requests bring: closed, frozen; the request's number is the event's, not theirs."""

import typing

import pytest

from kiosk.session.model import replies
from tests.support.vocabulary import can_change, fields_of, unlisted

REPLIES = typing.get_args(replies.Reply)


def test_the_union_lists_every_reply() -> None:
    assert unlisted(replies, replies.Reply) == set()


@pytest.mark.parametrize("kind", REPLIES)
def test_each_is_frozen_and_carries_no_number(kind: type) -> None:
    assert not can_change(kind)
    assert "attempt" not in fields_of(kind)
