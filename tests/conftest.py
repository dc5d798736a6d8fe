"""Shared fixtures: a real Secret Service on a private bus, for tests that need a keychain."""

import gc
import os
import zoneinfo
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

if "DISPLAY" not in os.environ:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Without a screen there is no graphics card to draw a web page with; the engine would crash.
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
if hasattr(os, "geteuid") and os.geteuid() == 0:
    # Chromium refuses to sandbox root. Only tests run as root; the product never sets this.
    os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"

from tests.support.depth import drawn
from tests.support.sandbox.light_passwords import lighten
from tests.support.secret_service import PrivateBus

lighten()

# How long an example takes is this machine's matter; budgets are `make bench`'s.
settings.register_profile("kiosk", deadline=None, max_examples=drawn(100, soak=1000))
settings.load_profile("kiosk")

COLLECT_EVERY, COLLECT_ALL_EVERY = 25, 500
gc.disable()


def pytest_collection_finish() -> None:
    """What was imported and collected stays for the whole run: no search for garbage in it."""
    gc.freeze()


def pytest_runtest_logfinish(nodeid: str) -> None:
    """Collect garbage here only: on a server's thread it would destroy Qt objects of a test.

    A window is garbage right after its test; what has outlived one is looked at again less often,
    and what has outlived that as well stays: a search through all of it took over a second.
    """
    _finished.append(nodeid)
    if len(_finished) % COLLECT_ALL_EVERY == 0:
        gc.collect()
        gc.freeze()
    elif "/ui/" in nodeid or "test_app" in nodeid or len(_finished) % COLLECT_EVERY == 0:
        gc.collect(1)


_finished: list[str] = []


@pytest.fixture(scope="session")
def keyring_bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateBus]:
    """gnome-keyring, open, shared by the tests that leave it as it was."""
    bus = PrivateBus.with_keyring(tmp_path_factory.mktemp("keyring"), "open sesame")
    yield bus
    bus.stop()


@pytest.fixture
def secret_service(keyring_bus: PrivateBus, monkeypatch: pytest.MonkeyPatch) -> PrivateBus:
    """The shared gnome-keyring as this process's own."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", keyring_bus.address)
    return keyring_bus


@pytest.fixture
def own_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    """A gnome-keyring for a test that locks, stops or kills it."""
    bus = PrivateBus.with_keyring(tmp_path / "keyring", "open sesame")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    yield bus
    bus.stop()


@pytest.fixture
def no_zones() -> Iterator[None]:
    """A system without zone data; what was looked up before is forgotten."""
    zoneinfo.reset_tzpath([])
    zoneinfo.ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath()
    zoneinfo.ZoneInfo.clear_cache()
