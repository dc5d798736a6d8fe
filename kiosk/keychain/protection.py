"""How well what the keychain keeps is protected against a copied disk (threats.md T21).

Owns the looking: files and tables that say it, never a lock, an unlock or a prompt. Must never
claim more than it saw: what cannot be seen is ``UNKNOWN``.
"""

import configparser
import os
import re
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_BOUND = 100_000  # bytes of a configuration file that are looked at


class Level(StrEnum):
    """From good to bad (design.md section 6)."""

    ENCRYPTED = "encrypted"  # the keychain opens with a password that somebody types
    AUTO_LOGIN = "auto-login"  # nobody types it, but the disk is encrypted
    COPYABLE = "copyable"  # a copied disk gives everything away
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Protection:
    """What was seen; ``None``: it could not be."""

    passwordless: bool | None
    auto_login: bool
    disk_encrypted: bool

    @property
    def level(self) -> Level:
        """The level that follows from it."""
        if self.passwordless or (self.auto_login and not self.disk_encrypted):
            return Level.COPYABLE
        if self.auto_login:
            return Level.AUTO_LOGIN
        return Level.UNKNOWN if self.passwordless is None else Level.ENCRYPTED


def see_protection(data: Path, root: Path = Path("/")) -> Protection:
    """Look at a Linux computer; ``data`` is where the profile lies, ``root`` for tests."""
    home = os.environ.get("XDG_DATA_HOME")
    keyrings = (Path(home) if home else Path.home() / ".local" / "share") / "keyrings"
    return Protection(passwordless(keyrings), auto_login(root), disk_encrypted(data, root))


def passwordless(keyrings: Path) -> bool | None:
    """Whether gnome-keyring's default collection is stored as plain text; ``None``: none seen.

    With an empty password it writes a key file that begins with ``[keyring]``; with one, a binary
    file that begins with ``GnomeKeyring``. ``default`` holds the name of the default collection.
    """
    try:
        name = (keyrings / "default").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        name = "login"
    try:
        with (keyrings / f"{Path(name).name}.keyring").open("rb") as file:
            head = file.read(16)
    except (OSError, ValueError):
        return None
    if head.startswith(b"[keyring]"):
        return True
    return False if head.startswith(b"GnomeKeyring\n\r\0\n") else None


def auto_login(root: Path = Path("/")) -> bool:
    """Whether GDM, LightDM or SDDM signs somebody in without a password."""
    asked = (
        ("etc/gdm3/custom.conf", "daemon", "automaticloginenable"),
        ("etc/gdm3/daemon.conf", "daemon", "automaticloginenable"),
        ("etc/gdm/custom.conf", "daemon", "automaticloginenable"),
        ("etc/lightdm/lightdm.conf", r"seat:.*", "autologin-user"),
        ("etc/lightdm/lightdm.conf.d/*.conf", r"seat:.*", "autologin-user"),
        ("etc/sddm.conf", "autologin", "user"),
        ("etc/sddm.conf.d/*.conf", "autologin", "user"),
    )
    return any(
        _says(file, section, key) for pattern, section, key in asked for file in root.glob(pattern)
    )


def _says(file: Path, section: str, key: str) -> bool:
    parser = configparser.ConfigParser(interpolation=None, strict=False, allow_no_value=True)
    try:
        with file.open(encoding="utf-8", errors="replace") as opened:
            parser.read_string(opened.read(_BOUND))
    except (OSError, configparser.Error):
        return False
    return any(
        (parser[name].get(key) or "").strip().lower() not in {"", "false", "no", "0"}
        for name in parser.sections()
        if re.fullmatch(section, name.lower())
    )


def disk_encrypted(data: Path, root: Path = Path("/")) -> bool:
    """Whether the disk below ``data`` goes through dm-crypt (LUKS), by the kernel's own table.

    A file system without a block device of its own (btrfs, network) counts as not encrypted.
    """
    if sys.platform == "win32":
        return False
    try:
        device = data.stat().st_dev
    except OSError:
        return False
    start = root / "sys" / "dev" / "block" / f"{os.major(device)}:{os.minor(device)}"
    below, seen = [start], 0
    while below and seen < 64:
        block, seen = below.pop(), seen + 1
        try:
            if (block / "dm" / "uuid").read_text("ascii").startswith("CRYPT-LUKS"):
                return True
        except (OSError, UnicodeDecodeError):
            pass  # not a mapped device: what it lies on may be
        if (block / "slaves").is_dir():
            below += (block / "slaves").iterdir()
        elif (block / "partition").exists():
            below.append(block.resolve().parent)
    return False
