"""What a burst may say, under layouts and locks that its reader knows nothing of."""

import pytest

from kiosk.session.model.intents import Doubt
from kiosk.ui.hands.burst import LONGEST, Key, Kind
from kiosk.ui.hands.candidates import read
from kiosk.ui.hands.positions import x11

HERE = x11()
PLACES = {sign: (code, sign == p.shifted != p.plain) for code, p in HERE.items() for sign in p}


def keys(meant: str, typed: str | None = None) -> list[Key[None]]:
    """A reader that means ``meant``, on a computer where its keys type ``typed``."""
    made = []
    for sign, text in zip(meant, meant if typed is None else typed, strict=True):
        code, shift = PLACES[sign]
        made.append(Key(None, True, code, Kind.SIGN, "" if text == "\0" else text, shift))
    return made


@pytest.mark.parametrize(
    ("meant", "typed", "doubt"),
    [
        ("0004417290", "0004417290", Doubt.NONE),
        ("0004417290", "ààà''&è\u00e9çà", Doubt.LAYOUT),  # AZERTY
        ("Zy-17", "Yzß17", Doubt.LAYOUT),  # QWERTZ
        ("AB12cd", "ab12CD", Doubt.CAPS_LOCK),
        ("40917", "\0" * 5, Doubt.LAYOUT),  # a keypad without NumLock
    ],
)
def test_what_the_reader_meant_is_among_them(meant: str, typed: str, doubt: Doubt) -> None:
    told = read(keys(meant, typed), HERE)
    assert meant in told.numbers
    assert told.doubt is doubt
    if "\0" not in typed:
        assert told.numbers[0] == typed


def test_a_reader_for_the_layout_of_the_computer_is_read_as_it_types() -> None:
    assert read(keys("q1w2", "1234"), HERE).numbers[0] == "1234"


def test_an_unknown_badge_of_a_reader_that_fits_is_no_fault_of_the_layout() -> None:
    assert read(keys("Q0E2", "4417"), HERE).doubt is Doubt.NONE


def test_what_is_too_short_or_too_long_is_no_number() -> None:
    assert read(keys("123"), HERE).numbers == ()
    assert read(keys("1" * (LONGEST + 1)), HERE).numbers == ()


def test_a_key_at_no_known_position_leaves_what_was_typed() -> None:
    strange: Key[None] = Key(None, True, 999, Kind.SIGN, "9")
    assert read([*keys("123"), strange], HERE).numbers == ("1239",)


def test_no_number_shows_itself() -> None:
    assert "0004417290" not in repr(read(keys("0004417290"), HERE))
    assert "'4'" not in repr(keys("4")[0])
