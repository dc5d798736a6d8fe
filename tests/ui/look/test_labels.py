"""The fixed words: names of things to press or fill in, and no sentence among them."""

from kiosk.ui.look import labels
from tests.support.plain_words import wrong_words

NAMES = {
    name: value for name, value in vars(labels).items() if name.isupper() and isinstance(value, str)
}


def test_each_is_a_name_and_not_a_sentence() -> None:
    assert len(NAMES) > 15
    for name, value in NAMES.items():
        assert value == value.strip() != "", name
        assert not value.endswith((".", "!", "?")), name
        assert len(value.split()) <= 2, name


def test_no_two_things_have_the_same_name() -> None:
    assert len(set(NAMES.values())) == len(NAMES)


def test_none_is_a_word_that_only_we_understand() -> None:
    assert wrong_words(tuple(NAMES.values())) == []


def test_the_digits_stand_at_their_own_place() -> None:
    assert [int(digit) for digit in labels.DIGITS] == list(range(10))
