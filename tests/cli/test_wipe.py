"""Wiping: nothing is left, nothing is lost unsaid, and never under a running kiosk (law 11)."""

from pathlib import Path

import pytest

from kiosk.cli.wipe import NotWiped, Wiped, wipe
from kiosk.desktop.single_instance import Instance
from kiosk.keychain.port import Item, ItemName, KeychainFault
from kiosk.local.profile import Profile, open_profile
from tests.support.fake_keychain import FakeKeychain


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    opened = open_profile(tmp_path)
    assert isinstance(opened, Profile)
    opened.settings.write_text('server = "https://x.example"')
    opened.audit.write_text("records")
    opened.log.write_text("log")
    for each in ("", "-wal", "-shm"):
        Path(f"{opened.sites}{each}").write_text("what sites remember")
    opened.grant.mkdir()
    (opened.grant / "one.jws").write_text("grant")
    return opened


@pytest.fixture
def keychain() -> FakeKeychain:
    fake = FakeKeychain()
    for item in Item:
        fake.keep(ItemName(item), "x")
        fake.keep(ItemName(item, "acc_1"), "x")
    return fake


def wiped(
    profile: Profile,
    keychain: FakeKeychain,
    unsent: int | None = 0,
    *,
    yes: bool = False,
    yes_lose: int | None = None,
    said: "Said | None" = None,
) -> Wiped | NotWiped:
    said = said or Said()
    return wipe(
        profile,
        keychain,
        ["acc_1"],
        lambda _: said.counted(unsent),
        lambda: said,
        yes=yes,
        yes_lose=yes_lose,
    )


class Said:
    """What the server was told, in its order."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def push(self) -> None:
        self.words.append("push")

    def counted(self, unsent: int | None) -> int | None:
        self.words.append("count")
        return unsent

    def drop(self) -> None:
        self.words.append("drop")

    def close(self) -> None:
        self.words.append("close")


def test_what_waits_is_sent_before_it_is_counted_and_trust_dropped_only_with_the_rest(
    profile: Profile, keychain: FakeKeychain
) -> None:
    """Law 11, T23."""
    refused, done = Said(), Said()
    assert isinstance(wiped(profile, keychain, 2, yes=True, said=refused), NotWiped)
    assert refused.words == ["push", "count", "close"]
    assert wiped(profile, keychain, 0, yes=True, said=done) == Wiped(0)
    assert done.words == ["push", "count", "drop", "close"]


def files(directory: Path) -> set[str]:
    return {path.name for path in directory.rglob("*") if path.is_file()}


def test_nothing_is_left_but_the_lock_and_a_second_time_succeeds(
    profile: Profile, keychain: FakeKeychain, tmp_path: Path
) -> None:
    assert wiped(profile, keychain, yes=True) == Wiped(0)
    assert files(tmp_path) == {"kiosk.lock"}
    left = {name.item for name in keychain.stored}
    assert not {Item.DEVICE_PASSWORD, Item.TRUST_TOKEN} & {
        name.item for name in keychain.stored if name.account
    }
    assert ItemName(Item.DEVICE_KEY) not in keychain.stored
    assert ItemName(Item.SITE_KEY) not in keychain.stored
    assert left
    assert wiped(profile, keychain, yes=True) == Wiped(0)


@pytest.mark.parametrize(
    ("unsent", "yes", "yes_lose"),
    [
        (0, False, None),
        (3, True, None),
        (3, True, 2),
        (3, False, 4),
        (3, False, 0),
        (None, True, None),
    ],
)
def test_without_the_very_word_nothing_is_touched(
    profile: Profile,
    keychain: FakeKeychain,
    tmp_path: Path,
    unsent: int | None,
    yes: bool,
    yes_lose: int | None,
) -> None:
    before, kept = files(tmp_path), dict(keychain.stored)
    refused = wiped(profile, keychain, unsent, yes=yes, yes_lose=yes_lose)
    assert isinstance(refused, NotWiped)
    if unsent:
        assert "3 records" in refused.sentence
    assert files(tmp_path) == before | {"kiosk.lock"}
    assert keychain.stored == kept


def test_the_very_number_is_the_word(profile: Profile, keychain: FakeKeychain) -> None:
    assert wiped(profile, keychain, 3, yes_lose=3) == Wiped(3)


def test_records_that_cannot_be_counted_need_a_number_too(
    profile: Profile, keychain: FakeKeychain
) -> None:
    assert wiped(profile, keychain, None, yes_lose=0) == Wiped(None)


def test_never_under_a_running_kiosk(profile: Profile, keychain: FakeKeychain) -> None:
    running = Instance.take(profile.lock)
    assert running is not None
    refused = wiped(profile, keychain, yes=True)
    assert refused == NotWiped("The kiosk is running. Close it first.")
    assert keychain.stored
    running.give_up()


def test_a_lock_that_is_none_is_said(profile: Profile, keychain: FakeKeychain) -> None:
    profile.lock.unlink(missing_ok=True)
    profile.lock.mkdir()
    refused = wiped(profile, keychain, yes=True)
    assert refused == NotWiped(f"{profile.lock} cannot be used: Is a directory.")
    assert keychain.stored


def test_a_keychain_that_does_not_answer_keeps_every_file(
    profile: Profile, keychain: FakeKeychain, tmp_path: Path
) -> None:
    keychain.fault = KeychainFault.LOCKED
    assert isinstance(wiped(profile, keychain, yes=True), NotWiped)
    assert "profile-id" in files(tmp_path)
    assert "audit.db" in files(tmp_path)
