"""The deadline around any keychain: what hangs is cut off, left behind, and never piled up."""

import threading
from collections.abc import Iterator

import pytest

from kiosk.keychain.os_keychain import _MOST_STUCK, OsKeychain, open_keychain
from kiosk.keychain.port import Found, Kept, Keychain, KeychainFault, Missing
from tests.support.keychain_contract import KEY, PASSWORD, KeychainContract

DEADLINE = 0.05


class Refused(Exception):
    """What a backend raises for a fault it knows."""


class Backend:
    """Stands for the operating system: shared by the vaults, which live for one call each."""

    def __init__(self) -> None:
        self.stored: dict[tuple[str, str], str] = {}
        self.raises: Exception | None = None
        self.asleep = False
        self.awake = threading.Event()
        self.asked = 0
        self.abandoned = 0
        self.closed = 0

    def answer(self) -> None:
        self.asked += 1
        if self.asleep:
            self.awake.wait()
        if self.raises is not None:
            raise self.raises


class FakeVault:
    """One call to the backend."""

    def __init__(self, backend: Backend, per_item: bool = False) -> None:
        self.per_item = per_item
        self._backend = backend

    def get_password(self, service: str, username: str) -> str | None:
        self._backend.answer()
        return self._backend.stored.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._backend.answer()
        self._backend.stored[(service, username)] = password

    def delete_password(self, service: str, username: str) -> None:
        self._backend.answer()
        self._backend.stored.pop((service, username), None)

    def diagnose(self, fault: Exception) -> KeychainFault | Missing | None:
        return KeychainFault.REFUSED if isinstance(fault, Refused) else None

    def abandon(self) -> None:
        self._backend.abandoned += 1

    def close(self) -> None:
        self._backend.closed += 1


@pytest.fixture
def backend() -> Iterator[Backend]:
    made = Backend()
    yield made
    made.awake.set()
    for thread in threading.enumerate():
        if thread.name == "keychain":
            thread.join(5)


def over(backend: Backend, deadline: float = DEADLINE) -> OsKeychain:
    return OsKeychain("Kiosk", lambda: FakeVault(backend), deadline)


class TestOverAnyVault(KeychainContract):
    """Whatever the vault, the port keeps its word."""

    @pytest.fixture
    def keychain(self, backend: Backend) -> Keychain:
        return over(backend, 5.0)


def test_what_hangs_is_slow_and_cut_off(backend: Backend) -> None:
    backend.asleep = True
    assert over(backend).read(KEY) is KeychainFault.SLOW
    assert backend.abandoned == 1


def test_stuck_threads_do_not_pile_up(backend: Backend) -> None:
    backend.asleep = True
    keychain = over(backend)
    for _ in range(_MOST_STUCK + 3):
        assert keychain.read(KEY) is KeychainFault.SLOW
    assert backend.asked == _MOST_STUCK


def test_once_it_answers_again_the_keychain_is_asked_again(backend: Backend) -> None:
    backend.asleep = True
    keychain = over(backend)
    for _ in range(_MOST_STUCK):
        keychain.read(KEY)
    backend.asleep = False
    backend.awake.set()
    for thread in threading.enumerate():
        if thread.name == "keychain":
            thread.join(5)
    patient = keychain.keep(KEY, "a secret"), keychain.read(KEY)
    assert patient == (Kept(), Found("a secret"))


def test_every_vault_is_closed_whatever_happened(backend: Backend) -> None:
    keychain = over(backend, 5.0)
    keychain.read(KEY)
    backend.raises = Refused()
    keychain.read(KEY)
    assert backend.closed == backend.asked == 2


def test_a_known_fault_is_a_value_and_a_bug_is_raised(backend: Backend) -> None:
    keychain = over(backend, 5.0)
    backend.raises = Refused()
    assert keychain.keep(KEY, "a secret") is KeychainFault.REFUSED
    backend.raises = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        keychain.read(KEY)


@pytest.mark.parametrize("per_item", [False, True])
def test_items_have_names_of_their_own(backend: Backend, per_item: bool) -> None:
    keychain = OsKeychain("Kiosk", lambda: FakeVault(backend, per_item), 5.0)
    keychain.keep(KEY, "a secret")
    keychain.keep(PASSWORD, "another")
    services = {service for service, _ in backend.stored}
    assert len(backend.stored) == 2
    assert len(services) == (2 if per_item else 1)


def test_a_secret_that_is_too_large_is_not_even_offered(backend: Backend) -> None:
    assert over(backend).keep(KEY, "x" * 5_000) is KeychainFault.TOO_LARGE
    assert backend.asked == 0


def test_an_unknown_platform_has_no_keychain_of_ours() -> None:
    with pytest.raises(KeyError):
        open_keychain("x", platform="plan9")
