"""The durable audit of this computer: plain SQLite, ids and codes only, hash-chained (law 2, T13).

Write-ahead log with ``synchronous=FULL``: a record that was kept survives the loss of power.
A file beside it holds a reserve of space, given up when the disk is full, so that what has begun
can still be recorded. For one thread only; ``outbox`` sends from the same file.
"""

import os
import re
import sqlite3
from contextlib import closing
from dataclasses import astuple
from itertools import count
from pathlib import Path

from kiosk.session.model.audit import Act, Record
from kiosk.session.model.commands import Command, Settlement
from kiosk.session.model.refusals import Fault
from kiosk.sync.records.chain import (
    LogEntry,
    Tail,
    chained,
    digest_after,
    line_of,
    written_at,
)
from kiosk.sync.records.schema import (
    SCHEMA,
    Foreign,
    Guard,
    bring_up,
    foreign_in,
    version_of,
    written,
)

RESERVE_BYTES = 256 * 1024
BUSY_SECONDS = 5.0
"""How long a writer waits for the other connection, whose transactions last milliseconds."""
CHAIN = re.compile("aud-[0-9a-f]{32}")
LARGEST = 2**63 - 1
"""The largest number of a column. A version beyond it is nobody's, and must stop no record."""

_INSERT_RECORD = """
INSERT INTO records
    (sequence, at, act, cause, actor, account, strength, device, detail, subject, digest)
VALUES (?,?,?,?,?,?,?,?,?,?,?)
"""
_CASE = """
SELECT here.sequence, here.at, here.act, here.cause, here.actor, here.account, here.strength,
    here.device, here.detail, here.subject,
    coalesce((SELECT digest FROM records WHERE sequence = here.sequence - 1), base_digest)
FROM records AS here, chain
WHERE here.sequence = ?1 AND NOT EXISTS
    (SELECT 1 FROM records WHERE sequence > ?1 AND (
        act = 'case_ended' AND subject = ?1 OR act IN ('taken_out', 'left', 'entered')))
"""
_OPEN_CASE = """
SELECT begun.sequence FROM records AS begun WHERE begun.act = 'case_begun' AND NOT EXISTS
    (SELECT 1 FROM records WHERE act = 'case_ended' AND subject = begun.sequence)
ORDER BY begun.sequence DESC LIMIT 1
"""
_RELIEF = """
SELECT actor FROM records
WHERE sequence > ?1 AND act = 'case_taken_over' AND subject = ?1 ORDER BY sequence DESC LIMIT 1
"""
_INSERT_COMMAND = """
INSERT INTO commands
    (sequence, id, kind, target, set_to, seen, after, actor, strength, account, at, state, code)
VALUES (?,?,?,?,?,?,?,?,?,?,?,?,'')
"""


