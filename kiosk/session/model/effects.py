"""What to do: the outputs of ``step``, imperative. ``kiosk.app.effects`` carries them out.

Each answer comes back as an event with the same ``attempt``. No effect carries a secret: a typed
one waits in its slot under a ticket (law 10).
"""

from dataclasses import dataclass

from kiosk.session.model.audit import Record
from kiosk.session.model.case import CaseNote
from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.commands import Command
from kiosk.session.model.intents import Ticket
from kiosk.session.model.painted import Painted
from kiosk.session.model.people import Place, Strength
from kiosk.session.model.terms import Roster


@dataclass(frozen=True, slots=True)
class LoadStartupState:
    """Read and verify what this computer remembers: StartupState or No."""

    attempt: int


@dataclass(frozen=True, slots=True)
class KeepRecord:
    """Write a record durably: RecordKept, or No and the record waits to be written.

    The ``command`` that it tells of is queued with it, both or neither (law 11). The ``roster``
    that it tells of is kept behind it, as ``roster_of`` that account: RosterKept, or No.
    """

    attempt: int
    record: Record
    command: Command | None = None
    roster: Roster | None = None
    roster_of: str = ""


@dataclass(frozen=True, slots=True)
class KeepCase:
    """Have the keychain remember a case whose start is recorded: CaseKept or No; None: no case."""

    attempt: int
    note: CaseNote | None


@dataclass(frozen=True, slots=True)
class ProtectCase:
    """A case is on: the computer stays awake, and Xchart's page runs under any cover. Or not."""

    is_on: bool


@dataclass(frozen=True, slots=True)
class OpenEnrolment:
    """Prove the factor that was typed and open a request for a code: Challenge or No."""

    attempt: int
    purpose: Purpose
    place: Place
    email: str
    password: Ticket


@dataclass(frozen=True, slots=True)
class OpenChallenge:
    """The same for an account that is on this computer, by the factor in its keychain."""

    attempt: int
    purpose: Purpose
    account_id: str


@dataclass(frozen=True, slots=True)
class ReadInvitation:
    """Whom does that link invite: Invited or No. The link stays in its slot."""

    attempt: int
    place: Place
    link: Ticket


@dataclass(frozen=True, slots=True)
class AcceptInvitation:
    """Set the account up that the link invites: InvitationAccepted or No; the link stays."""

    attempt: int
    place: Place
    link: Ticket
    password: Ticket
    phone: str


@dataclass(frozen=True, slots=True)
class TextCode:
    """Have a code texted: Delivery or No."""

    attempt: int
    place: Place
    challenge: Challenge
    approver_id: str


@dataclass(frozen=True, slots=True)
class AnswerCode:
    """Answer with the code, keep what it brings: Accepted or No.

    ``approver_id`` is whose app made it; empty for a code that was texted.
    """

    attempt: int
    place: Place
    challenge: Challenge
    code: Ticket
    approver_id: str = ""


@dataclass(frozen=True, slots=True)
class StartAgain:
    """Keep that in the settings and start the kiosk anew: nothing comes back, or No.

    ``at_site``: what is there is a site that has only a web sign-in. ``start`` is the path of its
    first page; empty: as it was.
    """

    attempt: int
    place: Place
    at_site: bool
    start: str = ""


@dataclass(frozen=True, slots=True)
class Rehearse:
    """Find out what a restart of this computer will bring at its site: Rehearsed or No."""

    attempt: int
    account_id: str


@dataclass(frozen=True, slots=True)
class SealPin:
    """Seal the account's credential, which is open: PinKept or No.

    ``again`` is the same PIN, typed once more.
    """

    attempt: int
    account_id: str
    pin: Ticket
    again: Ticket


@dataclass(frozen=True, slots=True)
class UnwrapCredential:
    """Open the account's credential by its PIN: CredentialUnwrapped or No.

    ``away``: the server is known not to answer, and is not waited for.
    """

    attempt: int
    account_id: str
    pin: Ticket
    away: bool = False


@dataclass(frozen=True, slots=True)
class ExpectPin:
    """Have ready what opening that seal needs beside the PIN; no answer. ``away`` as above."""

    account_id: str
    away: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmPin:
    """Tell the server that the PIN was right, where no session is started by it."""

    account_id: str


