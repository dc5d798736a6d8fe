"""A profile and a keychain as the version before left them: read, sent, and written anew.

``tests/kept/profile`` was made by the kiosk of November 2026, before changes were held against
their records, notes named more than a tail, and secrets were one line.
"""

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.app.adapters import open_ports
from kiosk.app.effects import Ports
from kiosk.cli.audit import verify_audit
from kiosk.cli.main import run_command
from kiosk.keychain.port import Item, ItemName, pack
from kiosk.local.clock import Clock, ComputerReadings
from kiosk.local.profile import Profile, open_profile
from kiosk.session.model.commands import Kind
from kiosk.session.model.replies import StartupState
from kiosk.sync.pins import Pins
from kiosk.sync.recording import AuditWriter
from kiosk.sync.records.audit_store import count_unsent
from kiosk.sync.records.chain import Note
from kiosk.sync.records.outbox import Batch, Outbox, open_outbox
from kiosk.sync.secrets.safe import Safe
from kiosk.sync.secrets.tally import tally_of
from tests.support.digits import typed
from tests.support.fake_keychain import FakeKeychain
from tests.sync.records.test_audit_store import AT, opened

KEPT = Path(__file__).parent / "kept" / "profile"
NINA = "acc-patel"


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    shutil.copytree(KEPT, tmp_path / "op3")
    profile = open_profile(tmp_path / "op3")
    assert isinstance(profile, Profile)
    return profile


@pytest.fixture
def keychain() -> FakeKeychain:
    keychain = FakeKeychain()
    for name, stored in json.loads((KEPT / "keychain.json").read_text("utf-8")).items():
        item, _, account = name.partition("/")
        keychain.stored[ItemName(Item(item), account)] = stored
    return keychain


@pytest.fixture
def ports(profile: Profile, keychain: FakeKeychain) -> Iterator[Ports]:
    clock = Clock(ComputerReadings())
    found = open_ports(profile, clock, clock.heard, lambda job: job(), keychain)
    assert isinstance(found, Ports)
    yield found
    found.close()


def test_everything_is_remembered(ports: Ports) -> None:
    memory = ports.recollection.memory()
    assert isinstance(memory, StartupState)
    assert memory.account is not None
    assert (memory.account.id, memory.next_sequence, memory.changes) == ("acc-office", 5, 2)
    assert [(each.account.id, each.sealed) for each in memory.own] == [(NINA, True)]


def test_its_records_and_changes_go_up(profile: Profile, keychain: FakeKeychain) -> None:
    """The record of a room did not name the room then."""
    store, outbox = opened(profile.audit), open_outbox(profile.audit)
    assert isinstance(outbox, Outbox)
    safe = Safe(keychain, lambda: AT)
    vouched = AuditWriter(store, safe, lambda: AT, lambda job: job()).vouched()
    assert isinstance(vouched, tuple)
    batch, commands = outbox.batch(vouched=vouched), outbox.commands("acc-office")
    assert isinstance(batch, Batch)
    assert [line.sequence for line in batch.lines] == [1, 2, 3, 4]
    assert isinstance(commands, tuple)
    assert [each.kind for each in commands] == [Kind.STATUS, Kind.ROOM]
    assert outbox.recorded(commands, vouched) == frozenset(each.id for each in commands)
    assert outbox.prune(AT + timedelta(days=400)) is False
    store.close()
    outbox.close()


def test_verify_finds_nothing_in_it(profile: Profile, keychain: FakeKeychain) -> None:
    assert isinstance(Safe(keychain, lambda: AT).note(), Note)
    report = verify_audit(profile, keychain)
    assert report.in_order
    assert report.sentences == ("4 records are in order, up to number 4.",)


def test_the_share_of_its_pin_leaves_the_peppers_item(ports: Ports, keychain: FakeKeychain) -> None:
    before = keychain.stored[ItemName(Item.PIN, NINA)]
    assert "share" in before
    assert isinstance(ports.pins, Pins)
    ports.pins.open(NINA, typed("482915"), away=True)
    found = keychain.read(ItemName(Item.PIN, NINA))
    assert tally_of(getattr(found, "secret", "")) is not None
    assert "share" not in keychain.stored[ItemName(Item.PIN, NINA)]
    assert ItemName(Item.PIN_SHARE, NINA) in keychain.stored
    assert ports.pins.open(NINA, typed("482915"), away=True) is None


def test_its_secrets_were_not_all_one_line(keychain: FakeKeychain) -> None:
    """``os_keychain`` writes them anew when they are read; the real keyring shows it."""
    key = ItemName(Item.DEVICE_KEY)
    found = keychain.read(key)
    secret = getattr(found, "secret", "")
    assert "\n" in keychain.stored[key]
    packed = pack(key, secret)
    assert isinstance(packed, str)
    assert "\n" not in packed


def test_a_wipe_forgets_the_account_though_the_file_that_names_it_is_broken(
    profile: Profile, keychain: FakeKeychain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.keychain.os_keychain.open_keychain", lambda _id: keychain)
    (profile.data / "joined.json").write_text("[" * 100_000)
    unsent = str(count_unsent(profile.audit))
    at = ["--profile", str(profile.settings.parent)]
    assert run_command([*at, "wipe", "--yes", "--yes-lose", unsent]) == 0
    assert keychain.stored == {}
