"""What is said beside a line that is typed into."""

import pytest

from kiosk.session.pages import typing_hints
from kiosk.session.pages.typing_hints import KeyLocks, beside_password, no_digit


@pytest.mark.parametrize("caps", [None, False])
def test_what_is_off_or_unknown_is_not_said(caps: bool | None) -> None:
    assert beside_password(KeyLocks(caps)) == ""
    assert no_digit(KeyLocks(caps)) == typing_hints.DIGITS_ONLY


def test_caps_lock_is_said_where_it_may_be_why() -> None:
    assert beside_password(KeyLocks(caps=True)) == typing_hints.CAPS_LOCK
    assert typing_hints.CAPS_LOCK in no_digit(KeyLocks(caps=True))