class Store:
    """The audit file. Records that could not be written wait in memory, in their order."""

    def __init__(self, db: sqlite3.Connection, reserve: Path) -> None:
        self._db = db
        self._reserve = reserve
        self._guard = Guard(db)
        self._waiting: dict[int, tuple[Record, Command | None]] = {}
        self._chain = str(db.execute("SELECT id FROM chain").fetchone()[0])
        self._last, self._digest = self._newest()

    @property
    def tail(self) -> Tail:
        """The newest durable record of this chain."""
        return Tail(self._chain, self._last, self._digest)

    @property
    def next_sequence(self) -> int:
        """The number of the next record, after those that wait."""
        return max([self._last, *self._waiting]) + 1

    @property
    def unkept(self) -> int:
        """How many records wait in memory for the disk."""
        return len(self._waiting)

    def holds(self, tail: Tail) -> bool:
        """Whether that record stands here as it did; one deleted as old speaks against nobody."""
        try:
            base, base_digest, found = self._db.execute(
                "SELECT base_sequence, base_digest,"
                " (SELECT digest FROM records WHERE sequence = ?) FROM chain",
                (tail.sequence,),
            ).fetchone()
        except (sqlite3.Error, TypeError, OverflowError):
            return False
        if tail.sequence < base:
            return True
        return bool(tail.digest == (base_digest if tail.sequence == base else found))

    def begins_case(self, sequence: int) -> Tail | None:
        """The record of that number, if it began a case that no later one has ended.

        Made anew from what stands there: a row that was edited is not the one that was written.
        """
        try:
            row = self._db.execute(_CASE, (sequence,)).fetchone()
            if row is None or row[2] != Act.CASE_BEGUN or row[-1] is None:
                return None
            digest = digest_after(str(row[-1]), LogEntry(*row[:-1]))
        except (sqlite3.Error, TypeError, OverflowError):
            return None
        return Tail(self._chain, sequence, digest)

    def open_case(self) -> int:
        """The number of the record that began a case which none has ended; 0 for none."""
        try:
            found = self._db.execute(_OPEN_CASE).fetchone()
        except sqlite3.Error:
            return 0
        return 0 if found is None else int(found[0])

    def relief_in(self, sequence: int) -> str:
        """Who took that case over last, by id; empty for nobody."""
        try:
            found = self._db.execute(_RELIEF, (sequence,)).fetchone()
        except (sqlite3.Error, OverflowError):
            return ""
        return "" if found is None else str(found[0])

    def keep(self, record: Record, command: Command | None = None) -> Fault | None:
        """Make a record durable, and before it those that wait; a fault keeps it waiting.

        The command that it tells of is queued in the same transaction: there is never one without
        the other (laws 2, 11). A record that is kept already changes nothing; another one of the
        same number is a fault, and waits for nothing.
        """
        if record.sequence <= self._last:
            return self._kept_before(record)
        waiting, _ = self._waiting.setdefault(record.sequence, (record, command))
        if waiting != record:
            return Fault.RECORDS_UNREADABLE
        try:
            self._write_waiting()
        except (sqlite3.Error, OverflowError) as error:  # a number that nobody can count on from
            self._db.rollback()
            return fault_of(error)
        return None

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _kept_before(self, record: Record) -> Fault | None:
        try:
            found = self._db.execute(
                "SELECT digest, (SELECT digest FROM records WHERE sequence = ?1 - 1),"
                " (SELECT base_digest FROM chain) FROM records WHERE sequence = ?1",
                (record.sequence,),
            ).fetchone()
        except sqlite3.Error as error:
            return fault_of(error)
        if found is None or chained(found[1] or found[2], record) != found[0]:
            return Fault.RECORDS_UNREADABLE
        return None

    def _write_waiting(self) -> None:
        while (waiting := self._waiting.get(self._last + 1)) is not None:
            record, command = waiting
            digest = chained(self._digest, record)
            try:
                self._insert(record, digest, command)
            except sqlite3.OperationalError as error:
                if fault_of(error) is not Fault.RECORDS_FULL or not self._spend_reserve():
                    raise
                self._insert(record, digest, command)
            del self._waiting[record.sequence]
            self._last, self._digest = record.sequence, digest

    def _insert(self, record: Record, digest: str, command: Command | None) -> None:
        with self._db:
            written(self._db.execute(_INSERT_RECORD, (*astuple(line_of(record)), digest)))
            if command is not None and not self._queued(command):
                written(self._db.execute(_INSERT_COMMAND, _columns(command)))
            # Within the transaction: nobody can change the shape between this and the commit.
            self._guard.look()

    def _queued(self, command: Command) -> bool:
        """Whether it is there already: one id, one act (law 11)."""
        found = self._db.execute("SELECT 1 FROM commands WHERE id = ?", (command.id,))
        return found.fetchone() is not None

    def _spend_reserve(self) -> bool:
        try:
            self._reserve.unlink()
        except OSError:
            return False
        return True

    def _newest(self) -> tuple[int, str]:
        row = self._db.execute(
            "SELECT sequence, digest FROM records"
            " UNION ALL SELECT base_sequence, base_digest FROM chain"
            " ORDER BY sequence DESC LIMIT 1"
        ).fetchone()
        return int(row[0]), str(row[1])


