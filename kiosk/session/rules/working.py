"""Rules of a session: work, lock, switch, done; and everything that must cover the screen at once.

A lock waits for nothing and cannot be vetoed: it is one step, from every phase that has a session
in or under it (laws 2, 3).
"""

from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.effects import AskForPage, Effect, StartSession
from kiosk.session.model.events import PageLost, ScreenLocked, Suspended, Ticked
from kiosk.session.model.intents import (
    DoneWanted,
    KeepWorkingWanted,
    LockWanted,
    RetryWanted,
    SwitchWanted,
)
from kiosk.session.model.session import PageFault
from kiosk.session.model.state import (
    Active,
    AddingName,
    AskingOwn,
    AskingPin,
    AtLogin,
    AwaitingCode,
    ChoosingApprover,
    ChoosingPin,
    ConfirmingRemoval,
    EditingName,
    Known,
    ListingNames,
    Locked,
    Naming,
    Over,
    Session,
    ThisComputer,
    UnlockingNames,
    limits_of,
)
from kiosk.session.rules import cases
from kiosk.session.rules.approving import leave, over
from kiosk.session.rules.moves import (
    Step,
    force_sign_out,
    idle_limit,
    is_set_here,
    numbered,
    recorded,
)

OWN_LOCK = timedelta(minutes=15)
"""How long the tile alone brings back whoever locked it themselves (design.md section 3)."""
LOOK_AGAIN = timedelta(seconds=5)
"""So late a page that is away is asked for again, by itself."""
SAID_FOR = timedelta(seconds=10)
"""How long it is said in the workspace that a badge is nobody's."""
NAMES = ListingNames | UnlockingNames | AddingName | EditingName
ASKING = Naming | ThisComputer | NAMES | ConfirmingRemoval | AskingOwn | ChoosingPin | AskingPin
"""The pages over the login screen that nobody leaves open for the night."""


def lock(known: Known, at: datetime, session: Session, cause: Cause) -> Step:
    """Cover everything; the record is written when it can be."""
    known, keep = recorded(known, at, Act.LOCKED, cause, session)
    until = at + OWN_LOCK if cause in {Cause.PERSON, Cause.SWITCH} else None
    return Step(known, Locked(session, cause, own_until=until), (keep,))


def locked(known: Known, phase: Active, intent: LockWanted | SwitchWanted, at: datetime) -> Step:
    """*Lock*, and *Switch*, whose cover asks who is next."""
    cause = Cause.SWITCH if isinstance(intent, SwitchWanted) else Cause.PERSON
    return lock(known, at, phase.session, cause)


def covered(known: Known, phase: Over, event: ScreenLocked | Suspended, at: datetime) -> Step:
    """The system locked or sleeps: whatever is on the screen is covered, a prompt too."""
    if isinstance(event, Suspended) and phase.session is not None:
        phase = replace(phase, session=said_anew(phase.session))
    if isinstance(phase, Locked):
        own_until = None if isinstance(event, Suspended) else phase.own_until
        return Step(known, replace(phase, own_until=own_until))
    cause = Cause.SUSPEND if isinstance(event, Suspended) else Cause.SCREEN_LOCK
    if phase.session is not None:
        return lock(known, at, phase.session, cause)
    if isinstance(phase, ASKING):
        return Step(known, AtLogin())
    return Step(known, phase)


def said_anew(session: Session) -> Session:
    """Nobody saw that the case is about to end while the computer slept."""
    if session.case is None:
        return session
    return replace(session, case=replace(session.case, ending_at=None))


def done(known: Known, phase: Over, intent: DoneWanted, at: datetime) -> Step:
    """*Done*: the session ends, trust stays. A kiosk that quits says it too, on any page."""
    if phase.session is None:
        return Step(known, phase)
    if phase.session.in_case:
        # A kiosk that quits; the case goes on, and one tap leads back to it after the restart.
        covered = isinstance(phase, Locked)
        return Step(known, phase) if covered else lock(known, at, phase.session, Cause.PERSON)
    known, keep = recorded(known, at, Act.LEFT, Cause.PERSON, phase.session)
    known = replace(known, sending=replace(known.sending, refused=0))
    return Step(known, AtLogin(), (keep,))


