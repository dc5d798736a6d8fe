"""T24: what is sent leads to what this kiosk wrote last; what was made to fit again does not."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from kiosk.session.model.audit import Act
from kiosk.session.model.refusals import Fault
from kiosk.session.model.replies import Delivered, No
from kiosk.sync.recording import AuditWriter
from kiosk.sync.records.audit_store import Store
from kiosk.sync.records.chain import Tail
from kiosk.sync.records.outbox import KEPT, Batch, Broken, Outbox, open_outbox
from sandbox.tables.rows import AuditRecord
from tests.support.chairside import kept_there, recorded
from tests.sync.conftest import OFFICE, Computer
from tests.sync.records.test_audit_store import AT, opened, record, rows
from tests.sync.records.test_chain import anchor_of, change, next_batch, rewritten

RENAMED = "UPDATE chain SET id = 'aud-' || lower(hex(randomblob(16))), acknowledged = 0"
JAMES = "UPDATE records SET actor = 'per-james' WHERE sequence = ?"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "audit.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """Ten records."""
    store = opened(path)
    for number in range(1, 11):
        store.keep(record(number))
    yield store
    store.close()


@pytest.fixture
def outbox(store: Store, path: Path) -> Iterator[Outbox]:
    outbox = open_outbox(path)
    assert isinstance(outbox, Outbox)
    yield outbox
    outbox.close()


def numbers(batch: object) -> list[int]:
    """Of a batch that there is."""
    assert isinstance(batch, Batch)
    return [line.sequence for line in batch.lines]


def test_what_leads_to_the_last_record_goes(store: Store, outbox: Outbox) -> None:
    """Batch by batch; what was written after the word was given waits for the next."""
    vouched = (store.tail,)
    store.keep(record(11))
    assert numbers(outbox.batch(4, vouched)) == [1, 2, 3, 4]
    outbox.acknowledge(anchor_of(next_batch(outbox, 4)))
    assert numbers(outbox.batch(99, vouched)) == [5, 6, 7, 8, 9, 10]
    assert numbers(outbox.batch(99, (store.tail,)))[-1] == 11
    outbox.acknowledge(anchor_of(next_batch(outbox)))
    assert outbox.batch(99, (store.tail,)) is None


@pytest.mark.parametrize("number", [1, 5, 10])
@pytest.mark.parametrize("fits", [True, False])
def test_a_record_that_was_changed_is_not_sent_though_the_chain_fits_again(
    store: Store, outbox: Outbox, path: Path, number: int, fits: bool
) -> None:
    """Law 4: nor what stands before it, which may be changed as well."""
    vouched = (store.tail,)
    assert numbers(outbox.batch(3, vouched)) == [1, 2, 3]
    change(path, JAMES, (number,))
    if fits:
        rewritten(path)
        assert numbers(outbox.batch(3)) == [1, 2, 3], "without a word for it the chain is all"
    assert outbox.batch(3, vouched) == Broken(1)


def test_a_change_between_two_batches_is_seen(store: Store, outbox: Outbox, path: Path) -> None:
    """Although not every batch walks them all."""
    vouched = (store.tail,)
    outbox.acknowledge(anchor_of(next_batch(outbox, 3)))
    assert numbers(outbox.batch(3, vouched)) == [4, 5, 6]
    change(path, JAMES, (9,))
    rewritten(path)
    assert outbox.batch(3, vouched) == Broken(4)


def test_records_that_were_cut_off_are_missed(store: Store, outbox: Outbox, path: Path) -> None:
    vouched = (store.tail,)
    change(path, "DELETE FROM records WHERE sequence > 6")
    assert outbox.batch(99, vouched) == Broken(1)


def test_another_name_is_another_chain(store: Store, outbox: Outbox, path: Path) -> None:
    change(path, RENAMED)
    assert outbox.batch(99, (store.tail,)) == Broken(1)
    assert isinstance(outbox.batch(), Batch)


@settings(deadline=None)
@given(st.data())
def test_only_what_was_written_is_ever_sent(data: st.DataObject) -> None:
    """Whatever is done to the file, wherever the server is and however much is vouched for."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "audit.db"
        tails = []
        with closing(opened(path)) as store:
            for number in range(1, 8):
                store.keep(record(number))
                tails.append(store.tail)
        outbox = open_outbox(path)
        assert isinstance(outbox, Outbox)
        # A draw may end an example at once.
        with closing(outbox):
            sent = data.draw(st.integers(0, 6))
            if sent:
                outbox.acknowledge(anchor_of(next_batch(outbox, sent)))
            edit = "UPDATE records SET actor = ? WHERE sequence = ?"
            edits = st.lists(st.tuples(st.just("x"), st.integers(1, 7)), min_size=1)
            change(path, edit, *data.draw(edits))
            if data.draw(st.booleans()):
                rewritten(path)
            noted = tails[data.draw(st.integers(0, 6))]
            batch = outbox.batch(data.draw(st.integers(1, 9)), (noted, tails[-1]))
            if isinstance(batch, Batch):
                assert {line.actor for line in batch.lines} == {"per-maria"}


