"""The page's trust: p11-kit's module is entered once, by NSS's own writer, beside what is there."""

import os
import stat
import sys
from pathlib import Path

import pytest

from kiosk.local.page_trust import DATABASE, LIST, Sharing, see_trust, share_trust, trust_module

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="NSS is the engine's on Linux")

HOMES = ("operatory", "o'brien", 'with "quotes"', "with space", "Zoë", "back\\slash")
INTERNAL = """library=
name=NSS Internal PKCS #11 Module
parameters=configdir='sql:/home/op/.pki/nssdb' certPrefix='' keyPrefix='' secmod='secmod.db'
NSS=Flags=internal,critical trustOrder=75 cipherOrder=100

"""
TOKEN = "library=/usr/lib/opensc-pkcs11.so\nname=Card reader\n\n"


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """p11-kit's, as far as its name goes."""
    made = tmp_path / "usr" / "lib" / "pkcs11" / "p11-kit-trust.so"
    made.parent.mkdir(parents=True)
    made.touch()
    return made


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    made.mkdir()
    return made


def listed(home: Path) -> str:
    return (home / DATABASE / LIST).read_text()


@pytest.mark.parametrize("name", HOMES)
def test_a_user_without_a_database_gets_one_that_only_that_user_reads(
    tmp_path: Path, module: Path, name: str
) -> None:
    home = tmp_path / name
    home.mkdir()
    assert see_trust(home, module) is Sharing.NOT_YET
    assert not (home / ".pki").exists(), "looking changes nothing"
    assert share_trust(home, module) is Sharing.SHARED
    assert f"library={module}" in listed(home)
    assert see_trust(home, module) is Sharing.SHARED
    for each in (home / DATABASE.parent, home / DATABASE):
        assert stat.S_IMODE(each.stat().st_mode) == 0o700


def test_what_is_in_the_database_stays_and_the_module_is_entered_once(
    home: Path, module: Path
) -> None:
    (home / DATABASE).mkdir(parents=True)
    (home / DATABASE / LIST).write_text(INTERNAL + TOKEN)
    for _ in range(2):
        assert share_trust(home, module) is Sharing.SHARED
    assert INTERNAL in listed(home)
    assert TOKEN in listed(home)
    assert listed(home).count("p11-kit-trust.so") == 1


def test_a_module_that_moved_is_entered_anew(home: Path, module: Path) -> None:
    (home / DATABASE).mkdir(parents=True)
    (home / DATABASE / LIST).write_text("library=/gone/p11-kit-trust.so\nname=System trust\n\n")
    assert see_trust(home, module) is Sharing.NOT_YET
    assert share_trust(home, module) is Sharing.SHARED
    assert str(module) in listed(home)


def test_p11_kits_proxy_that_it_entered_is_as_good(home: Path, module: Path) -> None:
    proxy = module.with_name("p11-kit-proxy.so")
    proxy.touch()
    (home / DATABASE).mkdir(parents=True)
    (home / DATABASE / LIST).write_text(f"library={proxy}\nname=p11-kit\n\n")
    assert share_trust(home, module) is Sharing.SHARED
    assert str(module) not in listed(home)


def test_without_p11_kit_there_is_nothing_to_enter(home: Path, tmp_path: Path) -> None:
    assert trust_module((str(tmp_path / "nowhere"),)) is None
    assert share_trust(home, None) is Sharing.NO_MODULE
    assert not (home / ".pki").exists()


@pytest.mark.parametrize("blocked", [".pki", ".pki/nssdb"])
def test_where_it_cannot_be_written_that_is_said(home: Path, module: Path, blocked: str) -> None:
    (home / blocked).parent.mkdir(exist_ok=True)
    (home / blocked).write_text("a file, where a folder would be")
    assert see_trust(home, module) is Sharing.NOT_WRITTEN
    assert share_trust(home, module) is Sharing.NOT_WRITTEN


@pytest.mark.parametrize("put", ["pipe", "device"])
def test_what_is_no_list_is_not_waited_for(home: Path, module: Path, put: str) -> None:
    """T24: NSS would, and the whole kiosk with it, its lock included."""
    (home / DATABASE).mkdir(parents=True)
    if put == "pipe":
        os.mkfifo(home / DATABASE / LIST)
    else:
        (home / DATABASE / LIST).symlink_to("/dev/zero")
    assert see_trust(home, module) is Sharing.NOT_WRITTEN
    assert share_trust(home, module) is Sharing.NOT_WRITTEN


@pytest.mark.parametrize("closed", ["folder", "list"])
def test_a_database_of_somebody_else_is_not_written(
    home: Path, module: Path, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    """Root may write everything: the system's answer is a stand-in here."""
    (home / DATABASE).mkdir(parents=True)
    (home / DATABASE / LIST).write_text(INTERNAL)
    refused = home / DATABASE if closed == "folder" else home / DATABASE / LIST
    monkeypatch.setattr(os, "access", lambda path, _mode: path != refused)
    assert share_trust(home, module) is Sharing.NOT_WRITTEN
    assert listed(home) == INTERNAL


def test_a_home_that_is_not_there_is_said(tmp_path: Path, module: Path) -> None:
    assert share_trust(tmp_path / "nobody", module) is Sharing.NOT_WRITTEN
