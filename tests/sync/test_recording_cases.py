"""A case outlives the process only where audit and keychain agree on its start (law 9, T24)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.keychain.port import KeychainFault
from kiosk.session.model.audit import Act
from kiosk.session.model.case import CaseNote
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Fault
from tests.support import worlds as w
from tests.sync.records.test_audit_store import record
from tests.sync.test_recording import Desk

NOTE = replace(w.case_note(), sequence=2)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Somebody entered, and began a case."""
    desk = Desk(tmp_path / "audit.db")
    desk.keep(1)
    began(desk, 2)
    yield desk
    desk.store.close()


def began(desk: Desk, number: int) -> None:
    """A record of a case's start."""
    assert desk.witness.keep(replace(record(number), act=Act.CASE_BEGUN)) is None
    desk.work()


def after_restart(desk: Desk) -> CaseNote | None:
    """What the next start finds."""
    desk.restart()
    desk.work()
    found = desk.witness.case()
    return found if isinstance(found, CaseNote) else None


def edited(desk: Desk, statement: str) -> None:
    """Somebody has the file."""
    desk.store.close()
    with closing(sqlite3.connect(desk.path)) as db, db:
        db.execute(statement)


def test_a_case_comes_back_after_a_restart(desk: Desk) -> None:
    assert desk.witness.keep_case(NOTE) is None
    assert desk.witness.keep(replace(record(3), act=Act.LOCKED)) is None
    assert after_restart(desk) == NOTE


def test_the_relief_that_was_recorded_is_in_though_the_note_of_it_was_not_written(
    desk: Desk,
) -> None:
    desk.witness.keep_case(NOTE)
    took = replace(record(3), act=Act.CASE_TAKEN_OVER, actor="per-james", subject="2")
    assert desk.witness.keep(took) is None
    found = after_restart(desk)
    assert found is not None
    assert (found.person.id, found.whose) == ("per-james", NOTE.whose)


def test_a_relief_that_is_written_into_the_file_is_no_surer_than_a_tap(desk: Desk) -> None:
    desk.witness.keep_case(NOTE)
    took = replace(record(3), act=Act.CASE_TAKEN_OVER, actor="per-x", subject="2")
    assert desk.witness.keep(replace(took, strength=Strength.PIN)) is None
    found = after_restart(desk)
    assert found is not None
    assert found.strength is Strength.TILE


def test_a_kill_between_the_record_and_the_note_leaves_one_that_has_to_end(desk: Desk) -> None:
    desk.restart()
    assert desk.witness.case() == 2
    assert desk.witness.keep(replace(record(3), act=Act.CASE_ENDED, subject="2")) is None
    desk.restart()
    assert desk.witness.case() is None


def test_its_start_is_on_the_disk_first(desk: Desk) -> None:
    assert desk.witness.keep_case(replace(NOTE, sequence=9)) is Fault.RECORDS_FULL
    assert desk.witness.keep_case(replace(NOTE, sequence=1)) is Fault.RECORDS_FULL, "an entry"
    assert after_restart(desk) is None


def test_a_keychain_that_keeps_nothing_makes_no_case(desk: Desk) -> None:
    desk.keychain.fault = KeychainFault.LOCKED
    assert desk.witness.keep_case(NOTE) is Fault.KEYCHAIN_LOCKED


def test_one_that_was_ended_is_none_even_if_the_keychain_kept_its_note(desk: Desk) -> None:
    desk.witness.keep_case(NOTE)
    text = desk.safe.case()
    assert isinstance(text, str)
    assert desk.witness.keep(replace(record(3), act=Act.CASE_ENDED, subject="2")) is None
    desk.witness.keep_case(None)
    assert desk.safe.case() is None
    assert desk.safe.keep_case(text) is None
    assert after_restart(desk) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records SET actor = 'per-somebody' WHERE sequence = 2",
        "UPDATE records SET at = '2030-01-01T00:00:00.000000Z' WHERE sequence = 2",
        "UPDATE records SET digest = '" + "0" * 64 + "' WHERE sequence = 1",
        "DELETE FROM records WHERE sequence = 2",
    ],
)
def test_a_start_that_was_edited_is_none(desk: Desk, statement: str) -> None:
    desk.witness.keep_case(NOTE)
    edited(desk, statement)
    assert after_restart(desk) is None


@pytest.mark.parametrize("act", [Act.TAKEN_OUT, Act.LEFT, Act.ENTERED])
def test_one_that_somebody_has_left_is_none(desk: Desk, act: Act) -> None:
    """Whatever became of its own end."""
    desk.witness.keep_case(NOTE)
    assert desk.witness.keep(replace(record(3), act=act)) is None
    assert after_restart(desk) is None


def test_a_start_that_was_written_into_the_file_is_none(desk: Desk) -> None:
    """The keychain knows of none."""
    assert after_restart(desk) is None


def test_an_audit_that_is_gone_takes_the_case_along(desk: Desk) -> None:
    desk.witness.keep_case(NOTE)
    desk.delete()
    assert desk.witness.case() is None


def test_a_note_that_nobody_wrote_is_none(desk: Desk) -> None:
    assert desk.safe.keep_case('{"record": 1}') is None
    assert after_restart(desk) is None
