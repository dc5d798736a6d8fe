"""A value says what a frozen dataclass says; only its making is quicker."""

from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model.value import value


@value
class Card:
    """As the core's are."""

    name: str
    number: int = 0
    secret: str = field(default="", repr=False)
    seen: int = field(default=0, compare=False)


@value
class Note:
    """The same fields under another name."""

    name: str
    number: int = 0
    secret: str = field(default="", repr=False)
    seen: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Plain:
    """What a dataclass makes of the same."""

    name: str
    number: int = 0
    secret: str = field(default="", repr=False)
    seen: int = field(default=0, compare=False)


TOLD = st.tuples(st.sampled_from("ab"), st.integers(0, 1), st.sampled_from("xy"), st.integers(0, 1))


@given(TOLD, TOLD)
def test_it_compares_hashes_and_shows_like_a_dataclass(
    one: tuple[str, int, str, int], two: tuple[str, int, str, int]
) -> None:
    assert (Card(*one) == Card(*two)) is (Plain(*one) == Plain(*two))
    assert (Card(*one) != Card(*two)) is (Plain(*one) != Plain(*two))
    assert hash(Card(*one)) == hash(Plain(*one))
    assert repr(Card(*one)) == repr(Plain(*one)).replace("Plain", "Card")
    assert [each.name for each in fields(Card(*one))] == [each.name for each in fields(Plain)]


def test_one_of_another_class_is_another() -> None:
    others: tuple[object, ...] = (Note("a"), ("a", 0, "", 0), "a")
    assert not [each for each in others if Card("a") == each]


def test_nothing_of_it_can_be_set() -> None:
    card = Card("a")
    for name in ("name", "other"):
        with pytest.raises((FrozenInstanceError, TypeError)):
            setattr(card, name, "b")
    assert replace(card, name="b") == Card("b")
    match card:
        case Card(name, number):
            assert (name, number) == ("a", 0)
