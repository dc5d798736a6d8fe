"""A file of rows that is encrypted: what holds for each of them (T3, T12)."""

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from kiosk.session.model.refusals import Fault
from kiosk.sync.encrypted import EncryptedFile, Unkept

TABLES = ("CREATE TABLE notes (body TEXT NOT NULL) STRICT", "PRAGMA user_version = 3")
KEY = "5e" * 32


def file_at(path: Path | None, key: str | Fault = KEY, *, durable: bool = False) -> EncryptedFile:
    return EncryptedFile(path, lambda: key, TABLES, 3, durable=durable)


def note(db: dbapi2.Connection) -> None:
    db.execute("INSERT INTO notes VALUES ('Zoe Canary')")


def count(db: dbapi2.Connection) -> int:
    return int(db.execute("SELECT count(*) FROM notes").fetchone()[0])


def test_nothing_of_it_is_readable_without_its_key(tmp_path: Path) -> None:
    made = file_at(tmp_path / "notes.db")
    assert made.answered(note) is None
    raw = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert b"Zoe Canary" not in raw
    assert b"notes" not in raw
    assert KEY.encode() not in raw
    made.close()
    assert file_at(tmp_path / "notes.db").answered(count) == 1


def test_under_another_key_it_is_made_anew(tmp_path: Path) -> None:
    made = file_at(tmp_path / "notes.db")
    made.answered(note)
    made.close()
    other = file_at(tmp_path / "notes.db", "00" * 32)
    assert other.answered(count) == 0
    assert other.rebuilt == 1
    other.close()


def test_a_keychain_that_does_not_answer_is_said_and_costs_nothing(tmp_path: Path) -> None:
    made = file_at(tmp_path / "notes.db", Fault.KEYCHAIN_LOCKED)
    assert made.answered(count) is Fault.KEYCHAIN_LOCKED
    assert list(tmp_path.iterdir()) == []


def test_work_that_fails_leaves_nothing_half_done(tmp_path: Path) -> None:
    made = file_at(tmp_path / "notes.db")

    def half(db: dbapi2.Connection) -> None:
        note(db)
        db.execute("INSERT INTO elsewhere VALUES (1)")

    assert made.answered(half) is Unkept.UNREADABLE
    assert made.answered(count) == 0
    made.close()


@pytest.mark.parametrize(("durable", "level"), [(True, 2), (False, 1)])
def test_what_has_to_outlast_a_power_cut_waits_for_the_disk(
    tmp_path: Path, durable: bool, level: int
) -> None:
    """SQLite's word for it: FULL is 2, NORMAL is 1."""
    made = file_at(tmp_path / "notes.db", durable=durable)
    found = made.answered(lambda db: int(db.execute("PRAGMA synchronous").fetchone()[0]))
    assert found == level
    made.close()


def test_forgetting_takes_the_key_first_and_the_file_in_any_case(tmp_path: Path) -> None:
    made = file_at(tmp_path / "notes.db")
    made.answered(note)
    there: list[bool] = []

    def forget_key() -> Fault:
        there.append((tmp_path / "notes.db").exists())
        return Fault.KEYCHAIN_LOCKED

    assert made.forget(forget_key) is Fault.KEYCHAIN_LOCKED
    assert there == [True]
    assert list(tmp_path.iterdir()) == []


def test_in_memory_no_key_is_asked_for(tmp_path: Path) -> None:
    made = file_at(None, Fault.KEYCHAIN_ABSENT)
    assert made.answered(note) is None
    assert made.answered(count) == 1
    made.close()