def lost(known: Known, phase: AtLogin, event: PageLost, at: datetime) -> Step:
    """Nothing vetoes *Done*; what went with the page is said to whoever still stands there."""
    return Step(known, replace(phase, unsaved=True))


def kept_working(known: Known, phase: Active, intent: KeepWorkingWanted, at: datetime) -> Step:
    """*Keep working*: the countdown starts anew."""
    return Step(known, replace(phase, locks_at=at + idle_limit(known, phase.session), warned=False))


def asked_again(known: Known, phase: Active, intent: RetryWanted, at: datetime) -> Step:
    """*Try again*: the server, or Xchart's page."""
    return ask_once_more(known, phase, by_itself=False)


def ask_once_more(known: Known, phase: Active, *, by_itself: bool) -> Step:
    """By a press, or because it is time."""
    session = phase.session
    if session.awaiting_server or session.shown:
        return Step(known, phase)
    known, attempt = numbered(known)
    session = replace(session, attempt=attempt, awaiting_server=True, failed=None, reach=None)
    ask: Effect
    if session.id is None:
        ask = StartSession(
            attempt, session.account.id, session.person.id, session.strength, by_itself
        )
    else:
        ask = AskForPage(attempt, session.id, by_itself)
    return Step(known, replace(phase, session=session), (ask,))


def ticked(known: Known, phase: Over, event: Ticked, at: datetime) -> Step:
    """Time passed: the session's limit, the idle lock, a request grown too old."""
    phase, lived = cases.passed(phase, event)
    if isinstance(phase, Active):
        # Beside the work only hands count, and soon: what stands there is not the patient's record.
        event = lived
    if cases.is_over(phase, at):
        return cases.end(known, phase, at, Cause.LIMIT)
    session = phase.session
    too_long = session is not None and at >= session.began_at + limits_of(known).session
    if session is not None and too_long and not session.in_case:
        return force_sign_out(known, phase, at, session, Cause.LIMIT, None)
    if session is not None and at < session.began_at:
        # Trusted time was corrected backwards: the limit counts from now, not from the future.
        session = replace(session, began_at=at)
        phase = replace(phase, session=session)
    if isinstance(phase, Locked):
        return Step(known, phase)
    idle_out = event.idle >= limits_of(known).idle_lock
    if session is not None and idle_out and not isinstance(phase, Active):
        return lock(known, at, session, Cause.IDLE)
    match phase:
        case Active():
            return worked_or_not(known, phase, event, at)
        case ChoosingApprover() | AwaitingCode() if over(phase.challenge, at) and not phase.attempt:
            return leave(known, phase, over=True)
        case _ if isinstance(phase, ASKING) and idle_out:
            return Step(known, AtLogin())
        case _:
            return Step(known, phase)


def worked_or_not(known: Known, phase: Active, event: Ticked, at: datetime) -> Step:
    """Input anywhere on the computer puts the idle lock off; *Keep working* does too."""
    limit = idle_limit(known, phase.session)
    # Never later than a whole limit from now: trusted time may have been corrected backwards.
    locks_at = max(min(phase.locks_at, at + limit), at - event.idle + limit)
    if at >= locks_at:
        return lock(known, at, phase.session, Cause.IDLE)
    warned = at >= locks_at - limits_of(known).idle_warning
    strange_until = phase.strange_until
    if strange_until is not None and not at < strange_until <= at + SAID_FOR:
        phase = replace(phase, strange_until=None)
    if is_asked_again(known, phase.session, at):
        phase = replace(phase, session=replace(phase.session, asked_at=at))
        step = ask_once_more(known, phase, by_itself=True)
        if isinstance(step.phase, Active):
            return replace(step, phase=replace(step.phase, locks_at=locks_at, warned=warned))
    return Step(known, replace(phase, locks_at=locks_at, warned=warned))


def is_asked_again(known: Known, session: Session, at: datetime) -> bool:
    """Whether the server answers again, as far as the background contact has seen.

    A site that has only a web sign-in is not asked in the background: its page is, while nobody can
    use it.
    """
    if session.awaiting_server or session.shown:
        return False
    if is_set_here(known):
        away = session.reach is not None or session.failed is PageFault.NETWORK
        asked = session.asked_at
        # A clock that was put back must not hold it off until it is that time again.
        return away and (asked is None or not asked <= at < asked + LOOK_AGAIN)
    return session.reach is not None and known.unreached_since is None
