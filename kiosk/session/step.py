"""``step(state, event)``: the whole of what may happen, pure.

It finds whose answer an event is and which row of the table holds; what no row names changes
nothing, and what nobody waits for changes nothing either (law 5).
"""

from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.session.model.effects import Effect, LoadStartupState, ProtectCase
from kiosk.session.model.events import (
    Answered,
    Asked,
    AwakeJudged,
    ClockJudged,
    CoverJudged,
    EndOwed,
    Event,
    PageAlive,
    PageAsked,
    PageDeclined,
    PageFailed,
    PageLost,
    PageShown,
    PageSpoke,
    PageTurned,
    ScreenLocked,
    StorageJudged,
    Suspended,
    Ticked,
    UnsentChanged,
)
from kiosk.session.model.painted import Painted
from kiosk.session.model.people import Place
from kiosk.session.model.replies import DayRead, Delivered, News, No
from kiosk.session.model.site import Rehearsed
from kiosk.session.model.state import (
    Entering,
    Known,
    Opening,
    Over,
    Phase,
    Session,
    State,
    Wiping,
    attempt_of,
    limits_of,
    session_of,
)
from kiosk.session.rules import cases, roster
from kiosk.session.rules.badges import cancel_stale_badge_lookup, not_found
from kiosk.session.rules.confirming import answered, page_told
from kiosk.session.rules.moves import Step, sent_soon
from kiosk.session.rules.pin_window import enforce_pin_windows
from kiosk.session.rules.pins import end_session_of_removed_account
from kiosk.session.rules.polling import (
    contact_answered,
    contact_at,
    keep_contact,
    looked_at,
    note_reachability,
)
from kiosk.session.rules.release import release
from kiosk.session.rules.sending import (
    day_read,
    keep_sending,
    read_again,
    send_at,
    sending_answered,
)
from kiosk.session.rules.speaking import page_said, settle_question
from kiosk.session.rules.table import TABLE
from kiosk.session.rules.waking import INSTANT, moments
from kiosk.session.rules.wiping import keep_wiping


def first(
    place: Place, painted: Painted | None, *, windowed: bool = False, at_site: bool = False
) -> tuple[State, tuple[Effect, ...]]:
    """The state at start, which enters nobody (law 8), and the reading of the memory."""
    known = Known(place, painted=painted, attempt=1, windowed=windowed, at_site=at_site)
    return State(known, Opening(1)), (LoadStartupState(1),)


