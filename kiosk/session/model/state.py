"""What the kiosk knows, and the phase it is in. ``State`` is all there is; nothing hides elsewhere.

No secret and no patient can be put into one (law 10): typed secrets and the words of Xchart's page
wait in slots under tickets. ``attempt`` is the number of the request that a phase waits for, 0 when
it waits for none; ``why`` is what last went wrong here.
"""

from dataclasses import dataclass
from datetime import datetime

from kiosk.session.model.audit import Cause
from kiosk.session.model.challenge import Challenge, Purpose, Source
from kiosk.session.model.intents import Ticket
from kiosk.session.model.known import Known as Known
from kiosk.session.model.known import Sending as Sending
from kiosk.session.model.known import floats as floats
from kiosk.session.model.known import has_to_wait as has_to_wait
from kiosk.session.model.known import limits_of as limits_of
from kiosk.session.model.name_phases import AddingName as AddingName
from kiosk.session.model.name_phases import EditingName as EditingName
from kiosk.session.model.name_phases import ListingNames as ListingNames
from kiosk.session.model.name_phases import UnlockingNames as UnlockingNames
from kiosk.session.model.people import Account, Place
from kiosk.session.model.refusals import Code, Fault, Reason
from kiosk.session.model.session import Asked, Declined
from kiosk.session.model.session import Confirmation as Confirmation
from kiosk.session.model.session import Session as Session
from kiosk.session.model.setup_phases import Affirming as Affirming
from kiosk.session.model.setup_phases import AskingAccount as AskingAccount
from kiosk.session.model.setup_phases import AskingInvitation as AskingInvitation
from kiosk.session.model.setup_phases import AskingPlace as AskingPlace
from kiosk.session.model.setup_phases import Joined as Joined
from kiosk.session.model.setup_phases import SettingUp as SettingUp


@dataclass(frozen=True, slots=True)
class Opening:
    """The memory is being read. ``wanted`` is the tile tapped meanwhile: it is not lost."""

    attempt: int
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class AskingForCode:
    """The first factor is being checked, to come back or to be removed."""

    purpose: Purpose
    person_id: str
    attempt: int
    session: Session | None = None


@dataclass(frozen=True, slots=True)
class ChoosingApprover:
    """Nothing is texted until someone chooses; ``attempt`` while a text is being sent."""

    challenge: Challenge
    person_id: str
    place: Place
    email: str = ""
    session: Session | None = None
    attempt: int = 0
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class AwaitingCode:
    """A text is out, or an app shows the code. ``round`` counts the answers; ``attempt`` while one
    is being checked."""

    challenge: Challenge
    source: Source
    person_id: str
    place: Place
    email: str = ""
    session: Session | None = None
    round: int = 0
    attempt: int = 0
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class AskingOwn:
    """*My own login*: a personal account that is new here, over the login screen or a cover."""

    session: Session | None = None
    email: str = ""
    attempt: int = 0
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class ChoosingPin:
    """A PIN is chosen, and typed once more; ``first`` is what was typed first, in its slot."""

    account: Account
    session: Session | None = None
    first: Ticket | None = None
    round: int = 0
    attempt: int = 0
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class AskingPin:
    """A personal tile was tapped; ``round`` counts what was typed, ``attempt`` while it opens."""

    account: Account
    session: Session | None = None
    round: int = 0
    attempt: int = 0
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class AskingPassword:
    """The shared account has a new password: typed once, then whoever tapped comes in."""

    person_id: str
    attempt: int = 0
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class AtLogin:
    """The login screen, with the reason why someone is back at it, if there is one.

    ``unsaved``: what was typed in Xchart went with its page.
    """

    why: Reason | None = None
    limit: bool = False
    unsaved: bool = False


@dataclass(frozen=True, slots=True)
class Entering:
    """A tap was accepted. Active as soon as the record is durable, and the server's word is there
    where it is needed: ``needs_server`` when no live terms govern (law 1, law 2). ``day`` is the
    schedule in its slot, read while the record was kept. ``relieves`` is whose case is taken over,
    where it is: without a record they stay (law 9)."""

    session: Session
    resuming: bool
    needs_server: bool
    confirmation: Confirmation | None = None
    day: Ticket | None = None
    relieves: Session | None = None


