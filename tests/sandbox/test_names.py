"""What counts as a name, and which two are one."""

import pytest

from sandbox import names


@pytest.mark.parametrize("name", ["Li", "Lena P.", "Zoë O'Neil", "x" * 60])
def test_a_name_that_fits(name: str) -> None:
    assert names.fits(names.tidy(f"  {name}\n"))


@pytest.mark.parametrize("name", ["", " \t ", "x" * 61, "Le\x00na", "\u202eanel", "Le\u200bna"])
def test_what_is_no_name(name: str) -> None:
    assert not names.fits(names.tidy(name))


@pytest.mark.parametrize("other", ["lena p.", " Lena   P. ", "LENA P."])
def test_one_name_however_it_is_typed(other: str) -> None:
    assert names.same("Lena P.", other)


def test_an_accent_is_an_accent_however_the_keyboard_makes_it() -> None:
    assert names.same("Zoe\u0308", "Zo\u00eb")
    assert not names.same("Zoe", "Zo\u00eb")
