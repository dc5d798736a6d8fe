"""Reading an audit file as it lies there: beside a running kiosk, of either kind, or not at all."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.sync.records.chain import line_of
from kiosk.sync.records.ledger import NotALedger, open_ledger
from tests.sync.records.test_audit_store import made_by_schema_1, opened, record, rows


def test_it_is_read_while_the_kiosk_writes(tmp_path: Path) -> None:
    """One snapshot: what comes meanwhile is not half there, and nobody waits."""
    path = tmp_path / "audit.db"
    store = opened(path)
    store.keep(record(1))
    with open_ledger(path) as ledger:
        assert store.keep(record(2)) is None
        assert [(line, digest) for line, digest in ledger.lines] == [
            (line_of(record(1)), rows(path)[0][1])
        ]
    store.close()


def test_nothing_is_changed_by_reading(tmp_path: Path) -> None:
    """Not even an older file is brought up."""
    path = tmp_path / "audit.db"
    made_by_schema_1(path)
    before = path.read_bytes()
    with open_ledger(path) as ledger:
        assert len(list(ledger.lines)) == 3
        assert ledger.chain == ""
    assert path.read_bytes() == before


@pytest.mark.parametrize("raw", [b"", b"not a database, but someone's work" * 40])
def test_what_is_no_audit_is_said(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "audit.db").write_bytes(raw)
    with pytest.raises(NotALedger), open_ledger(tmp_path / "audit.db"):
        pass


def test_a_missing_a_newer_and_a_foreign_file_are_said(tmp_path: Path) -> None:
    path = tmp_path / "audit.db"
    with pytest.raises(NotALedger), open_ledger(path):
        pass
    assert not path.exists()
    opened(path).close()
    for statement in ("DELETE FROM chain", "DROP TABLE anchors", "PRAGMA user_version = 99"):
        with closing(sqlite3.connect(path)) as db, db:
            db.execute(statement)
        with pytest.raises(NotALedger), open_ledger(path):
            pass
