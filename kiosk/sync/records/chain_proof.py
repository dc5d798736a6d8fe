"""Proof that what lies in the audit's file is what this kiosk wrote, before anything is sent of it.

The chain alone can be made to fit again by whoever edits the file. So a proof starts where the
server is and has to end at the records that are vouched for (threats.md T15, T24).
"""

import sqlite3

from kiosk.sync.records.chain import Tail, digest_after
from kiosk.sync.records.ledger import line_from

LINES = (
    "SELECT sequence, at, act, cause, actor, account, strength, device, detail, subject, digest"
    " FROM records WHERE sequence > ? AND sequence <= ? ORDER BY sequence"
)


class Proof:
    """What was proved last, for one connection; every call belongs into one of its transactions."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._state: tuple[int, str, tuple[Tail, ...]] | None = None
        self._start = 0

    def holds(self, chain: str, start: int, vouched: tuple[Tail, ...]) -> bool:
        """Whether the records after ``start`` are a chain on which all these stand, unchanged.

        Walked once for each state that others leave the file in, and not for each batch of a
        hundred thousand: SQLite's ``data_version`` counts what other connections commit.
        Raises ``sqlite3.Error``, ``ValueError``.
        """
        version = int(self._db.execute("PRAGMA data_version").fetchone()[0])
        state = (version, chain, vouched)
        if self._state == state and self._start <= start:
            return True
        if any(each.chain != chain for each in vouched) or not self._walks(start, vouched):
            return False
        self._state, self._start = state, start
        return True

    def _walks(self, start: int, vouched: tuple[Tail, ...]) -> bool:
        wanted = {(each.sequence, each.digest) for each in vouched}
        behind = {each for each in wanted if each[0] <= start}
        # One that was deleted as old, after the server had it, speaks against nobody.
        if any(digest_at(self._db, number) not in {None, digest} for number, digest in behind):
            return False
        wanted -= behind
        last, previous = start, digest_at(self._db, start) or ""
        end = max((number for number, _ in wanted), default=start)
        for *row, _ in self._db.execute(LINES, (start, end)):
            line = line_from(tuple(row))
            last, previous = last + 1, digest_after(previous, line)
            if line.sequence != last:
                return False
            wanted.discard((last, previous))
        return not wanted


def digest_at(db: sqlite3.Connection, sequence: int) -> str | None:
    """The digest up to that record, the last deleted one included; None where it is not known."""
    row = db.execute(
        "SELECT digest FROM records WHERE sequence = ?1"
        " UNION ALL SELECT base_digest FROM chain WHERE base_sequence = ?1",
        (sequence,),
    ).fetchone()
    return str(row[0]) if row else None
