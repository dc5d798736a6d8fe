"""What the keychain knows of the audit: soon, seldom, and in nobody's way."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.keychain.port import Item, ItemName, KeychainFault
from kiosk.session.model.refusals import Fault
from kiosk.sync.recording import EVERY, AuditWriter
from kiosk.sync.records.audit_store import Store
from kiosk.sync.records.chain import GENESIS, Note, Tail
from kiosk.sync.secrets.safe import Safe
from tests.support import worlds as w
from tests.support.fake_keychain import FakeKeychain
from tests.sync.records.test_audit_store import opened, record
from tests.sync.records.test_chain import change


class Desk:
    """A store, a keychain, a clock that stands, and a lane whose jobs are done when it is told."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.now: datetime = w.NOON
        self.store: Store = opened(path)
        self.keychain = FakeKeychain()
        self.safe = Safe(self.keychain, lambda: self.now)
        self.jobs: list[Callable[[], None]] = []
        self.witness = AuditWriter(self.store, self.safe, lambda: self.now, self.jobs.append)

    def keep(self, number: int) -> None:
        """Make a record durable, and let the lane do what it has."""
        assert self.witness.keep(record(number)) is None
        self.work()

    def work(self) -> None:
        """Let the lane do what it has."""
        while self.jobs:
            self.jobs.pop(0)()

    def restart(self) -> None:
        """Off and on again."""
        self.store.close()
        self.store = opened(self.path)
        self.safe = Safe(self.keychain, lambda: self.now)
        self.witness = AuditWriter(self.store, self.safe, lambda: self.now, self.jobs.append)

    def delete(self) -> None:
        """The audit is gone, with what lies beside it."""
        self.store.close()
        for each in self.path.parent.glob("audit.*"):
            each.unlink()
        self.restart()

    def noted(self) -> int:
        """The number that the keychain remembers, 0 for none."""
        note = self.safe.note()
        return note.tail.sequence if isinstance(note, Note) else 0


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "audit.db")
    yield desk
    desk.store.close()


def test_the_first_record_is_noted_and_then_one_a_minute(desk: Desk) -> None:
    desk.keep(1)
    assert desk.noted() == 1
    desk.now += EVERY - timedelta(seconds=1)
    desk.keep(2)
    assert desk.noted() == 1
    desk.now += timedelta(seconds=1)
    desk.keep(3)
    assert desk.noted() == 3
    assert desk.safe.note() == Note(desk.store.tail)


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


def test_what_was_noted_and_what_was_written_last_are_vouched_for(desk: Desk) -> None:
    desk.keep(1)
    first = desk.store.tail
    desk.keep(2)
    assert desk.witness.vouched() == (desk.store.tail,)
    desk.restart()
    assert desk.witness.vouched() == (first, desk.store.tail)
    desk.keep(3)
    assert desk.witness.vouched() == (first, desk.store.tail)


def test_what_is_durable_is_vouched_for_though_a_later_one_is_not(desk: Desk) -> None:
    """Else it would never be sent in this run."""
    assert desk.witness.keep(record(2)) is None
    assert desk.witness.vouched() == (Tail(desk.store.tail.chain, 0, GENESIS),)
    assert desk.witness.keep(record(1)) is None
    assert desk.witness.vouched() == (desk.store.tail,)
    assert desk.store.tail.sequence == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE chain SET id = 'aud-' || lower(hex(randomblob(16)))",
        "DELETE FROM records WHERE sequence = 2",
        "UPDATE records SET digest = lower(hex(randomblob(32))) WHERE sequence = 2",
    ],
)
def test_a_file_that_contradicts_the_note_is_not_vouched_for_and_the_note_stays(
    desk: Desk, statement: str
) -> None:
    """T24: renamed, cut or rewritten. People go on working; nothing is signed (laws 2, 4)."""
    desk.keep(1)
    desk.now += EVERY
    desk.keep(2)
    noted = desk.safe.note()
    change(desk.path, statement)
    desk.restart()
    assert desk.witness.vouched() is Fault.RECORDS_BROKEN
    desk.now += EVERY
    another = replace(record(desk.store.next_sequence), actor="per-james")
    assert desk.witness.keep(another) is None
    desk.work()
    desk.restart()
    assert desk.safe.note() == noted, "the evidence is still there"
    assert desk.witness.vouched() is Fault.RECORDS_BROKEN


def test_a_deleted_audit_is_remembered_and_the_new_one_goes_up(desk: Desk) -> None:
    """T24: a file that IT put aside must not keep the next one here; nor is it forgotten."""
    desk.keep(1)
    before = desk.store.tail
    desk.delete()
    assert desk.witness.vouched() == (desk.store.tail,)
    assert desk.safe.note() == Note(desk.store.tail, lost=before)
    desk.keep(1)
    desk.delete()
    assert desk.safe.note() == Note(desk.store.tail, lost=before), "the first one stays named"


def test_a_chain_that_the_server_refused_is_followed_by_another_and_nothing_is_lost(
    desk: Desk,
) -> None:
    desk.keep(1)
    desk.witness.forked()
    desk.delete()
    assert desk.safe.note() == Note(desk.store.tail)
    assert desk.witness.vouched() == (desk.store.tail,)


def test_a_keychain_that_is_silent_at_the_start_is_asked_later(desk: Desk) -> None:
    """Until then nothing is sent; an empty file that was filled meanwhile was begun here."""
    desk.keep(1)
    desk.keychain.fault = KeychainFault.LOCKED
    desk.delete()
    assert desk.witness.vouched() is Fault.KEYCHAIN_LOCKED
    assert desk.witness.keep(record(1)) is None
    desk.work()
    assert desk.witness.vouched() is Fault.KEYCHAIN_LOCKED
    desk.keychain.fault = None
    desk.work()
    assert desk.witness.vouched() == (desk.store.tail,)


def test_a_note_of_a_kiosk_of_before_is_read(desk: Desk) -> None:
    desk.keep(1)
    tail = desk.store.tail
    old = {"chain": tail.chain, "sequence": tail.sequence, "digest": tail.digest}
    desk.keychain.keep(ItemName(Item.AUDIT_TAIL), json.dumps(old))
    desk.restart()
    assert desk.witness.vouched() == (tail, tail)
