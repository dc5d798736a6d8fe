"""T15: every way of changing an audit file, done with plain SQL, is found and said by number."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import ECKey

from kiosk.sync.records.chain import (
    ANCHOR_TYPE,
    GENESIS,
    HEAD_TYPE,
    NAMED,
    Anchor,
    Flaw,
    Head,
    LogEntry,
    Verdict,
    digest_after,
    head_claims,
    line_of,
    says,
    verify,
)
from kiosk.sync.records.ledger import open_ledger
from kiosk.sync.records.outbox import Batch, Outbox, open_outbox
from tests.sync.records.test_audit_store import AT, opened, record, rows

DEVICE = ECKey.generate_key("P-256", private=True)
SERVER = ECKey.generate_key("P-256", private=True)
OTHER = ECKey.generate_key("P-256", private=True)
COUNT = 12
ANCHORED = 8


def signed(key: ECKey, kind: str, claims: dict[str, object]) -> str:
    """A compact JWS, as the kiosk or the server makes it."""
    header = {"alg": "ES256", "typ": kind}
    return jws.serialize_compact(header, json.dumps(claims).encode(), key, ["ES256"])


def head_of(batch: Batch, key: ECKey = DEVICE) -> Head:
    """What the device key says of a batch."""
    claims = head_claims(batch.chain, batch.sequence, batch.digest)
    return Head(batch.sequence, batch.digest, signed(key, HEAD_TYPE, claims))


def anchor_of(batch: Batch, key: ECKey = SERVER) -> Anchor:
    """What the server says of a batch."""
    claims = head_claims(batch.chain, batch.sequence, batch.digest)
    receipt = signed(key, ANCHOR_TYPE, claims)
    return Anchor(batch.chain, batch.sequence, batch.digest, receipt, AT)


def next_batch(outbox: Outbox, limit: int = 500) -> Batch:
    """The next batch, which there is."""
    batch = outbox.batch(limit)
    assert isinstance(batch, Batch)
    return batch


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Twelve records; the server confirmed eight, the computer signed up to the twelfth."""
    place = tmp_path / "audit.db"
    store = opened(place)
    for number in range(1, COUNT + 1):
        store.keep(record(number))
    store.close()
    outbox = open_outbox(place)
    assert isinstance(outbox, Outbox)
    for limit in (ANCHORED, COUNT):
        batch = next_batch(outbox, limit)
        assert outbox.keep_head(head_of(batch)) is None
        if limit == ANCHORED:
            assert outbox.acknowledge(anchor_of(batch)) is None
    outbox.close()
    return place


def judged(path: Path) -> Verdict:
    """The verdict with both keys."""
    with open_ledger(path) as ledger:
        return verify(ledger, DEVICE, SERVER)


def found(path: Path) -> set[tuple[Flaw, int]]:
    """What was found, and where; each has a sentence that names the place."""
    findings = judged(path).findings
    assert all(str(finding.sequence) in finding.sentence for finding in findings)
    return {(finding.flaw, finding.sequence) for finding in findings}


def change(path: Path, statement: str, *values: tuple[object, ...]) -> None:
    """As somebody with the file and a common tool does it: once, or once for each of the values."""
    with closing(sqlite3.connect(path)) as db, db:
        for each in values or [()]:
            db.execute(statement, each)


NUMBER_ANEW = "UPDATE records SET sequence = ? WHERE sequence = ?"
EDITS = (
    "UPDATE records SET at = 'x' WHERE sequence = ?",
    "UPDATE records SET act = 'x' WHERE sequence = ?",
    "UPDATE records SET cause = 'x' WHERE sequence = ?",
    "UPDATE records SET actor = 'x' WHERE sequence = ?",
    "UPDATE records SET account = 'x' WHERE sequence = ?",
    "UPDATE records SET strength = 'x' WHERE sequence = ?",
    "UPDATE records SET device = 'x' WHERE sequence = ?",
    "UPDATE records SET detail = 'x' WHERE sequence = ?",
    "UPDATE records SET subject = 'x' WHERE sequence = ?",
)


