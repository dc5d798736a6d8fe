"""``kiosk audit``: beside a running kiosk, in sentences, and never a change."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.cli.audit import Report, export_audit, verify_audit
from kiosk.cli.main import run_command
from kiosk.desktop.single_instance import Instance
from kiosk.keychain.port import Item, ItemName, KeychainFault
from kiosk.local.profile import Profile, open_profile
from kiosk.sync.files import Joining, LocalFiles
from kiosk.sync.records.chain import GENESIS, Note, Tail
from kiosk.sync.records.ledger import open_ledger
from kiosk.sync.records.outbox import Outbox, open_outbox
from kiosk.sync.secrets.safe import Safe
from tests.support.fake_keychain import FakeKeychain
from tests.support.secret_service import PrivateBus
from tests.support.worlds import NOON
from tests.sync.records.test_audit_store import made_by_schema_1, opened, record
from tests.sync.records.test_chain import (
    DEVICE,
    OTHER,
    SERVER,
    anchor_of,
    change,
    head_of,
    next_batch,
)

DEEP = "[" * 1200
DROP_TAIL = "DELETE FROM records WHERE sequence > 3"


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    """Five records, all signed, three confirmed by the server."""
    profile = open_profile(tmp_path / "op3")
    assert isinstance(profile, Profile)
    store = opened(profile.audit)
    for number in range(1, 6):
        store.keep(record(number))
    store.close()
    outbox = open_outbox(profile.audit)
    assert isinstance(outbox, Outbox)
    outbox.acknowledge(anchor_of(next_batch(outbox, 3)))
    outbox.keep_head(head_of(next_batch(outbox)))
    outbox.close()
    return profile


@pytest.fixture
def keychain() -> FakeKeychain:
    """With the key that signed, and the clinic's."""
    keychain = FakeKeychain()
    keychain.keep(ItemName(Item.DEVICE_KEY), DEVICE.as_pem(private=True).decode())
    keychain.keep(ItemName(Item.GRANT_KEY), json.dumps(SERVER.as_dict(private=False)))
    return keychain


def test_in_order(profile: Profile, keychain: FakeKeychain) -> None:
    """Also while a kiosk runs and writes."""
    store = opened(profile.audit)
    running = Instance.take(profile.lock)
    assert running is not None
    report = verify_audit(profile, keychain)
    assert report == Report(True, ("5 records are in order, up to number 5.",))
    assert store.keep(record(6)) is None
    running.give_up()
    store.close()


def test_what_is_found_is_said_each_with_a_sentence(
    profile: Profile, keychain: FakeKeychain
) -> None:
    change(profile.audit, DROP_TAIL)
    change(profile.audit, "UPDATE records SET actor = 'x' WHERE sequence = 2")
    report = verify_audit(profile, keychain)
    assert report == Report(
        False,
        (
            "Record 2 was changed after it was written.",
            "The records from 4 to 5, which this computer signed, are gone.",
        ),
    )


def test_a_tail_cut_off_with_its_signatures_is_found_by_what_the_keychain_remembers(
    profile: Profile, keychain: FakeKeychain
) -> None:
    """T15, without a network: the server has confirmed three, and the file is whole up to them."""
    store = opened(profile.audit)
    safe = Safe(keychain, lambda: NOON)
    assert safe.keep_tail(store.tail) is None
    store.close()
    assert verify_audit(profile, keychain).in_order
    change(profile.audit, DROP_TAIL)
    change(profile.audit, "DELETE FROM heads WHERE sequence > 3")
    sentences = ("The records from 4 to 5, which the keychain remembers, are gone.",)
    assert verify_audit(profile, keychain) == Report(False, sentences)
    keychain.stored.pop(ItemName(Item.AUDIT_TAIL))
    assert verify_audit(profile, keychain).in_order, "by nothing else"


