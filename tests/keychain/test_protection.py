"""The protection level, seen on real and made-up computers (threats.md T21)."""

import os
from pathlib import Path

import pytest

from kiosk.keychain.protection import (
    Level,
    Protection,
    auto_login,
    disk_encrypted,
    passwordless,
    see_protection,
)
from tests.support.secret_service import OPEN_COLLECTION, PrivateBus


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize(
    ("seen", "level"),
    [
        (Protection(False, False, False), Level.ENCRYPTED),
        (Protection(True, False, False), Level.COPYABLE),
        (Protection(True, False, True), Level.COPYABLE),
        (Protection(False, True, False), Level.COPYABLE),
        (Protection(False, True, True), Level.AUTO_LOGIN),
        (Protection(None, False, True), Level.UNKNOWN),
        (Protection(None, True, False), Level.COPYABLE),
    ],
)
def test_the_level_follows_from_what_was_seen(seen: Protection, level: Level) -> None:
    assert seen.level is level


def test_a_real_collection_with_a_password_is_not_passwordless(tmp_path: Path) -> None:
    PrivateBus.with_keyring(tmp_path, "open sesame").stop()
    assert passwordless(tmp_path / "data" / "keyrings") is False


def test_another_collection_may_be_the_default(tmp_path: Path) -> None:
    write(tmp_path / "login.keyring", OPEN_COLLECTION)
    (tmp_path / "clinic.keyring").write_bytes(b"GnomeKeyring\n\r\0\n\0\0")
    write(tmp_path / "default", "clinic\n")
    assert passwordless(tmp_path) is False


def test_what_is_not_there_or_not_gnome_keyrings_is_unknown(tmp_path: Path) -> None:
    assert passwordless(tmp_path) is None
    write(tmp_path / "login.keyring", "something else")
    assert passwordless(tmp_path) is None


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("etc/gdm3/custom.conf", "[daemon]\nAutomaticLoginEnable = true\n", True),
        ("etc/gdm3/custom.conf", "[daemon]\nAutomaticLoginEnable=False\n", False),
        ("etc/gdm3/daemon.conf", "[daemon]\n# AutomaticLoginEnable = true\n", False),
        ("etc/lightdm/lightdm.conf", "[Seat:*]\nautologin-user=op3\n", True),
        ("etc/lightdm/lightdm.conf", "[Seat:*]\nautologin-user=\n", False),
        ("etc/lightdm/lightdm.conf.d/50-op.conf", "[Seat:*]\nautologin-user=op3\n", True),
        ("etc/sddm.conf.d/auto.conf", "[Autologin]\nUser=op3\nSession=plasma\n", True),
        ("etc/sddm.conf", "[Users]\nUser=op3\n", False),
        ("etc/sddm.conf", "not a configuration", False),
    ],
)
def test_automatic_login(tmp_path: Path, file: str, text: str, expected: bool) -> None:
    write(tmp_path / file, text)
    assert auto_login(tmp_path) is expected


def test_a_disk_below_luks_is_encrypted_through_lvm_and_a_plain_one_is_not(tmp_path: Path) -> None:
    device = tmp_path.stat().st_dev
    block = f"sys/dev/block/{os.major(device)}:{os.minor(device)}"
    write(tmp_path / "plain" / block / "dm" / "uuid", "LVM-abc")
    assert not disk_encrypted(tmp_path, tmp_path / "plain")
    write(tmp_path / "luks" / block / "dm" / "uuid", "LVM-abc")
    write(tmp_path / "luks" / block / "slaves" / "dm-0" / "dm" / "uuid", "CRYPT-LUKS2-abc")
    assert disk_encrypted(tmp_path, tmp_path / "luks")
    assert not disk_encrypted(tmp_path / "none", tmp_path / "luks")


def test_everything_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    write(tmp_path / "keyrings" / "login.keyring", OPEN_COLLECTION)
    write(tmp_path / "etc" / "gdm3" / "custom.conf", "[daemon]\nAutomaticLoginEnable=true\n")
    assert see_protection(tmp_path, tmp_path) == Protection(True, True, False)
