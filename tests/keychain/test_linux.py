"""The real Secret Service: gnome-keyring on a private bus (threats.md T11)."""

import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
import secretstorage

from kiosk.keychain.linux import SecretServiceVault
from kiosk.keychain.os_keychain import open_keychain
from kiosk.keychain.port import (
    Forgotten,
    Found,
    Item,
    ItemName,
    Kept,
    Keychain,
    KeychainFault,
    Missing,
    pack,
)
from kiosk.keychain.protection import passwordless
from tests.support.keychain_contract import KEY, PASSWORD, KeychainContract
from tests.support.secret_service import OPEN_COLLECTION, PrivateBus

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


@pytest.mark.parametrize("more", [{"application": "Python keyring library"}, {}])
def test_of_two_items_of_one_name_none_outlives_the_other(
    secret_service: PrivateBus, more: dict[str, str]
) -> None:
    """A keyring restored beside itself: what was forgotten came back at the next start (law 1)."""
    profile = uuid4().hex
    keychain = open_keychain(profile)
    named = {"service": f"Operatory Kiosk {profile}", "username": str(KEY), **more}
    old = pack(KEY, "old")
    assert isinstance(old, str)

    def restored() -> None:
        with closing(secretstorage.dbus_init()) as bus:
            collection = secretstorage.get_default_collection(bus)
            for _ in range(2):
                collection.create_item("x", named, old.encode(), replace=False)

    restored()
    assert keychain.keep(KEY, "new") == Kept()
    found = keychain.read(KEY)
    assert isinstance(found, Found)
    assert found.secret == "new"
    restored()
    assert keychain.forget(KEY) == Forgotten()
    assert keychain.read(KEY) == Missing()


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
from kiosk.keychain.port import ItemName, Item, Found, Kept
from kiosk.keychain.os_keychain import open_keychain
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


@pytest.fixture
def passwordless_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    """The keyring of a computer that signs in by itself: a file of text."""
    keyrings = tmp_path / "data" / "keyrings"
    keyrings.mkdir(parents=True)
    (keyrings / "login.keyring").write_text(OPEN_COLLECTION)
    (keyrings / "default").write_text("login")
    bus = restarted(tmp_path, monkeypatch)
    yield bus
    bus.stop()


def restarted(home: Path, monkeypatch: pytest.MonkeyPatch) -> PrivateBus:
    """As after the computer's next start."""
    bus = PrivateBus.with_keyring(home, "")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    return bus


AWKWARD = [
    "a\nb",
    "-----BEGIN KEY-----\nx\n-----END KEY-----\n",
    "a\\nb\\u00fc",
    " a\r\t ",
    "100 %\x00",
]


