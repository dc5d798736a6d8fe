"""The real Secret Service: gnome-keyring on a private bus (threats.md T11)."""

import importlib
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
import secretstorage

from kiosk.keychain import Forgotten, Found, Kept, Keychain, KeychainFault, Missing
from kiosk.keychain_backends import open_keychain
from kiosk.keychain_linux import SecretServiceVault
from kiosk.protection import passwordless
from tests.keychain_contract import KEY, PASSWORD, KeychainContract
from tests.secret_service import OPEN_COLLECTION, PrivateBus

DEADLINE = 0.4


class TestSecretService(KeychainContract):
    """The real one, each test under a namespace of its own."""

    @pytest.fixture
    def keychain(self, secret_service: PrivateBus) -> Keychain:
        return open_keychain(uuid4().hex)


def test_two_kiosks_on_one_computer_do_not_mix(secret_service: PrivateBus) -> None:
    here, there = open_keychain(uuid4().hex), open_keychain(uuid4().hex)
    here.keep(KEY, "here")
    assert there.read(KEY) == Missing()
    assert there.forget(KEY) == Forgotten()
    assert here.read(KEY) == Found("here")


@pytest.mark.parametrize("written", [b"\xff\xfe\x00", b"typed by hand", b""])
def test_an_item_we_did_not_write_is_corrupt(secret_service: PrivateBus, written: bytes) -> None:
    profile = uuid4().hex
    with closing(secretstorage.dbus_init()) as bus:
        secretstorage.get_default_collection(bus).create_item(
            "x", {"service": f"Operatory Kiosk {profile}", "username": str(KEY)}, written
        )
    keychain = open_keychain(profile)
    assert keychain.read(KEY) is KeychainFault.CORRUPT
    assert keychain.forget(KEY) == Forgotten()
    assert keychain.read(KEY) == Missing()


@pytest.mark.parametrize(
    "address", [None, "unix:path=/nonexistent/bus", "tcp:host=127.0.0.1,port=1", "nonsense", ""]
)
def test_no_bus_is_absent(monkeypatch: pytest.MonkeyPatch, address: str | None) -> None:
    if address is None:
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    else:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    keychain = open_keychain("x")
    assert keychain.read(KEY) is KeychainFault.ABSENT
    assert keychain.keep(KEY, "a secret") is KeychainFault.ABSENT
    assert keychain.forget(KEY) is KeychainFault.ABSENT


def test_a_bus_without_the_service_is_absent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus = PrivateBus.start(tmp_path)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    try:
        assert open_keychain("x").read(KEY) is KeychainFault.ABSENT
    finally:
        bus.stop()


def test_no_collection_is_absent_and_none_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus = PrivateBus.with_keyring(tmp_path, "")  # nothing typed: no login collection
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    try:
        keychain = open_keychain("x", DEADLINE)
        assert keychain.read(KEY) is KeychainFault.ABSENT
        assert keychain.keep(KEY, "a secret") is KeychainFault.ABSENT
    finally:
        bus.stop()
    assert not list((tmp_path / "data").rglob("*.keyring"))


def test_a_daemon_that_dies_is_absent(own_keyring: PrivateBus) -> None:
    keychain = open_keychain("x")
    keychain.keep(KEY, "a secret")
    own_keyring.stop()
    assert keychain.read(KEY) is KeychainFault.ABSENT


def test_a_locked_collection_is_locked_and_nobody_is_asked(own_keyring: PrivateBus) -> None:
    keychain = open_keychain("x")
    keychain.keep(KEY, "a secret")
    jeepney = importlib.import_module("jeepney")
    with closing(own_keyring.connect()) as monitor, closing(secretstorage.dbus_init()) as bus:
        secretstorage.get_default_collection(bus).lock()
        monitor.send_and_get_reply(
            jeepney.new_method_call(
                jeepney.DBusAddress(
                    "/org/freedesktop/DBus",
                    bus_name="org.freedesktop.DBus",
                    interface="org.freedesktop.DBus.Monitoring",
                ),
                "BecomeMonitor",
                "asu",
                (["type='method_call'"], 0),
            )
        )
        assert keychain.read(KEY) is KeychainFault.LOCKED
        assert keychain.keep(KEY, "another") is KeychainFault.LOCKED
        assert keychain.forget(KEY) is KeychainFault.LOCKED
        secretstorage.check_service_availability(bus)  # the last thing the monitor will hear
        called: list[str] = []
        while not called or called[-1] != "NameHasOwner":
            fields = monitor.receive(timeout=5).header.fields
            called.append(fields[jeepney.HeaderFields.member])
    assert "Get" in called
    assert not {"Prompt", "CreateCollection", "CreateItem", "Delete"} & set(called)


