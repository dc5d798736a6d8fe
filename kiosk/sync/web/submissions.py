"""How often a password was sent to a site by itself: counted on the disk before it is pressed.

A crash in between counts. After a no of the site, or its sign-out here, nothing is filled in by
itself until a person typed the password, or the page was signed in. A file that cannot be read or
written, or is not there, counts as a no.
"""

import json
from pathlib import Path

from kiosk.local.json_files import object_in, read_text
from kiosk.local.profile import replace_file
from kiosk.session.model.refusals import Fault

MOST_OPEN = 3
"""Tries in a row whose outcome nobody saw: the site hung, or the kiosk was killed."""
LATCHED = -1


class Submissions:
    """The counts of one profile, an account each."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # Where the disk took no no: it is one all the same, as long as this process runs.
        self._latched: set[str] = set()

    def may_fill(self, account_id: str) -> bool:
        """Whether the kiosk may send that account's password by itself."""
        if account_id in self._latched:
            return False
        counts = self._counts()
        return counts is not None and 0 <= counts.get(account_id, LATCHED) < MOST_OPEN

    def count(self, account_id: str) -> Fault | None:
        """One more is about to be pressed; on a fault it must not be."""
        counts = self._counts() or {}
        count = counts.get(account_id, LATCHED)
        # What a person typed is counted too, and lifts no latch before the site has taken it.
        return self._write({**counts, account_id: LATCHED if count == LATCHED else count + 1})

    def clear(self, account_id: str) -> None:
        """The page was signed in, or the site took the password: the count begins anew."""
        self._latched.discard(account_id)
        counts = self._counts()
        if counts is None or counts.get(account_id, LATCHED):
            self._write({**(counts or {}), account_id: 0})

    def take_back(self, account_id: str, tries: int) -> None:
        """The last ``tries`` had no outcome, and that was seen: a latch stays."""
        counts = self._counts() or {}
        count = counts.get(account_id, LATCHED)
        if count > 0:
            self._write({**counts, account_id: max(0, count - tries)})

    def latch(self, account_id: str) -> None:
        """Nothing by itself any more."""
        self._latched.add(account_id)
        self._write({**(self._counts() or {}), account_id: LATCHED})

    def forget(self, account_id: str) -> None:
        """That account is not on this computer any more."""
        counts = self._counts() or {}
        if account_id in counts:
            self._write({each: count for each, count in counts.items() if each != account_id})

    def _counts(self) -> dict[str, int] | None:
        """None where there is a file that says nothing."""
        if not self._path.exists():
            return {}
        match object_in(read_text(self._path)):
            case {"sent": dict(told)}:
                pass
            case _:
                return None
        if not all(isinstance(count, int) for count in told.values()):
            return None
        return {str(account_id): int(count) for account_id, count in told.items()}

    def _write(self, counts: dict[str, int]) -> Fault | None:
        try:
            replace_file(self._path, json.dumps({"sent": counts}))
        except OSError:
            return Fault.RECORDS_FULL
        return None
