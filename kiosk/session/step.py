"""``step(state, event)``: the whole of what may happen, pure.

It finds whose answer an event is and which row of the table holds; what no row names changes
nothing, and what nobody waits for changes nothing either (law 5).
"""

from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.session.model.challenge import Delivery
from kiosk.session.model.effects import DropSecret, Effect, ReadMemory
from kiosk.session.model.events import (
    Answer,
    Asked,
    BadgeFound,
    ChangesFetched,
    ClockJudged,
    CoverJudged,
    DayRead,
    Event,
    Faulted,
    PageAsked,
    PageDeclined,
    PageFailed,
    PageShown,
    PageSpoke,
    PageTurned,
    Refused,
    Sent,
    Ticked,
    Unreached,
)
from kiosk.session.model.intents import (
    AccountGiven,
    BadgeRead,
    CodeGiven,
    Intent,
    InvitationGiven,
    PasswordGiven,
    PinGiven,
    QuestionAnswered,
    SetUpGiven,
)
from kiosk.session.model.painted import Painted
from kiosk.session.model.people import Place
from kiosk.session.model.state import (
    Active,
    AskingOwn,
    AskingPin,
    AwaitingCode,
    ChoosingApprover,
    ChoosingPin,
    Correcting,
    Entering,
    Known,
    Locked,
    Opening,
    Over,
    Phase,
    Session,
    State,
    Stopped,
    ThisComputer,
    attempt_of,
    limits_of,
    session_of,
)
from kiosk.session.rules import pin_window
from kiosk.session.rules.badges import not_found, unread
from kiosk.session.rules.confirming import answered, page_told
from kiosk.session.rules.keeping import (
    contact_answered,
    contact_at,
    heard,
    keep_contact,
    looked_at,
)
from kiosk.session.rules.moves import Step, late
from kiosk.session.rules.pins import gone, left_behind
from kiosk.session.rules.sending import day_read, keep_sending, send_at, sending_answered
from kiosk.session.rules.speaking import DECLINED_FOR, page_said, settled
from kiosk.session.rules.table import TABLE

AWAY_FROM_WORK = timedelta(seconds=5)
"""How late the idle lock may be on a page beside the work."""


def first(
    place: Place, painted: Painted | None, *, windowed: bool = False
) -> tuple[State, tuple[Effect, ...]]:
    """The state at start, which enters nobody (law 8), and the reading of the memory."""
    known = Known(place=place, painted=painted, attempt=1, windowed=windowed)
    return State(known, Opening(1)), (ReadMemory(1),)


