"""The outbox: what of the audit file the server has not got yet, in order, and what it said.

A second connection to the file that ``audit_store`` writes, for the sync lane. What is acknowledged
is committed before anybody builds on it; until then it is sent again, and the server knows it
(law 11). Must never change a record, nor delete one that the server has not confirmed.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import takewhile
from pathlib import Path
from threading import RLock
from typing import TypeVar

from kiosk.session.model.commands import Command, Settlement
from kiosk.session.model.refusals import Fault
from kiosk.sync.records.audit_store import LARGEST, connected, fault_of
from kiosk.sync.records.chain import UNTRUE, Anchor, Head, LogEntry, Tail, digest_after, written_at
from kiosk.sync.records.chain_proof import LINES, Proof, digest_at
from kiosk.sync.records.ledger import COMMANDS, as_recorded, command_from, line_from
from kiosk.sync.records.schema import SCHEMA, Guard, foreign_in, version_of, written

KEPT = timedelta(days=90)
"""How long acknowledged records and settled commands stay here."""
AT_ONCE = 5000
"""How many rows are deleted in one transaction: whoever enters meanwhile waits for it."""

_OF_THESE = "(? = '' OR account IN (SELECT value FROM json_each(?)))"
_READ, _WRITE = "BEGIN", "BEGIN IMMEDIATE"

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Batch:
    """The next records to send. ``digest`` is that of the last; ``head`` is empty until kept."""

    chain: str
    lines: tuple[LogEntry, ...]
    digest: str
    head: str

    @property
    def sequence(self) -> int:
        """The number of the last record."""
        return self.lines[-1].sequence


@dataclass(frozen=True, slots=True)
class Broken:
    """The chain does not hold at that number: nothing from there on can be sent (T15)."""

    sequence: int


class Doubt(StrEnum):
    """How what the server says contradicts this file."""

    FOREIGN = "foreign"  # it speaks of another chain
    AHEAD = "ahead"  # it has records that are not here: this file was put back, or cut
    FORKED = "forked"  # it has another record of that number
    GONE = "gone"  # it lacks records that were deleted here after it had confirmed them


@dataclass(frozen=True, slots=True)
class Settled:
    """How one command ended; ``code`` is the server's, or empty."""

    id: str
    settlement: Settlement
    code: str = ""


@dataclass(frozen=True, slots=True)
class Unsent:
    """How much waits for the server."""

    records: int
    commands: int


@dataclass(frozen=True, slots=True)
class _Chain:
    id: str
    base_sequence: int
    base_digest: str
    acknowledged: int
    forked: bool


