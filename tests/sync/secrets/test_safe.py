"""What the computer keeps in the keychain, and every way in which that can fail."""

from datetime import UTC, datetime

import pytest

from kiosk.keychain.port import Item, ItemName, KeychainFault
from kiosk.session.model.people import Account, Role
from kiosk.session.model.refusals import Fault
from kiosk.sync.secrets.safe import FAULTS, Credential, Safe, TrustSecret
from tests.support.fake_keychain import FakeKeychain

AT = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)
OFFICE = Account("acc-office", "Office Assistant", True, frozenset({Role.MEMBER}))
CREDENTIAL = Credential(OFFICE, "https://x.example", "canary-password")
TRUST = TrustSecret("canary-token", AT)


def now() -> datetime:
    """A clock that stands."""
    return AT


@pytest.fixture
def keychain() -> FakeKeychain:
    """An empty one."""
    return FakeKeychain()


def test_everything_comes_back_after_a_restart(keychain: FakeKeychain) -> None:
    """A second ``Safe`` over the same keychain reads what the first kept."""
    safe = Safe(keychain, now)
    key = safe.make_device_key()
    assert not isinstance(key, Fault)
    assert safe.keep_credential(CREDENTIAL) is None
    assert safe.keep_trust(OFFICE.id, TRUST) is None
    assert safe.keep_high_water(AT) is None
    pinned = safe.pin_grant_key(dict(key._public))
    assert not isinstance(pinned, Fault)
    again = Safe(keychain, now)
    found = again.device_key()
    assert found is not None
    assert not isinstance(found, Fault)
    assert found.thumbprint == key.thumbprint
    assert again.credential(OFFICE.id) == CREDENTIAL
    assert again.trust(OFFICE.id) == TRUST
    assert again.high_water() == AT
    grant_key = again.grant_key()
    assert grant_key is not None
    assert not isinstance(grant_key, Fault)


def test_a_second_key_is_never_made(keychain: FakeKeychain) -> None:
    """The computer stays who it is."""
    first, second = Safe(keychain, now).make_device_key(), Safe(keychain, now).make_device_key()
    assert not isinstance(first, Fault)
    assert not isinstance(second, Fault)
    assert first.thumbprint == second.thumbprint


@pytest.mark.parametrize("fault", list(KeychainFault))
def test_each_fault_has_its_own_name(keychain: FakeKeychain, fault: KeychainFault) -> None:
    """T11: typed outcomes, nothing degrades."""
    keychain.fault = fault
    safe = Safe(keychain, now)
    assert safe.device_key() is FAULTS[fault]
    assert safe.make_device_key() is FAULTS[fault]
    assert safe.credential("acc-1") is FAULTS[fault]
    assert safe.trust("acc-1") is FAULTS[fault]
    assert safe.keep_trust("acc-1", TRUST) is FAULTS[fault]
    assert safe.high_water() is None


def test_a_locked_keychain_at_noon_stops_nobody(keychain: FakeKeychain) -> None:
    """What was read once is held while the kiosk runs."""
    safe = Safe(keychain, now)
    safe.make_device_key()
    safe.keep_credential(CREDENTIAL)
    safe.keep_trust(OFFICE.id, TRUST)
    keychain.fault = KeychainFault.LOCKED
    assert safe.trust(OFFICE.id) == TRUST
    assert safe.credential(OFFICE.id) == CREDENTIAL


@pytest.mark.parametrize("fault", [None, KeychainFault.LOCKED])
def test_forgotten_trust_is_not_used_again(
    keychain: FakeKeychain, fault: KeychainFault | None
) -> None:
    """Even when the keychain does not let go of it."""
    safe = Safe(keychain, now)
    safe.keep_trust(OFFICE.id, TRUST)
    keychain.fault = fault
    safe.forget_trust(OFFICE.id)
    assert not isinstance(safe.trust(OFFICE.id), TrustSecret)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"token": 1}', '{"horizon_at": "x"}', "null"])
