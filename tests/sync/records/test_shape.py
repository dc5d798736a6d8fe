"""T24: a file that somebody built otherwise lets nobody in, sends nothing, and is said."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from kiosk.session.model.commands import Settlement
from kiosk.session.model.refusals import Fault
from kiosk.sync.cache import Cache
from kiosk.sync.records.audit_store import count_unsent, open_store
from kiosk.sync.records.chain import Flaw, Head, verify
from kiosk.sync.records.ledger import open_ledger
from kiosk.sync.records.outbox import Outbox, Settled, open_outbox
from kiosk.sync.records.shape import made_by, stamp_of, strangers
from kiosk.sync.secrets.safe import Safe
from tests.support.fake_keychain import FakeKeychain
from tests.support.worlds import NOON
from tests.sync.records.test_audit_store import (
    command,
    made_by_schema_1,
    opened,
    record,
    rows,
    setting,
)
from tests.sync.records.test_chain import anchor_of, next_batch

EATEN = (
    "CREATE TRIGGER eats_records BEFORE INSERT ON records BEGIN SELECT RAISE(IGNORE); END",
    "CREATE TRIGGER eats_commands BEFORE INSERT ON commands BEGIN SELECT RAISE(IGNORE); END",
    (
        "CREATE TRIGGER takes_back AFTER INSERT ON records BEGIN"
        " DELETE FROM records WHERE sequence = NEW.sequence; END"
    ),
    (
        "CREATE TRIGGER turns AFTER INSERT ON records BEGIN"
        " UPDATE records SET actor = 'per-james' WHERE sequence = NEW.sequence; END"
    ),
)
BUILT = (
    *EATEN,
    "CREATE TABLE more (anything TEXT)",
    "CREATE VIEW more AS SELECT * FROM records",
    "CREATE UNIQUE INDEX no_second ON records (at)",
    "DROP INDEX queued",
    "ALTER TABLE commands ADD COLUMN more TEXT",
    "ALTER TABLE ends RENAME COLUMN session TO sitting",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Three records, one with a command."""
    store = opened(tmp_path / "audit.db")
    store.keep(record(1))
    store.keep(setting(2), command(2))
    store.keep(record(3))
    store.close()
    return tmp_path / "audit.db"


def build(path: Path, *statements: str) -> None:
    """As somebody with a common tool does it."""
    with closing(sqlite3.connect(path)) as db, db:
        for each in statements:
            db.execute(each)


@pytest.mark.parametrize("statement", BUILT)
def test_a_file_that_was_built_otherwise_is_not_opened_and_is_said(
    path: Path, statement: str
) -> None:
    """Laws 2, 11: nobody is let in on a record that vanishes."""
    build(path, statement)
    assert open_store(path) is Fault.RECORDS_UNREADABLE
    assert open_outbox(path) is Fault.RECORDS_UNREADABLE
    assert count_unsent(path) is None, "nobody knows what it would lose"
    with open_ledger(path) as ledger:
        (finding,) = verify(ledger, None).findings
    assert finding.flaw is Flaw.BUILT
    assert finding.sentence.startswith("The file is not built as the kiosk builds it: ")
    assert [number for number, _ in rows(path)] == [1, 2, 3], "and nothing was done to it"


@pytest.mark.parametrize("statement", EATEN)
def test_a_trigger_that_comes_while_the_kiosk_runs_lets_nobody_in(
    path: Path, statement: str
) -> None:
    store, outbox = opened(path), open_outbox(path)
    assert isinstance(outbox, Outbox)
    build(path, statement)
    assert store.keep(setting(4), command(4)) is Fault.RECORDS_UNREADABLE
    assert store.unkept == 1
    assert outbox.batch() is Fault.RECORDS_UNREADABLE
    assert [number for number, _ in rows(path)] == [1, 2, 3]
    build(path, f"DROP TRIGGER {statement.split()[2]}")
    assert store.keep(record(5)) is None
    assert [number for number, _ in rows(path)] == [1, 2, 3, 4, 5]
    assert isinstance(outbox.commands("acc-office"), tuple)
    store.close()
    outbox.close()


