"""The outputs of the core: closed, frozen, imperative."""

import typing

import pytest

from kiosk.session.model import effects as do
from tests.support.vocabulary import can_change, fields_of, unlisted

EFFECTS = typing.get_args(do.Effect)
NOBODY_WAITS = {
    do.AnswerPage,
    do.TurnPageBack,
    do.EndSession,
    do.ForgetTrust,
    do.ConfirmPin,
    do.ForgetOwn,
    do.ExpectPin,
    do.KeepPainted,
    do.LockCredential,
    do.ProtectCase,
    do.ShowPage,
    do.ShowDay,
    do.ClosePage,
    do.DropSecret,
    do.TellReader,
}


def test_the_union_lists_every_effect() -> None:
    assert not unlisted(do, do.Effect)


@pytest.mark.parametrize("kind", EFFECTS)
def test_each_is_frozen_and_numbered_when_someone_waits(kind: type) -> None:
    assert not can_change(kind)
    assert ("attempt" in fields_of(kind)) == (kind not in NOBODY_WAITS)
