"""The self-test: what holds is said to hold, and each thing that does not is named."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from kiosk.cli import self_test
from kiosk.cli.self_test import (
    Proof,
    is_root,
    prove_cache,
    prove_core,
    prove_drawing,
    prove_keychain,
    prove_libraries,
    prove_store,
    prove_trust,
    prove_zones,
)
from kiosk.desktop.display import SeenDisplay
from kiosk.keychain.port import Found, Item, ItemName, Kept, KeychainFault, Missing
from kiosk.session.model.effects import Effect
from kiosk.session.model.events import Asked, Event
from kiosk.session.model.intents import LockWanted
from kiosk.session.model.state import State
from kiosk.session.step import step
from kiosk.sync import cache as store_cache
from kiosk.sync.records import audit_store as store
from kiosk.ui.xchart.place import ENGINE
from tests.support.fake_keychain import FakeKeychain
from tests.support.secret_service import PrivateBus
from tests.support.xvfb import private_x_server


def test_a_working_installation_is_0_and_leaves_nothing(
    secret_service: PrivateBus, tmp_path: Path
) -> None:
    with private_x_server() as display:
        env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "TMPDIR": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", "--profile", str(tmp_path / "op3"), "--self-test"],
            capture_output=True,
            text=True,
            check=False,
            env=env,
        )
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-1] == "This installation works."
    assert "FAIL" not in done.stdout
    assert not list(tmp_path.iterdir())


def test_a_page_that_would_not_trust_the_clinics_own_is_red(tmp_path: Path) -> None:
    assert prove_trust(tmp_path, tmp_path).held
    proof = prove_trust(tmp_path, None)
    assert not proof.held
    assert "p11-kit-modules" in proof.sentence
    assert not list(tmp_path.iterdir()), "the self-test leaves nothing"


def test_without_time_zones_it_is_red(no_zones: None) -> None:
    proof = prove_zones()
    assert not proof.held
    assert "tzdata" in proof.sentence


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert prove_libraries().held
    monkeypatch.setattr(self_test, "LIBRARIES", ("no_such_library",))
    assert prove_libraries() == Proof(
        "libraries", False, "no_such_library is missing. Install the package again."
    )


def test_without_a_display_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "see_no_display", lambda: SeenDisplay("none"))
    (proof,) = prove_drawing()
    assert not proof.held
    assert "There is no display" in proof.sentence


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (ModuleNotFoundError("No module", name=ENGINE), "This package is without the web view"),
        (
            ImportError("libnss3.so: cannot open shared object file", name="QtWebEngineCore"),
            "cannot be loaded: libnss3.so: cannot open shared object file. Install the package",
        ),
    ],
)
def test_a_broken_web_view_is_not_taken_for_a_package_without_one(
    monkeypatch: pytest.MonkeyPatch, fault: ImportError, said: str
) -> None:
    def opens_page() -> bool:
        raise fault

    drawing = SimpleNamespace(lost_fonts=tuple, draws=lambda view: True, opens_page=opens_page)
    monkeypatch.setattr("kiosk.ui.self_test.Drawing", lambda: drawing)
    monkeypatch.setattr(self_test, "see_no_display", lambda: None)
    monkeypatch.setattr(self_test, "see_display", lambda: SeenDisplay("xcb", 1))
    monkeypatch.setattr(self_test, "is_root", lambda: False)
    proof = list(prove_drawing())[-1]
    assert (proof.topic, proof.held) == ("web view", False)
    assert said in proof.sentence


def test_the_keychain_is_left_as_it_was() -> None:
    keychain = FakeKeychain()
    assert prove_keychain(keychain).held
    assert not keychain.stored


@pytest.mark.parametrize("fault", [KeychainFault.ABSENT, KeychainFault.LOCKED])
def test_a_keychain_that_cannot_be_used_is_said(fault: KeychainFault) -> None:
    keychain = FakeKeychain()
    keychain.fault = fault
    proof = prove_keychain(keychain)
    assert not proof.held
    assert "keychain" in proof.sentence


def test_a_keychain_that_forgets_at_once_is_found_out() -> None:
    class Sieve(FakeKeychain):
        def read(self, name: ItemName) -> Found | Missing | KeychainFault:
            return Missing()

        def keep(self, name: ItemName, secret: str) -> Kept | KeychainFault:
            assert name == ItemName(Item.CANARY)
            return Kept()

    assert prove_keychain(Sieve()) == Proof(
        "keychain", False, "The keychain does not keep what it is given."
    )


def test_a_record_has_to_be_there_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert prove_store(tmp_path).held
    monkeypatch.setattr(store.Store, "keep", lambda self, record: None)
    (tmp_path / "lost").mkdir()
    assert not prove_store(tmp_path / "lost").held


def test_the_day_is_kept_and_forgotten(tmp_path: Path) -> None:
    keychain = FakeKeychain()
    assert prove_cache(tmp_path, keychain).held
    assert not keychain.stored
    assert not list(tmp_path.iterdir())


def test_a_day_that_cannot_be_kept_or_found_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keychain = FakeKeychain()
    keychain.fault = KeychainFault.LOCKED
    assert not prove_cache(tmp_path, keychain).held
    monkeypatch.setattr(store_cache.Cache, "cursor", lambda self, account: "")
    assert "not there when looked for" in prove_cache(tmp_path, FakeKeychain()).sentence


def test_a_core_that_does_not_lock_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert prove_core().held

    def deaf(state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
        if isinstance(event, Asked) and event.intent == LockWanted():
            return state, ()
        return step(state, event)

    monkeypatch.setattr(self_test, "step", deaf)
    assert not prove_core().held


def test_root_is_told_to_be_somebody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chromium would end the process in the middle of the sentences."""
    monkeypatch.delenv("QTWEBENGINE_DISABLE_SANDBOX", raising=False)
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    assert is_root()
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    assert not is_root()
