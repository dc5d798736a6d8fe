"""The outbox: everything reaches the server once, in order, as the one who made it (law 11)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from kiosk.session.model.commands import Settlement
from kiosk.session.model.refusals import Fault
from kiosk.sync.records import outbox as store_outbox
from kiosk.sync.records.audit_store import Store, connected, count_unsent
from kiosk.sync.records.chain import GENESIS, Anchor, chained, line_of
from kiosk.sync.records.outbox import (
    AT_ONCE,
    KEPT,
    Broken,
    Doubt,
    Outbox,
    Settled,
    Unsent,
    open_outbox,
)
from tests.sync.records.test_audit_store import (
    AT,
    command,
    made_by_schema_1,
    opened,
    record,
    rows,
    setting,
    verified,
)
from tests.sync.records.test_chain import anchor_of, change, head_of, next_batch

OFFICE = "acc-office"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "audit.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """Seven records, three of them with a command."""
    store = opened(path)
    for number in range(1, 8):
        if number in {2, 4, 6}:
            store.keep(setting(number), command(number))
        else:
            store.keep(record(number))
    yield store
    store.close()


@pytest.fixture
def outbox(store: Store, path: Path) -> Iterator[Outbox]:
    """Beside the store, on the same file."""
    outbox = open_outbox(path)
    assert isinstance(outbox, Outbox)
    yield outbox
    outbox.close()


def numbers(outbox: Outbox) -> list[int]:
    """The numbers of the queued commands."""
    commands = outbox.commands(OFFICE)
    assert not isinstance(commands, Fault)
    return [each.sequence for each in commands]


def test_records_go_in_order_and_again_until_they_are_acknowledged(outbox: Outbox) -> None:
    """A lost answer costs a repetition, never a record."""
    batch = next_batch(outbox, 3)
    assert batch.lines == tuple(line_of(made) for made in (record(1), setting(2), record(3)))
    assert next_batch(outbox, 3) == batch
    assert outbox.acknowledge(anchor_of(batch)) is None
    rest = next_batch(outbox)
    assert [line.sequence for line in rest.lines] == [4, 5, 6, 7]
    assert outbox.acknowledge(anchor_of(rest)) is None
    assert outbox.batch() is None


def test_an_old_anchor_that_comes_late_takes_nothing_back(outbox: Outbox) -> None:
    """Law 5."""
    first, _ = next_batch(outbox, 2), outbox.acknowledge(anchor_of(next_batch(outbox, 2)))
    outbox.acknowledge(anchor_of(next_batch(outbox)))
    assert outbox.acknowledge(anchor_of(first)) is None
    assert outbox.batch() is None


def test_what_is_kept_meanwhile_is_in_the_next_batch(store: Store, outbox: Outbox) -> None:
    batch = next_batch(outbox)
    store.keep(record(8))
    outbox.acknowledge(anchor_of(batch))
    assert [line.sequence for line in next_batch(outbox).lines] == [8]


def test_a_head_is_signed_once(outbox: Outbox) -> None:
    """The same batch goes out with the same signature, after a restart too."""
    batch = next_batch(outbox)
    assert batch.head == ""
    head = head_of(batch)
    assert outbox.keep_head(head) is None
    assert next_batch(outbox).head == head.signed
    assert next_batch(outbox, 3).head == ""


def test_old_heads_and_anchors_do_not_pile_up(store: Store, outbox: Outbox, path: Path) -> None:
    """The newest says everything, through the chain."""
    for number in range(8, 30):
        store.keep(record(number))
        batch = next_batch(outbox)
        outbox.keep_head(head_of(batch))
        outbox.acknowledge(anchor_of(batch))
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM heads").fetchone() == (1,)
        assert db.execute("SELECT count(*) FROM anchors").fetchone() == (1,)
    assert verified(path).findings == ()


@pytest.mark.parametrize(
    ("contradiction", "doubt"),
    [
        ({"chain": "aud-other"}, Doubt.FOREIGN),
        ({"digest": "f" * 64}, Doubt.FORKED),
        ({"sequence": 99}, Doubt.AHEAD),
    ],
)
def test_a_server_that_says_otherwise_is_not_believed(
    outbox: Outbox, path: Path, contradiction: dict[str, object], doubt: Doubt
) -> None:
    """T2, T19: said, kept as evidence, and nothing counts as sent."""
    told = anchor_of(next_batch(outbox))
    wrong = Anchor(
        chain=str(contradiction.get("chain", told.chain)),
        sequence=int(str(contradiction.get("sequence", told.sequence))),
        digest=str(contradiction.get("digest", told.digest)),
        receipt=told.receipt,
        at=told.at,
    )
    assert outbox.acknowledge(wrong) is doubt
    assert outbox.unsent() == Unsent(7, 3)
    assert bool(verified(path).findings) == (doubt is not Doubt.FOREIGN)
    assert outbox.acknowledge(told) is None
    assert outbox.batch() is None


def test_a_server_that_was_put_back_gets_it_again(outbox: Outbox, path: Path) -> None:
    """``audit_gap``: from where it is now; what it cannot know is said."""
    outbox.acknowledge(anchor_of(next_batch(outbox)))
    assert outbox.rewind(3, "f" * 64) is Doubt.FORKED
    assert outbox.rewind(99, "f" * 64) is Doubt.AHEAD
    assert outbox.batch() is None
    assert outbox.rewind(3, rows(path)[2][1]) is None
    assert [line.sequence for line in next_batch(outbox).lines] == [4, 5, 6, 7]
    assert outbox.rewind(5, rows(path)[4][1]) is None
    assert [line.sequence for line in next_batch(outbox).lines] == [4, 5, 6, 7]
    assert outbox.rewind(0, GENESIS) is None
    outbox.acknowledge(anchor_of(next_batch(outbox, 2)))
    assert [line.sequence for line in next_batch(outbox).lines] == [3, 4, 5, 6, 7]
    assert verified(path).findings == ()


@pytest.mark.parametrize(("edited", "sent"), [(1, []), (4, [1, 2, 3]), (7, [1, 2, 3, 4, 5, 6])])
def test_nothing_is_sent_from_a_broken_place_on(
    outbox: Outbox, path: Path, edited: int, sent: list[int]
) -> None:
    """T15: a record that somebody changed is not passed off as ours; what came before it goes."""
    change(path, "UPDATE records SET actor = 'x' WHERE sequence = ?", (edited,))
    if sent:
        batch = next_batch(outbox)
        assert [line.sequence for line in batch.lines] == sent
        outbox.acknowledge(anchor_of(batch))
    assert outbox.batch() == Broken(edited)


def test_a_missing_record_stops_the_queue(outbox: Outbox, path: Path) -> None:
    change(path, "DELETE FROM records WHERE sequence = 1")
    assert outbox.batch() == Broken(1)


def test_commands_wait_until_they_are_settled_and_are_settled_once(outbox: Outbox) -> None:
    """The first word counts."""
    assert outbox.commands(OFFICE) == (command(2), command(4), command(6))
    assert outbox.commands(OFFICE, limit=1) == (command(2),)
    results = [
        Settled(command(2).id, Settlement.DONE),
        Settled(command(4).id, Settlement.CONFLICT),
        Settled("cmd-unknown", Settlement.DONE),
    ]
    assert outbox.settle(results) is None
    assert numbers(outbox) == [6]
    outbox.settle([Settled(command(2).id, Settlement.REFUSED, "invalid")])
    with closing(sqlite3.connect(database_of(outbox))) as db:
        found = db.execute("SELECT state, code FROM commands WHERE sequence = 2").fetchone()
    assert found == ("done", "")


def database_of(outbox: Outbox) -> str:
    """The file behind it."""
    return str(outbox._db.execute("PRAGMA database_list").fetchone()[2])


def test_no_command_is_sent_as_another_account(store: Store, outbox: Outbox) -> None:
    """Law 11: the next account's trust does not carry what the last one left."""
    store.keep(record(8), replace(command(8), account="acc-other"))
    assert numbers(outbox) == [2, 4, 6]
    other = outbox.commands("acc-other")
    assert not isinstance(other, Fault)
    assert [each.sequence for each in other] == [8]


