"""Which names are meant: any part, any order, whatever accents either side has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.widgets.finding import folded, found


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Maria Lopez", "mar"),
        ("Maria Lopez", "OPE"),
        ("Maria Lopez", "lopez maria"),
        ("Mateo Fernández-Gutiérrez", "gutierrez"),
        ("Mateo Fernández-Gutiérrez", "fernandez-g"),
        ("Emily Sørensen", "soren"),
        ("Maria Lopez", "López"),
        ("Kevin O'Donnell", "odonn"),
        ("Kevin O'Donnell", "o\u2019donn"),
        ("Łukasz Weiß", "lukasz weiss"),
        ("Dr. Rivera", "dr rivera"),
        ("Zoe\u0308 Quist", "zoë"),
        ("Maria Lopez", ""),
        ("Maria Lopez", "  "),
        ("李 小龙", "小"),
    ],
)
def test_it_is_meant(name: str, typed: str) -> None:
    assert found(name, typed)


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Maria Lopez", "marta"), ("Maria Lopez", "al"), ("Maria Lopez", "maria x"), ("", "a")],
)
def test_it_is_not_meant(name: str, typed: str) -> None:
    assert not found(name, typed)


@given(st.text(), st.text())
def test_folding_twice_changes_nothing_more(one: str, other: str) -> None:
    assert folded(folded(one)) == folded(one)
    assert found(f"{one} {other}", one)