class Outbox:
    """What waits to be sent. Any lane may ask; one at a time is answered."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._guard = Guard(db)
        self._lock = RLock()
        self._proof = Proof(db)

    def batch(
        self, limit: int = 500, vouched: tuple[Tail, ...] = ()
    ) -> Batch | Broken | Fault | None:
        """The next unacknowledged records, in order and proved by their chain; None without any.

        Those that are ``vouched`` for have to stand at its end, unchanged: the chain alone can be
        made to fit again by whoever edits the file (threats.md T24). What came after waits.
        """
        newest = max((each.sequence for each in vouched), default=LARGEST)

        def read() -> Batch | Broken | None:
            chain = self._chain()
            previous = digest_at(self._db, chain.acknowledged)
            if previous is None or chain.forked:
                return Broken(chain.acknowledged)
            if not self._proof.holds(chain.id, chain.acknowledged, vouched):
                return Broken(chain.acknowledged + 1)
            rows = self._db.execute(
                f"{LINES} LIMIT ?", (chain.acknowledged, newest, limit)
            ).fetchall()
            lines = []
            for number, (*row, digest) in enumerate(rows, chain.acknowledged + 1):
                line = line_from(tuple(row))
                if line.sequence != number or digest_after(previous, line) != digest:
                    break
                lines.append(line)
                previous = digest
            if not lines:
                return Broken(chain.acknowledged + 1) if rows else None
            head = self._db.execute(
                "SELECT signed FROM heads WHERE sequence = ? AND digest = ?",
                (lines[-1].sequence, previous),
            ).fetchone()
            return Batch(chain.id, tuple(lines), previous, head[0] if head else "")

        return self._answered(_READ, read)

    def keep_head(self, head: Head) -> Fault | None:
        """Keep what the device key signed, before it is sent: a later cut is found by it."""

        def write() -> None:
            written(
                self._db.execute(
                    "INSERT OR REPLACE INTO heads (sequence, digest, signed) VALUES (?,?,?)",
                    (head.sequence, head.digest, head.signed),
                )
            )

        return self._answered(_WRITE, write)

    def acknowledge(self, anchor: Anchor) -> Doubt | Fault | None:
        """The server has everything up to there. A contradiction is kept as evidence and said."""

        def write() -> Doubt | None:
            chain = self._chain()
            doubt = self._doubt(chain, anchor.chain, anchor.sequence, anchor.digest)
            if doubt is Doubt.FOREIGN or anchor.sequence < chain.base_sequence:
                return doubt
            doubted = doubt is not None
            row = (anchor.sequence, anchor.digest, anchor.receipt, written_at(anchor.at), doubted)
            if doubted:
                self._db.execute(
                    "INSERT OR IGNORE INTO anchors SELECT ?,?,?,?,?"
                    " WHERE NOT EXISTS (SELECT 1 FROM anchors WHERE doubted)",
                    row,
                )
                return doubt
            written(self._db.execute("INSERT OR REPLACE INTO anchors VALUES (?,?,?,?,?)", row))
            # The newest confirms everything before it, through the chain.
            self._db.execute(
                "DELETE FROM anchors WHERE NOT doubted AND sequence <"
                " (SELECT max(sequence) FROM anchors WHERE NOT doubted)"
            )
            self._db.execute("DELETE FROM heads WHERE sequence < ?", (anchor.sequence,))
            written(
                self._db.execute(
                    "UPDATE chain SET acknowledged = max(acknowledged, ?)", (anchor.sequence,)
                )
            )
            return None

        return self._answered(_WRITE, write)

    def rewind(self, sequence: int, digest: str) -> Doubt | Fault | None:
        """Send again from after ``sequence``: the server was put back to where it was then."""

        def write() -> Doubt | None:
            chain = self._chain()
            if sequence < chain.base_sequence:
                return Doubt.GONE
            doubt = self._doubt(chain, chain.id, sequence, digest)
            if doubt is None:
                written(
                    self._db.execute(
                        "UPDATE chain SET acknowledged = min(acknowledged, ?)", (sequence,)
                    )
                )
            return doubt

        return self._answered(_WRITE, write)

    def commands(self, *accounts: str, limit: int = 200) -> tuple[Command, ...] | Fault:
        """The queued commands of these accounts, in order, up to the first of another of them.

        All are one account's, so that none is sent as someone else (law 11).
        """

        found = self.queued(json.dumps(accounts), limit)
        if isinstance(found, Fault):
            return found
        return tuple(takewhile(lambda each: each.account == found[0].account, found))

    def queued(self, accounts: str = "", limit: int = 200) -> tuple[Command, ...] | Fault:
        """Everybody's queued commands in order, or those of ``accounts`` (a JSON array of ids)."""

        def read() -> tuple[Command, ...]:
            rows = self._db.execute(
                f"{COMMANDS} WHERE state = 'queued' AND {_OF_THESE} ORDER BY sequence LIMIT ?",
                (accounts, accounts or "[]", limit),
            )
            return tuple(command_from(row) for row in rows)

        return self._answered(_READ, read)

    def recorded(
        self, commands: Sequence[Command], vouched: tuple[Tail, ...]
    ) -> frozenset[str] | Fault:
        """The ids of those that are what their records say, in a chain that leads to what is
        ``vouched`` for: the queue itself is anybody's to edit (law 4, threats.md T24)."""

        def read() -> frozenset[str] | Fault:
            chain = self._chain()
            first = min((each.sequence for each in commands), default=1)
            if not self._proof.holds(chain.id, max(first - 1, chain.base_sequence), vouched):
                return Fault.RECORDS_BROKEN
            return frozenset(each.id for each in commands if as_recorded(self._db, each))

        return self._answered(_READ, read)

    def waiting(self) -> tuple[str, ...] | Fault:
        """Whose commands are queued."""

        def read() -> tuple[str, ...]:
            rows = self._db.execute("SELECT DISTINCT account FROM commands WHERE state = 'queued'")
            return tuple(account for (account,) in rows)

        return self._answered(_READ, read)

    def settle(self, results: Iterable[Settled]) -> Fault | None:
        """Keep how commands ended. The first word counts; an unknown command changes nothing."""

        def write() -> None:
            self._db.executemany(
                "UPDATE commands SET state = ?, code = ? WHERE id = ? AND state = 'queued'",
                [(each.settlement.value, each.code, each.id) for each in results],
            )

        return self._answered(_WRITE, write)

    def owe_end(self, session_id: str) -> Fault | None:
        """A session ended here, and the server does not know it yet."""

        def write() -> None:
            self._db.execute("INSERT OR IGNORE INTO ends VALUES (?)", (session_id,))

        return self._answered(_WRITE, write)

    def ends(self) -> tuple[str, ...] | Fault:
        """The sessions whose end the server does not know yet."""

        def read() -> tuple[str, ...]:
            return tuple(str(row[0]) for row in self._db.execute("SELECT session FROM ends"))

        return self._answered(_READ, read)

    def ended(self, session_id: str) -> Fault | None:
        """The server knows it."""

        def write() -> None:
            self._db.execute("DELETE FROM ends WHERE session = ?", (session_id,))

        return self._answered(_WRITE, write)

    def forked(self) -> Fault | None:
        """The server has another history under this chain's name: nothing more is sent of it.

        At the next start the file is put aside as evidence, and a new chain begins.
        """

        def write() -> None:
            written(self._db.execute("UPDATE chain SET forked = 1"))

        return self._answered(_WRITE, write)

    def unsent(self) -> Unsent | Fault:
        """How much waits, found without counting records: their numbers have no gaps."""

        def read() -> Unsent:
            records, commands = self._db.execute(
                "SELECT coalesce((SELECT max(sequence) FROM records), base_sequence)"
                " - acknowledged,"
                " (SELECT count(*) FROM commands WHERE state = 'queued') FROM chain"
            ).fetchone()
            return Unsent(max(int(records), 0), int(commands))

        return self._answered(_READ, read)

    def prune(self, now: datetime) -> bool | Fault:
        """Delete what the server has had for 90 days; True while there is more of it.

        Only from the front, so that the chain stays whole from its base on.
        """
        before = written_at((now - KEPT).astimezone(UTC))

        def write() -> bool:
            chain = self._chain()
            young = self._db.execute(
                "SELECT sequence FROM records WHERE at >= ? ORDER BY sequence LIMIT 1", (before,)
            ).fetchone()
            end = min(young[0] - 1, chain.acknowledged) if young else chain.acknowledged
            waits = self._db.execute(
                "SELECT min(sequence) FROM commands WHERE state = 'queued'"
            ).fetchone()
            # What waits is sent as its record says: that one stays too.
            end = min(end, waits[0] - 1) if waits[0] is not None else end
            base = min(end, chain.base_sequence + AT_ONCE)
            digest = digest_at(self._db, base)
            if base > chain.base_sequence and digest is not None:
                self._db.execute("DELETE FROM records WHERE sequence <= ?", (base,))
                self._db.execute(
                    "UPDATE chain SET base_sequence = ?, base_digest = ?", (base, digest)
                )
            self._db.execute(
                "DELETE FROM commands WHERE state != 'queued' AND at < ? AND code != ?",
                (before, UNTRUE),
            )
            return digest is not None and base < end

        return self._answered(_WRITE, write)

    def close(self) -> None:
        """Close this connection."""
        with self._lock:
            self._db.close()

    def _chain(self) -> _Chain:
        row = self._db.execute(
            "SELECT id, base_sequence, base_digest, acknowledged, forked FROM chain"
        ).fetchone()
        return _Chain(str(row[0]), int(row[1]), str(row[2]), int(row[3]), bool(row[4]))

    def _doubt(self, chain: _Chain, named: str, sequence: int, digest: str) -> Doubt | None:
        if named != chain.id:
            return Doubt.FOREIGN
        if sequence < chain.base_sequence:
            return None
        known = digest_at(self._db, sequence)
        if known is None:
            return Doubt.AHEAD
        return None if known == digest else Doubt.FORKED

    def _answered(self, begin: str, work: Callable[[], Answer]) -> Answer | Fault:
        """Do it in one transaction; every failure of the file is a value."""
        with self._lock:
            try:
                with self._db:
                    self._db.execute(begin)
                    # The shape stands still within a transaction, once it has read or may write.
                    self._guard.look()
                    return work()
            except (sqlite3.Error, ValueError, TypeError) as error:
                return fault_of(error)


def open_outbox(path: Path) -> Outbox | Fault:
    """The outbox of an audit file that ``open_store`` has opened."""
    try:
        with ExitStack() as ends:
            db = ends.enter_context(closing(connected(path)))
            if version_of(db) == SCHEMA and not foreign_in(db):
                ends.pop_all()
                return Outbox(db)
            return Fault.RECORDS_UNREADABLE
    except sqlite3.Error as error:
        return fault_of(error)
