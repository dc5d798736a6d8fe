"""What counts as a name, and which two are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.names import names
from sandbox.names.lookalikes import skeleton


@pytest.mark.parametrize("name", ["Li", "Lena P.", "Zoë O'Neil", "x" * 60])
def test_a_name_that_fits(name: str) -> None:
    assert names.fits(names.tidy(f"  {name}\n"))


NO_NAMES = (
    *("", " \t ", "x" * 61, "Le\x00na", "\u202eanel", "Le\u200bna"),
    *("\u3164", "\u2800", "\u115f\u1160", "\u3164 \uffa0", "\u034f"),
)


@pytest.mark.parametrize("name", NO_NAMES)
def test_what_is_no_name(name: str) -> None:
    assert not names.fits(names.tidy(name))


@pytest.mark.parametrize("other", ["lena p.", " Lena   P. ", "LENA P."])
def test_one_name_however_it_is_typed(other: str) -> None:
    assert names.same("Lena P.", other)


def test_an_accent_is_an_accent_however_the_keyboard_makes_it() -> None:
    assert names.same("Zoe\u0308", "Zo\u00eb")
    assert not names.same("Zoe", "Zo\u00eb")


ALIKE = (
    ("Maria Lopez", "M\u0430ria Lopez"),
    ("Maria Lopez", "\u041caria Lopez"),
    ("MARIA LOPEZ", "\u041c\u0410R\u0406A LOPEZ"),
    ("Maria Lopez", "\uff2daria Lopez"),
    ("Maria Lopez", "\U0001d40caria Lopez"),
    ("Maria Lopez", "Maria\u3164 Lopez"),
    ("Maria Lopez", "Maria\u2800Lopez"),
    ("Maria Lopez", "Ma\u034fria Lopez"),
    ("Ines Ortiz", "lnes Ortiz"),
    ("Bernard", "Bemard"),
    ("Ava Olin", "Av\u03b1 Olin"),
    ("James Carter", "\u0408ames Carter"),
)


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_two_names_that_are_one_to_the_eye(one: str, other: str) -> None:
    assert names.only_looks_like(one, other)
    assert names.only_looks_like(other, one)
    assert names.alike(one.upper(), one.lower())


APART = (
    ("Zoe", "Zo\u00eb"),
    ("Ian P.", "Lan P."),
    ("Maria Lopez", "Marla Lopez"),
    ("Maria Lopez", "Mario Lopez"),
    ("Lena P.", "Lena B."),
    ("Mia", "Mla"),
    ("\u0410\u043d\u043d\u0430", "Anna"),
    ("\u674e\u5a1c", "\u674e\u59ae"),
    ("Wei\u00df", "Weib"),
)


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_names_that_are_two(one: str, other: str) -> None:
    assert not names.alike(one, other)


@pytest.mark.parametrize(
    "name",
    [
        "\u041c\u0430\u0440\u0438\u044f",
        "\u0395\u03bb\u03ad\u03bd\u03b7",
        "\u674e\u5a1c",
        "\u0645\u0631\u064a\u0645",
        "\u05de\u05e8\u05d9\u05dd",
        "\u092e\u0930\u093f\u092f\u093e",
        "\ub9c8\ub9ac\uc544",
        "\u0e21\u0e32\u0e23\u0e35",
        "\u1218\u122d\u12eb\u121d",
    ],
)
def test_no_script_is_refused(name: str) -> None:
    assert names.fits(name)
    assert names.same(name, name)
    assert not names.only_looks_like(name, name)


@pytest.mark.parametrize("other", ["O\u2019Brien A.", "O`BRIEN A.", "o\u02bcbrien  a."])
def test_an_apostrophe_is_one_however_it_is_typed(other: str) -> None:
    assert names.same("O'Brien A.", other)
    assert not names.only_looks_like("O'Brien A.", other)


@given(st.text(max_size=12), st.text(max_size=12))
def test_what_is_the_same_is_alike_and_alike_goes_both_ways(one: str, other: str) -> None:
    assert names.alike(one, one)
    assert names.alike(one, other) == names.alike(other, one)
    if names.same(one, other):
        assert names.alike(one, other)


@given(st.text(min_size=1, max_size=12))
def test_a_skeleton_is_its_own(written: str) -> None:
    once = skeleton(written)
    assert skeleton(once) == skeleton(skeleton(once))


@given(st.text(alphabet="abcdefghijklmnop", min_size=1, max_size=8), st.data())
def test_zero_width_anywhere_changes_nothing(name: str, data: st.DataObject) -> None:
    where = data.draw(st.integers(0, len(name)))
    unseen = data.draw(
        st.sampled_from(["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u3164"])
    )
    assert names.alike(name, name[:where] + unseen + name[where:])
