"""The tables of the audit file, and how an older file becomes today's.

A file is brought up step by step, in one transaction: it is of the old kind or of the new one. A
new file takes every step, so that there is one way to be of a kind. A file that somebody built
otherwise is nobody's (threats.md T24). Must never touch a newer file.
"""

import sqlite3
from contextlib import closing
from functools import cache

from kiosk.sync.records.chain import GENESIS
from kiosk.sync.records.shape import Shape, made_by, shape_of, stamp_of, strangers

SCHEMA = 2

_STEPS: dict[int, tuple[str, ...]] = {
    1: (
        """
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
        """,
    ),
    2: (
        "ALTER TABLE records ADD COLUMN subject TEXT NOT NULL DEFAULT ''",
        # One row: the name of this chain, where it starts, and how far the server has it.
        """
        CREATE TABLE chain (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            id TEXT NOT NULL,
            base_sequence INTEGER NOT NULL,
            base_digest TEXT NOT NULL,
            acknowledged INTEGER NOT NULL,
            forked INTEGER NOT NULL DEFAULT 0 CHECK (forked IN (0, 1))
        ) STRICT
        """,
        # No tie to its record, which may be deleted before it: nothing queued may go with another.
        """
        CREATE TABLE commands (
            sequence INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL CHECK (kind IN ('status', 'operatory', 'room')),
            target TEXT NOT NULL,
            set_to TEXT NOT NULL,
            seen INTEGER NOT NULL,
            after TEXT NOT NULL,
            actor TEXT NOT NULL,
            strength TEXT NOT NULL,
            account TEXT NOT NULL,
            at TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('queued', 'done', 'conflict', 'refused')),
            code TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX queued ON commands (account, sequence) WHERE state = 'queued'",
        "CREATE INDEX settled ON commands (at) WHERE state != 'queued'",
        "CREATE TABLE ends (session TEXT PRIMARY KEY) STRICT",
        """
        CREATE TABLE heads (
            sequence INTEGER PRIMARY KEY,
            digest TEXT NOT NULL,
            signed TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE anchors (
            sequence INTEGER PRIMARY KEY,
            digest TEXT NOT NULL,
            receipt TEXT NOT NULL,
            at TEXT NOT NULL,
            doubted INTEGER NOT NULL CHECK (doubted IN (0, 1))
        ) STRICT
        """,
        f"INSERT INTO chain SELECT 1, 'aud-' || lower(hex(randomblob(16))), 0, '{GENESIS}', 0, 0",
    ),
}


class Foreign(sqlite3.DatabaseError):
    """The file is not built as this program builds it, or did not take what it was given."""


class Guard:
    """Looks, within a transaction, whether the file still has its shape: whoever edits it need not
    wait until the kiosk ends."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._stamp: int | None = None

    def look(self) -> None:
        """Raises ``Foreign``; costs one number of the first page while nothing has changed."""
        stamp = stamp_of(self._db)
        if stamp != self._stamp:
            if foreign_in(self._db):
                raise Foreign
            self._stamp = stamp


def written(cursor: sqlite3.Cursor, rows: int = 1) -> None:
    """Look at what a statement did: a trigger may have taken its row away. Raises ``Foreign``."""
    if cursor.rowcount != rows:
        raise Foreign


def foreign_in(db: sqlite3.Connection, version: int = SCHEMA) -> tuple[str, ...]:
    """What of the file is not as a kiosk of that schema makes it. Raises ``sqlite3.Error``."""
    return strangers(shape_of(db), _ours(version))


@cache
def _ours(version: int) -> Shape:
    with closing(sqlite3.connect(":memory:")) as db:
        steps = (_STEPS[step] for step in range(1, version + 1))
        return made_by(db, (statement for step in steps for statement in step))


def version_of(db: sqlite3.Connection) -> int:
    """The kind of a file; 0 for a new one. Raises ``sqlite3.Error``."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def bring_up(db: sqlite3.Connection) -> None:
    """Make a new or older file today's, whole or not at all. Raises ``sqlite3.Error``."""
    db.execute("BEGIN IMMEDIATE")
    try:
        for version in range(version_of(db) + 1, SCHEMA + 1):
            for statement in _STEPS[version]:
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {SCHEMA}")
        if foreign_in(db):
            raise Foreign
    except sqlite3.Error:
        db.rollback()
        raise
    db.commit()
