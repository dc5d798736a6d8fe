"""What a request brought: one reply for each, and one ``No`` for everything that can go wrong.

A port's own value where it may go through the core as it is. Where it holds a secret or a patient,
that waits in a slot, and the reply holds its ticket (law 10).
"""

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.session.model.case import CaseNote
from kiosk.session.model.challenge import Challenge, Delivery
from kiosk.session.model.commands import Conflict
from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import Account, Invited, PersonalAccount, Place
from kiosk.session.model.refusals import Reason
from kiosk.session.model.site import Rehearsed
from kiosk.session.model.terms import Terms
from kiosk.session.model.trust import NoTrust, Trust


@dataclass(frozen=True, slots=True)
class No:
    """It did not happen, and ``why``.

    ``again_at`` is when the background means to ask again (``sync.plan``); None for a person's
    request. ``detail`` names the place to mend, where there is one: a line of the settings.
    ``settled`` as in ``Delivered``, of what came before it in the same round.
    """

    why: Reason
    again_at: datetime | None = None
    detail: str = ""
    settled: int = 0


@dataclass(frozen=True, slots=True)
class StartupState:
    """What this computer remembers, verified. ``account`` is None before it joined.

    ``keys_lost`` says that the settings know of a joining which the keychain does not.
    ``changes`` is how many set at the chair still wait for the server. ``own``, ``sealed``,
    ``renewal_due``, ``rehearsed`` and ``offers_own`` as in ``Known``. ``case`` is one that was not
    ended, as chain and keychain have it; only its number where they do not agree, and it is over.
    """

    place: Place | None
    account: Account | None
    trust: Trust | NoTrust
    terms: Terms | None
    device: str
    next_sequence: int
    keys_lost: bool = False
    changes: int = 0
    own: tuple[PersonalAccount, ...] = ()
    sealed: bool = False
    renewal_due: bool = False
    rehearsed: Rehearsed | None = None
    offers_own: bool = True
    case: CaseNote | int | None = None


@dataclass(frozen=True, slots=True)
class RecordKept:
    """The record of an entry is durable (law 2)."""


@dataclass(frozen=True, slots=True)
class CaseKept:
    """The start of a case is in the chain and in the keychain's note: it waives from now on."""


@dataclass(frozen=True, slots=True)
class InvitationAccepted:
    """The account is set up. The chosen password waits again, to join with."""

    password: Ticket


@dataclass(frozen=True, slots=True)
class Accepted:
    """A code was right, and what it brought is kept. ``terms`` is None for a removal."""

    trust: Trust | NoTrust
    terms: Terms | None
    device: str


@dataclass(frozen=True, slots=True)
class PinKept:
    """The credential is sealed by the PIN that was chosen, and open until its session ends."""

    account_id: str


@dataclass(frozen=True, slots=True)
class CredentialUnwrapped:
    """The PIN opened the credential of that account."""

    account_id: str


@dataclass(frozen=True, slots=True)
class PasswordRenewed:
    """This computer has a password of its own again, and keeps it."""


@dataclass(frozen=True, slots=True)
class PasswordProved:
    """It is the password that this computer keeps."""


@dataclass(frozen=True, slots=True)
class RosterKept:
    """The record of the change is durable, and so is the change."""


@dataclass(frozen=True, slots=True)
class SessionStarted:
    """The server confirmed an entry. ``page`` is the ticket of Xchart's one-time address."""

    session_id: str
    trust: Trust
    terms: Terms
    page: Ticket


@dataclass(frozen=True, slots=True)
class PageGranted:
    """The server gave another one-time address for a session that lives."""

    page: Ticket


@dataclass(frozen=True, slots=True)
class News:
    """What changed on the server: terms, the schedule, or nothing; and when to ask next.

    ``terms`` is None when none changed. Never moves trust on (law 7). ``opens`` is the next clinic
    day after today, as far as the server has told it.
    """

    terms: Terms | None
    day_changed: bool
    again_at: datetime
    opens: date | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """What waited has gone up, but for ``changes`` that wait for their account's trust.

    ``conflicts`` are those that others had set first; ``refused`` counts what the server will not
    do at all. ``settled`` counts all that the server has answered, one way or the other: the
    schedule has another face since. ``unkept`` as in ``DayRead``.
    """

    changes: int
    conflicts: tuple[Conflict, ...] = ()
    refused: int = 0
    settled: int = 0
    unkept: int = 0


@dataclass(frozen=True, slots=True)
class DayRead:
    """The schedule is in the slot, as the server told it at ``as_of``; None where none is known.

    ``unkept`` counts what still waits for the disk.
    """

    day: Ticket | None
    as_of: datetime | None = None
    unkept: int = 0


@dataclass(frozen=True, slots=True)
class BadgeFound:
    """What each number that it may be is known by; empty where no badges are known here."""

    marks: tuple[str, ...]


Reply = (
    No
    | Rehearsed
    | StartupState
    | RecordKept
    | CaseKept
    | Challenge
    | Invited
    | InvitationAccepted
    | Delivery
    | Accepted
    | PinKept
    | CredentialUnwrapped
    | PasswordRenewed
    | PasswordProved
    | RosterKept
    | SessionStarted
    | PageGranted
    | News
    | Delivered
    | DayRead
    | BadgeFound
)
