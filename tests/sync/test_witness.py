"""What the keychain knows of the audit: soon, seldom, and in nobody's way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.keychain import KeychainFault
from kiosk.session.refusals import Fault
from kiosk.sync.safe import Safe
from kiosk.sync.store import Store
from kiosk.sync.witness import EVERY, Witness
from tests.fake_keychain import FakeKeychain
from tests.session import worlds as w
from tests.sync.test_store import opened, record


class Desk:
    """A store, a keychain, a clock that stands, and a lane whose jobs are done when it is told."""

    def __init__(self, path: Path) -> None:
        self.now: datetime = w.NOON
        self.store: Store = opened(path)
        self.keychain = FakeKeychain()
        self.safe = Safe(self.keychain, lambda: self.now)
        self.jobs: list[Callable[[], None]] = []
        self.witness = Witness(self.store, self.safe, lambda: self.now, self.jobs.append)

    def keep(self, number: int) -> None:
        """Make a record durable, and let the lane do what it has."""
        assert self.witness.keep(record(number)) is None
        while self.jobs:
            self.jobs.pop(0)()

    def noted(self) -> int:
        """The number that the keychain remembers, 0 for none."""
        tail = self.safe.tail()
        return tail.sequence if tail else 0


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "audit.db")


def test_the_first_record_is_noted_and_then_one_a_minute(desk: Desk) -> None:
    desk.keep(1)
    assert desk.noted() == 1
    desk.now += EVERY - timedelta(seconds=1)
    desk.keep(2)
    assert desk.noted() == 1
    desk.now += timedelta(seconds=1)
    desk.keep(3)
    assert desk.noted() == 3
    assert desk.safe.tail() == desk.store.tail


def test_a_clock_that_was_set_back_puts_nothing_off(desk: Desk) -> None:
    desk.keep(1)
    desk.now -= timedelta(days=400)
    desk.keep(2)
    assert desk.noted() == 2


def test_whoever_enters_does_not_wait_for_the_keychain(desk: Desk) -> None:
    """Its own job, behind what the lane has to do already."""
    desk.keychain.asked.clear()
    assert desk.witness.keep(record(1)) is None
    assert desk.keychain.asked == []
    assert len(desk.jobs) == 1


def test_a_keychain_that_is_locked_is_tried_again_with_the_next_record(desk: Desk) -> None:
    desk.keychain.fault = KeychainFault.LOCKED
    desk.keep(1)
    desk.keychain.fault = None
    desk.keep(2)
    assert desk.noted() == 2


def test_what_is_not_durable_is_not_noted(desk: Desk) -> None:
    assert desk.store.keep(record(1)) is None
    other = replace(record(1), actor="somebody else")
    assert desk.witness.keep(other) is Fault.RECORDS_UNREADABLE
    assert desk.jobs == []


def test_what_waits_is_the_stores_to_say(desk: Desk) -> None:
    assert desk.witness.unkept == 0