@dataclass(frozen=True, slots=True)
class LockCredential:
    """Forget the open credential of that account, or of all (empty); its PIN opens it again."""

    account_id: str


@dataclass(frozen=True, slots=True)
class ForgetOwn:
    """Delete everything that this computer keeps of a personal account."""

    account_id: str


@dataclass(frozen=True, slots=True)
class StartSession:
    """Start a session on the server: SessionStarted or No.

    ``by_itself``: nobody pressed; at a site that has only a web sign-in nothing is filled in then.
    """

    attempt: int
    account_id: str
    person_id: str
    strength: Strength
    by_itself: bool = False


@dataclass(frozen=True, slots=True)
class RenewPassword:
    """Have a new password of this computer's own, by the account's new one, and keep it:
    PasswordRenewed or No."""

    attempt: int
    account_id: str
    password: Ticket


@dataclass(frozen=True, slots=True)
class ProvePassword:
    """Compare it with the one that is kept here, and ask nobody else: PasswordProved or No."""

    attempt: int
    account_id: str
    password: Ticket


@dataclass(frozen=True, slots=True)
class AskForPage:
    """Another one-time address for the same session: PageGranted or No. ``by_itself`` as above."""

    attempt: int
    session_id: str
    by_itself: bool = False


@dataclass(frozen=True, slots=True)
class EndSession:
    """End a session on the server; nobody waits for the answer."""

    session_id: str


@dataclass(frozen=True, slots=True)
class ForgetTrust:
    """Delete the trust token from the keychain; nobody waits for the answer."""

    account_id: str


@dataclass(frozen=True, slots=True)
class FetchChanges:
    """Ask for news, and wait a while for it: News or No."""

    attempt: int
    account_id: str


@dataclass(frozen=True, slots=True)
class SendQueued:
    """Send what waits, in order: Delivered or No.

    ``account_id`` is empty where there is no trust to send changes with: records go all the same.
    """

    attempt: int
    account_id: str


@dataclass(frozen=True, slots=True)
class ReadDay:
    """Read the schedule as this computer has it, own changes included: DayRead."""

    attempt: int
    account_id: str


@dataclass(frozen=True, slots=True)
class ShowDay:
    """Put the schedule behind the ticket on the page: it holds patients, and is no state."""

    day: Ticket


@dataclass(frozen=True, slots=True)
class KeepPainted:
    """Keep what the login screen paints at the next start."""

    painted: Painted


@dataclass(frozen=True, slots=True)
class ShowPage:
    """Open Xchart at the one-time address behind the ticket: PageShown or PageFailed."""

    page: Ticket


@dataclass(frozen=True, slots=True)
class ClosePage:
    """Discard Xchart's page with everything it holds.

    At a site that has only a web sign-in it is kept for whoever comes back to it, unless its person
    has ``finished``.
    """

    finished: bool = False


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """Let Xchart's page go on, which asked what is behind ``words``."""

    words: Ticket
    yes: bool
    typed: Ticket | None = None


@dataclass(frozen=True, slots=True)
class TurnPageBack:
    """Go back from a document to Xchart's page: PageTurned."""


@dataclass(frozen=True, slots=True)
class FindBadge:
    """Make marks of the numbers that a badge reader may have typed: BadgeFound or No."""

    attempt: int
    badge: Ticket


@dataclass(frozen=True, slots=True)
class TellReader:
    """Whether what was typed into Xchart's page like a badge is one; if not, the page has it."""

    taken: bool


@dataclass(frozen=True, slots=True)
class DropSecret:
    """Empty a slot whose secret is not needed any more."""

    ticket: Ticket


Effect = (
    LoadStartupState
    | KeepRecord
    | KeepCase
    | ProtectCase
    | OpenEnrolment
    | OpenChallenge
    | ReadInvitation
    | AcceptInvitation
    | TextCode
    | AnswerCode
    | Rehearse
    | StartAgain
    | SealPin
    | UnwrapCredential
    | ExpectPin
    | ConfirmPin
    | LockCredential
    | ForgetOwn
    | FindBadge
    | TellReader
    | StartSession
    | RenewPassword
    | ProvePassword
    | AskForPage
    | EndSession
    | ForgetTrust
    | FetchChanges
    | SendQueued
    | ReadDay
    | ShowDay
    | KeepPainted
    | ShowPage
    | ClosePage
    | AnswerPage
    | TurnPageBack
    | DropSecret
)