def rewritten(path: Path) -> None:
    """The whole chain made to fit again, as somebody who can read this source does it."""
    with closing(sqlite3.connect(path)) as db, db:
        previous = GENESIS
        for row in db.execute(
            "SELECT sequence, at, act, cause, actor, account, strength, device, detail, subject"
            " FROM records ORDER BY sequence"
        ).fetchall():
            previous = digest_after(previous, LogEntry(*row))
            db.execute("UPDATE records SET digest = ? WHERE sequence = ?", (previous, row[0]))


def test_a_file_that_nobody_touched_is_in_order(path: Path) -> None:
    verdict = judged(path)
    assert (verdict.records, verdict.last, verdict.findings) == (COUNT, COUNT, ())


@pytest.mark.parametrize("number", [1, 5, COUNT])
@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_record_is_found(path: Path, edit: str, number: int) -> None:
    change(path, edit, (number,))
    assert found(path) == {(Flaw.EDITED, number)}


@pytest.mark.parametrize(("one", "other"), [(2, 3), (3, 6), (1, 12), (11, 12)])
def test_reordered_records_are_found(path: Path, one: int, other: int) -> None:
    """With or without their digests."""
    change(path, NUMBER_ANEW, (99, one), (one, other), (other, 99))
    flaws = found(path)
    assert {(Flaw.REORDERED, one), (Flaw.REORDERED, other)} <= flaws
    assert not [flaw for flaw, _ in flaws if flaw is Flaw.EDITED]


