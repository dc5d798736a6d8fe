"""How an audit file becomes today's: whole or not at all, and never a newer one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.sync.records.schema import SCHEMA, Foreign, bring_up, version_of, written
from tests.sync.records.test_audit_store import made_by_schema_1, rows


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A file as the first version of the kiosk left it."""
    made_by_schema_1(tmp_path / "audit.db")
    with closing(sqlite3.connect(tmp_path / "audit.db")) as opened:
        yield opened


def shape(db: sqlite3.Connection) -> list[tuple[str, tuple[str, ...]]]:
    """Every table and its columns."""
    names = [n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return sorted(
        (
            name,
            tuple(row[0] for row in db.execute("SELECT name FROM pragma_table_info(?)", (name,))),
        )
        for name in names
    )


def test_a_new_file_and_an_older_one_become_the_same(db: sqlite3.Connection) -> None:
    """One way to be of a kind."""
    with closing(sqlite3.connect(":memory:")) as new:
        bring_up(new)
        bring_up(db)
        assert shape(new) == shape(db)
        assert version_of(new) == version_of(db) == SCHEMA


def test_a_chain_is_named_once_and_for_good(db: sqlite3.Connection) -> None:
    """Two computers never call theirs the same; bringing up again changes nothing."""
    bring_up(db)
    named = db.execute("SELECT id FROM chain").fetchone()
    bring_up(db)
    assert db.execute("SELECT id FROM chain").fetchone() == named
    assert named[0].startswith("aud-")
    assert len(named[0]) == len("aud-") + 32
    with closing(sqlite3.connect(":memory:")) as other:
        bring_up(other)
        assert other.execute("SELECT id FROM chain").fetchone() != named


def test_what_fails_on_the_way_leaves_the_old_file(db: sqlite3.Connection, tmp_path: Path) -> None:
    """T12, T13: whole or not at all; the next start brings it up."""
    before = rows(tmp_path / "audit.db")
    db.execute("CREATE TABLE heads (in_the_way INTEGER)")
    with pytest.raises(sqlite3.Error):
        bring_up(db)
    assert version_of(db) == 1
    assert dict(shape(db))["records"][-1] == "digest"
    db.execute("DROP TABLE heads")
    bring_up(db)
    assert version_of(db) == SCHEMA
    assert rows(tmp_path / "audit.db") == before


def test_what_a_statement_did_is_looked_at(db: sqlite3.Connection) -> None:
    """T24: a row that a trigger took away is no row, though SQLite says that all went well."""
    bring_up(db)
    written(db.execute("UPDATE chain SET forked = 0"))
    db.execute("CREATE TRIGGER eats BEFORE UPDATE ON chain BEGIN SELECT RAISE(IGNORE); END")
    with pytest.raises(Foreign):
        written(db.execute("UPDATE chain SET forked = 1"))
