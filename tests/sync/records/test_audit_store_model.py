"""Store and outbox against a plain list, under arbitrary histories (laws 2, 4, 11; T8, T13).

A crash is what a kill leaves: the file and its journal as they lie there, copied away and opened
by a new store, while the old one never gets to close. A server that forgets, an answer that is
lost, a disk that is full and old records going away are part of the history.
"""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk.session.model.audit import Record
from kiosk.session.model.commands import Command, Settlement
from kiosk.session.model.refusals import Fault
from kiosk.sync.records.audit_store import Store, count_unsent
from kiosk.sync.records.chain import GENESIS, LogEntry, chained, line_of
from kiosk.sync.records.outbox import (
    KEPT,
    Batch,
    Broken,
    Doubt,
    Outbox,
    Settled,
    Unsent,
    open_outbox,
)
from tests.support.depth import drawn
from tests.sync.records.test_audit_store import AT, command, opened, record, rows, setting, verified
from tests.sync.records.test_chain import anchor_of, head_of

ACTORS = st.sampled_from(["per-maria", "per-james", ""])
PLENTY = 1_000_000


class Histories(RuleBasedStateMachine):
    """``said`` is what was promised to be durable; ``waiting`` what was refused so far."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.lives = 0
        self.said: list[Record] = []
        self.waiting: list[Record] = []
        self.queued: list[Command] = []
        self.commands_waiting: list[Command] = []
        self.settled: list[str] = []
        self.server: list[LogEntry] = []
        self.acknowledged = 0
        self.pruned = 0
        self.full = False
        self._start(self.folder / "0")

    def _start(self, place: Path) -> None:
        place.mkdir(exist_ok=True)
        self.path = place / "audit.db"
        self.store: Store = opened(self.path)
        outbox = open_outbox(self.path)
        assert isinstance(outbox, Outbox)
        self.outbox = outbox
        self.full = False

    @rule(count=st.integers(1, 40), actor=ACTORS, commanded=st.booleans())
    def people_do_things(self, count: int, actor: str, commanded: bool) -> None:
        """Each gets the next number; what is refused for want of room waits."""
        for _ in range(count):
            number = self.store.next_sequence
            assert number == len(self.said) + len(self.waiting) + 1
            made = replace(setting(number) if commanded else record(number), actor=actor)
            wish = replace(command(number), actor=actor) if commanded else None
            self.waiting.append(made)
            self.commands_waiting += [wish] if wish else []
            fault = self.store.keep(made, wish)
            assert fault is None or (self.full and fault is Fault.RECORDS_FULL)
            if fault is None:
                self._said(len(self.waiting))

    def _said(self, count: int) -> None:
        self.said += self.waiting[:count]
        del self.waiting[:count]
        last = len(self.said)
        self.queued += [each for each in self.commands_waiting if each.sequence <= last]
        self.commands_waiting = [each for each in self.commands_waiting if each.sequence > last]

    @rule()
    def it_is_said_again(self) -> None:
        """The newest record, by someone who did not hear that it was kept."""
        if self.said and not self.waiting and len(self.said) > self.pruned:
            assert self.store.keep(self.said[-1]) is None

    @rule()
    def the_disk_fills_up(self) -> None:
        """Not a page more."""
        self._room(0)
        self.full = True

    @rule()
    def somebody_makes_room(self) -> None:
        """And the next record takes along what waited."""
        self._room(PLENTY)
        self.full = False

    def _room(self, pages: int) -> None:
        for db in (self.store._db, self.outbox._db):
            used = int(db.execute("PRAGMA page_count").fetchone()[0])
            db.execute(f"PRAGMA max_page_count = {used + pages}")

    @rule(limit=st.integers(1, 60), answered=st.booleans())
    def a_batch_is_sent(self, limit: int, answered: bool) -> None:
        """The server takes it once, however often it comes; the answer may be lost."""
        batch = self.outbox.batch(limit)
        assert not isinstance(batch, Broken | Fault)
        if batch is None:
            assert self.acknowledged >= len(self.said)
            return
        self.outbox.keep_head(head_of(batch))
        self._taken(batch)
        if answered:
            told = self.outbox.acknowledge(anchor_of(batch))
            assert told is None or (self.full and told is Fault.RECORDS_FULL)
            if told is None:
                self.acknowledged = max(self.acknowledged, batch.sequence)

    def _taken(self, batch: Batch) -> None:
        first = batch.lines[0].sequence
        assert first <= len(self.server) + 1
        for line in batch.lines:
            if line.sequence <= len(self.server):
                assert self.server[line.sequence - 1] == line
            else:
                assert line.sequence == len(self.server) + 1
                self.server.append(line)

    @precondition(lambda self: self.server)
    @rule(share=st.floats(0, 1))
    def the_server_is_put_back(self, share: float) -> None:
        """To an earlier day; the kiosk sends again from there, if it still can."""
        left = int(len(self.server) * share)
        digest = GENESIS
        for made in self.said[:left]:
            digest = chained(digest, made)
        told = self.outbox.rewind(left, digest)
        if left < self.pruned:
            assert told is Doubt.GONE
        elif told is None:
            del self.server[left:]
            self.acknowledged = min(self.acknowledged, left)
        else:
            assert self.full

    @precondition(lambda self: self.queued)
    @rule(count=st.integers(1, 20), how=st.sampled_from(list(Settlement)[1:]))
    def commands_are_settled(self, count: int, how: Settlement) -> None:
        """In their order, and once."""
        told = self.outbox.commands("acc-office", limit=count)
        assert told == tuple(self.queued[:count])
        fault = self.outbox.settle([Settled(each.id, how) for each in told])
        assert fault is None or self.full
        if fault is None:
            self.settled += [each.id for each in told]
            del self.queued[:count]

    @rule(days=st.integers(0, 2))
    def old_records_go(self, days: int) -> None:
        """Only what was acknowledged."""
        told = self.outbox.prune(AT + KEPT + timedelta(days=days))
        assert told is False or self.full
        if told is False and days:
            # What waits is sent as its record says: that one stays too.
            first = self.queued[0].sequence if self.queued else self.acknowledged + 1
            self.pruned = max(self.pruned, min(self.acknowledged, first - 1))

    @rule()
    def it_crashes(self) -> None:
        """What was said to be kept is there; what waited in memory may be gone."""
        self.lives += 1
        place = self.folder / str(self.lives)
        place.mkdir()
        for suffix in ("", "-wal"):
            file = Path(f"{self.path}{suffix}")
            if file.exists():
                shutil.copy(file, place / file.name)
        old = (self.store, self.outbox)
        self._start(place)
        for each in old:
            each.close()
        last = self.store.next_sequence - 1
        assert len(self.said) <= last <= len(self.said) + len(self.waiting)
        self._said(last - len(self.said))
        self.waiting, self.commands_waiting = [], []

    @invariant()
    def the_server_has_the_list_and_nothing_else(self) -> None:
        """Nothing lost, doubled, reordered, or under another name."""
        everything = [line_of(made) for made in (*self.said, *self.waiting)]
        assert self.server == everything[: len(self.server)]
        assert self.acknowledged <= len(self.server)

    @invariant()
    def what_waits_is_known(self) -> None:
        """The bar, and a wipe, say the truth about what is durable."""
        with closing(sqlite3.connect(self.path)) as db:
            there = int(db.execute("SELECT max(sequence) FROM records").fetchone()[0] or 0)
        if not self.waiting:
            assert there in {len(self.said), 0}
            records = len(self.said) - self.acknowledged
            assert self.outbox.unsent() == Unsent(records, len(self.queued))
            late = [each for each in self.queued if each.sequence <= self.acknowledged]
            assert count_unsent(self.path) == records + len(late)

    def teardown(self) -> None:
        """With room and a network, everything arrives; the file is in order."""
        self._room(PLENTY)
        self.full = False
        self.people_do_things(1, "per-maria", True)
        assert not self.waiting
        while self.outbox.batch() is not None:
            self.a_batch_is_sent(500, True)
        assert self.server == [line_of(made) for made in self.said]
        while self.queued:
            self.commands_are_settled(20, Settlement.DONE)
        assert len(self.settled) == len(set(self.settled))
        flaws = verified(self.path).findings
        assert flaws == ()
        assert [number for number, _ in rows(self.path)] == list(
            range(self.pruned + 1, len(self.said) + 1)
        )
        self.store.close()
        self.outbox.close()
        shutil.rmtree(self.folder)


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=drawn(60, soak=600), stateful_step_count=30, deadline=None
)
