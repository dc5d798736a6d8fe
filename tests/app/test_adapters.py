"""Opening the ports: what is wrong is named, and the high-water mark is kept now and then."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.app.adapters import MARK_EVERY, HighWaterMark, cache_file, open_ports, site_file
from kiosk.app.effects import Ports, Unopened
from kiosk.keychain.port import Found, Item, ItemName, KeychainFault, Missing
from kiosk.keychain.protection import Protection
from kiosk.local.clock import Clock
from kiosk.local.profile import Profile, open_profile
from kiosk.local.settings import Settings
from kiosk.session.model.refusals import Fault
from kiosk.session.model.replies import StartupState
from kiosk.sync.files import LocalFiles
from kiosk.sync.records.audit_store import Store, open_store
from kiosk.sync.records.outbox import Outbox, open_outbox
from kiosk.sync.secrets.safe import Safe
from tests.support import worlds as w
from tests.support.fake_keychain import FakeKeychain


@dataclass
class Readings:
    """A computer's clocks, turned by hand."""

    at: datetime = w.NOON
    passed: timedelta = timedelta(0)

    def wall(self) -> datetime:
        return self.at

    def elapsed(self) -> timedelta:
        return self.passed


@dataclass
class Computer:
    """A profile, a keychain, a clock."""

    profile: Profile
    keychain: FakeKeychain = field(default_factory=FakeKeychain)
    readings: Readings = field(default_factory=Readings)
    heard: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = Clock(self.readings)

    def open(self) -> Ports | Unopened:
        return open_ports(
            self.profile, self.clock, self.heard.append, lambda job: job(), self.keychain
        )


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Computer]:
    """A kiosk's files close with its process; here they close with the test."""
    profile = open_profile(tmp_path)
    assert isinstance(profile, Profile)
    with ExitStack() as files:

        def closed_after(
            opening: Callable[[Path], Store | Outbox | Fault],
        ) -> Callable[[Path], Store | Outbox | Fault]:
            def opened(path: Path) -> Store | Outbox | Fault:
                found = opening(path)
                if not isinstance(found, Fault):
                    files.callback(found.close)
                return found

            return opened

        monkeypatch.setattr("kiosk.app.adapters.open_store", closed_after(open_store))
        monkeypatch.setattr("kiosk.app.adapters.open_outbox", closed_after(open_outbox))
        yield Computer(profile)


def test_a_fresh_computer_opens_and_remembers_nothing(computer: Computer) -> None:
    opened = computer.open()
    assert isinstance(opened, Ports)
    told = opened.recollection.memory()
    assert isinstance(told, StartupState)
    assert told.account is None
    assert told.next_sequence == 1
    assert told.changes == 0


def test_settings_that_cannot_be_read_are_named_with_their_line(computer: Computer) -> None:
    computer.profile.settings.write_text('[place]\nserver = "https://x.example"\nrom = "3"\n')
    opened = computer.open()
    assert isinstance(opened, Unopened)
    assert opened.fault is Fault.SETTINGS_UNREADABLE
    assert "settings.toml" in opened.detail
    assert "rom" in opened.detail


def test_a_record_of_a_newer_kiosk_is_left_alone(computer: Computer) -> None:
    with closing(sqlite3.connect(computer.profile.audit)) as db:
        db.execute("PRAGMA user_version = 99")
    assert computer.open() == Unopened(Fault.RECORDS_NEWER)


def test_a_keychain_that_is_locked_is_a_fault_of_the_memory(computer: Computer) -> None:
    computer.keychain.fault = KeychainFault.LOCKED
    opened = computer.open()
    assert isinstance(opened, Ports)
    assert opened.recollection.memory() is Fault.KEYCHAIN_LOCKED


def test_time_is_never_before_what_an_earlier_start_knew(computer: Computer) -> None:
    """Law 7."""
    later = w.NOON + timedelta(days=10)
    Safe(computer.keychain, computer.clock.now).keep_high_water(later)
    assert computer.clock.now() == w.NOON
    computer.open()
    assert computer.clock.now() == later


def test_a_keychain_that_was_locked_at_the_start_tells_the_time_once_it_is_open(
    computer: Computer,
) -> None:
    """Law 7: else a clock that was turned back is believed until the server is reached."""
    later = w.NOON + timedelta(days=10)
    Safe(computer.keychain, computer.clock.now).keep_high_water(later)
    computer.keychain.fault = KeychainFault.LOCKED
    opened = computer.open()
    assert isinstance(opened, Ports)
    assert opened.recollection.memory() is Fault.KEYCHAIN_LOCKED
    assert computer.clock.now() == w.NOON
    computer.keychain.fault = None
    assert isinstance(opened.recollection.memory(), StartupState)
    assert computer.clock.now() == later


def test_the_mark_is_kept_at_first_and_then_every_ten_minutes(computer: Computer) -> None:
    kept: list[Callable[[], None]] = []
    safe = Safe(computer.keychain, computer.clock.now)
    marking = HighWaterMark(safe, computer.clock, kept.append)
    marking.look()
    assert kept == [], "nothing was ever heard"
    for minutes, jobs in ((0, 1), (9, 1), (10, 2), (15, 2), (20, 3)):
        computer.clock.heard(w.NOON + timedelta(minutes=minutes))
        marking.look()
        assert len(kept) == jobs
    assert computer.keychain.stored == {}, "it is the local lane that writes"
    for job in kept:
        job()
    assert safe.high_water() == w.NOON + 2 * MARK_EVERY
    assert set(computer.keychain.stored) == {ItemName(Item.HIGH_WATER)}


@pytest.mark.parametrize(
    ("level", "accepted", "kept"),
    [(True, "", False), (True, "the room is locked at night", True), (False, "", True)],
)
def test_patients_lie_only_on_a_disk_that_does_not_give_them_away(
    computer: Computer,
    level: bool,
    accepted: str,
    kept: bool,
) -> None:
    """T21, design section 6: at level copyable only where the clinic accepts it by name."""
    seen = Protection(passwordless=level, auto_login=False, disk_encrypted=False)
    found = cache_file(computer.profile, Settings(accept_copyable=accepted), seen.level)
    assert (found == computer.profile.cache) is kept
    assert (found is None) is not kept
    beside = site_file(computer.profile, Settings(accept_copyable=accepted), seen.level)
    assert beside == (computer.profile.sites if kept else None)


@pytest.mark.parametrize("locked", [True, False])
@pytest.mark.parametrize("passwordless", [True, False])
def test_where_the_keychain_can_be_copied_no_share_of_a_pin_stays(
    computer: Computer, monkeypatch: pytest.MonkeyPatch, passwordless: bool, locked: bool
) -> None:
    """T5, T21: a share beside its pepper is a PIN that can be guessed; also once it is unlocked."""
    remembered, safe = LocalFiles(computer.profile), Safe(computer.keychain, lambda: w.NOON)
    remembered.keep_own("acc-patel", w.NOON)
    remembered.keep_seal("acc-patel", "{}")
    safe.keep_pin_share("acc-patel", "share")
    found = Protection(passwordless, False, disk_encrypted=False)
    monkeypatch.setattr("kiosk.app.adapters.see_protection", lambda _: found)
    opened = computer.open()
    assert isinstance(opened, Ports)
    computer.keychain.fault = KeychainFault.LOCKED if locked else None
    opened.recollection.memory()
    computer.keychain.fault = None
    opened.recollection.memory()
    kept = computer.keychain.read(ItemName(Item.PIN_SHARE, "acc-patel"))
    assert kept == (Missing() if passwordless else Found("share"))
