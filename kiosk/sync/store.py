"""The durable audit of this computer: plain SQLite, ids and codes only, hash-chained (law 2, T13).

Write-ahead log with ``synchronous=FULL``: a record that was kept survives the loss of power.
A file beside it holds a reserve of space, given up when the disk is full, so that what has begun
can still be recorded. For one thread only.
"""

import hashlib
import json
import os
import sqlite3
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from kiosk.session.audit import Record
from kiosk.session.refusals import Fault

SCHEMA = 1
RESERVE_BYTES = 256 * 1024
GENESIS = "0" * 64

_TABLES = """
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
) STRICT;
"""


class Store:
    """The audit file. Records that could not be written wait in memory, in their order."""

    def __init__(self, db: sqlite3.Connection, reserve: Path) -> None:
        self._db = db
        self._reserve = reserve
        self._waiting: dict[int, Record] = {}
        self._last, self._digest = self._tail()

    @property
    def next_sequence(self) -> int:
        """The number of the next record, after those that wait."""
        return max([self._last, *self._waiting]) + 1

    def keep(self, record: Record) -> Fault | None:
        """Make a record durable, and before it those that wait; a fault keeps it waiting."""
        self._waiting[record.sequence] = record
        try:
            self._write_waiting()
        except sqlite3.Error as error:
            self._db.rollback()
            return fault_of(error)
        return None

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _write_waiting(self) -> None:
        while (record := self._waiting.get(self._last + 1)) is not None:
            digest = chained(self._digest, record)
            row = (*values(record), digest)
            try:
                self._insert(row)
            except sqlite3.OperationalError as error:
                if fault_of(error) is not Fault.RECORDS_FULL or not self._spend_reserve():
                    raise
                self._insert(row)
            del self._waiting[record.sequence]
            self._last, self._digest = record.sequence, digest

    def _insert(self, row: tuple[object, ...]) -> None:
        with self._db:
            self._db.execute("INSERT INTO records VALUES (?,?,?,?,?,?,?,?,?,?)", row)

    def _spend_reserve(self) -> bool:
        try:
            self._reserve.unlink()
        except OSError:
            return False
        return True

    def _tail(self) -> tuple[int, str]:
        row = self._db.execute(
            "SELECT sequence, digest FROM records ORDER BY sequence DESC LIMIT 1"
        ).fetchone()
        return (int(row[0]), str(row[1])) if row else (0, GENESIS)


def open_store(path: Path) -> Store | Fault:
    """Open the audit file, making it if there is none; a newer or damaged one is left alone."""
    try:
        db = sqlite3.connect(path, isolation_level="IMMEDIATE")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        if version == 0:
            db.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {SCHEMA}; COMMIT;")
        elif version != SCHEMA or db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            db.close()
            return Fault.RECORDS_UNREADABLE
        reserve = path.with_suffix(".reserve")
        refill(reserve)
        return Store(db, reserve)
    except (sqlite3.Error, OSError) as error:
        return fault_of(error)


def refill(reserve: Path) -> None:
    """Set the space aside again, if the disk has room for it. Real bytes: a hole is no room."""
    if reserve.exists():
        return
    try:
        with reserve.open("wb") as file:
            file.write(bytes(RESERVE_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        reserve.unlink(missing_ok=True)


def count_unsent(path: Path) -> int | None:
    """How many records a wipe of that file would lose: 0 without one, None if it is unreadable."""
    if not path.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            return int(db.execute("SELECT count(*) FROM records").fetchone()[0])
    except sqlite3.Error:
        return None


def values(record: Record) -> tuple[object, ...]:
    """The columns of a record, in their order."""
    return (
        record.sequence,
        written_at(record.at),
        record.act.value,
        record.cause.value,
        record.actor,
        record.account,
        record.strength.value,
        record.device,
        record.detail,
    )


def chained(previous: str, record: Record) -> str:
    """SHA-256, hexadecimal, over the digest before and the record's canonical JSON (T15)."""
    fields = {**asdict(record), "at": written_at(record.at)}
    canonical = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()


def written_at(at: datetime) -> str:
    """RFC 3339, UTC, microseconds."""
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")


def fault_of(error: Exception) -> Fault:
    """A full disk is somebody's to mend; anything else makes the record unreadable."""
    if isinstance(error, sqlite3.Error) and error.sqlite_errorcode == sqlite3.SQLITE_FULL:
        return Fault.RECORDS_FULL
    return Fault.RECORDS_UNREADABLE