def test_every_secret_outlives_a_restart_in_a_keyring_of_text(
    passwordless_keyring: PrivateBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """gnome-keyring 42 cannot read back a line feed, nor what any other program kept beside it."""
    keychain = open_keychain("x")
    names = [ItemName(Item.DEVICE_PASSWORD, f"acc\n{n}\\") for n in range(len(AWKWARD))]
    for name, secret in zip(names, AWKWARD, strict=True):
        assert keychain.keep(name, secret) == Kept()
    passwordless_keyring.stop()
    again = restarted(passwordless_keyring.home, monkeypatch)
    try:
        for name, secret in zip(names, AWKWARD, strict=True):
            assert keychain.read(name) == Found(secret)
    finally:
        again.stop()


def test_a_secret_of_before_is_read_and_written_anew(
    passwordless_keyring: PrivateBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The device key as it was kept until now, in five lines."""
    secret = "-----BEGIN PRIVATE KEY-----\nMIG\n-----END PRIVATE KEY-----\n"
    check = zlib.crc32(f"{KEY}\n{secret}".encode())
    keychain = open_keychain("x")
    assert keychain.read(KEY) == Missing(), "and the collection is open"
    address = {"service": "Operatory Kiosk x", "username": str(KEY)}
    with closing(secretstorage.dbus_init()) as bus:
        secretstorage.Collection(bus).create_item(
            "x",
            {**address, "application": SecretServiceVault.appid},
            f"kiosk1 {check:08x} {secret}".encode(),
        )
    assert keychain.read(KEY) == Found(secret)
    passwordless_keyring.stop()
    again = restarted(passwordless_keyring.home, monkeypatch)
    try:
        assert keychain.read(KEY) == Found(secret)
    finally:
        again.stop()


SERVICE = """
import json, sys
from pathlib import Path
from jeepney import HeaderFields, MessageType, new_error, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
called, odd = Path(sys.argv[1]), json.loads(sys.argv[2])
usual = {
    "Unlock": ("aoo", ([], "/")), "SearchItems": ("ao", (["/item"],)),
    "CreateItem": ("oo", ("/item", "/")), "Delete": ("o", ("/",)), "Dismiss": ("", ()),
    "Label": ("v", (("s", "x"),)), "Locked": ("v", (("b", False),)),
    "OpenSession": ("vo", (("ay", bytes([3] * 128)), "/session")),
    "GetSecret": ("(oayays)", (("/session", bytes(16), bytes(16), "text/plain"),)),
}
bus = open_dbus_connection()
bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.secrets"))
while True:
    asked = bus.receive()
    if asked.header.message_type is not MessageType.method_call:
        continue
    member = asked.header.fields[HeaderFields.member]
    with called.open("a") as log:
        log.write(f"{member} {asked.header.fields[HeaderFields.path]}\\n")
    key = asked.body[1] if member == "Get" else member
    path = asked.header.fields[HeaderFields.path]
    signature, body = odd.get(f"{key} {path}") or odd.get(key) or usual[key]
    bus.send(new_method_return(asked, signature, tuple(body)))
"""


@pytest.fixture
def odd_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[dict[str, object]], Path]]:
    """A service that answers as another one may, and notes what was called."""
    started: list[PrivateBus] = []

    def start(odd: dict[str, object]) -> Path:
        called = tmp_path / "called"
        words = (sys.executable, "-c", SERVICE, str(called), json.dumps(odd))
        bus = PrivateBus.start(tmp_path, *words).wait_for("org.freedesktop.secrets")
        started.append(bus)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        return called

    yield start
    for bus in started:
        bus.stop()


def test_a_prompt_is_turned_down_whatever_offers_it(
    odd_service: Callable[[dict[str, object]], Path],
) -> None:
    """Nobody at a chair is asked for the computer's password."""
    called = odd_service({"CreateItem": ("oo", ("/", "/made")), "Delete": ("o", ("/deleted",))})
    keychain = open_keychain("x")
    assert keychain.keep(KEY, "a secret") is KeychainFault.REFUSED
    assert keychain.forget(KEY) is KeychainFault.REFUSED
    heard = called.read_text().split("\n")
    assert "Dismiss /made" in heard
    assert "Dismiss /deleted" in heard
    assert not [each for each in heard if each.startswith("Prompt ")]


def test_a_locked_keychain_is_not_asked_to_open(
    odd_service: Callable[[dict[str, object]], Path],
) -> None:
    called = odd_service({"Locked": ("v", (("b", True),)), "Unlock": ("aoo", ([], "/open"))})
    assert open_keychain("x").read(KEY) is KeychainFault.LOCKED
    heard = called.read_text().split("\n")
    assert "Dismiss /open" in heard
    assert not [each for each in heard if each.startswith(("Prompt ", "GetSecret "))]


def test_a_locked_item_is_not_asked_to_open_either(
    odd_service: Callable[[dict[str, object]], Path],
) -> None:
    """Some services lock item by item; each asks for a password of its own."""
    locked: dict[str, object] = {
        "Locked /item": ("v", (("b", True),)),
        "Unlock": ("aoo", ([], "/open")),
    }
    called = odd_service(locked)
    keychain = open_keychain("x")
    assert keychain.read(KEY) is KeychainFault.LOCKED
    assert keychain.forget(KEY) is KeychainFault.LOCKED
    heard = called.read_text().split("\n")
    assert not [each for each in heard if each.startswith(("Unlock ", "Prompt ", "GetSecret "))]


ODD: list[dict[str, object]] = [
    {"Unlock": ("s", ("x",)), "Locked": ("v", (("b", True),))},
    {"SearchItems": ("s", ("x",))},
    {"SearchItems": ("", ())},
    {"CreateItem": ("o", ("/item",)), "Delete": ("s", ("x",)), "GetSecret": ("s", ("x",))},
    {"CreateItem": ("", ()), "Delete": ("", ()), "GetSecret": ("", ())},
    {"Label": ("v", (("u", 7),))},
    {"Locked": ("v", (("s", "no"),))},
    {"Locked": ("s", ("no",))},
    {"OpenSession": ("s", ("x",)), "Delete": ("oo", ("/", "/"))},
    {"OpenSession": ("vo", (("s", "x"), "/session")), "Delete": ("u", (7,))},
]


@pytest.mark.parametrize("odd", ODD)
def test_a_reply_of_another_kind_is_an_outcome(
    odd_service: Callable[[dict[str, object]], Path], odd: dict[str, object]
) -> None:
    odd_service(odd)
    keychain = open_keychain("x")
    outcomes = (keychain.read(KEY), keychain.keep(KEY, "a secret"), keychain.forget(KEY))
    assert KeychainFault.REFUSED in outcomes
    assert all(isinstance(each, KeychainFault | Kept | Forgotten) for each in outcomes)


def test_a_secret_that_cannot_be_decrypted_is_corrupt(
    odd_service: Callable[[dict[str, object]], Path],
) -> None:
    odd_service({})
    assert open_keychain("x").read(KEY) is KeychainFault.CORRUPT