def test_what_cannot_be_read_is_corrupt(keychain: FakeKeychain, text: str) -> None:
    """Unreadable counts as none (law 1)."""
    for item in (Item.TRUST_TOKEN, Item.DEVICE_PASSWORD):
        keychain.keep(ItemName(item, OFFICE.id), text)
    keychain.keep(ItemName(Item.GRANT_KEY), text)
    keychain.keep(ItemName(Item.DEVICE_KEY), text)
    safe = Safe(keychain, now)
    assert safe.trust(OFFICE.id) is Fault.KEYCHAIN_CORRUPT
    assert safe.credential(OFFICE.id) is Fault.KEYCHAIN_CORRUPT
    assert safe.grant_key() is Fault.KEYCHAIN_CORRUPT
    assert safe.device_key() is Fault.KEYCHAIN_CORRUPT


def test_a_foreign_grant_key_is_not_pinned(keychain: FakeKeychain) -> None:
    """Only a public P-256 key."""
    assert Safe(keychain, now).pin_grant_key({"kty": "oct", "k": "AAAA"}) is Fault.KEYCHAIN_CORRUPT
    assert Safe(keychain, now).pin_grant_key({}) is Fault.KEYCHAIN_CORRUPT


def test_no_repr_shows_a_secret(keychain: FakeKeychain) -> None:
    """Law 10, T18."""
    safe = Safe(keychain, now)
    safe.keep_credential(CREDENTIAL)
    safe.keep_trust(OFFICE.id, TRUST)
    assert "canary" not in f"{safe!r} {CREDENTIAL!r} {TRUST!r}"


def test_a_late_horizon_does_not_bring_forgotten_trust_back(keychain: FakeKeychain) -> None:
    """A sign-in that is answered after a removal: found by reading."""
    safe = Safe(keychain, now)
    safe.keep_trust(OFFICE.id, TRUST)
    safe.forget_trust(OFFICE.id)
    safe.move_horizon(OFFICE.id, TRUST, AT)
    assert safe.trust(OFFICE.id) is None


def test_the_key_of_the_cache_is_made_once(keychain: FakeKeychain) -> None:
    """32 random bytes; the same after a restart, another one after it was forgotten."""
    key = Safe(keychain, now).cache_key()
    assert not isinstance(key, Fault)
    assert len(bytes.fromhex(key)) == 32
    safe = Safe(keychain, now)
    assert safe.cache_key() == key
    assert safe.forget_cache_key() is None
    assert ItemName(Item.CACHE_KEY) not in keychain.stored
    assert safe.cache_key() != key


def test_what_sites_remember_has_a_key_of_its_own(keychain: FakeKeychain) -> None:
    """Made once; forgetting the one leaves the other."""
    safe = Safe(keychain, now)
    key, of_the_day = safe.site_key(), safe.cache_key()
    assert Safe(keychain, now).site_key() == key != of_the_day
    assert safe.forget_site_key() is None
    assert ItemName(Item.SITE_KEY) not in keychain.stored
    assert safe.cache_key() == of_the_day
    assert safe.site_key() != key


def test_a_key_of_the_cache_that_is_none_is_replaced(keychain: FakeKeychain) -> None:
    """What it opened can be fetched again. A keychain that does not answer is no such case."""
    name = ItemName(Item.CACHE_KEY)
    for junk in ("", "short", "g" * 64, f"{'0' * 64}'; DROP"):
        keychain.keep(name, junk)
        assert Safe(keychain, now).cache_key() not in {junk, *Fault}
    keychain.stored[name] = "kiosk1 00000000 not what we wrote"
    assert not isinstance(Safe(keychain, now).cache_key(), Fault)
    for fault in set(KeychainFault) - {KeychainFault.CORRUPT}:
        keychain.fault = fault
        assert Safe(keychain, now).cache_key() is FAULTS[fault]
        assert Safe(keychain, now).forget_cache_key() is FAULTS[fault]


def test_what_belongs_to_a_pin_is_read_once_and_gone_when_it_is_forgotten(
    keychain: FakeKeychain,
) -> None:
    safe = Safe(keychain, now)
    assert safe.pin("acc-lena") is None
    assert safe.keep_pin("acc-lena", "canary") is None
    keychain.fault = KeychainFault.SLOW
    assert safe.pin("acc-lena") == "canary", "a tap does not wait for the keychain"
    assert safe.keep_pin("acc-lena", "other") is Fault.KEYCHAIN_SLOW
    assert safe.pin("acc-lena") == "canary"
    keychain.fault = None
    assert safe.forget_pin("acc-lena") is None
    assert safe.pin("acc-lena") is None
