"""``kiosk wipe``: this computer forgets what it is, once nothing would be lost unsaid (law 11).

Owns the order: keychain first, since a file left behind is worthless without it. Must never wipe
under a running kiosk, nor lose a record whose loss nobody has put into words.
"""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kiosk.desktop.single_instance import Instance
from kiosk.keychain.port import Item, ItemName, Keychain, KeychainFault
from kiosk.local.profile import Profile

_OF_ACCOUNTS = (Item.DEVICE_PASSWORD, Item.TRUST_TOKEN, Item.PIN, Item.PIN_SHARE)


@dataclass(frozen=True, slots=True)
class Wiped:
    """Nothing of this kiosk is left; ``lost`` unsent records went with it (``None``: unknown)."""

    lost: int | None


@dataclass(frozen=True, slots=True)
class NotWiped:
    """Nothing was lost, and why."""

    sentence: str


class Farewell(Protocol):
    """What is said to the server before everything is forgotten (``kiosk.cli.sign_off``)."""

    def push(self) -> None:
        """Send what waits."""
        ...

    def drop(self) -> None:
        """Be forgotten there too."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...


def wipe(
    profile: Profile,
    keychain: Keychain,
    accounts: Iterable[str],
    count_unsent: Callable[[Path], int | None],
    farewell: Callable[[], Farewell],
    *,
    yes: bool,
    yes_lose: int | None,
) -> Wiped | NotWiped:
    """Forget everything. ``yes_lose`` has to be the very number of unsent records, if any.

    ``count_unsent`` gives ``None`` for a file that cannot be read: then any number has to be said.
    What waits is sent first, as far as the server takes it.
    """
    try:
        instance = Instance.take(profile.lock)
    except OSError as fault:
        return NotWiped(f"{profile.lock} cannot be used: {fault.strerror}.")
    if instance is None:
        return NotWiped("The kiosk is running. Close it first.")
    try:
        words = farewell()
        try:
            words.push()
            unsent = _all_unsent(profile, count_unsent)
            refusal = _refusal(unsent, yes, yes_lose)
            if refusal:
                return NotWiped(refusal)
            words.drop()
        finally:
            words.close()
        names = [ItemName(item) for item in Item if item not in _OF_ACCOUNTS]
        names += [ItemName(item, account) for account in accounts for item in _OF_ACCOUNTS]
        for name in names:
            gone = keychain.forget(name)
            if isinstance(gone, KeychainFault):
                return NotWiped(
                    f"The keychain is {gone.value}, so what it holds cannot be forgotten. "
                    "`kiosk doctor` says what to do."
                )
        for place in (profile.logs, profile.settings):
            _remove(place)
        # The id goes last but for the lock: until then a wipe that failed can be repeated.
        for place in sorted(profile.data.iterdir(), key=lambda path: path.name == "profile-id"):
            if place != profile.lock:
                _remove(place)
    except OSError as fault:
        return NotWiped(f"Not everything could be removed: {fault.strerror}. Wipe again.")
    finally:
        instance.give_up()
    return Wiped(unsent)


def _all_unsent(profile: Profile, count_unsent: Callable[[Path], int | None]) -> int | None:
    counts = [count_unsent(each) for each in profile.audits]
    return None if None in counts else sum(each or 0 for each in counts)


def _refusal(unsent: int | None, yes: bool, yes_lose: int | None) -> str:
    if unsent is None:
        return (
            ""
            if yes_lose is not None
            else "The records that were not sent cannot be read, so nobody knows how many would "
            "be lost. Put audit.db aside first, or say --yes-lose 0."
        )
    if unsent and yes_lose != unsent:
        records = "1 record has" if unsent == 1 else f"{unsent} records have"
        return (
            f"{records} not been sent and would be lost. Wipe again with the network on, "
            f"or say --yes-lose {unsent}."
        )
    if not unsent and not yes and yes_lose != 0:
        return "This computer would have to be set up again with a provider's code. Say --yes."
    return ""


def _remove(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
