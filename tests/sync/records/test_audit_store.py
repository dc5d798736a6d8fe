"""The durable audit: what was kept is there after anything, in order, chained."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model.audit import Act, Cause, Record
from kiosk.session.model.commands import Command, Kind, Status
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Fault
from kiosk.session.rules.chairside import command_id
from kiosk.sync.records.audit_store import RESERVE_BYTES, Store, count_unsent, open_store
from kiosk.sync.records.chain import GENESIS, Verdict, chained, verify, written_at
from kiosk.sync.records.ledger import open_ledger
from tests.reliability.small_disk import mountable, mounted

AT = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)

SCHEMA_1 = """
CREATE TABLE records (
    sequence INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    act TEXT NOT NULL,
    cause TEXT NOT NULL,
    actor TEXT NOT NULL,
    account TEXT NOT NULL,
    strength TEXT NOT NULL,
    device TEXT NOT NULL,
    detail TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT
"""


def record(sequence: int) -> Record:
    """An entry of Maria's."""
    return Record(
        sequence,
        AT + timedelta(seconds=sequence),
        Act.ENTERED,
        Cause.PERSON,
        "per-maria",
        "acc-office",
        Strength.TILE,
        "thumbprint",
    )


def setting(sequence: int) -> Record:
    """The record of what Maria set."""
    return replace(record(sequence), act=Act.STATUS_SET, detail="Seated", subject="apt-1")


def command(sequence: int) -> Command:
    """What Maria set with that record."""
    return Command(
        command_id("thumbprint", sequence, AT + timedelta(seconds=sequence)),
        sequence,
        Kind.STATUS,
        "apt-1",
        Status.SEATED,
        sequence,
        "per-maria",
        Strength.TILE,
        "acc-office",
        AT + timedelta(seconds=sequence),
    )


def verified(path: Path) -> Verdict:
    """What a verification without keys says."""
    with open_ledger(path) as ledger:
        return verify(ledger, None)


def queued(path: Path) -> list[int]:
    """The numbers of the queued commands, as another program reads them."""
    with closing(sqlite3.connect(path)) as db:
        found = db.execute("SELECT sequence FROM commands WHERE state = 'queued'")
        return sorted(int(row[0]) for row in found)


def opened(path: Path) -> Store:
    """The store at that path, which opens."""
    store = open_store(path)
    assert isinstance(store, Store)
    return store


def rows(path: Path) -> list[tuple[int, str]]:
    """Sequence and digest of every record, as another program reads them."""
    with closing(sqlite3.connect(path)) as db:
        return list(db.execute("SELECT sequence, digest FROM records ORDER BY sequence"))


def test_a_record_is_there_after_the_program_is_gone(tmp_path: Path) -> None:
    """Law 2: kept means durable; the number goes on after a restart."""
    store = opened(tmp_path / "audit.db")
    assert store.keep(record(1)) is None
    assert [n for n, _ in rows(tmp_path / "audit.db")] == [1]
    store.close()
    again = opened(tmp_path / "audit.db")
    assert again.next_sequence == 2
    again.close()


def test_the_journal_is_synchronous(tmp_path: Path) -> None:
    """T13: nothing weaker than WAL with FULL."""
    store = opened(tmp_path / "audit.db")
    db = store._db
    assert db.execute("PRAGMA synchronous").fetchone() == (2,)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    store.close()


def test_each_record_is_chained_to_the_one_before(tmp_path: Path) -> None:
    """T15: any edit changes every digest that follows."""
    store = opened(tmp_path / "audit.db")
    for number in (1, 2, 3):
        store.keep(record(number))
    store.close()
    digest = GENESIS
    for number, kept in rows(tmp_path / "audit.db"):
        digest = chained(digest, record(number))
        assert kept == digest
    edited = replace(record(2), actor="per-james")
    assert chained(chained(GENESIS, record(1)), edited) != rows(tmp_path / "audit.db")[1][1]


def test_a_record_waits_for_the_one_before_it(tmp_path: Path) -> None:
    """No gap is ever written."""
    store = opened(tmp_path / "audit.db")
    assert store.keep(record(2)) is None
    assert rows(tmp_path / "audit.db") == []
    assert store.next_sequence == 3
    assert store.keep(record(1)) is None
    assert [n for n, _ in rows(tmp_path / "audit.db")] == [1, 2]
    store.close()


def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    """T13: the record waits and is written, in order, when there is room."""
    store = opened(tmp_path / "audit.db")
    db = store._db
    assert store.keep(record(1)) is None
    pages = int(db.execute("PRAGMA page_count").fetchone()[0])
    db.execute(f"PRAGMA max_page_count = {pages}")
    number, fault = 1, None
    while fault is None:
        number += 1
        fault = store.keep(record(number))
    assert fault is Fault.RECORDS_FULL
    assert store.keep(record(number + 1)) is Fault.RECORDS_FULL
    assert store.unkept == 2
    db.execute("PRAGMA max_page_count = 100000")
    assert store.keep(record(number + 2)) is None
    assert store.unkept == 0
    assert [n for n, _ in rows(tmp_path / "audit.db")] == list(range(1, number + 3))
    store.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    disk = tmp_path / "disk"
    with mounted(disk, 1 << 20):
        yield disk


@pytest.mark.skipif(not mountable(), reason="only root may mount a small disk")
def test_what_has_begun_can_be_recorded_on_a_full_disk(small_disk: Path) -> None:
    """Law 2: the reserve is given up before anyone is refused; then it is said."""
    store = opened(small_disk / "audit.db")
    with suppress(OSError), (small_disk / "filler").open("wb", buffering=0) as filler:
        while True:
            filler.write(bytes(4096))
    kept = 0
    while (fault := store.keep(record(kept + 1))) is None:
        kept += 1
    assert kept > 50
    assert fault is Fault.RECORDS_FULL
    (small_disk / "filler").unlink()
    assert store.keep(record(kept + 2)) is None
    assert [n for n, _ in rows(small_disk / "audit.db")] == list(range(1, kept + 3))
    store.close()
    opened(small_disk / "audit.db").close()
    assert (small_disk / "audit.reserve").stat().st_size == RESERVE_BYTES


@given(st.binary(min_size=20, max_size=200))
def test_a_file_that_is_not_ours_is_left_alone(junk: bytes) -> None:
    """T12: said, not overwritten."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "audit.db"
        path.write_bytes(junk)
        assert open_store(path) is Fault.RECORDS_UNREADABLE
        assert path.read_bytes() == junk


def test_a_newer_file_is_left_alone(tmp_path: Path) -> None:
    """T12: an older kiosk refuses a newer one's audit."""
    path = tmp_path / "audit.db"
    opened(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    assert open_store(path) is Fault.RECORDS_NEWER


def test_a_flipped_byte_is_found(tmp_path: Path) -> None:
    """T12."""
    path = tmp_path / "audit.db"
    store = opened(path)
    for number in range(1, 200):
        store.keep(record(number))
    store.close()
    raw = bytearray(path.read_bytes())
    for offset in range(4096, len(raw), 512):
        raw[offset] ^= 0xFF
    path.write_bytes(raw)
    assert open_store(path) is Fault.RECORDS_UNREADABLE


def test_a_damaged_page_that_nobody_needs_to_open_is_found(tmp_path: Path) -> None:
    """T12: of old records, somewhere in the middle."""
    path = tmp_path / "audit.db"
    store = opened(path)
    for number in range(1, 200):
        store.keep(record(number))
    store.close()
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 4096 // 2 * 4096] ^= 0xFF
    path.write_bytes(raw)
    assert open_store(path) is Fault.RECORDS_UNREADABLE


def test_a_record_and_its_command_are_kept_together(tmp_path: Path) -> None:
    """Laws 2, 11: never one without the other."""
    path = tmp_path / "audit.db"
    store = opened(path)
    assert store.keep(record(1), command(1)) is None
    assert queued(path) == [1]
    db = store._db
    db.execute("CREATE TRIGGER no BEFORE INSERT ON commands BEGIN SELECT raise(FAIL, 'no'); END")
    assert isinstance(store.keep(record(2), command(2)), Fault)
    assert [n for n, _ in rows(path)] == [1]
    db.execute("DROP TRIGGER no")
    assert store.keep(record(3)) is None
    assert [n for n, _ in rows(path)] == [1, 2, 3]
    assert queued(path) == [1, 2]
    store.close()


def test_the_same_command_is_queued_once(tmp_path: Path) -> None:
    """Law 11: one id, one act; and it blocks nothing that comes after it."""
    path = tmp_path / "audit.db"
    store = opened(path)
    store.keep(record(1), command(1))
    assert store.keep(record(2), replace(command(2), id=command(1).id)) is None
    assert queued(path) == [1]
    store.close()


def test_a_version_that_no_server_counts_to_stops_nothing(tmp_path: Path) -> None:
    """T19: a hostile number must not end up before every record that follows."""
    path = tmp_path / "audit.db"
    store = opened(path)
    assert store.keep(record(1), replace(command(1), seen=2**70)) is None
    assert store.keep(record(2)) is None
    assert queued(path) == [1]
    store.close()


def test_a_record_is_kept_once(tmp_path: Path) -> None:
    """Law 11: said twice, it is there once; another one of its number is a fault."""
    path = tmp_path / "audit.db"
    store = opened(path)
    for number in (1, 2):
        store.keep(record(number))
    for number in (1, 2):
        assert store.keep(replace(record(number), actor="x")) is Fault.RECORDS_UNREADABLE
        assert store.keep(record(number)) is None
    assert store.next_sequence == 3
    store.keep(record(4))
    assert store.keep(replace(record(4), actor="x")) is Fault.RECORDS_UNREADABLE
    store.keep(record(3))
    assert [n for n, _ in rows(path)] == [1, 2, 3, 4]
    store.close()
    assert verified(path).findings == ()


def made_by_schema_1(path: Path) -> None:
    """A file as the first version of the kiosk left it."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(SCHEMA_1)
        digest = GENESIS
        for number in (1, 2, 3):
            digest = chained(digest, record(number))
            told = record(number)
            who = (told.actor, told.account, told.strength, told.device, told.detail)
            row = (number, written_at(told.at), told.act, told.cause, *who, digest)
            db.execute("INSERT INTO records VALUES (?,?,?,?,?,?,?,?,?,?)", row)
        db.execute("PRAGMA user_version = 1")


def test_an_older_file_becomes_todays_with_its_chain_and_its_numbers(tmp_path: Path) -> None:
    """T12: what was recorded before the update is recorded after it."""
    path = tmp_path / "audit.db"
    made_by_schema_1(path)
    before = rows(path)
    assert count_unsent(path) == 3
    assert verified(path).findings == ()
    store = opened(path)
    assert rows(path) == before
    assert store.next_sequence == 4
    assert store.keep(setting(4), command(4)) is None
    store.close()
    assert verified(path).findings == ()
    assert count_unsent(path) == 4


def test_a_record_says_what_it_is_about_only_where_it_is_about_something() -> None:
    """Chains from before there was a subject stay valid; one with it is another record."""
    assert chained(GENESIS, record(1)) == (
        "4e94396780a557e489cd7680625dde0295a55bdb9abc516ae37fae2622381c16"
    )
    assert chained(GENESIS, replace(record(1), subject="apt-1")) != chained(GENESIS, record(1))


def test_what_a_wipe_would_lose_is_counted(tmp_path: Path) -> None:
    """T23: also of a file that nobody can read."""
    path = tmp_path / "audit.db"
    assert count_unsent(path) == 0
    store = opened(path)
    store.keep(record(1))
    assert count_unsent(path) == 1
    store.close()
    path.write_bytes(b"not a database at all, whatever its name")
    assert count_unsent(path) is None


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE chain SET forked = 1, id = 'aud-x/../y'",
        "UPDATE chain SET forked = 1, id = 'aud-' || char(0)",
        "PRAGMA user_version = -5",
    ],
)
def test_a_file_that_somebody_edited_is_a_value(tmp_path: Path, edit: str) -> None:
    """T24: nothing raises, and no file gets a name that somebody else chose."""
    path = tmp_path / "audit.db"
    opened(path).close()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(edit)
    assert open_store(path) is Fault.RECORDS_UNREADABLE


def test_the_largest_number_has_none_after_it(tmp_path: Path) -> None:
    """T24: who cannot be recorded does not enter, and is told why."""
    path = tmp_path / "audit.db"
    store = opened(path)
    assert store.keep(record(1)) is None
    store.close()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE records SET sequence = ?", (2**63 - 1,))
    store = opened(path)
    assert store.keep(replace(record(1), sequence=store.next_sequence)) is Fault.RECORDS_UNREADABLE
    assert not store.holds(replace(store.tail, sequence=2**63))
    store.close()


def test_the_same_file_put_back_twice_is_put_aside_twice(tmp_path: Path) -> None:
    """From a backup: each of them may hold what was never sent (law 11)."""
    path, kept = tmp_path / "audit.db", tmp_path / "backup"
    opened(path).close()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE chain SET forked = 1")
    kept.write_bytes(path.read_bytes())
    for _ in range(3):
        path.write_bytes(kept.read_bytes())
        opened(path).close()
    assert len(list(tmp_path.glob("audit-aud-*.db"))) == 3


@pytest.mark.parametrize("where", ["missing/audit.db"])
def test_a_place_that_is_not_there_is_a_fault(tmp_path: Path, where: str) -> None:
    """Never an exception across the lane."""
    assert isinstance(open_store(tmp_path / where), Fault)