@pytest.mark.parametrize("table", ["heads", "anchors", "chain", "commands"])
def test_what_the_outbox_notes_is_looked_at(path: Path, table: str) -> None:
    """A change that vanishes, or an anchor that was never kept."""
    outbox = open_outbox(path)
    assert isinstance(outbox, Outbox)
    batch = next_batch(outbox)
    for event in ("INSERT", "UPDATE"):
        build(
            path,
            f"CREATE TRIGGER on_{event} BEFORE {event} ON {table} BEGIN SELECT RAISE(IGNORE); END",
        )
    assert outbox.keep_head(Head(3, batch.digest, "x")) is Fault.RECORDS_UNREADABLE
    assert outbox.acknowledge(anchor_of(batch)) is Fault.RECORDS_UNREADABLE
    assert outbox.forked() is Fault.RECORDS_UNREADABLE
    settled = [Settled(command(2).id, Settlement.DONE)]
    assert outbox.settle(settled) is Fault.RECORDS_UNREADABLE
    outbox.close()


def test_a_number_put_back_gives_a_trigger_no_power(path: Path) -> None:
    """The connection goes by the same number: it does not see the trigger either."""
    store = opened(path)
    assert store.keep(record(4)) is None
    with closing(sqlite3.connect(path)) as db:
        stamp = stamp_of(db)
        db.execute(EATEN[0])
        db.execute(f"PRAGMA schema_version = {stamp}")
    assert store.keep(record(5)) is None
    assert [number for number, _ in rows(path)] == [1, 2, 3, 4, 5]
    store.close()


def test_an_older_file_that_was_built_otherwise_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "audit.db"
    made_by_schema_1(path)
    build(path, EATEN[0])
    before = path.read_bytes()
    with open_ledger(path) as ledger:
        assert [each.flaw for each in verify(ledger, None).findings] == [Flaw.BUILT]
    assert open_store(path) is Fault.RECORDS_UNREADABLE
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
    assert path.read_bytes()[100:] == before[100:], "but for the header's journal mode"


def test_a_file_that_was_only_tidied_is_ours(path: Path) -> None:
    """IT ran VACUUM, beside the kiosk too: another number, the same shape."""
    store = opened(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("VACUUM")
    assert store.keep(record(4)) is None
    store.close()
    opened(path).close()


def test_a_day_that_was_built_otherwise_is_made_anew(tmp_path: Path) -> None:
    """It holds nothing that cannot be fetched again."""
    safe = Safe(FakeKeychain(), lambda: NOON)
    key = safe.cache_key()
    cache = Cache(tmp_path / "cache.db", safe)
    assert cache.confirmed("acc-office", NOON) is None
    cache.close()
    db = dbapi2.connect(str(tmp_path / "cache.db"), isolation_level=None)
    db.execute(f"PRAGMA key = \"x'{key}'\"")
    db.execute("CREATE TRIGGER eats BEFORE INSERT ON appointments BEGIN SELECT RAISE(IGNORE); END")
    db.close()
    assert cache.confirmed("acc-office", NOON) is None
    assert cache.rebuilt == 1
    cache.close()


def test_what_is_strange_is_named() -> None:
    """In both directions, sorted."""
    with closing(sqlite3.connect(":memory:")) as one, closing(sqlite3.connect(":memory:")) as two:
        ours = made_by(one, ["CREATE TABLE  a (b TEXT)", "CREATE TABLE c (d TEXT)"])
        found = made_by(two, ["CREATE TABLE a\n(b TEXT)", "CREATE INDEX i ON a (b)"])
    assert strangers(found, ours) == ("index i", "table c")
    assert strangers(ours, ours) == ()
