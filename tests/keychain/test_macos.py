"""macOS: what its status codes mean. The calls themselves are proven on its own runner."""

import pytest
from keyring.errors import KeyringError, KeyringLocked

from kiosk.keychain.macos import MacVault
from kiosk.keychain.port import KeychainFault, Missing


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (-25300, Missing()),
        (-25308, KeychainFault.LOCKED),
        (-25307, KeychainFault.ABSENT),
        (-25293, KeychainFault.REFUSED),
    ],
)
def test_a_status_has_a_meaning(status: int, meaning: KeychainFault | Missing) -> None:
    fault = KeyringError("x")
    fault.__cause__ = OSError(status, "x")
    assert MacVault().diagnose(fault) == meaning


def test_a_locked_keychain_and_a_bug_are_told_apart() -> None:
    assert MacVault().diagnose(KeyringLocked("x")) is KeychainFault.LOCKED
    assert MacVault().diagnose(AttributeError("x")) is None


def test_the_environment_names_no_other_keychain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYRING_PROPERTY_KEYCHAIN", "thief.keychain")
    assert MacVault().keychain is None
