"""Windows: the Credential Manager, kept on this machine and never roaming (threats.md T1).

Owns what its error numbers mean (winerror.h). Must never keep an item with the library's default
persistence, which follows the user to other computers.
"""

from keyring.backends import Windows
from keyring.errors import PasswordDeleteError

from kiosk.keychain.port import KeychainFault, Missing

_FAULTS = {
    1312: KeychainFault.ABSENT,  # ERROR_NO_SUCH_LOGON_SESSION: a service or network logon
    1783: KeychainFault.TOO_LARGE,  # RPC_X_BAD_STUB_DATA: how CredWrite says it
}


class WindowsVault(Windows.WinVaultKeyring):
    """One target for each item, so that a write replaces one credential and moves no other."""

    per_item = True

    def __init__(self) -> None:
        # The parent's would let KEYRING_PROPERTY_* variables set any attribute of ours.
        self.persist = "local machine"

    def diagnose(self, fault: Exception) -> KeychainFault | Missing | None:
        """Say what an exception means; ``None``: a bug."""
        match fault:
            case PasswordDeleteError():
                return Missing()
            case UnicodeDecodeError():
                return KeychainFault.CORRUPT
            case _:
                pass
        # Windows only, and under one of two names: taken from where the parent found it.
        if isinstance(fault, vars(Windows)["pywintypes"].error):
            return _FAULTS.get(vars(fault).get("winerror", 0), KeychainFault.REFUSED)
        return None

    def abandon(self) -> None:
        """Nothing can be cut here: the call ends when Windows answers."""

    def close(self) -> None:
        """Nothing is held open."""