@dataclass(frozen=True, slots=True)
class Active:
    """Somebody is at work. ``warned`` while the idle lock counts down, to ``locks_at``.

    Until ``strange_until`` it is said that a badge entered nobody, and by ``strange`` why.
    ``question`` is what the page asks, ``declined`` what it was last refused, and when.
    """

    session: Session
    locks_at: datetime
    warned: bool = False
    strange_until: datetime | None = None
    strange: Code = Code.BADGE_UNKNOWN
    question: Asked | None = None
    declined: tuple[Declined, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Locked:
    """Covered. The same person resumes, anyone else starts clean. With why resuming failed.

    ``own_until`` is how long the tile alone brings back whoever locked it themselves.
    ``starts_clean`` is who tapped over somebody's case, and when: again, and it ends for them.
    """

    session: Session
    cause: Cause
    why: Reason | None = None
    own_until: datetime | None = None
    starts_clean: tuple[str, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Wiping:
    """*Wipe screen*: hands mean nothing until ``until``, over the login screen or over a cover.

    The rest is what that page comes back with, as in ``AtLogin`` and ``Locked``.
    """

    until: datetime
    session: Session | None = None
    cause: Cause = Cause.PERSON
    own_until: datetime | None = None
    why: Reason | None = None
    limit: bool = False
    unsaved: bool = False


@dataclass(frozen=True, slots=True)
class Naming:
    """*Someone else* types a name; over a session that is locked, or over the login screen.

    ``unclear`` says that what was typed is no name, ``corrects`` that it was this person whom the
    session's records should name.
    """

    session: Session | None = None
    unclear: bool = False
    corrects: bool = False


@dataclass(frozen=True, slots=True)
class Correcting:
    """*Change*: who is at the chair, if it is not whom the session names."""

    session: Session


@dataclass(frozen=True, slots=True)
class ThisComputer:
    """The page under More; over a session, or over the login screen."""

    session: Session | None


@dataclass(frozen=True, slots=True)
class ConfirmingRemoval:
    """Whose code will be needed next time is said before it happens."""

    session: Session | None
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """Trust of this account on this computer is gone, and whose code is needed is said again."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """This computer cannot go on by itself; the sentence says who can mend it.

    ``again_at`` is when to look whether somebody has, where that can be; ``attempt`` is the looking
    that is under way.
    """

    fault: Fault
    detail: str = ""
    attempt: int = 0
    again_at: datetime | None = None


Phase = (
    Opening
    | AskingPlace
    | AskingAccount
    | AskingInvitation
    | SettingUp
    | Affirming
    | AskingForCode
    | ChoosingApprover
    | AwaitingCode
    | AskingOwn
    | ChoosingPin
    | AskingPin
    | AskingPassword
    | Joined
    | AtLogin
    | Entering
    | Active
    | Locked
    | Wiping
    | Naming
    | Correcting
    | ThisComputer
    | ListingNames
    | UnlockingNames
    | AddingName
    | EditingName
    | ConfirmingRemoval
    | Removed
    | Stopped
)


Over = (
    Active
    | Locked
    | Wiping
    | Naming
    | Correcting
    | ThisComputer
    | ListingNames
    | UnlockingNames
    | AddingName
    | EditingName
    | ConfirmingRemoval
    | AskingForCode
    | ChoosingApprover
    | AwaitingCode
    | AskingOwn
    | ChoosingPin
    | AskingPin
)
"""The phases that a session can live in or under, beside Entering."""


@dataclass(frozen=True, slots=True)
class State:
    """The whole of it."""

    known: Known
    phase: Phase


# What each phase answers for itself. None of these has a ``case _``: whoever adds a phase is led
# here by the type checker, and to ``rules.waking`` and ``session.view``.


def session_of(phase: Phase) -> Session | None:
    """The session that lives in or under this phase."""
    match phase:
        case Entering() | Active() | Locked() | Naming() | Correcting() | ThisComputer():
            return phase.session
        case ListingNames() | UnlockingNames() | AddingName() | EditingName():
            return phase.session
        case ConfirmingRemoval() | AskingForCode() | ChoosingApprover() | AwaitingCode():
            return phase.session
        case AskingOwn() | ChoosingPin() | AskingPin() | Wiping():
            return phase.session
        case Opening() | Stopped() | AskingPlace() | AskingAccount() | AskingInvitation():
            return None
        case SettingUp() | Affirming() | Joined() | AtLogin() | AskingPassword() | Removed():
            return None


def attempt_of(phase: Phase) -> int:
    """The request that the phase itself waits for, 0 for none."""
    match phase:
        case Opening() | Stopped() | AskingInvitation() | SettingUp() | Affirming():
            return phase.attempt
        case AskingForCode() | ChoosingApprover() | AwaitingCode():
            return phase.attempt
        case AskingOwn() | ChoosingPin() | AskingPin() | AskingPassword() | UnlockingNames():
            return phase.attempt
        case Entering():
            return phase.session.attempt
        case AskingPlace():
            return phase.attempt
        case AskingAccount() | Joined() | AtLogin() | Active() | Locked():
            return 0
        case Naming() | Correcting() | ThisComputer() | ConfirmingRemoval() | Removed():
            return 0
        case ListingNames() | AddingName() | EditingName() | Wiping():
            return 0


def is_covered(phase: Phase) -> bool:
    """Whether nobody is at work on a computer that is set up.

    A page that asks over a cover is still under it: a PIN, a login of one's own, a code to come
    back. Only the pages beside the work leave it open.
    """
    match phase:
        case AskingPlace() | AskingAccount() | AskingInvitation() | SettingUp() | Affirming():
            return False
        case Joined() | Active():
            return False
        case Correcting() | ThisComputer() | ConfirmingRemoval():
            return phase.session is None
        case ListingNames() | UnlockingNames() | AddingName() | EditingName():
            return phase.session is None
        case AskingForCode():
            return phase.purpose is not Purpose.REMOVE or phase.session is None
        case ChoosingApprover() | AwaitingCode():
            return phase.challenge.purpose is not Purpose.REMOVE or phase.session is None
        case Opening() | Stopped() | AtLogin() | Entering() | Locked() | Naming() | Removed():
            return True
        case AskingOwn() | ChoosingPin() | AskingPin() | AskingPassword() | Wiping():
            return True