@pytest.mark.parametrize(
    "note", ["", "nonsense", "[]", '{"chain": "aud-other", "sequence": 9}', DEEP]
)
def test_a_note_that_cannot_be_read_accuses_nobody(
    profile: Profile, keychain: FakeKeychain, note: str
) -> None:
    keychain.keep(ItemName(Item.AUDIT_TAIL), note)
    assert verify_audit(profile, keychain).in_order


def test_a_note_of_another_chain_is_found(profile: Profile, keychain: FakeKeychain) -> None:
    """T24: the audit was rewritten under another name; unless the server refused the first."""
    safe = Safe(keychain, lambda: NOON)
    other = Tail("aud-" + "0" * 32, 99, "0" * 64)
    safe.keep_tail(other)
    report = verify_audit(profile, keychain)
    assert not report.in_order
    assert report.sentences[0].startswith("The keychain remembers another audit, up to record 99")
    safe.keep_note(Note(other, over=True))
    assert verify_audit(profile, keychain).in_order


def test_an_audit_that_was_deleted_is_found_also_behind_a_new_one(
    profile: Profile, keychain: FakeKeychain
) -> None:
    safe = Safe(keychain, lambda: NOON)
    with open_ledger(profile.audit) as ledger:
        chain = ledger.chain
    safe.keep_note(Note(Tail(chain, 0, GENESIS), lost=Tail("aud-x", 7, "0" * 64)))
    sentence = "An audit of this computer, up to record 7, was gone when this one began."
    assert verify_audit(profile, keychain) == Report(False, (sentence,))
    profile.audit.unlink()
    report = verify_audit(profile, keychain)
    assert not report.in_order
    assert "its records are gone" in report.sentences[0]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (KeychainFault.LOCKED, "The keychain is locked, so the signatures were not checked."),
        (None, "The keychain is without this computer's key, so the signatures were not checked."),
    ],
)
def test_without_the_key_it_says_so(
    profile: Profile, keychain: FakeKeychain, fault: KeychainFault | None, said: str
) -> None:
    """A chain without signatures is worth less; nobody is told otherwise."""
    keychain.stored.clear()
    keychain.fault = fault
    assert verify_audit(profile, keychain).sentences[-1] == said


def test_another_computers_key_does_not_fit(profile: Profile, keychain: FakeKeychain) -> None:
    keychain.keep(ItemName(Item.DEVICE_KEY), OTHER.as_pem(private=True).decode())
    report = verify_audit(profile, keychain)
    assert not report.in_order
    assert "not this computer's" in report.sentences[0]
    keychain.keep(ItemName(Item.DEVICE_KEY), "no key")
    assert "corrupt" in verify_audit(profile, keychain).sentences[-1]


def test_no_records_yet_and_records_gone_are_not_the_same(
    tmp_path: Path, keychain: FakeKeychain
) -> None:
    profile = open_profile(tmp_path / "new")
    assert isinstance(profile, Profile)
    assert verify_audit(profile, keychain).in_order
    assert export_audit(profile, tmp_path / "out").in_order
    assert not (tmp_path / "out").exists()
    LocalFiles(profile).keep_joining(Joining("acc", "Main Street", "Op 3"))
    assert not verify_audit(profile, keychain).in_order
    assert not export_audit(profile, tmp_path / "out").in_order
    opened(profile.audit).close()
    assert verify_audit(profile, keychain).sentences[0] == (
        "There are no records on this computer yet."
    )


def test_a_file_that_cannot_be_read_is_said(
    profile: Profile, keychain: FakeKeychain, tmp_path: Path
) -> None:
    profile.audit.write_bytes(b"not a database, but someone's work" * 40)
    assert "cannot be read" in verify_audit(profile, keychain).sentences[0]
    assert "cannot be read" in export_audit(profile, tmp_path / "out").sentences[0]
    assert not (tmp_path / "out").exists()


