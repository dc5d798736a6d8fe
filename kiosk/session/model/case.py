"""A case: a patient is being treated, and nothing but an admin's *revoke now* stands between.

Law 9. It lies on the session of whoever is in. No patient can be put into one (law 10): it knows
who began it, since when, and until when at the latest.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.session.model.audit import Cause
from kiosk.session.model.people import Person, Strength
from kiosk.session.model.refusals import Fault, Refusal

LONGEST = timedelta(hours=8)
"""A case ends by then at the latest, unless somebody says *Still treating*."""
MORE = timedelta(hours=4)
"""So much longer after *Still treating*."""
SILENT = timedelta(hours=4)
"""Without a sign of life for so long it ends too."""
GRACE = timedelta(minutes=5)
"""It is said so long before it ends."""


@dataclass(frozen=True, slots=True)
class Pending:
    """What would have signed somebody out, and waits for the case's end."""

    cause: Cause
    reason: Refusal | Fault


@dataclass(frozen=True, slots=True)
class Case:
    """Instants are trusted time. ``sequence`` is the record's that began it: its name.

    ``attempt`` is the keeping of its start, 0 once record and keychain hold it: before, it waives
    nothing. ``alive_at`` is the last sign of life, ``until`` the latest end. ``ending_at`` is when
    it ends if nobody says otherwise, None while that is not said on the screen. ``pending`` is in
    the order in which it came. ``visit`` is the id of the appointment that was seated, or empty.
    """

    sequence: int
    whose: Person
    began_at: datetime
    alive_at: datetime
    until: datetime
    attempt: int = 0
    ending_at: datetime | None = None
    pending: tuple[Pending, ...] = ()
    visit: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether it waives anything."""
        return not self.attempt


@dataclass(frozen=True, slots=True)
class CaseNote:
    """What of a case outlives the process, in the keychain: law 8 holds, and one tap leads back.

    ``account_id``, ``person`` and ``strength`` are of whoever was in. What is ``pending`` is so
    after a restart too (laws 6, 12).
    """

    sequence: int
    whose: Person
    began_at: datetime
    until: datetime
    account_id: str
    person: Person
    strength: Strength
    visit: str = ""
    pending: tuple[Pending, ...] = ()
