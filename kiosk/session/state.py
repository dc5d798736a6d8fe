"""What the kiosk knows, and the phase it is in. ``State`` is all there is; nothing hides elsewhere.

No secret and no patient can be put into one (law 10): typed secrets wait in slots under tickets,
and the only thing known of Xchart's page is whether it is shown. ``attempt`` is the number of the
request that a phase waits for, 0 when it waits for none.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.session.audit import Cause
from kiosk.session.challenge import Challenge, Delivery, Purpose
from kiosk.session.commands import Conflict
from kiosk.session.grant import DEFAULT_LIMITS, Grant, Limits
from kiosk.session.intents import Ticket
from kiosk.session.painted import Painted
from kiosk.session.people import Account, Invited, Person, Place, SelfNamed, Strength
from kiosk.session.refusals import Fault, Reach, Refusal
from kiosk.session.trust import NoTrust, Trust


@dataclass(frozen=True, slots=True)
class Sending:
    """What waits for the server. ``due`` is when to send, None while nothing waits.

    ``changes`` counts what was set at the chair and is not there yet; ``conflicts`` are those that
    others had set first, until someone decides; ``refused`` counts what the server will not do.
    ``fault`` is why records cannot be sent at all, until they can.
    """

    changes: int = 0
    conflicts: tuple[Conflict, ...] = ()
    refused: int = 0
    fault: Fault | None = None
    due: datetime | None = None
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What stays known across phases.

    ``attempt`` is the last number given to a request. ``next_sequence`` numbers the next record.
    ``unreached_since`` is when the server was first missed, None while it answers.
    ``contact_due`` is when to ask for news. ``day_attempt`` is the reading of the schedule that is
    under way, ``day_as_of`` when the server told the one on show, ``unkept``
    how many records still wait for the disk. ``clock_off`` is how far the computer's clock is
    ahead. ``self_named`` are those who typed their name here, until the server's list has them.
    """

    place: Place
    account: Account | None = None
    trust: Trust | NoTrust = NoTrust.NEVER
    grant: Grant | None = None
    device: str = ""
    painted: Painted | None = None
    attempt: int = 0
    next_sequence: int = 1
    contact_due: datetime | None = None
    contact_attempt: int = 0
    unreached_since: datetime | None = None
    reach: Reach | None = None
    clock_off: timedelta = timedelta(0)
    sending: Sending = Sending()
    day_attempt: int = 0
    day_as_of: datetime | None = None
    unkept: int = 0
    self_named: tuple[SelfNamed, ...] = ()


def limits_of(known: Known) -> Limits:
    """What governs how long someone may be idle, or at work."""
    return known.grant.limits if known.grant else DEFAULT_LIMITS


def floats(known: Known, at: datetime) -> tuple[Person, ...]:
    """Who typed a name today, here or in another room; nobody whom the list has by now."""
    grant = known.grant
    if grant is None or not grant.names:
        return ()
    # In whichever case it was typed; as the server has it, where the server has it.
    there = {each.name.casefold(): each for each in (*known.self_named, *grant.self_named)}
    listed = {each.name.casefold() for each in grant.people}
    return tuple(
        Person(each.name, each.name)
        for each in there.values()
        if at < each.until and each.name.casefold() not in listed
    )


@dataclass(frozen=True, slots=True)
class Session:
    """Someone at work. ``id`` is the server's name for it, None until the server confirmed it.

    ``attempt`` is the request whose answer confirms or refuses it, and ``asking`` whether that
    is still to come. ``shown`` says whether Xchart's page is painted, ``failed`` that it could
    not be, ``reach`` why the server did not answer, ``unrecorded`` that the record of coming back
    still waits for the disk.
    """

    account: Account
    person: Person
    strength: Strength
    began_at: datetime
    attempt: int
    id: str | None = None
    asking: bool = True
    shown: bool = False
    failed: bool = False
    reach: Reach | None = None
    unrecorded: bool = False


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The server's yes that came before the record of the entry was durable."""

    session_id: str
    page: Ticket


@dataclass(frozen=True, slots=True)
class Opening:
    """The memory is being read. ``wanted`` is the tile tapped meanwhile: it is not lost."""

    attempt: int
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class AskingPlace:
    """New computer: which server, location, operatory."""

    place: Place
    refusal: Refusal | None = None
    reach: Reach | None = None
    fault: Fault | None = None
    keys_lost: bool = False


