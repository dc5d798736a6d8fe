"""Digits however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.widgets.numerals import digits_in, only_digits

ZEROS = "0\uff10\u0660\u06f0\u0966\u09e6\u0e50"
SCRIPTS = st.sampled_from(ZEROS)


@given(st.lists(st.tuples(st.integers(0, 9), SCRIPTS), max_size=12), st.sampled_from(" -\u2009."))
def test_the_same_digits_in_any_script(digits: list[tuple[int, str]], joint: str) -> None:
    typed = joint.join(chr(ord(zero) + value) for value, zero in digits)
    assert digits_in(typed) == "".join(str(value) for value, _ in digits)
    assert only_digits(typed)


@given(st.text(max_size=20))
def test_nothing_but_ten_digits_ever_comes_out(typed: str) -> None:
    assert set(digits_in(typed)) <= set("0123456789")
    assert digits_in(digits_in(typed)) == digits_in(typed)
    assert len(digits_in(typed)) <= len(typed)


@pytest.mark.parametrize(
    "typed", ["409 175", "409-175", "\uff14\uff10\uff19", "\u0664\u0660\u0669", ""]
)
def test_what_is_meant_as_digits(typed: str) -> None:
    assert only_digits(typed)


@pytest.mark.parametrize("typed", ["4O9", "code 409", "\u00b2", "\u00bd", "\u2460"])
def test_what_is_not(typed: str) -> None:
    assert not only_digits(typed)
