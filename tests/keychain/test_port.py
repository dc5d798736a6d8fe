"""The keychain's port: names, outcomes and the form of what is kept; and the fake's contract."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.keychain.port import (
    STORED_LIMIT,
    Found,
    Item,
    ItemName,
    Keychain,
    KeychainFault,
    Missing,
    pack,
    unpack,
)
from tests.support.fake_keychain import FakeKeychain
from tests.support.keychain_contract import KEY, PASSWORD, KeychainContract

texts = st.text(st.characters(exclude_categories=["Cs"]))


class TestFake(KeychainContract):
    """The fake, held to what the real ones do."""

    @pytest.fixture
    def keychain(self) -> Keychain:
        return FakeKeychain()


def test_the_fake_fails_on_command_and_recovers() -> None:
    fake = FakeKeychain()
    fake.keep(KEY, "a secret")
    fake.fault = KeychainFault.LOCKED
    assert fake.read(KEY) is KeychainFault.LOCKED
    assert fake.forget(KEY) is KeychainFault.LOCKED
    fake.fault = None
    assert fake.read(KEY) == Found("a secret")
    assert fake.read(PASSWORD) == Missing()


def test_a_secret_is_not_in_a_repr() -> None:
    assert "canary" not in repr(Found("canary"))


@given(texts, texts)
def test_what_is_packed_unpacks(account: str, secret: str) -> None:
    name = ItemName(Item.TRUST_TOKEN, account)
    packed = pack(name, secret)
    assert not isinstance(packed, KeychainFault)
    assert unpack(name, packed) == Found(secret)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=600, max_size=1400))
def test_what_is_stored_is_under_the_limit_as_windows_counts(secret: str) -> None:
    packed = pack(KEY, secret)
    if not isinstance(packed, KeychainFault):
        assert len(packed.encode("utf-16-le")) < 2 * STORED_LIMIT


@pytest.mark.parametrize(
    "stored", ["", "a secret", "kiosk1", "kiosk1 00000000", "kiosk1 00000000 x", "kiosk2 0 x"]
)
def test_what_we_did_not_write_is_corrupt(stored: str) -> None:
    assert unpack(KEY, stored) is KeychainFault.CORRUPT


def test_cut_off_or_under_another_name_is_corrupt() -> None:
    packed = pack(KEY, "a secret")
    assert not isinstance(packed, KeychainFault)
    assert unpack(KEY, packed[:-1]) is KeychainFault.CORRUPT
    assert unpack(PASSWORD, packed) is KeychainFault.CORRUPT


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.text(max_size=50))
def test_what_is_stored_is_one_line_that_a_text_file_gives_back(secret: str, account: str) -> None:
    """gnome-keyring's file of a keyring without a password does not survive anything else."""
    name = ItemName(Item.DEVICE_PASSWORD, account)
    stored = pack(name, secret)
    assert isinstance(stored, str)
    for text in (stored, str(name)):
        assert len(text.splitlines()) <= 1
        assert "\\" not in text
        assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in text)
    assert unpack(name, stored) == Found(secret)


def test_what_a_kiosk_of_before_stored_is_read() -> None:
    """A PEM of five lines, as it was packed then."""
    check = zlib.crc32(b"device-key\na\nb%000a")
    old = f"kiosk1 {check:08x} a\nb%000a"
    assert unpack(ItemName(Item.DEVICE_KEY), old) == Found("a\nb%000a")