@pytest.fixture
def watched(computer: Computer) -> Callable[[], AuditWriter]:
    """A computer whose keychain remembers the audit, as after each start."""

    def start() -> AuditWriter:
        computer.restart()
        now = computer.xchart.state.clock.now
        witness = AuditWriter(computer.store, computer.safe, now, lambda job: job())
        computer.posting._witness = witness
        return witness

    return start


@pytest.mark.parametrize("renamed", [True, False])
def test_the_server_never_gets_a_rewritten_audit_signed_by_us(
    computer: Computer, watched: Callable[[], AuditWriter], renamed: bool
) -> None:
    """T15, T24, law 4: under another name or its own, while the kiosk was off."""
    witness = watched()
    for _ in range(3):
        assert witness.keep(recorded(computer, Act.LOCKED)) is None
    witness.store.keep(recorded(computer, Act.LOCKED))
    computer.stop()
    change(computer.profile.audit, JAMES, (1,))
    rewritten(computer.profile.audit)
    if renamed:
        change(computer.profile.audit, RENAMED)
    computer.start()
    watched()
    told = computer.posting.send(OFFICE)
    assert isinstance(told, No)
    assert told.why is Fault.RECORDS_BROKEN
    assert kept_there(computer) == []


def test_a_file_that_was_put_aside_keeps_nothing_back(
    computer: Computer, watched: Callable[[], AuditWriter]
) -> None:
    """IT moves a damaged audit away: what happens from then on reaches the server."""
    witness = watched()
    witness.keep(recorded(computer, Act.LOCKED))
    assert computer.posting.send(OFFICE) == Delivered(0)
    computer.stop()
    for each in computer.profile.data.glob("audit.*"):
        each.rename(each.with_name(f"aside-{each.name}"))
    computer.start()
    witness = watched()
    witness.keep(recorded(computer, Act.RESUMED))
    assert computer.posting.send(OFFICE) == Delivered(0)
    with computer.xchart.state.unit() as db:
        assert db.scalar(select(func.count()).select_from(AuditRecord)) == 2


def test_a_hundred_batches_are_walked_once(store: Store, outbox: Outbox, path: Path) -> None:
    """The statement that walks is not asked again while nobody else has written."""
    asked: list[str] = []
    outbox._db.set_trace_callback(asked.append)
    vouched = (store.tail,)
    for _ in range(5):
        batch = outbox.batch(1, vouched)
        assert isinstance(batch, Batch)
        outbox.acknowledge(anchor_of(batch))
    walks = [each for each in asked if "sequence <= 10 ORDER BY sequence" in each]
    assert len([each for each in walks if "LIMIT" not in each]) == 1
    outbox._db.set_trace_callback(None)


def test_a_record_that_was_deleted_as_old_is_held_against_nobody(
    store: Store, outbox: Outbox, path: Path
) -> None:
    chain = store.tail.chain
    old = Tail(chain, 1, rows(path)[0][1])
    outbox.acknowledge(anchor_of(next_batch(outbox, 5)))
    outbox.prune(AT + KEPT + timedelta(days=1))
    assert [number for number, _ in rows(path)] == [6, 7, 8, 9, 10]
    assert numbers(outbox.batch(99, (old, store.tail))) == [6, 7, 8, 9, 10]
    assert store.holds(old)
    assert not store.holds(Tail(chain, 6, "0" * 64))
    assert not store.holds(Tail(chain, 5, "0" * 64))