def step(state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
    """What follows from one event. Never raises for an event that does not fit: it is ignored."""
    taken = taken_step(state.known, state.phase, event)
    return State(taken.known, taken.phase), taken.effects


def taken_step(known: Known, phase: Phase, event: Event) -> Step:
    """The same, as a ``Step``."""
    taken = unread(phase, gone(happened(known, phase, event), event.at), event)
    return settled(phase, pin_window.kept(phase, left_behind(phase, taken), event), event)


def happened(known: Known, phase: Phase, event: Event) -> Step:
    """What the event does by itself."""
    at = event.at
    match event:
        case Asked(intent=intent):
            known = looked_at(known, at)
            return ruled(known, phase, intent, at) or Step(known, phase, dropped(intent))
        case ClockJudged(off=off):
            return Step(replace(known, clock_off=off), phase)
        case CoverJudged(above=above):
            return Step(replace(known, above=above), phase)
        case Ticked():
            known, ask = keep_contact(known, at)
            known, send = keep_sending(known, at)
            passed = ruled(known, phase, event, at) or Step(known, phase)
            return passed.after(*ask, *send)
        case PageShown() | PageFailed():
            if isinstance(phase, Over | Entering):
                return page_told(known, phase, event)
            return Step(known, phase)
        case PageSpoke() | PageAsked() | PageDeclined() | PageTurned():
            return page_said(known, phase, event, at)
        case _ if isinstance(event, Answer):
            return answer(known, phase, event, at)
        case _:
            return ruled(known, phase, event, at) or Step(known, phase)


def answer(known: Known, phase: Phase, event: Answer, at: datetime) -> Step:
    """An answer goes to whoever asked: the background, the phase, or the session under it."""
    session = session_of(phase)
    told = heard(known, event, at)
    match event.attempt:
        case 0:
            return late(known, phase, event)
        case known.contact_attempt:
            if isinstance(event, ChangesFetched | Refused | Unreached | Faulted):
                return contact_answered(told, phase, event, at)
            return late(known, phase, event)
        case known.sending.attempt:
            if isinstance(event, Sent | Refused | Unreached | Faulted):
                return sending_answered(told, phase, event, at)
            return late(known, phase, event)
        case known.badge_attempt:
            if isinstance(event, BadgeFound | Faulted):
                known = replace(known, badge_attempt=0)
                if isinstance(event, Faulted):
                    return not_found(known, phase, event)
                return ruled(known, phase, event, at) or Step(known, phase)
            return late(known, phase, event)
        case known.day_attempt:
            if isinstance(event, DayRead):
                return day_read(known, phase, event, at)
            if isinstance(event, Faulted):
                return Step(replace(known, day_attempt=0), phase)
            return late(known, phase, event)
        case waited if waited == attempt_of(phase):
            return ruled(told, phase, event, at) or late(known, phase, event)
        case waited if session is not None and session.asking and waited == session.attempt:
            if isinstance(phase, Over):
                return answered(told, phase, session, event, at)
            return late(known, phase, event)
        case _:
            return late(known, phase, event)


def ruled(known: Known, phase: Phase, happened: object, at: datetime) -> Step | None:
    """What the table's row says, None without one."""
    row = TABLE.get((type(phase), type(happened)))
    return row.act(known, phase, happened, at) if row else None


def dropped(intent: Intent) -> tuple[Effect, ...]:
    """A secret that nobody takes does not stay in its slot (law 10)."""
    match intent:
        case AccountGiven(password=ticket) | CodeGiven(code=ticket) | PinGiven(pin=ticket):
            return (DropSecret(ticket),)
        case BadgeRead(badge=ticket):
            return (DropSecret(ticket),)
        case PasswordGiven(password=ticket):
            return (DropSecret(ticket),)
        case InvitationGiven(link=ticket) | SetUpGiven(password=ticket):
            return (DropSecret(ticket),)
        case QuestionAnswered(typed=ticket) if ticket is not None:
            return (DropSecret(ticket),)
        case _:
            return ()


def due(state: State, at: datetime) -> datetime:
    """The next instant at which the core wants to be told that time passed, after ``at``."""
    known, phase = state.known, state.phase
    moments = [at.replace(second=0, microsecond=0) + timedelta(minutes=1)]
    for wanted_at in (contact_at(known), send_at(known)):
        if wanted_at is not None:
            moments.append(max(wanted_at, at + timedelta(milliseconds=1)))
    limits = limits_of(known)
    if isinstance(phase, Active | Locked):
        moments.append(phase.session.began_at + limits.session)
    if isinstance(phase, Active) and phase.question is not None:
        moments.append(phase.question.until)
    if isinstance(phase, Active) and phase.declined is not None:
        moments.append(phase.declined[1] + DECLINED_FOR)
    match phase:
        case Active(strange_until=until) if until is not None and until > at:
            moments += [until, at + timedelta(seconds=1)]
        case Active(warned=True):
            moments.append(at + timedelta(seconds=1))
        case Active(locks_at=locks_at):
            moments.append(locks_at - limits.idle_warning)
        case Stopped(attempt=0, again_at=again_at) if again_at is not None:
            moments.append(again_at)
        case ChoosingApprover(challenge=challenge):
            moments.append(challenge.expires_at)
        case AwaitingCode(source=Delivery() as delivery):
            moments += [delivery.resend_at, delivery.expires_at]
        case AwaitingCode(challenge=challenge):
            moments.append(challenge.expires_at)
        case (
            Correcting()
            | ThisComputer(session=Session())
            | AskingOwn(session=Session())
            | ChoosingPin(session=Session())
            | AskingPin(session=Session())
        ):
            # Nothing counts down here, and the idle lock must not wait for the minute (law 3).
            moments.append(at + AWAY_FROM_WORK)
        case _:
            pass
    return min((m for m in moments if m > at), default=at + timedelta(minutes=1))