def step(state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
    """What follows from one event. Never raises for an event that does not fit: it is ignored.

    First what the event does; then what holds after every step, whatever the event.
    """
    known, phase = state.known, state.phase
    taken = dispatch(known, phase, event)
    taken = end_session_of_removed_account(known, taken, event.at)
    if isinstance(phase, Wiping):
        taken = keep_wiping(phase, taken, event)
    taken = cancel_stale_badge_lookup(phase, taken, event)
    taken = enforce_pin_windows(phase, taken, event)
    taken = settle_question(phase, taken, event)
    if has_case(phase) or has_case(taken.phase) or known.note_missing:
        taken = cases.settle(phase, taken, event)
    taken = protect(phase, taken)
    taken = release(known, phase, taken, event)
    return State(taken.known, taken.phase), taken.effects


def has_case(phase: Phase) -> bool:
    """Whether there is one in or under that phase, kept or not."""
    session = session_of(phase)
    return session is not None and session.case is not None


def protect(before: Phase, taken: Step) -> Step:
    """Computer and page are kept going as long as a case is on: by comparing before and after."""
    was, now = session_of(before), session_of(taken.phase)
    is_on = now is not None and now.in_case
    if is_on == (was is not None and was.in_case):
        return taken
    return taken.then(ProtectCase(is_on))


def dispatch(known: Known, phase: Phase, event: Event) -> Step:
    """What the event does by itself."""
    at = event.at
    match event:
        case Asked(intent=intent):
            known = looked_at(known, at)
            return apply_row(known, phase, intent, at) or Step(known, phase)
        case Answered():
            return answered_by(known, phase, event, at)
        case ClockJudged(off=off):
            return Step(replace(known, clock_off=off), phase)
        case CoverJudged(above=above):
            return Step(replace(known, above=above), phase)
        case AwakeJudged(held=held):
            return Step(replace(known, held_off=held), phase)
        case UnsentChanged(person_ids=person_ids):
            return Step(replace(known, unsent=person_ids), phase)
        case EndOwed():
            return Step(sent_soon(known, at), phase)
        case StorageJudged(left_behind=left_behind):
            return Step(replace(known, left_behind=left_behind), phase)
        case Ticked():
            known, ask = keep_contact(known, at)
            known, send = keep_sending(known, at)
            known, read = read_again(known, phase)
            passed = apply_row(known, phase, event, at) or Step(known, phase)
            return passed.after(*ask, *send, *read)
        case PageShown() | PageFailed():
            if isinstance(phase, Over | Entering):
                return page_told(known, phase, event)
            return Step(known, phase)
        case PageAlive():
            return cases.page_lived(known, phase, event)
        case PageSpoke() | PageAsked() | PageDeclined() | PageTurned():
            return page_said(known, phase, event, at)
        case PageLost() | ScreenLocked() | Suspended():
            return apply_row(known, phase, event, at) or Step(known, phase)


def answered_by(known: Known, phase: Phase, event: Answered, at: datetime) -> Step:
    """A reply goes to whoever asked: the background, the phase, or the session under it."""
    session, reply = session_of(phase), event.reply
    told = note_reachability(known, phase, event, at)
    taken: Step | None = None
    match event.attempt:
        case 0:
            pass
        case known.contact_attempt:
            if isinstance(reply, News | No):
                return contact_answered(told, phase, reply, at)
        case known.sending.attempt:
            if isinstance(reply, Delivered | No):
                return sending_answered(told, phase, reply, at)
        case known.badge_attempt:
            known = replace(known, badge_attempt=0)
            if isinstance(reply, No):
                return not_found(known, phase, reply)
            taken = apply_row(known, phase, reply, at)
        case known.rehearsal_attempt:
            told = replace(known, rehearsal_attempt=0)
            if isinstance(reply, Rehearsed):
                told = replace(told, rehearsed=reply)
            return Step(told, phase)
        case waited if session is not None and waited == case_attempt(session):
            if isinstance(phase, Over | Entering):
                return cases.start_kept(known, phase, reply, at)
        case known.note_attempt:
            return cases.note_kept(known, phase, reply)
        case known.roster_attempt:
            return roster.answered(known, phase, reply, at)
        case known.day_attempt:
            if isinstance(reply, DayRead):
                return day_read(known, phase, reply)
            return Step(replace(known, day_attempt=0, day_missed=True), phase)
        case waited if waited == attempt_of(phase):
            taken = apply_row(told, phase, reply, at)
        case waited if (
            session is not None and session.awaiting_server and waited == session.attempt
        ):
            if isinstance(phase, Over):
                return answered(told, phase, session, reply, at)
    return taken or Step(known, phase)


def case_attempt(session: Session) -> int:
    """The keeping of a case's start that is waited for; 0 for none."""
    return session.case.attempt if session.case is not None else 0


def apply_row(known: Known, phase: Phase, what: object, at: datetime) -> Step | None:
    """What the table's row says, None without one."""
    row = TABLE.get((type(phase), type(what)))
    return row.act(known, phase, what, at) if row else None


def due(state: State, at: datetime) -> datetime:
    """The next instant at which the core wants to be told that time passed, after ``at``."""
    known = state.known
    minute = at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    background = (contact_at(known), send_at(known))
    soon = (max(each, at + INSTANT) for each in background if each is not None)
    wanted = (minute, *soon, *moments(state.phase, limits_of(known), at))
    return min(each for each in wanted if each > at)
