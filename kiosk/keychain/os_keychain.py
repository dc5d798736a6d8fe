"""The keychain of this operating system, built here and reached with a deadline.

Owns the choice of backend, the deadline and the thread behind it. Must never ask ``keyring``
which backend to use, nor let a variable or a file in the environment decide (threats.md T11).
Imported late, by the lane that needs it.
"""

import importlib
import sys
from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Lock, Thread
from typing import Protocol, TypeVar

from kiosk.keychain.port import (
    Forgotten,
    Found,
    ItemName,
    Kept,
    Keychain,
    KeychainFault,
    Missing,
    pack,
    unpack,
)

DEADLINE = 2.0  # seconds; threats.md T11
_MOST_STUCK = 4  # threads that hang in the operating system before we stop adding to them

T = TypeVar("T")


class Vault(Protocol):
    """A ``keyring`` backend of ours; made for one call, so that one call can be cut off.

    ``per_item``: an item needs a service name of its own.
    """

    @property
    def per_item(self) -> bool: ...
    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...
    def diagnose(self, fault: Exception) -> KeychainFault | Missing | None: ...
    def abandon(self) -> None: ...
    def close(self) -> None: ...


class OsKeychain:
    """``Keychain`` over a vault; ``deadline`` in seconds.

    Each call runs on a thread of its own: one that hangs is cut off where that can be done and
    left behind where not, and the next call does not wait for it.
    """

    def __init__(
        self, namespace: str, open_vault: Callable[[], Vault], deadline: float = DEADLINE
    ) -> None:
        self._namespace = namespace
        self._open_vault = open_vault
        self._deadline = deadline
        self._stuck: list[Thread] = []
        self._lock = Lock()

    def read(self, name: ItemName) -> Found | Missing | KeychainFault:
        """Look an item up."""
        stored = self._call(lambda vault: vault.get_password(*self._address(vault, name)))
        match stored:
            case KeychainFault() | Missing():
                return stored
            case None:
                return Missing()
            case str():
                found = unpack(name, stored)
                if isinstance(found, Found) and pack(name, found.secret) != stored:
                    # As a kiosk of before wrote it. Where it cannot be written anew, next time.
                    self.keep(name, found.secret)
                return found

    def keep(self, name: ItemName, secret: str) -> Kept | KeychainFault:
        """Write an item, replacing an older one of that name."""
        packed = pack(name, secret)
        if isinstance(packed, KeychainFault):
            return packed
        kept = self._call(lambda vault: vault.set_password(*self._address(vault, name), packed))
        match kept:
            case KeychainFault():
                return kept
            case Missing():  # what the item was to go into has just gone
                return KeychainFault.ABSENT
            case None:
                return Kept()

    def forget(self, name: ItemName) -> Forgotten | KeychainFault:
        """Remove an item; removing one that is not there succeeds."""
        gone = self._call(lambda vault: vault.delete_password(*self._address(vault, name)))
        return gone if isinstance(gone, KeychainFault) else Forgotten()

    def _address(self, vault: Vault, name: ItemName) -> tuple[str, str]:
        service = f"{self._namespace} {name}" if vault.per_item else self._namespace
        return service, str(name)

    def _call(self, ask: Callable[[Vault], T]) -> T | Missing | KeychainFault:
        vault = self._open_vault()
        answer: Future[T] = Future()

        def work() -> None:
            try:
                answer.set_result(ask(vault))
            except Exception as fault:  # carried to the caller, who tells a fault from a bug
                answer.set_exception(fault)
            finally:
                vault.close()

        with self._lock:
            self._stuck = [thread for thread in self._stuck if thread.is_alive()]
            if len(self._stuck) >= _MOST_STUCK:
                return KeychainFault.SLOW
        thread = Thread(target=work, name="keychain", daemon=True)
        thread.start()
        wait([answer], timeout=self._deadline)
        if not answer.done():
            vault.abandon()
            with self._lock:
                self._stuck.append(thread)
            return KeychainFault.SLOW
        fault = answer.exception()
        if fault is None:
            return answer.result()
        meaning = vault.diagnose(fault) if isinstance(fault, Exception) else None
        if meaning is None:
            raise fault
        return meaning


_VAULTS = {
    "win32": ("kiosk.keychain.windows", "WindowsVault"),
    "darwin": ("kiosk.keychain.macos", "MacVault"),
    "linux": ("kiosk.keychain.linux", "SecretServiceVault"),
}


def open_keychain(
    profile_id: str, deadline: float = DEADLINE, platform: str = sys.platform
) -> Keychain:
    """Return this computer's keychain, in the namespace of one kiosk.

    Only the module of this platform is imported: the others need libraries that are not there.
    """
    module, vault = _VAULTS[platform]
    return OsKeychain(
        f"Operatory Kiosk {profile_id}",
        getattr(importlib.import_module(module), vault),
        deadline,
    )
