"""The names that are kept at this computer, and their badges: a file that the keychain seals.

The file is plain, for it says no more than the login screen does, and its digest lies in the
keychain: whoever edits it, or puts an older one back, has given nobody a name and taken none away
but all of them, which is seen (threats T24). In the encrypted ``sites.db`` they would be gone with
every file that is begun anew, and with every start where the disk can be copied.
"""

import hashlib
import hmac
import json
from contextlib import suppress
from pathlib import Path

from kiosk.local.json_files import object_in, objects_in, read_text, texts_in
from kiosk.local.profile import replace_file
from kiosk.session.model.people import Person
from kiosk.session.model.refusals import Fault, Reason
from kiosk.session.model.terms import Badge, Roster
from kiosk.sync.secrets.safe import Safe
from kiosk.sync.web.password_check import PasswordCheck

NEXT = ".next"
"""What is about to be kept, until the keychain has its seal: of two files one is always whole.

It gives way to another only once it is known that it is not the one that the seal fits."""


class KeptRoster:
    """One computer's, read once. A change is durable when it is kept."""

    def __init__(self, path: Path, safe: Safe) -> None:
        self._path = path
        self._next = path.with_name(path.name + NEXT)
        self._safe = safe
        self._read: tuple[str, Roster] | None = None

    def of(self, account_id: str) -> Roster | Fault:
        """That account's; nobody where the file is gone, edited, or another account's."""
        if self._read is None:
            seal = self._safe.roster_seal()
            if seal is Fault.KEYCHAIN_CORRUPT:
                seal = None  # it seals nothing; the next change makes another
            if isinstance(seal, Fault):
                return seal
            self._read = roster_in(self._sealed(seal))
        account, roster = self._read
        return roster if account == account_id else Roster()

    def is_whole(self) -> bool | Fault | None:
        """Whether the list is as it was kept; None where none is."""
        seal = self._safe.roster_seal()
        if isinstance(seal, Fault):
            return seal
        if not seal and not self._path.exists():
            return None
        return bool(self._sealed(seal))

    def _sealed(self, seal: str | None) -> str:
        """Of the two files the one with that seal; empty for neither."""
        told = (read_text(each) for each in (self._path, self._next))
        sealed = (each for each in told if seal and hmac.compare_digest(seal, seal_of(each)))
        return next(sealed, "")

    def keep(self, account_id: str, roster: Roster) -> Fault | None:
        """In the place of what was there; a crash leaves the one or the other.

        A keychain that gave no answer in time may have done what it was asked for: what it holds
        then is what counts. Where it does not say that either, what was there goes on in this run.
        """
        text = written(account_id, roster)
        seal = seal_of(text)
        try:
            fault = self._settle()
            if fault is not None:
                return fault
            replace_file(self._next, text)
        except OSError:
            return Fault.RECORDS_FULL
        fault = self._safe.keep_roster_seal(seal)
        if fault is not None and self._safe.roster_seal() != seal:
            return fault
        self._read = account_id, roster
        with suppress(OSError):  # read from where it lies, until the next change
            self._next.replace(self._path)
        return None

    def _settle(self) -> Fault | None:
        """What holds lies at the path from here on; OSError where it cannot be brought there."""
        seal = self._safe.roster_seal()
        if seal is Fault.KEYCHAIN_CORRUPT:
            return None  # it fits neither
        if isinstance(seal, Fault):
            return seal
        sealed = self._sealed(seal)
        if sealed and sealed != read_text(self._path):
            self._next.replace(self._path)
        return None


class SiteRoster:
    """Both for the core: who may change the names, and that they are kept."""

    def __init__(self, check: PasswordCheck, kept: KeptRoster) -> None:
        self._check = check
        self._kept = kept

    def prove_password(self, account_id: str, password: str) -> Reason | None:
        """Whether it is the one that the keychain keeps."""
        return self._check.prove(account_id, password)

    def keep(self, account_id: str, roster: Roster) -> Reason | None:
        """In the place of what was there."""
        return self._kept.keep(account_id, roster)


def seal_of(text: str) -> str:
    """What a file is known by: SHA-256, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def written(account_id: str, roster: Roster) -> str:
    """As a file."""
    badges = [{"mark": each.mark, "holder": each.holder} for each in roster.badges]
    names = [each.name for each in roster.people]
    return json.dumps({"account": account_id, "names": names, "badges": badges})


def roster_in(text: str) -> tuple[str, Roster]:
    """Whose it is, and what it says; nobody's where it says nothing."""
    told = object_in(text)
    people = tuple(Person(name, name) for name in texts_in(told.get("names")))
    badges = tuple(
        Badge(str(each.get("mark", "")), str(each.get("holder", "")))
        for each in objects_in(told.get("badges"))
    )
    return str(told.get("account", "")), Roster(people, badges)
