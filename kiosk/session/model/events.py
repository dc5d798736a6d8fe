"""What happened: the inputs of ``step``, past tense, each with its trusted instant ``at``.

``attempt`` names the request that an answer belongs to; a step ignores an answer to any other
(law 5). ``Asked`` wraps what a person wants (``intents``).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.session.model.challenge import Challenge, Delivery
from kiosk.session.model.commands import Conflict
from kiosk.session.model.grant import Grant
from kiosk.session.model.intents import Intent, Ticket
from kiosk.session.model.people import Account, Invited, Own, Place
from kiosk.session.model.refusals import Fault, Reach, Refusal
from kiosk.session.model.session import Declined, PageFault, Question
from kiosk.session.model.trust import NoTrust, Trust


@dataclass(frozen=True, slots=True)
class Asked:
    """A person asked for something on the screen."""

    at: datetime
    intent: Intent


@dataclass(frozen=True, slots=True)
class Memory:
    """What this computer remembers, verified. ``account`` is None before it joined.

    ``keys_lost`` says that the settings know of a joining which the keychain does not.
    ``changes`` is how many set at the chair still wait for the server. ``own``, ``sealed`` and
    ``renewal_due`` as in ``Known``.
    """

    place: Place | None
    account: Account | None
    trust: Trust | NoTrust
    grant: Grant | None
    device: str
    next_sequence: int
    keys_lost: bool = False
    changes: int = 0
    own: tuple[Own, ...] = ()
    sealed: bool = False
    renewal_due: bool = False


@dataclass(frozen=True, slots=True)
class MemoryRead:
    """The local memory was read and verified."""

    at: datetime
    attempt: int
    memory: Memory


@dataclass(frozen=True, slots=True)
class RecordKept:
    """The record of an entry is durable (law 2)."""

    at: datetime
    attempt: int


@dataclass(frozen=True, slots=True)
class ChallengeOpened:
    """The first factor was right; a code may now be asked of one of the approvers."""

    at: datetime
    attempt: int
    challenge: Challenge


@dataclass(frozen=True, slots=True)
class InvitationRead:
    """The link is good, and this is whom it invites."""

    at: datetime
    attempt: int
    invited: Invited


@dataclass(frozen=True, slots=True)
class InvitationAccepted:
    """The account is set up. The chosen password waits again, to join with."""

    at: datetime
    attempt: int
    password: Ticket


@dataclass(frozen=True, slots=True)
class CodeTexted:
    """The server sent a code."""

    at: datetime
    attempt: int
    delivery: Delivery


@dataclass(frozen=True, slots=True)
class CodeAccepted:
    """The code was right, and what it brought is kept. ``grant`` is None for a removal."""

    at: datetime
    attempt: int
    trust: Trust | NoTrust
    grant: Grant | None
    device: str


@dataclass(frozen=True, slots=True)
class PinKept:
    """The credential is sealed by the PIN that was chosen, and open until its session ends."""

    at: datetime
    attempt: int
    account_id: str


@dataclass(frozen=True, slots=True)
class Unsealed:
    """The PIN opened the credential of that account."""

    at: datetime
    attempt: int
    account_id: str


@dataclass(frozen=True, slots=True)
class PasswordRenewed:
    """This computer has a password of its own again, and keeps it."""

    at: datetime
    attempt: int


@dataclass(frozen=True, slots=True)
class SessionStarted:
    """The server confirmed an entry. ``page`` is the ticket of Xchart's one-time address."""

    at: datetime
    attempt: int
    session_id: str
    trust: Trust
    grant: Grant
    page: Ticket


@dataclass(frozen=True, slots=True)
class PageGranted:
    """The server gave another one-time address for a session that lives."""

    at: datetime
    attempt: int
    page: Ticket


@dataclass(frozen=True, slots=True)
class PageShown:
    """Xchart's page is painted."""

    at: datetime


@dataclass(frozen=True, slots=True)
class PageFailed:
    """Xchart's page could not be loaded, or its process ended; nothing of it is left."""

    at: datetime
    fault: PageFault


