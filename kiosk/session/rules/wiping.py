"""Rules of *Wipe screen*: the glass is cleaned between two patients, and hands on it mean nothing.

It is always over a cover or over the login screen, and holds off nothing that covers: the system's
lock, sleep and a kiosk that quits come through it (law 3).
"""

from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.session.model.audit import Cause
from kiosk.session.model.events import Answered, Event, PageLost, ScreenLocked, Suspended, Ticked
from kiosk.session.model.intents import BadgeRead, WentBack, WipeWanted
from kiosk.session.model.state import AtLogin, Known, Locked, ThisComputer, Wiping, limits_of
from kiosk.session.rules import cases
from kiosk.session.rules.moves import Step, force_sign_out
from kiosk.session.rules.working import lock

WIPE = timedelta(seconds=30)
"""Long enough for a screen and its edges."""
STILL = timedelta(seconds=2)
"""Nobody who wipes lifts the cloth for so long: a hand that goes on would press what comes back."""
LONGER = timedelta(seconds=10)
"""For so long at most the page waits for a hand to be gone, or where nobody tells of hands."""


def begun(known: Known, phase: AtLogin | Locked, intent: WipeWanted, at: datetime) -> Step:
    """From the login screen, or from a cover."""
    return Step(known, over(phase, at))


def begun_at_work(known: Known, phase: ThisComputer, intent: WipeWanted, at: datetime) -> Step:
    """From the page under More: whoever is in is covered first, as by their own lock."""
    if phase.session is None:
        return Step(known, over(AtLogin(), at))
    covered = lock(known, at, phase.session, Cause.PERSON)
    below = covered.phase
    return replace(covered, phase=over(below, at)) if isinstance(below, Locked) else covered


def over(below: AtLogin | Locked, at: datetime) -> Wiping:
    """The wiping over that page."""
    until = at + WIPE
    match below:
        case Locked(session=session, cause=cause, why=why, own_until=own_until):
            return Wiping(until, session, cause, own_until, why)
        case AtLogin(why=why, limit=limit, unsaved=unsaved):
            return Wiping(until, why=why, limit=limit, unsaved=unsaved)


def below(phase: Wiping) -> AtLogin | Locked:
    """The page that comes back."""
    if phase.session is None:
        return AtLogin(phase.why, phase.limit, phase.unsaved)
    return Locked(phase.session, phase.cause, phase.why, phase.own_until)


def ended(known: Known, phase: Wiping, intent: WentBack | BadgeRead, at: datetime) -> Step:
    """A key was pressed, by hand or by a reader; it does nothing else."""
    return Step(known, below(phase))


def ticked(known: Known, phase: Wiping, event: Ticked, at: datetime) -> Step:
    """It is over, once the hand is off the glass; the session's limit holds as under any page."""
    # A hand on the glass is what idle means here, and a sign of life in a case.
    phase, _ = cases.passed(phase, event)
    if cases.is_over(phase, at):
        return keep(phase, cases.end(known, phase, at, Cause.LIMIT))
    session = phase.session
    too_long = session is not None and at >= session.began_at + limits_of(known).session
    if session is not None and too_long and not session.in_case:
        return keep(phase, force_sign_out(known, phase, at, session, Cause.LIMIT, None))
    # Never longer than a whole one from now: trusted time may have been corrected backwards.
    until = min(phase.until, at + WIPE)
    if at >= until and (event.idle >= STILL or at >= until + LONGER):
        return Step(known, below(phase))
    return Step(known, replace(phase, until=until))


def covered(known: Known, phase: Wiping, event: ScreenLocked | Suspended, at: datetime) -> Step:
    """The system locks or sleeps: it is covered already, and nothing is in the way any more."""
    if isinstance(event, Suspended):
        phase = replace(phase, own_until=None)
    return Step(known, below(phase))


def lost(known: Known, phase: Wiping, event: PageLost, at: datetime) -> Step:
    """What went with a page is said when somebody can read it."""
    return Step(known, replace(phase, unsaved=True))


def keep_wiping(before: Wiping, taken: Step, event: Event) -> Step:
    """The server's no takes a session out below it: the tiles come back no sooner for that."""
    return keep(before, taken) if isinstance(event, Answered) else taken


def keep(before: Wiping, taken: Step) -> Step:
    """The login screen, where that came of it, behind the same wiping."""
    if not isinstance(taken.phase, AtLogin):
        return taken
    return replace(taken, phase=replace(over(taken.phase, before.until), until=before.until))