def test_what_waits_is_known(store: Store, outbox: Outbox, path: Path) -> None:
    """The bar says it, and so does a wipe."""
    assert outbox.unsent() == Unsent(7, 3)
    assert count_unsent(path) == 7
    outbox.acknowledge(anchor_of(next_batch(outbox, 5)))
    assert outbox.unsent() == Unsent(2, 3)
    assert count_unsent(path) == 4
    outbox.settle([Settled(command(n).id, Settlement.DONE) for n in (2, 4, 6)])
    outbox.acknowledge(anchor_of(next_batch(outbox)))
    assert outbox.unsent() == Unsent(0, 0)
    assert count_unsent(path) == 0


def test_old_records_go_only_when_the_server_has_them(
    store: Store, outbox: Outbox, path: Path
) -> None:
    """Ninety days; never one that was not confirmed, nor a command that still waits."""
    later = AT + KEPT + timedelta(days=1)
    assert outbox.prune(later) is False
    assert len(rows(path)) == 7
    outbox.acknowledge(anchor_of(next_batch(outbox, 5)))
    outbox.settle([Settled(command(2).id, Settlement.DONE)])
    assert outbox.prune(AT + KEPT + timedelta(seconds=3)) is False
    assert [n for n, _ in rows(path)] == [3, 4, 5, 6, 7]
    assert outbox.prune(later) is False
    assert [n for n, _ in rows(path)] == [4, 5, 6, 7], "what waits is sent as its record says"
    assert numbers(outbox) == [4, 6]
    assert outbox.unsent() == Unsent(2, 2)
    outbox.settle([Settled(command(n).id, Settlement.DONE) for n in (4, 6)])
    assert outbox.prune(later) is False
    assert [n for n, _ in rows(path)] == [6, 7]
    assert verified(path).findings == ()
    assert outbox.rewind(2, "f" * 64) is Doubt.GONE
    assert [line.sequence for line in next_batch(outbox).lines] == [6, 7]
    outbox.acknowledge(anchor_of(next_batch(outbox)))
    outbox.prune(later)
    store.close()
    assert rows(path) == []
    assert verified(path).findings == ()
    again = opened(path)
    assert again.next_sequence == 8
    assert again.keep(record(8)) is None
    again.close()
    assert [line.sequence for line in next_batch(outbox).lines] == [8]
    assert verified(path).findings == ()