def test_a_collection_without_a_password_opens_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyrings = tmp_path / "data" / "keyrings"
    keyrings.mkdir(parents=True)
    (keyrings / "login.keyring").write_text(OPEN_COLLECTION)
    (keyrings / "default").write_text("login")
    bus = PrivateBus.with_keyring(tmp_path, "")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    try:
        keychain = open_keychain("x")
        assert keychain.keep(KEY, "canary") == Kept()
        assert keychain.read(KEY) == Found("canary")
    finally:
        bus.stop()
    assert b"canary" in (keyrings / "login.keyring").read_bytes()
    assert passwordless(keyrings) is True


def test_a_hung_daemon_is_slow_and_does_not_hold_up_what_comes_after(
    own_keyring: PrivateBus,
) -> None:
    keychain = open_keychain("x", DEADLINE)
    keychain.keep(KEY, "a secret")
    os.kill(own_keyring.pid, signal.SIGSTOP)
    began = time.monotonic()
    for _ in range(6):
        assert keychain.read(KEY) is KeychainFault.SLOW
    assert keychain.keep(PASSWORD, "late") is KeychainFault.SLOW
    assert time.monotonic() - began < 7 * (DEADLINE + 0.25)
    for thread in threading.enumerate():
        if thread.name == "keychain":
            thread.join(5)  # cut off, though the daemon still sleeps
            assert not thread.is_alive()
    os.kill(own_keyring.pid, signal.SIGCONT)
    assert open_keychain("x").read(KEY) == Found("a secret")
    assert keychain.keep(PASSWORD, "in time") == Kept()
    assert keychain.read(PASSWORD) == Found("in time")


def test_the_deadline_is_two_seconds(own_keyring: PrivateBus) -> None:
    keychain = open_keychain("x")
    os.kill(own_keyring.pid, signal.SIGSTOP)
    began = time.monotonic()
    assert keychain.read(KEY) is KeychainFault.SLOW
    assert time.monotonic() - began <= 2.5


def test_a_bug_is_not_taken_for_a_fault() -> None:
    assert SecretServiceVault().diagnose(AttributeError("a bug")) is None
    assert SecretServiceVault().diagnose(AssertionError("a bug")) is None


THIEF = """
import pathlib
from keyring.backend import KeyringBackend
class Keyring(KeyringBackend):
    priority = 99
    def get_password(self, service, username):
        pathlib.Path("loot").write_text(username)
    def set_password(self, service, username, password):
        pathlib.Path("loot").write_text(password)
    def delete_password(self, service, username):
        pathlib.Path("loot").write_text(username)
"""
HONEST = """
from kiosk.keychain import ItemName, Item, Found, Kept
from kiosk.keychain_backends import open_keychain
keychain, name = open_keychain("thief-test"), ItemName(Item.CANARY)
assert keychain.keep(name, "a secret") == Kept()
assert keychain.read(name) == Found("a secret")
"""
GULLIBLE = "import keyring; keyring.set_password('s', 'u', 'p')"


@pytest.fixture
def thieves_den(secret_service: PrivateBus, tmp_path: Path) -> dict[str, str]:
    """Every way the environment has to name another backend or bend ours."""
    (tmp_path / "thief.py").write_text(THIEF)
    config = tmp_path / "config" / "python_keyring"
    config.mkdir(parents=True)
    (config / "keyringrc.cfg").write_text(
        f"[backend]\ndefault-keyring=thief.Keyring\nkeyring-path={tmp_path}\n"
    )
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "PYTHONPATH": os.pathsep.join([str(Path.cwd()), str(tmp_path)]),
        "DBUS_SESSION_BUS_ADDRESS": secret_service.address,
        "KEYRING_PROPERTY_PREFERRED_COLLECTION": "/org/freedesktop/secrets/collection/session",
        "KEYRING_PROPERTY_SCHEME": "KeePassXC",
        "KEYRING_PROPERTY_PER_ITEM": "yes",
    }


def run(code: str, cwd: Path, env: dict[str, str]) -> int:
    return subprocess.run([sys.executable, "-c", code], cwd=cwd, env=env, check=False).returncode


@pytest.mark.parametrize("way", ["variable", "file"])
def test_a_thief_named_in_the_environment_gets_nothing(
    thieves_den: dict[str, str], tmp_path: Path, way: str
) -> None:
    if way == "variable":
        thieves_den["PYTHON_KEYRING_BACKEND"] = "thief.Keyring"
    assert run(HONEST, tmp_path, thieves_den) == 0
    assert not (tmp_path / "loot").exists()
    with closing(secretstorage.dbus_init()) as bus:
        kept = secretstorage.get_default_collection(bus).search_items(
            {"service": "Operatory Kiosk thief-test", "username": "canary"}
        )
        assert len(list(kept)) == 1
    # The trap is sharp: the library's own front door falls into it.
    run(GULLIBLE, tmp_path, thieves_den)
    assert (tmp_path / "loot").read_text() == "p"
