"""The shape of an SQLite file: its tables, indexes, views and triggers, as their own words have it.

A trigger in a file that anybody may edit takes a record away while it is written, and SQLite calls
that success (threats.md T24). So a file counts only in the shape that this program gives it. Knows
no driver: the audit is plain SQLite, the day is SQLCipher.
"""

from collections.abc import Iterable
from typing import Any, Protocol

Shape = frozenset[tuple[str, str, str, str]]
"""Kind, name, table and statement of everything in a file."""


class Cursor(Protocol):
    """What a statement gives back."""

    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...


class Database(Protocol):
    """A connection of either driver."""

    def execute(self, sql: str, /) -> Cursor: ...


def shape_of(db: Database) -> Shape:
    """The shape of an open file. Raises the driver's error.

    Blanks are one blank: a statement is kept as it was typed, and none of ours has one in a text.
    """
    rows = db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    return frozenset(
        (str(kind), str(name), str(table), " ".join(str(sql or "").split()))
        for kind, name, table, sql in rows
    )


def strangers(found: Shape, ours: Shape) -> tuple[str, ...]:
    """What is there and should not be, or is otherwise, or is not there: kind and name, sorted."""
    return tuple(sorted({f"{kind} {name}" for kind, name, _, _ in found ^ ours}))


def stamp_of(db: Database) -> int:
    """A number that is another one after every change of the shape, by whomever.

    Who puts the number back has this connection go on with the shape that it knows.
    """
    return int(db.execute("PRAGMA schema_version").fetchone()[0])


def made_by(db: Database, statements: Iterable[str]) -> Shape:
    """The shape that these statements give an empty file."""
    for statement in statements:
        db.execute(statement)
    return shape_of(db)