def open_store(path: Path) -> Store | Fault:
    """Open the audit file, making it if there is none; one that is newer, damaged or built
    otherwise is left alone.

    The structure of the file is checked, which takes milliseconds; its chain is not: that belongs
    to ``kiosk audit verify``, and to each batch that is sent.
    """
    reserve = path.with_suffix(".reserve")
    try:
        db = connected(path)
        try:
            version = version_of(db)
            if version > SCHEMA:
                db.close()
                return Fault.RECORDS_NEWER
            if version < 0:
                db.close()
                return Fault.RECORDS_UNREADABLE
            if db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                db.close()
                return Fault.RECORDS_UNREADABLE
            if version < SCHEMA:
                _bring_up(db, reserve)
            elif foreign_in(db):
                db.close()
                return Fault.RECORDS_UNREADABLE
            elif aside := _forked(db):
                # Evidence, whole and under its own name; what is recorded now begins a new chain.
                busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                if busy:
                    # Somebody reads it: what is still in its log must not be parted from it.
                    refill(reserve)
                    return Store(db, reserve)
                db.close()
                path.rename(_beside(path, aside))
                return open_store(path)
            refill(reserve)
            return Store(db, reserve)
        except (sqlite3.Error, TypeError):
            db.close()
            raise
    except (sqlite3.Error, OSError, TypeError) as error:
        return fault_of(error)


def _forked(db: sqlite3.Connection) -> str:
    """The name of a chain that the server refuses as another's, or empty. Raises ``Foreign``."""
    row = db.execute("SELECT id FROM chain WHERE forked").fetchone()
    if row and not CHAIN.fullmatch(str(row[0])):
        raise Foreign  # a file will be called so
    return str(row[0]) if row else ""


def _beside(path: Path, chain: str) -> Path:
    """A name that is free: who put the same old file back twice keeps what both never sent."""
    names = (f"{path.stem}-{chain}{f'-{n}' if n else ''}{path.suffix}" for n in count())
    return next(each for each in map(path.with_name, names) if not each.exists())


def connected(path: Path) -> sqlite3.Connection:
    """A connection to the audit file, durable at every commit. Raises ``sqlite3.Error``."""
    db = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level="IMMEDIATE", check_same_thread=False
    )
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error:
        db.close()
        raise
    return db


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
    """How much a wipe of that file would lose: 0 without one, None if nobody can tell.

    Records that the server has not acknowledged, and commands still queued whose record it has.
    """
    if not path.exists():
        return 0
    try:
        with closing(read_only(path)) as db:
            version = version_of(db)
            if foreign_in(db, version):
                return None
            if version == 1:
                return int(db.execute("SELECT count(*) FROM records").fetchone()[0])
            acknowledged = int(db.execute("SELECT acknowledged FROM chain").fetchone()[0])
            found = db.execute(
                "SELECT (SELECT count(*) FROM records WHERE sequence > ?1)"
                " + (SELECT count(*) FROM commands WHERE state = 'queued' AND sequence <= ?1)",
                (acknowledged,),
            ).fetchone()
            return int(found[0])
    except (sqlite3.Error, TypeError, KeyError):
        return None


def accounts_in(path: Path) -> frozenset[str]:
    """Every account that a record of that file was made in; none of a file that is not read."""
    if not path.exists():
        return frozenset()
    try:
        with closing(read_only(path)) as db:
            return frozenset(
                str(row[0]) for row in db.execute("SELECT DISTINCT account FROM records")
            )
    except sqlite3.Error:
        return frozenset()


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing, also beside a running kiosk. Raises ``sqlite3.Error``."""
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )


def fault_of(error: Exception) -> Fault:
    """A full disk is somebody's to mend; anything else makes the record unreadable."""
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return Fault.RECORDS_FULL
    return Fault.RECORDS_UNREADABLE


def _bring_up(db: sqlite3.Connection, reserve: Path) -> None:
    try:
        bring_up(db)
    except sqlite3.OperationalError as error:
        if fault_of(error) is not Fault.RECORDS_FULL:
            raise
        # An update on a full disk must not shut everybody out.
        reserve.unlink(missing_ok=True)
        bring_up(db)


def _columns(command: Command) -> tuple[object, ...]:
    return (
        command.sequence,
        command.id,
        command.kind.value,
        command.target,
        command.to,
        min(command.seen, LARGEST),
        command.after,
        command.actor,
        command.strength.value,
        command.account,
        written_at(command.at),
        Settlement.QUEUED.value,
    )
