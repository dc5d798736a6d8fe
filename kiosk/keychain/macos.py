"""macOS: the login keychain.

Owns what its status codes mean (SecBase.h). Must never write to another keychain file, whatever
the environment says.
"""

from keyring.backends import macOS
from keyring.errors import KeyringError, KeyringLocked

from kiosk.keychain.port import KeychainFault, Missing

_STATUS: dict[int, KeychainFault | Missing] = {
    -25300: Missing(),  # errSecItemNotFound
    -25308: KeychainFault.LOCKED,  # errSecInteractionNotAllowed
    -25307: KeychainFault.ABSENT,  # errSecNoDefaultKeychain
    -25291: KeychainFault.ABSENT,  # errSecNotAvailable
    -25294: KeychainFault.ABSENT,  # errSecNoSuchKeychain
}


class MacVault(macOS.Keyring):
    """``keyring``'s backend, deaf to KEYCHAIN_PATH and KEYRING_PROPERTY_*."""

    per_item = False
    keychain = None

    def __init__(self) -> None:
        """Set nothing: the parent's would take attributes from the environment."""

    def diagnose(self, fault: Exception) -> KeychainFault | Missing | None:
        """Say what an exception means; ``None``: a bug."""
        match fault:
            case KeyringLocked():
                return KeychainFault.LOCKED
            case UnicodeDecodeError():
                return KeychainFault.CORRUPT
            case KeyringError():
                status = fault.__cause__.args[0] if fault.__cause__ and fault.__cause__.args else 0
                return _STATUS.get(status, KeychainFault.REFUSED)
            case _:
                return None

    def abandon(self) -> None:
        """Nothing can be cut here: the call ends when macOS answers."""

    def close(self) -> None:
        """Nothing is held open."""
