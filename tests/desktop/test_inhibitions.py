"""What is asked on Linux is asked as the services have it; ``test_inhibitors`` asks them."""

from collections import Counter

import pytest

from kiosk.desktop.inhibitions import SESSION, SYSTEM, WHO, Inhibition
from kiosk.session.model.awake import Means

ALL = (*SYSTEM, *SESSION)
KINDS = {"s": str, "u": int}
WHY = "A patient is being treated."


@pytest.mark.parametrize("asked", ALL, ids=lambda asked: asked.name)
def test_the_words_are_of_the_kinds_that_the_signature_says(asked: Inhibition) -> None:
    words = asked.words(WHY)
    assert [type(each) for each in words] == [KINDS[kind] for kind in asked.signature]
    assert WHO in words
    assert WHY in words


def test_logind_is_asked_for_one_thing_at_a_time_and_to_block_it() -> None:
    """For several it asks polkit about the lid switch alone."""
    assert [asked.words(WHY)[0] for asked in SYSTEM] == ["sleep", "idle", "shutdown"]
    assert {asked.words(WHY)[3] for asked in SYSTEM} == {"block"}
    assert [asked.name.rpartition("-")[2] for asked in SYSTEM] == ["sleep", "idle", "shutdown"]


def test_each_is_known_by_a_name_of_its_own_and_every_means_has_somebody() -> None:
    assert set(Counter(asked.name for asked in ALL).values()) == {1}
    assert {asked.means for asked in ALL} == set(Means)


def test_a_cookie_can_be_taken_back_and_a_lock_is_a_file() -> None:
    assert all(asked.undo for asked in SESSION)
    assert not any(asked.undo for asked in SYSTEM)
