"""A page's words, as they may be drawn."""

import pytest

from kiosk.ui.widgets.legible import CUT, MOST, legible


@pytest.mark.parametrize(
    ("words", "drawn"),
    [
        ("Penicillin allergy", "Penicillin allergy"),
        ("one\n\n\n\n two   three\r\n", "one\ntwo three"),
        ("\u202egnilaev\u202c", "gnilaev"),
        ("a\x00b\x1b[31m\u2066c", "a b [31m c"),
        ("\u2028".join(["a", "b"]), "a b"),
        ("क्\u200dष", "क्\u200dष"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("", ""),
        ("   \n  ", ""),
    ],
)
def test_what_is_left(words: str, drawn: str) -> None:
    assert legible(words) == drawn


def test_what_is_cut_says_so() -> None:
    whole = "x" * MOST
    assert legible(whole) == whole
    assert legible(whole + "x") == whole + CUT
    assert len(legible("y" * 10_000_000)) < MOST + 100
