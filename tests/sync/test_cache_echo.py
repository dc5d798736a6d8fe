"""What the cache has already is no news: one's own change comes back with them."""

from dataclasses import replace

import pytest

from kiosk.session.model.day import Schedule
from kiosk.sync.cache import Cache
from kiosk.sync.secrets.safe import Safe
from tests.support.fake_keychain import FakeKeychain
from tests.sync.test_cache import AT, OFFICE, ROOM, appointment, changes, whole


@pytest.fixture
def filled() -> Cache:
    """One visit and one room."""
    cache = Cache(None, Safe(FakeKeychain(), lambda: AT))
    assert cache.keep(OFFICE, "c1", whole(appointment(1)), AT) is None
    return cache


@pytest.mark.parametrize(
    ("told", "known"),
    [
        (changes(), True),
        (changes(appointment(1)), True),
        (changes(rooms=(ROOM,)), True),
        (changes(removed=("apt-9",)), True),
        (changes(appointment(2)), False),
        (changes(appointment(1, status="Seated")), False),
        (changes(rooms=(replace(ROOM, version=5),)), False),
        (changes(removed=("apt-1",)), False),
        (whole(appointment(1)), False),
    ],
)
def test_it_says_whether_all_of_it_is_there(filled: Cache, told: Schedule, known: bool) -> None:
    """The whole schedule is always news: what is missing in it is over."""
    assert filled.has(OFFICE, told) is known


def test_of_another_account_nothing_is_known(filled: Cache) -> None:
    assert not filled.has("acc-patel", changes(appointment(1)))
