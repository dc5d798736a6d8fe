"""What every keychain has to do, whatever is behind it. Run over the fake and the real one."""

import pytest

from kiosk.keychain.port import (
    STORED_LIMIT,
    Forgotten,
    Found,
    Item,
    ItemName,
    Kept,
    Keychain,
    KeychainFault,
    Missing,
)

KEY = ItemName(Item.DEVICE_KEY)
PASSWORD = ItemName(Item.DEVICE_PASSWORD, "acc_1")


class KeychainContract:
    """Subclass it with a ``keychain`` fixture."""

    def test_what_is_kept_is_found(self, keychain: Keychain) -> None:
        assert keychain.keep(KEY, "a secret") == Kept()
        assert keychain.read(KEY) == Found("a secret")

    def test_what_was_never_kept_is_missing(self, keychain: Keychain) -> None:
        assert keychain.read(KEY) == Missing()

    def test_polling_again_replaces(self, keychain: Keychain) -> None:
        keychain.keep(KEY, "old")
        keychain.keep(KEY, "new")
        assert keychain.read(KEY) == Found("new")
        keychain.forget(KEY)
        assert keychain.read(KEY) == Missing()

    def test_forgetting_succeeds_also_twice(self, keychain: Keychain) -> None:
        keychain.keep(KEY, "a secret")
        assert keychain.forget(KEY) == Forgotten()
        assert keychain.read(KEY) == Missing()
        assert keychain.forget(KEY) == Forgotten()

    def test_items_and_accounts_do_not_mix(self, keychain: Keychain) -> None:
        other = ItemName(Item.DEVICE_PASSWORD, "acc_2")
        keychain.keep(KEY, "key")
        keychain.keep(PASSWORD, "one")
        keychain.keep(other, "two")
        keychain.forget(PASSWORD)
        assert keychain.read(PASSWORD) == Missing()
        assert keychain.read(KEY) == Found("key")
        assert keychain.read(other) == Found("two")

    @pytest.mark.parametrize(
        "secret", ["", " ", "a b\nc\n", "Grüße 🦷", '"\\\x01', "-----BEGIN KEY-----\nx\n-----"]
    )
    def test_any_text_comes_back_as_it_was(self, keychain: Keychain, secret: str) -> None:
        assert keychain.keep(KEY, secret) == Kept()
        assert keychain.read(KEY) == Found(secret)

    def test_too_large_is_refused_and_leaves_the_old_one(self, keychain: Keychain) -> None:
        keychain.keep(KEY, "old")
        assert keychain.keep(KEY, "x" * STORED_LIMIT) is KeychainFault.TOO_LARGE
        assert keychain.keep(KEY, "🦷" * (STORED_LIMIT // 2)) is KeychainFault.TOO_LARGE
        assert keychain.read(KEY) == Found("old")

    def test_the_largest_secret_fits(self, keychain: Keychain) -> None:
        largest = "x" * (STORED_LIMIT - 1 - len("kiosk1 00000000 "))
        assert keychain.keep(KEY, largest) == Kept()
        assert keychain.read(KEY) == Found(largest)
        assert keychain.keep(KEY, largest + "x") is KeychainFault.TOO_LARGE
