"""PINs that are guessed first are not taken; most others are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.secrets.weak_pins import LENGTH, is_pin, weak
from tests.support.depth import drawn
from tests.support.digits import typed as digits


@pytest.mark.parametrize(
    "pin",
    [
        *("000000", "111111", "121212", "123123", "112233", "123321", "110011"),
        *("123456", "654321", "890123", "246802", "987654", "086420"),
        *("147258", "159753", "696969", "314159"),
        *("150385", "031585", "850315", "290200", "231126"),
    ],
)
def test_what_people_choose_first_is_not_taken(pin: str) -> None:
    assert weak(digits(pin))


@pytest.mark.parametrize("pin", ["482915", "719364", "905172", "638041", "450288"])
def test_what_has_no_pattern_is(pin: str) -> None:
    assert not weak(digits(pin))


def test_enough_are_left_that_ten_tries_are_worth_nothing() -> None:
    """NIST SP 800-63B-4, section 3.2.10."""
    tried = range(0, 10**LENGTH, drawn(11, soak=1))
    taken = sum(not weak(digits(f"{n:06}")) for n in tried)
    assert taken > 0.85 * len(tried)


@given(st.text(max_size=8))
def test_a_pin_is_six_plain_digits(typed: str) -> None:
    assert is_pin(digits(typed)) == (len(typed) == 6 and set(typed) <= set("0123456789"))
