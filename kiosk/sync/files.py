"""What this computer remembers of its joining, and the newest grant: small files, none secret.

A file here can only make the kiosk know less: the account it names must have a credential in the
keychain, the server's address comes from there too, and a grant counts only with its signature.
"""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from kiosk.local.json_files import instant_in, objects_in, read_object, read_text
from kiosk.local.profile import Profile, replace_file
from kiosk.session.model.site import NextStart, Rehearsed


@dataclass(frozen=True, slots=True)
class Joining:
    """Which account this computer joined for, and the room it was given."""

    account_id: str
    location: str
    operatory: str


class LocalFiles:
    """The files of one profile."""

    def __init__(self, profile: Profile) -> None:
        self._joined = profile.data / "joined.json"
        self._grants = profile.grant
        self._dropped = profile.data / "dropped"
        self._own = profile.data / "own.json"
        self._own_lock = Lock()
        self._seals = profile.data / "seals"
        self._rehearsed = profile.data / "rehearsed.json"

    def joining(self) -> Joining | None:
        """The joining, None where there is none or it cannot be read."""
        match read_object(self._joined):
            case {"account": str(account), "location": str(location), "operatory": str(operatory)}:
                return Joining(account, location, operatory)
            case _:
                return None

    def accounts(self) -> frozenset[str]:
        """Every account that this computer has a file of."""
        joining = self.joining()
        house = () if joining is None else (joining.account_id,)
        return frozenset((*house, *(account_id for account_id, _ in self.own())))

    def keep_joining(self, joining: Joining) -> None:
        """Keep it, whole or not at all. Raises OSError where the disk does not take it."""
        told = {
            "account": joining.account_id,
            "location": joining.location,
            "operatory": joining.operatory,
        }
        replace_file(self._joined, json.dumps(told))

    def rehearsed(self, account_id: str) -> Rehearsed | None:
        """What a restart was seen to bring at that account's site; None where it was not tried."""
        match read_object(self._rehearsed):
            case {"account": str(account), "next_start": str(found), "at": str(at)} if (
                account == account_id and (tried_at := instant_in(at)) and found in set(NextStart)
            ):
                return Rehearsed(NextStart(found), tried_at)
            case _:
                return None

    def keep_rehearsed(self, account_id: str, rehearsed: Rehearsed) -> None:
        """Keep it. Raises OSError where the disk does not take it."""
        told = {
            "account": account_id,
            "next_start": rehearsed.next_start.value,
            "at": rehearsed.at.isoformat(),
        }
        replace_file(self._rehearsed, json.dumps(told))

    def grant(self, account_id: str) -> str:
        """The newest grant of that account, as the server sent it; empty without one."""
        return read_text(self._of(account_id))

    def keep_grant(self, account_id: str, compact: str) -> None:
        """Keep it. Raises OSError where the disk does not take it."""
        self._grants.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(self._of(account_id), compact)

    def own(self) -> tuple[tuple[str, datetime], ...]:
        """The personal accounts beside the one that joined, and since when."""
        found = []
        for each in objects_in(read_object(self._own).get("own")):
            match each:
                case {"account": str(account), "since": str(since)} if at := instant_in(since):
                    found.append((account, at))
                case _:
                    pass
        return tuple(found)

    def keep_own(self, account_id: str, since: datetime) -> None:
        """One more, or the same again. Raises OSError where the disk does not take it."""
        with self._own_lock:
            left = [each for each in self.own() if each[0] != account_id]
            self._write_own([*left, (account_id, since)])

    def forget_own(self, account_id: str) -> None:
        """One less. Raises OSError."""
        with self._own_lock:
            before = self.own()
            left = [each for each in before if each[0] != account_id]
            if len(left) < len(before):
                self._write_own(left)

    def _write_own(self, own: Iterable[tuple[str, datetime]]) -> None:
        told = [{"account": account, "since": since.isoformat()} for account, since in own]
        replace_file(self._own, json.dumps({"own": told}))

    def seal(self, account_id: str) -> str:
        """What a PIN opens, as it was written; empty without one."""
        return read_text(self._seal_of(account_id))

    def keep_seal(self, account_id: str, text: str) -> None:
        """Keep it. Raises OSError where the disk does not take it."""
        self._seals.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(self._seal_of(account_id), text)

    def forget_seal(self, account_id: str) -> None:
        """Delete it; without its pepper it is worthless, should the disk not let go of it."""
        with suppress(OSError):
            self._seal_of(account_id).unlink(missing_ok=True)

    def forget_grant(self, account_id: str) -> None:
        """Delete the newest grant of that account: it names people."""
        with suppress(OSError):
            self._of(account_id).unlink(missing_ok=True)

    def trust_dropped(self, account_id: str) -> bool:
        """Whether trust of that account was dropped, whatever the keychain still holds.

        Where that cannot be seen it counts as dropped (law 1).
        """
        try:
            self._mark_of(account_id).lstat()
        except OSError as fault:
            return not isinstance(fault, FileNotFoundError)
        return True

    def mark_dropped(self, account_id: str) -> None:
        """From now on no trust of that account counts here. Raises OSError."""
        self._dropped.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(self._mark_of(account_id), "")

    def unmark_dropped(self, account_id: str) -> None:
        """A new code was accepted, or the old trust is gone from the keychain. Raises OSError."""
        self._mark_of(account_id).unlink(missing_ok=True)

    def _mark_of(self, account_id: str) -> Path:
        return self._dropped / hashlib.sha256(account_id.encode()).hexdigest()[:24]

    def _seal_of(self, account_id: str) -> Path:
        return self._seals / f"{hashlib.sha256(account_id.encode()).hexdigest()[:24]}.json"

    def _of(self, account_id: str) -> Path:
        name = hashlib.sha256(account_id.encode()).hexdigest()[:24]
        return self._grants / f"{name}.jws"
