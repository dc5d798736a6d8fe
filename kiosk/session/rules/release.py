"""What a step lets go of is given back: in one place, by comparing what was held before and after.

A secret or a patient waits in a slot, a session goes on at the server, a credential lies open, and
Xchart's page is there, for as long as the state holds them. No rule gives any of them back by
itself, but for sleep, which locks every credential at once (``pin_window``): it says what is so
from now on, and the difference is seen to here (laws 5, 10).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.session.model.effects import (
    AcceptInvitation,
    AnswerCode,
    AnswerPage,
    ClosePage,
    DropSecret,
    Effect,
    EndSession,
    FindBadge,
    LockCredential,
    OpenEnrolment,
    ProvePassword,
    RenewPassword,
    SealPin,
    ShowDay,
    ShowPage,
    UnwrapCredential,
)
from kiosk.session.model.events import Event, said_by
from kiosk.session.model.intents import Ticket
from kiosk.session.model.known import Known
from kiosk.session.model.people import Strength
from kiosk.session.model.replies import Accepted, CredentialUnwrapped, PinKept, SessionStarted
from kiosk.session.model.state import (
    AskingPin,
    AwaitingCode,
    ChoosingPin,
    Correcting,
    Entering,
    Naming,
    Phase,
    session_of,
)
from kiosk.session.model.terms import Terms
from kiosk.session.model.trust import Trust
from kiosk.session.rules.accounts import is_primary_account
from kiosk.session.rules.moves import Step


@dataclass(frozen=True, slots=True)
class Held:
    """What there is to give back: tickets of slots, ids of sessions, accounts laid open."""

    tickets: frozenset[Ticket]
    sessions: frozenset[str]
    credentials: frozenset[str]


def release(known: Known, phase: Phase, taken: Step, event: Event) -> Step:
    """The step from ``known`` and ``phase``, with what it lets go of given back behind the rest."""
    before, brought = held_in(known, phase), brought_by(taken.known, event)
    after = held_in(taken.known, taken.phase)
    passed_on = frozenset(each for effect in taken.effects for each in passed_to(effect))
    left = page_is_left(phase, taken.phase)
    close = (ClosePage(is_finished(phase, taken.phase)),) if left else ()
    ended = (before.sessions | brought.sessions) - after.sessions
    closed = (before.credentials | brought.credentials) - after.credentials
    if LockCredential("") in taken.effects:
        closed = frozenset()
    dropped = (before.tickets | brought.tickets) - after.tickets - passed_on
    return taken.then(
        *close,
        *map(EndSession, sorted(ended)),
        *map(LockCredential, sorted(closed)),
        *map(DropSecret, sorted(dropped)),
    )


def held_in(known: Known, phase: Phase) -> Held:
    """What a state holds."""
    session = session_of(phase)
    sessions = {session.id} if session is not None and session.id is not None else set()
    if isinstance(phase, Entering) and phase.confirmation is not None:
        # From now on this one, if there was another.
        sessions = {phase.confirmation.session_id}
    windows = {each.account_id for each in known.windows}
    return Held(frozenset(tickets_in(phase)), frozenset(sessions), open_in(phase) | windows)


def open_in(phase: Phase) -> frozenset[str]:
    """The personal accounts whose credential is in use, or about to be."""
    session = session_of(phase)
    accounts = [] if session is None else [session.account]
    if isinstance(phase, AskingPin | ChoosingPin):
        accounts.append(phase.account)
    if isinstance(phase, AwaitingCode):
        accounts.append(phase.challenge.account)
    return frozenset(each.id for each in accounts if not each.shared)


def brought_by(known: Known, event: Event) -> Held:
    """What came with an event, whoever may have a use for it."""
    what = said_by(event)
    sessions, credentials = frozenset[str](), frozenset[str]()
    match what:
        case SessionStarted(session_id=session_id):
            sessions = frozenset({session_id})
        case CredentialUnwrapped(account_id=account_id) | PinKept(account_id=account_id):
            credentials = frozenset({account_id})
        case Accepted(trust=Trust(account_id=account_id)) if not is_primary_account(
            known, account_id
        ):
            credentials = frozenset({account_id})
        case _:
            pass
    return Held(frozenset(tickets_in(what)), sessions, credentials)


def passed_to(effect: Effect) -> Iterator[Ticket]:
    """The tickets whose secret is taken out of its slot by an effect; what only looks leaves it.

    Named, so that a new effect that is forgotten here loses its secret at the first test, and does
    not leave it behind (law 10).
    """
    match effect:
        case OpenEnrolment(password=taken) | AcceptInvitation(password=taken):
            yield taken
        case AnswerCode(code=taken) | RenewPassword(password=taken) | UnwrapCredential(pin=taken):
            yield taken
        case ProvePassword(password=taken):
            yield taken
        case SealPin(pin=taken, again=again):
            yield from (taken, again)
        case FindBadge(badge=taken) | ShowDay(day=taken) | ShowPage(page=taken):
            yield taken
        case AnswerPage(typed=typed) if typed is not None:
            yield typed
        case _:
            pass


def page_is_left(before: Phase, after: Phase) -> bool:
    """Whether Xchart's page belongs to a session that is not there any more."""
    session, now = session_of(before), session_of(after)
    if session is None or (isinstance(before, Entering) and not before.resuming):
        return False  # there was none, or it never got so far
    return now is None or not now.continues(session)


def is_finished(before: Phase, after: Phase) -> bool:
    """Whether nobody comes back to that page: its person has ended, or is somebody else by the
    correction; and a name that was typed is anybody's of that name."""
    session = session_of(before)
    corrected = isinstance(before, Correcting) or (isinstance(before, Naming) and before.corrects)
    typed = session is not None and session.strength is Strength.SELF_NAMED
    return session_of(after) is None or corrected or typed


def tickets_in(thing: object) -> Iterator[Ticket]:
    """Every ticket in a value, however deep. Values have slots, and so say what is in them."""
    if isinstance(thing, Ticket):
        yield thing
    elif isinstance(thing, tuple):
        for each in thing:
            yield from tickets_in(each)
    elif not isinstance(thing, Terms):  # a roster is long, and public
        for name in getattr(type(thing), "__slots__", ()):
            yield from tickets_in(getattr(thing, name))
