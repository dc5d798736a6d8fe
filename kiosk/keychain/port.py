"""The port to the operating system's keychain: names, outcomes, and the form of what is kept.

Owns the words in which the rest of the kiosk speaks of secrets at rest (design.md section 6).
Must never fall back to a file, raise for an expected failure, or show a secret in a ``repr``.
The real keychains are in ``os_keychain``; this module needs the standard library only.
"""

import re
import zlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

# Windows keeps 2,560 bytes of UTF-16 (facts.md section 4); the same limit holds everywhere, so
# that what works on the developer's desk works in the clinic.
STORED_LIMIT = 1280

_MARK, _ESCAPED_MARK = "kiosk1", "kiosk2"
# gnome-keyring writes a keyring without a password as a file of text: after a line feed in a secret
# it cannot read that file again, with all that any program has in it; a backslash comes back as
# something else.
_UNSAFE = re.compile(r"[%\\\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ESCAPED = re.compile("%([0-9a-f]{4})")


class Item(StrEnum):
    """What the kiosk keeps: one keychain item each."""

    DEVICE_KEY = "device-key"
    DEVICE_PASSWORD = "device-password"
    TRUST_TOKEN = "trust-token"
    GRANT_KEY = "grant-key"
    HIGH_WATER = "high-water"
    CACHE_KEY = "cache-key"
    SITE_KEY = "site-key"
    AUDIT_TAIL = "audit-tail"
    PIN = "pin"
    PIN_SHARE = "pin-share"
    BADGE_KEY = "badge-key"
    ROSTER_SEAL = "roster-seal"
    PASSWORD_TRIES = "password-tries"
    CASE = "case"
    CANARY = "canary"


@dataclass(frozen=True, slots=True)
class ItemName:
    """An item, and the id of the account it belongs to; empty for the computer's own."""

    item: Item
    account: str = ""

    def __str__(self) -> str:
        """One line too: an account's id is the server's."""
        account = _UNSAFE.sub(_escape, self.account)
        return f"{self.item.value}/{account}" if account else self.item.value


@dataclass(frozen=True, slots=True)
class Found:
    """The item was there and is what we wrote. ``secret`` stays out of every ``repr``."""

    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Missing:
    """The keychain answered: there is no such item."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The item is in the keychain; an older one of that name is replaced."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """There is no such item any more, whether or not there was one."""


class KeychainFault(StrEnum):
    """Why the keychain could not answer (threats.md T11)."""

    ABSENT = "absent"  # no keychain service, or no default collection in it
    LOCKED = "locked"  # it would have to ask for its password first
    SLOW = "slow"  # no answer within the deadline; what was asked may still happen
    TOO_LARGE = "too large"  # the secret is over the limit; the keychain was not asked
    CORRUPT = "corrupt"  # the item is not what we wrote
    REFUSED = "refused"  # the keychain said no


class Keychain(Protocol):
    """Secrets at rest. Every call answers within its deadline; none belongs on the main thread."""

    def read(self, name: ItemName) -> Found | Missing | KeychainFault:
        """Look an item up."""
        ...

    def keep(self, name: ItemName, secret: str) -> Kept | KeychainFault:
        """Write an item, replacing an older one of that name."""
        ...

    def forget(self, name: ItemName) -> Forgotten | KeychainFault:
        """Remove an item; removing one that is not there succeeds."""
        ...


def pack(name: ItemName, secret: str) -> str | KeychainFault:
    """Return the text to store, or ``TOO_LARGE``; units are those of UTF-16, as Windows counts.

    It is one line without a backslash, whatever the secret.
    """
    mark = _ESCAPED_MARK if _UNSAFE.search(secret) else _MARK
    written = _UNSAFE.sub(_escape, secret) if mark == _ESCAPED_MARK else secret
    stored = f"{mark} {_check(name, secret):08x} {written}"
    if len(stored.encode("utf-16-le")) // 2 >= STORED_LIMIT:
        return KeychainFault.TOO_LARGE
    return stored


def unpack(name: ItemName, stored: str) -> Found | KeychainFault:
    """Return what ``pack`` was given, or ``CORRUPT``: cut off, foreign, or of another item.

    The checksum finds accidents, not attackers: whoever can write the keychain owns the kiosk.
    """
    mark, _, rest = stored.partition(" ")
    check, gap, secret = rest.partition(" ")
    if mark == _ESCAPED_MARK:
        secret = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), secret)
    elif mark != _MARK:
        return KeychainFault.CORRUPT
    if not gap or check != f"{_check(name, secret):08x}":
        return KeychainFault.CORRUPT
    return Found(secret)


def _escape(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):04x}"


def _check(name: ItemName, secret: str) -> int:
    return zlib.crc32(f"{name}\n{secret}".encode("utf-8", "surrogatepass"))
