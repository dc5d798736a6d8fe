"""A keychain in memory, with faults on command; it passes the same contract as the real ones."""

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


class FakeKeychain:
    """``fault`` answers every call while it is set; ``asked`` lists what was asked for."""

    def __init__(self) -> None:
        self.stored: dict[ItemName, str] = {}
        self.fault: KeychainFault | None = None
        self.asked: list[tuple[str, ItemName]] = []

    def read(self, name: ItemName) -> Found | Missing | KeychainFault:
        self.asked.append(("read", name))
        if self.fault is not None:
            return self.fault
        stored = self.stored.get(name)
        return Missing() if stored is None else unpack(name, stored)

    def keep(self, name: ItemName, secret: str) -> Kept | KeychainFault:
        self.asked.append(("keep", name))
        packed = pack(name, secret)
        if isinstance(packed, KeychainFault):
            return packed
        if self.fault is not None:
            return self.fault
        self.stored[name] = packed
        return Kept()

    def forget(self, name: ItemName) -> Forgotten | KeychainFault:
        self.asked.append(("forget", name))
        if self.fault is not None:
            return self.fault
        self.stored.pop(name, None)
        return Forgotten()