@dataclass(frozen=True, slots=True)
class AskingAccount:
    """New computer: whose account."""

    place: Place
    email: str = ""
    refusal: Refusal | None = None
    reach: Reach | None = None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class AskingInvitation:
    """New computer: the link out of the invitation's e-mail; ``attempt`` while it is looked at."""

    place: Place
    attempt: int = 0
    refusal: Refusal | None = None
    reach: Reach | None = None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class SettingUp:
    """New computer: a password is chosen and a phone given for the invited account."""

    place: Place
    invited: Invited
    attempt: int = 0
    refusal: Refusal | None = None
    reach: Reach | None = None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Affirming:
    """New computer: facts.md S14's condition; then the server checks the account."""

    place: Place
    email: str
    password: Ticket
    attempt: int = 0


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
    refusal: Refusal | None = None
    reach: Reach | None = None


@dataclass(frozen=True, slots=True)
class AwaitingCode:
    """A text is out. ``round`` counts the answers; ``attempt`` while one is being checked."""

    challenge: Challenge
    delivery: Delivery
    person_id: str
    place: Place
    email: str = ""
    session: Session | None = None
    round: int = 0
    attempt: int = 0
    refusal: Refusal | None = None
    reach: Reach | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """One tap from now on."""


@dataclass(frozen=True, slots=True)
class AtLogin:
    """The login screen, with the reason why someone is back at it, if there is one."""

    refusal: Refusal | None = None
    reach: Reach | None = None
    fault: Fault | None = None
    limit: bool = False


@dataclass(frozen=True, slots=True)
class Entering:
    """A tap was accepted. Active as soon as the record is durable, and the server's word is there
    where it is needed: ``needs_server`` when no live grant governs (law 1, law 2)."""

    session: Session
    resuming: bool
    needs_server: bool
    confirmation: Confirmation | None = None


@dataclass(frozen=True, slots=True)
class Active:
    """Somebody is at work. ``warned`` while the idle lock counts down, to ``locks_at``."""

    session: Session
    locks_at: datetime
    warned: bool = False


@dataclass(frozen=True, slots=True)
class Locked:
    """Covered. The same person resumes, anyone else starts clean. With why resuming failed."""

    session: Session
    cause: Cause
    refusal: Refusal | None = None
    reach: Reach | None = None
    fault: Fault | None = None


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
    reach: Reach | None = None
    refusal: Refusal | None = None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """Trust of this account on this computer is gone, and whose code is needed is said again."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """This computer cannot go on by itself; the sentence says who can mend it."""

    fault: Fault
    detail: str = ""


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
    | Joined
    | AtLogin
    | Entering
    | Active
    | Locked
    | Naming
    | Correcting
    | ThisComputer
    | ConfirmingRemoval
    | Removed
    | Stopped
)


Over = (
    Active
    | Locked
    | Naming
    | Correcting
    | ThisComputer
    | ConfirmingRemoval
    | AskingForCode
    | ChoosingApprover
    | AwaitingCode
)
"""The phases that a session can live in or under, beside Entering."""


@dataclass(frozen=True, slots=True)
class State:
    """The whole of it."""

    known: Known
    phase: Phase


def session_of(phase: Phase) -> Session | None:
    """The session that lives in or under this phase."""
    match phase:
        case Entering(session=session) | Active(session=session) | Locked(session=session):
            return session
        case (
            Naming(session=session)
            | Correcting(session=session)
            | ThisComputer(session=session)
            | ConfirmingRemoval(session=session)
            | AskingForCode(session=session)
            | ChoosingApprover(session=session)
            | AwaitingCode(session=session)
        ):
            return session
        case _:
            return None


def attempt_of(phase: Phase) -> int:
    """The request that the phase itself waits for, 0 for none."""
    match phase:
        case Opening() | AskingInvitation() | SettingUp() | Affirming():
            return phase.attempt
        case AskingForCode() | ChoosingApprover() | AwaitingCode():
            return phase.attempt
        case Entering(session=session):
            return session.attempt
        case _:
            return 0