def test_old_records_that_were_never_sent_stay_beside_young_ones(
    outbox: Outbox, path: Path
) -> None:
    """Law 11: what the server has is the bound, and not their age alone."""
    outbox.settle([Settled(command(n).id, Settlement.DONE) for n in (2, 4, 6)])
    outbox.acknowledge(anchor_of(next_batch(outbox, 1)))
    assert outbox.prune(AT + KEPT + timedelta(seconds=6)) is False
    assert [n for n, _ in rows(path)] == [2, 3, 4, 5, 6, 7]
    assert [line.sequence for line in next_batch(outbox).lines] == [2, 3, 4, 5, 6, 7]


def test_a_great_heap_is_deleted_in_pieces(path: Path) -> None:
    """Whoever enters meanwhile waits for one piece of it at most."""
    heap(path, AT_ONCE * 2 + 10)
    outbox = open_outbox(path)
    assert isinstance(outbox, Outbox)
    later = AT + KEPT + timedelta(days=30)
    while outbox.batch() is not None:
        outbox.acknowledge(anchor_of(next_batch(outbox, 5000)))
    assert [outbox.prune(later) for _ in range(4)] == [True, True, False, False]
    assert rows(path) == []
    outbox.close()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM commands WHERE state = 'queued'",
        "SELECT id FROM commands WHERE state = 'queued' AND account = ? ORDER BY sequence",
        "DELETE FROM commands WHERE state != 'queued' AND at < ?",
        "SELECT max(sequence) FROM records",
    ],
)
def test_what_is_asked_often_reads_no_whole_table(outbox: Outbox, statement: str) -> None:
    """After each round of sending, at 100,000 rows too."""
    values = ("x",) * statement.count("?")
    plan = outbox._db.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
    assert all("INDEX" in row[3] or "SEARCH" in row[3] for row in plan)