def test_an_export_is_whole_and_reads_back(profile: Profile, tmp_path: Path) -> None:
    """Chain, records with their digests, head, anchor: a line each."""
    out = tmp_path / "out.jsonl"
    assert export_audit(profile, out) == Report(True, (f"8 lines are in {out}.",))
    told = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [each["kind"] for each in told] == ["chain", *["record"] * 5, "head", "anchor"]
    with closing(sqlite3.connect(profile.audit)) as db:
        kept = db.execute("SELECT sequence, actor, digest FROM records ORDER BY sequence")
        assert [(e["sequence"], e["actor"], e["digest"]) for e in told[1:6]] == kept.fetchall()
    assert told[0]["acknowledged"] == told[7]["sequence"] == 3
    assert told[6]["sequence"] == 5


def test_an_export_overwrites_nothing(profile: Profile, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("someone's work")
    assert not export_audit(profile, out).in_order
    assert out.read_text() == "someone's work"
    assert "No such file" in export_audit(profile, tmp_path / "missing" / "out").sentences[0]


@pytest.mark.skipif("not os.path.exists('/dev/full')", reason="the system has no full device")
def test_an_export_that_does_not_fit_leaves_nothing_behind(
    profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half an export would be taken for a whole one."""
    out = tmp_path / "out.jsonl"
    real = Path.open

    def full(path: Path, *_: object, **__: object) -> object:
        path.touch()
        return real(Path(os.devnull).with_name("full"), "w", buffering=1)

    monkeypatch.setattr(Path, "open", full)
    report = export_audit(profile, out)
    assert not report.in_order
    assert "No space left" in report.sentences[0]
    assert not out.exists()


def test_an_older_audit_is_verified_and_exported_as_it_is(
    tmp_path: Path, keychain: FakeKeychain
) -> None:
    """Before the first start after an update."""
    profile = open_profile(tmp_path / "old")
    assert isinstance(profile, Profile)
    made_by_schema_1(profile.audit)
    assert verify_audit(profile, keychain).in_order
    assert export_audit(profile, tmp_path / "out").in_order


def test_the_command_line(
    profile: Profile,
    tmp_path: Path,
    secret_service: PrivateBus,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Exit codes, and a sentence on the right stream."""
    at = ["--profile", str(tmp_path / "op3")]
    assert run_command([*at, "audit", "verify"]) == 0
    assert "5 records are in order" in capsys.readouterr().out
    assert run_command([*at, "audit", "export", str(tmp_path / "out")]) == 0
    assert run_command(["audit", "export", *at, str(tmp_path / "out")]) == 1
    assert "there already" in capsys.readouterr().err
    change(profile.audit, DROP_TAIL)
    assert run_command(["audit", "verify", *at]) == 1
    assert "are gone" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        run_command([*at, "audit"])
    assert ended.value.code == 2


def test_what_was_never_sent_goes_to_standard_output(
    profile: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """For the purge of a package, which has a place that this user may not write to (law 11)."""
    aside = profile.audit.with_name("audit-aud-1.db")
    store = opened(aside)
    store.keep(record(1))
    store.close()
    assert (
        run_command(["--profile", str(tmp_path / "op3"), "audit", "export", "--unsent", "-"]) == 0
    )
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["kind"] for line in told].count("chain") == 2
    assert [line["kind"] for line in told].count("record") == 6


def test_where_everything_was_sent_nothing_is_exported(
    profile: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outbox = open_outbox(profile.audit)
    assert isinstance(outbox, Outbox)
    outbox.acknowledge(anchor_of(next_batch(outbox)))
    outbox.close()
    at = ["--profile", str(tmp_path / "op3")]
    assert run_command([*at, "audit", "export", "--unsent", "-"]) == 0
    assert capsys.readouterr().out == ""
    assert run_command([*at, "audit", "export", "-"]) == 0
    assert capsys.readouterr().out.count("\n") > 5


def test_a_damaged_file_is_no_export(
    profile: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The purge then keeps the file itself."""
    profile.audit.write_bytes(b"x" * 5000)
    at = ["--profile", str(tmp_path / "op3")]
    assert run_command([*at, "audit", "export", "--unsent", "-"]) == 1
    assert "damaged" in capsys.readouterr().err
