"""When a phase wants to be told that time passed, by itself.

No ``case _``: a new phase is a type error here until it has said what it waits for.
"""

from datetime import datetime, timedelta

from kiosk.session.model.case import SILENT
from kiosk.session.model.challenge import Delivery
from kiosk.session.model.session import Session
from kiosk.session.model.state import (
    Active,
    AddingName,
    Affirming,
    AskingAccount,
    AskingForCode,
    AskingInvitation,
    AskingOwn,
    AskingPassword,
    AskingPin,
    AskingPlace,
    AtLogin,
    AwaitingCode,
    ChoosingApprover,
    ChoosingPin,
    ConfirmingRemoval,
    Correcting,
    EditingName,
    Entering,
    Joined,
    ListingNames,
    Locked,
    Naming,
    Opening,
    Phase,
    Removed,
    SettingUp,
    Stopped,
    ThisComputer,
    UnlockingNames,
    Wiping,
    is_covered,
    session_of,
)
from kiosk.session.model.terms import Limits
from kiosk.session.rules.speaking import DECLINED_FOR
from kiosk.session.rules.working import LOOK_AGAIN

COUNTDOWN = timedelta(seconds=1)
INSTANT = timedelta(milliseconds=1)
AWAY_FROM_WORK = timedelta(seconds=5)
"""How late the idle lock may be on a page beside the work."""


def moments(phase: Phase, limits: Limits, at: datetime) -> tuple[datetime, ...]:
    """What is due in that phase; what is past by ``at`` counts for nothing."""
    beside: tuple[datetime, ...] = ()
    if session_of(phase) is not None and not is_covered(phase):
        # Nothing counts down there, and the idle lock must not wait for the minute (law 3).
        beside = (at + AWAY_FROM_WORK,)
    beside += of_case(session_of(phase))
    match phase:
        case Active():
            return (*at_work(phase, limits, at), *beside[1:])
        case Locked():
            return (phase.session.began_at + limits.session, *beside)
        case Wiping(until=until):
            # When another number of seconds is to be read.
            left = max(until - at - INSTANT, timedelta(0)) // COUNTDOWN
            return (until - left * COUNTDOWN if at < until else at + COUNTDOWN, *beside)
        case Stopped():
            return () if phase.attempt or phase.again_at is None else (phase.again_at,)
        case ChoosingApprover():
            return (phase.challenge.expires_at, *beside)
        case AwaitingCode(source=Delivery() as delivery):
            return (delivery.resend_at, delivery.expires_at, *beside)
        case AwaitingCode():
            return (phase.challenge.expires_at, *beside)
        case Correcting() | ThisComputer() | ConfirmingRemoval() | AskingForCode():
            return beside
        case ListingNames() | UnlockingNames() | AddingName() | EditingName():
            return beside
        case AskingOwn() | ChoosingPin() | AskingPin() if phase.session is not None:
            return (at + AWAY_FROM_WORK,)
        case AskingOwn() | ChoosingPin() | AskingPin() | Naming() | AskingPassword() | Entering():
            return ()
        case Opening() | AtLogin() | AskingPlace() | AskingAccount() | AskingInvitation():
            return ()
        case SettingUp() | Affirming() | Joined() | Removed():
            return ()


def of_case(session: Session | None) -> tuple[datetime, ...]:
    """When a case is said to end, and when it does."""
    case = session.case if session is not None else None
    if case is None:
        return ()
    return (min(case.alive_at + SILENT, case.until), *filter(None, (case.ending_at,)))


def at_work(phase: Active, limits: Limits, at: datetime) -> tuple[datetime, ...]:
    """The session's limit, the idle lock and its countdown, and what is said for a while."""
    due = [phase.session.began_at + limits.session]
    if phase.session.reach is not None or phase.session.failed is not None:
        due.append(at + LOOK_AGAIN)
    if phase.question is not None:
        due.append(phase.question.until)
    if phase.declined is not None:
        due.append(phase.declined[1] + DECLINED_FOR)
    if phase.strange_until is not None and phase.strange_until > at:
        due += [phase.strange_until, at + COUNTDOWN]
    elif phase.warned:
        due.append(at + COUNTDOWN)
    else:
        due.append(phase.locks_at - limits.idle_warning)
    return tuple(due)