def test_reordered_bodies_under_their_old_digests_are_found(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        three, six = (
            db.execute("SELECT at FROM records WHERE sequence = ?", (n,)).fetchone()[0]
            for n in (3, 6)
        )
        db.execute("UPDATE records SET at = ? WHERE sequence = 3", (six,))
        db.execute("UPDATE records SET at = ? WHERE sequence = 6", (three,))
    assert found(path) == {(Flaw.REORDERED, 3), (Flaw.REORDERED, 6)}


@pytest.mark.parametrize(("first", "last"), [(5, 5), (5, 7), (1, 1)])
def test_a_missing_record_is_found(path: Path, first: int, last: int) -> None:
    change(path, "DELETE FROM records WHERE sequence BETWEEN ? AND ?", (first, last))
    flaws = found(path)
    assert (Flaw.MISSING, first) in flaws
    assert {flaw for flaw, _ in flaws} == {Flaw.MISSING}


def test_missing_and_numbered_anew_is_found(path: Path) -> None:
    change(path, "DELETE FROM records WHERE sequence = 5")
    change(path, NUMBER_ANEW, *((number - 1, number) for number in range(6, COUNT + 1)))
    flaws = found(path)
    assert {n for flaw, n in flaws if flaw in {Flaw.EDITED, Flaw.REORDERED}} >= {5, 10}
    assert (Flaw.CUT, COUNT) in flaws


@pytest.mark.parametrize("left", [11, 8, 7, 0])
def test_a_dropped_tail_is_found(path: Path, left: int) -> None:
    """Below what the computer signed, and below what the server confirmed."""
    change(path, "DELETE FROM records WHERE sequence > ?", (left,))
    assert found(path) == {(Flaw.CUT, left + 1)}
    sentences = " ".join(finding.sentence for finding in judged(path).findings)
    assert "this computer signed" in sentences
    assert ("the server confirmed" in sentences) == (left < ANCHORED)


def test_a_tail_dropped_with_its_signatures_is_found_by_the_server_alone(path: Path) -> None:
    """A hash chain alone does not show it: the anchor does (design.md section 9)."""
    change(path, "DELETE FROM records WHERE sequence > 7")
    change(path, "DELETE FROM heads")
    assert found(path) == {(Flaw.CUT, 8)}


def test_a_chain_that_was_made_to_fit_again_is_found(path: Path) -> None:
    """What the key signed and the server confirmed cannot be made to fit."""
    change(path, "UPDATE records SET actor = 'per-james' WHERE sequence = 3")
    rewritten(path)
    assert found(path) == {
        (Flaw.FORKED, ANCHORED),
        (Flaw.REWRITTEN, ANCHORED),
        (Flaw.REWRITTEN, COUNT),
    }


def test_a_fork_is_found(path: Path) -> None:
    """Another computer with the same file and key went on, and the server heard it first."""
    with closing(sqlite3.connect(path)) as db, db:
        claims = head_claims(db.execute("SELECT id FROM chain").fetchone()[0], 10, "f" * 64)
        receipt = signed(SERVER, ANCHOR_TYPE, claims)
        db.execute("INSERT INTO anchors VALUES (10, ?, ?, ?, 1)", ("f" * 64, receipt, "2026-11-23"))
    assert found(path) == {(Flaw.FORKED, 10)}


def test_a_signature_by_another_key_is_found(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        chain = db.execute("SELECT id FROM chain").fetchone()[0]
        claims = head_claims(chain, COUNT, rows(path)[-1][1])
        forged = signed(OTHER, HEAD_TYPE, claims)
        db.execute("UPDATE heads SET signed = ? WHERE sequence = ?", (forged, COUNT))
    assert found(path) == {(Flaw.SIGNATURE, COUNT)}
    with open_ledger(path) as ledger:
        assert verify(ledger, None, None).findings == ()


@pytest.mark.parametrize(
    "statement", ["UPDATE anchors SET receipt = 'x.y.z'", "UPDATE chain SET id = 'aud-x'"]
)
def test_a_receipt_that_is_not_the_servers_is_found(path: Path, statement: str) -> None:
    change(path, statement)
    assert (Flaw.SIGNATURE, ANCHORED) in found(path)


def test_what_was_only_marked_as_sent_is_found(path: Path) -> None:
    """Else a record could be kept from the server for ever."""
    change(path, "UPDATE chain SET acknowledged = 12")
    assert found(path) == {(Flaw.MARKED, COUNT)}


def test_a_beginning_deleted_as_if_it_were_old_is_found(path: Path) -> None:
    digest = rows(path)[9][1]
    change(path, "DELETE FROM records WHERE sequence <= 10")
    change(path, "UPDATE chain SET base_sequence = 10, base_digest = ?", (digest,))
    assert found(path) == {(Flaw.MARKED, 10)}


def test_a_file_changed_throughout_is_said_in_few_words(tmp_path: Path) -> None:
    store = opened(tmp_path / "audit.db")
    for number in range(1, 101):
        store.keep(record(number))
    store.close()
    change(tmp_path / "audit.db", "UPDATE records SET actor = 'x'")
    findings = judged(tmp_path / "audit.db").findings
    assert len(findings) == NAMED + 1
    assert findings[-1].sentence.startswith("From record 21 on, 80 more")


@pytest.mark.parametrize("junk", ["", "x", "x.y.z", "e30.e30.e30", "\ud800"])
def test_what_is_no_signature_says_nothing(junk: str) -> None:
    """Never an exception."""
    assert not says(junk, DEVICE, HEAD_TYPE, {})


def test_a_signature_counts_for_its_own_kind() -> None:
    """A grant, or a receipt, is no head."""
    claims = head_claims("aud-1", 1, GENESIS)
    assert says(signed(DEVICE, HEAD_TYPE, claims), DEVICE, HEAD_TYPE, claims)
    assert not says(signed(DEVICE, ANCHOR_TYPE, claims), DEVICE, HEAD_TYPE, claims)
    assert not says(signed(DEVICE, HEAD_TYPE, claims), DEVICE, HEAD_TYPE, {**claims, "sequence": 2})


@given(st.text(), st.text())
def test_no_two_lines_have_one_digest(actor: str, account: str) -> None:
    """The canonical form separates its fields, whatever is in them."""
    one = line_of(record(1))
    other = LogEntry(1, one.at, one.act, one.cause, actor, account, *([""] * 4))
    swapped = LogEntry(1, one.at, one.act, one.cause, account, actor, *([""] * 4))
    if actor != account:
        assert digest_after(GENESIS, other) != digest_after(GENESIS, swapped)