@dataclass(frozen=True, slots=True)
class PageSpoke:
    """Xchart's page said something; with a ``question``, it asked and could not be answered."""

    at: datetime
    words: Ticket
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class PageAsked:
    """Xchart's page asks, and stands still until AnswerPage."""

    at: datetime
    words: Ticket
    question: Question


@dataclass(frozen=True, slots=True)
class PageDeclined:
    """Xchart's page wanted what it is never given."""

    at: datetime
    what: Declined


@dataclass(frozen=True, slots=True)
class PageTurned:
    """Xchart's page shows a document instead of itself (``aside``), or itself again."""

    at: datetime
    aside: bool


@dataclass(frozen=True, slots=True)
class PageLost:
    """Xchart's page is gone, and what was typed in it was not saved."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """The server said no. ``again_at`` as below."""

    at: datetime
    attempt: int
    refusal: Refusal
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unreached:
    """The server could not be reached, or did not answer in its own words.

    ``again_at`` is when the background means to ask again (``sync.plan``); None for a person's.
    """

    at: datetime
    attempt: int
    reach: Reach
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Faulted:
    """This computer failed at something that an attempt needed.

    ``detail`` names the place to mend, where there is one: a line of the settings. ``again_at`` as
    above.
    """

    at: datetime
    attempt: int
    fault: Fault
    detail: str = ""
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChangesFetched:
    """Background news. ``grant`` is None when nothing changed. Never moves trust on (law 7).

    ``again_at`` is when to ask next, ``day_changed`` whether the schedule is another one now.
    """

    at: datetime
    attempt: int
    grant: Grant | None
    again_at: datetime
    day_changed: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """What waited has gone up, but for ``changes`` that wait for their account's trust.

    ``conflicts`` are those that others had set first; ``refused`` counts what the server will not
    do at all.
    """

    at: datetime
    attempt: int
    changes: int
    conflicts: tuple[Conflict, ...] = ()
    refused: int = 0


@dataclass(frozen=True, slots=True)
class DayRead:
    """The schedule is in the slot, as the server told it at ``as_of``; None where none is known.

    ``unkept`` counts what still waits for the disk.
    """

    at: datetime
    attempt: int
    day: Ticket | None
    as_of: datetime | None = None
    unkept: int = 0


@dataclass(frozen=True, slots=True)
class BadgeFound:
    """What each number that it may be is known by; empty where no badges are known here."""

    at: datetime
    attempt: int
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ticked:
    """A moment that the core had asked for (``due``) came.

    ``idle`` is the time without input to the whole computer.
    """

    at: datetime
    idle: timedelta


@dataclass(frozen=True, slots=True)
class ScreenLocked:
    """The operating system locked its screen."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Suspended:
    """The computer is about to sleep, or was found to have slept."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ClockJudged:
    """The server's time was heard. ``off`` is how far this computer's clock is ahead of it."""

    at: datetime
    off: timedelta


@dataclass(frozen=True, slots=True)
class CoverJudged:
    """Another program's window insists on lying above the kiosk's; ``above`` names the program.

    Empty: nothing does any more.
    """

    at: datetime
    above: str


Event = (
    Asked
    | MemoryRead
    | RecordKept
    | ChallengeOpened
    | InvitationRead
    | InvitationAccepted
    | CodeTexted
    | CodeAccepted
    | PinKept
    | Unsealed
    | BadgeFound
    | PasswordRenewed
    | SessionStarted
    | PageGranted
    | PageShown
    | PageFailed
    | PageSpoke
    | PageAsked
    | PageDeclined
    | PageTurned
    | PageLost
    | Refused
    | Unreached
    | Faulted
    | ChangesFetched
    | Sent
    | DayRead
    | Ticked
    | ScreenLocked
    | Suspended
    | ClockJudged
    | CoverJudged
)

Answer = (
    MemoryRead
    | RecordKept
    | ChallengeOpened
    | InvitationRead
    | InvitationAccepted
    | CodeTexted
    | CodeAccepted
    | PinKept
    | Unsealed
    | BadgeFound
    | PasswordRenewed
    | SessionStarted
    | PageGranted
    | Refused
    | Unreached
    | Faulted
    | ChangesFetched
    | Sent
    | DayRead
)
"""The events that answer a request, and carry its number."""