def heap(path: Path, count: int) -> None:
    """That many records, written at once."""
    opened(path).close()
    digest, made = GENESIS, []
    for number in range(1, count + 1):
        told = record(number)
        digest = chained(digest, told)
        line = line_of(told)
        made.append((number, line.at, line.act, line.cause, line.strength, digest))
    with closing(sqlite3.connect(path)) as db, db:
        db.executemany(
            "INSERT INTO records VALUES (?,?,?,?,'per-maria','acc-office',?,'thumbprint','',?,'')",
            made,
        )


def test_both_connections_write_at_once(store: Store, outbox: Outbox, path: Path) -> None:
    """Law 2: nobody is refused an entry because something is being sent."""
    faults: list[object] = []

    def send() -> None:
        for _ in range(60):
            batch = outbox.batch(3)
            if batch is not None:
                assert not isinstance(batch, Broken | Fault)
                faults.append(outbox.acknowledge(anchor_of(batch)))

    sending = Thread(target=send)
    sending.start()
    for number in range(8, 120):
        faults.append(store.keep(record(number)))
    sending.join()
    assert set(faults) == {None}
    while outbox.batch() is not None:
        outbox.acknowledge(anchor_of(next_batch(outbox)))
    assert [n for n, _ in rows(path)] == list(range(1, 120))
    assert verified(path).findings == ()


def test_a_full_disk_is_said_and_what_was_sent_is_sent_again(outbox: Outbox, path: Path) -> None:
    """T13: nothing counts as acknowledged before it is committed."""
    batch = next_batch(outbox)
    db = outbox._db
    db.execute("PRAGMA query_only = ON")
    assert isinstance(outbox.acknowledge(anchor_of(batch)), Fault)
    assert next_batch(outbox) == batch
    db.execute("PRAGMA query_only = OFF")
    assert outbox.acknowledge(anchor_of(batch)) is None


def test_a_file_that_is_not_todays_is_not_opened(path: Path) -> None:
    """The store brings it up first."""
    made_by_schema_1(path)
    assert open_outbox(path) is Fault.RECORDS_UNREADABLE
    path.write_bytes(b"not a database at all, whatever its name")
    assert open_outbox(path) is Fault.RECORDS_UNREADABLE
    assert open_outbox(path.parent / "missing" / "audit.db") is Fault.RECORDS_UNREADABLE


def test_a_file_that_cannot_be_read_is_let_go_of(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection that nobody has can be closed by nobody."""
    db = connected(path)

    def broken(_: sqlite3.Connection) -> int:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(store_outbox, "connected", lambda _: db)
    monkeypatch.setattr(store_outbox, "version_of", broken)
    assert open_outbox(path) is Fault.RECORDS_UNREADABLE
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        db.execute("SELECT 1")


def test_every_failure_is_a_value(outbox: Outbox) -> None:
    """Nothing raises across a lane."""
    batch = next_batch(outbox)
    outbox._db.execute("DROP TABLE chain")
    outbox._db.execute("DROP TABLE commands")
    assert outbox.batch() is Fault.RECORDS_UNREADABLE
    assert outbox.acknowledge(anchor_of(batch)) is Fault.RECORDS_UNREADABLE
    assert outbox.rewind(1, "") is Fault.RECORDS_UNREADABLE
    assert outbox.commands(OFFICE) is Fault.RECORDS_UNREADABLE
    assert outbox.settle([Settled("x", Settlement.DONE)]) is Fault.RECORDS_UNREADABLE
    assert outbox.unsent() is Fault.RECORDS_UNREADABLE
    assert outbox.prune(AT) is Fault.RECORDS_UNREADABLE
    outbox.close()
    assert outbox.unsent() is Fault.RECORDS_UNREADABLE
