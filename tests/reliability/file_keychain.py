"""A keychain in a file, for kiosks that are killed: it outlives them as the real one would.

It stands in for the operating system's, which has a process and a disk of its own; that it passes
the same contract is tested.
"""

import json
from pathlib import Path

from kiosk.keychain.port import (
    Forgotten,
    Found,
    ItemName,
    Kept,
    KeychainFault,
    Missing,
    pack,
    unpack,
)
from kiosk.local.profile import replace_file


class FileKeychain:
    """Every change replaces the file whole, durably: a kill leaves the old item or the new."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, name: ItemName) -> Found | Missing | KeychainFault:
        """Look an item up."""
        stored = self._items().get(str(name))
        return Missing() if stored is None else unpack(name, stored)

    def keep(self, name: ItemName, secret: str) -> Kept | KeychainFault:
        """Write an item, replacing an older one of that name."""
        packed = pack(name, secret)
        if isinstance(packed, KeychainFault):
            return packed
        self._replace({**self._items(), str(name): packed})
        return Kept()

    def forget(self, name: ItemName) -> Forgotten | KeychainFault:
        """Remove an item."""
        self._replace({n: text for n, text in self._items().items() if n != str(name)})
        return Forgotten()

    def _items(self) -> dict[str, str]:
        try:
            told: dict[str, str] = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        return told

    def _replace(self, items: dict[str, str]) -> None:
        replace_file(self._path, json.dumps(items))
