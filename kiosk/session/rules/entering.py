"""Rules of the tap: from a tile to Active, at once where live terms govern (laws 1, 2, 6)."""

from dataclasses import replace
from datetime import datetime

from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.effects import (
    AskForPage,
    ConfirmPin,
    Effect,
    KeepRecord,
    OpenChallenge,
    ReadDay,
    ShowDay,
    ShowPage,
    StartSession,
)
from kiosk.session.model.events import ScreenLocked, Suspended
from kiosk.session.model.intents import LockWanted, TileTapped, WentBack
from kiosk.session.model.people import OWN_LOGIN, SOMEONE_ELSE, Account, Person, Strength
from kiosk.session.model.refusals import A_CODE_HELPS, Code, Fault, Refusal, Unreachable
from kiosk.session.model.replies import No, RecordKept, SessionStarted
from kiosk.session.model.session import PageFault
from kiosk.session.model.state import (
    Active,
    AskingForCode,
    AskingOwn,
    AskingPassword,
    AskingPin,
    AtLogin,
    Confirmation,
    Entering,
    Known,
    Locked,
    Naming,
    Session,
)
from kiosk.session.model.trust import trusts
from kiosk.session.rules import cases
from kiosk.session.rules.accounts import (
    account_now,
    apply_no_to_trust,
    governed,
    offers_own_login,
    personal_account,
    trust_of,
)
from kiosk.session.rules.moves import (
    Step,
    begin_work,
    day_wanted,
    forbidden,
    force_sign_out,
    numbered,
    person_of,
    recorded,
    repainted,
    signed_in,
    strength_of,
    unlisted,
)

MOST_RECENT = 50
"""Of more, nobody sees who came before whom."""
UNRECORDED = frozenset({Fault.RECORDS_FULL, Fault.RECORDS_UNREADABLE})


def tapped(known: Known, phase: AtLogin, intent: TileTapped, at: datetime) -> Step:
    """Someone tapped a tile of the login screen; the last ones ask for a name, or for a login."""
    if intent.person_id == SOMEONE_ELSE and may_be_named(known):
        return Step(known, Naming())
    if intent.person_id == OWN_LOGIN and known.account is not None:
        return Step(known, AskingOwn() if offers_own_login(known) else phase)
    return tap(known, phase, intent.person_id, at)


def tap(known: Known, phase: AtLogin, person_id: str, at: datetime) -> Step:
    """Enter as that person, or ask for what is missing; an unknown tile enters nobody."""
    own = personal_account(known, person_id)
    if own is not None:
        return ask_pin(known, own.account, None)
    account, person = known.account, person_of(known, person_id, at)
    if account is None or person is None:
        return Step(known, phase)
    return enter(known, account, person, strength_of(known, account, person), at)


def ask_pin(known: Known, account: Account, session: Session | None) -> Step:
    """A personal tile: its PIN; or its password, where no PIN opens it here any more."""
    own = personal_account(known, account.id)
    if session is not None and session.in_case and session.account.id == account.id:
        # No password and no code: what their PIN opens, or another's tap.
        return Step(known, AskingPin(account, session))
    if own is None or not own.sealed:
        return Step(known, AskingOwn(session))
    if not trusts(own.trust, account.id):
        return Step(known, AskingOwn(session, why=Refusal(Code.TRUST_MISSING)))
    return Step(known, AskingPin(account, session))


def enter(known: Known, account: Account, person: Person, strength: Strength, at: datetime) -> Step:
    """Start clean as that person, if nothing is missing."""
    refusal = forbidden(account)
    if refusal is not None:
        return Step(known, AtLogin(refusal))
    if not trusts(trust_of(known, account.id), account.id):
        return ask_for_code(known, account, person.id, None)
    if account.shared and known.renewal_due:
        return Step(known, AskingPassword(person.id))
    known, attempt = numbered(known)
    session = Session(account, person, strength, at, attempt)
    start = StartSession(attempt, account.id, person.id, strength)
    if not governed(known, account.id, at):
        return Step(known, Entering(session, resuming=False, needs_server=True), (start,))
    known, keep = recorded(known, at, Act.ENTERED, Cause.PERSON, session, attempt=attempt)
    # Before the record on the same lane: the list is there when the record is, for one frame.
    known, read = day_wanted(known)
    entering = Entering(session, resuming=False, needs_server=False)
    return Step(known, entering, (*read, keep, start))


def remember_recent(known: Known, person: Person) -> tuple[Known, tuple[Effect, ...]]:
    """Their tile stands first from now on; nothing moves while anybody looks at the tiles."""
    before = tuple(each for each in known.recent if each != person.id)
    known = replace(known, recent=(person.id, *before)[:MOST_RECENT])
    return (known, ()) if known.terms is None else repainted(known, known.terms)


def may_be_named(known: Known) -> bool:
    """Whether whoever is not on the list may type a name."""
    return known.terms is not None and known.terms.names


def resume(known: Known, phase: Locked, at: datetime, strength: Strength | None = None) -> Step:
    """The same person comes back: no less than live trust will do (law 1), and a record (law 2).

    ``strength`` is how sure that was, where it is not as it was before.
    """
    session = replace(phase.session, strength=strength or phase.session.strength)
    refusal = forbidden(account_now(known, session.account)) or unlisted(known, session)
    if refusal is not None and not session.in_case:
        return force_sign_out(known, phase, at, session, Cause.SERVER, refusal)
    trusted = trusts(trust_of(known, session.account.id), session.account.id)
    if not trusted and not session.in_case:
        return ask_for_code(known, session.account, session.person.id, session)
    known, attempt = numbered(known)
    needs_server = not governed(known, session.account.id, at) and not session.in_case
    overrides = cases.overridden(known, session, at) if session.in_case else ""
    start: tuple[StartSession, ...] = ()
    if session.id is None or needs_server:
        session = replace(session, attempt=attempt, awaiting_server=True, reach=None)
        start = (StartSession(attempt, session.account.id, session.person.id, session.strength),)
    else:
        session = replace(session, attempt=attempt)
    if needs_server:
        return Step(known, Entering(session, resuming=True, needs_server=True), start)
    known, keep = recorded(
        known, at, Act.RESUMED, Cause.PERSON, session, attempt=attempt, detail=overrides
    )
    known, read = day_wanted(known)
    entering = Entering(session, resuming=True, needs_server=False)
    right: tuple[ConfirmPin, ...] = ()
    if strength is Strength.PIN and not start:
        right = (ConfirmPin(session.account.id),)
    return Step(known, entering, (*read, keep, *start, *right))


def kept(known: Known, phase: Entering, reply: RecordKept, at: datetime) -> Step:
    """The record is durable: the way into Active (law 2)."""
    if phase.needs_server and phase.confirmation is None:
        return Step(known, phase)
    # With it everything was written that waited for the disk.
    known, session = replace(known, unkept=0), replace(phase.session, unrecorded=False)
    if phase.relieves is not None:
        refusal = cases.no_relief(known, session)
        if refusal is not None:
            return withdrawn(known, phase, phase.relieves, Cause.SWITCH, refusal, at)
    step = activate(known, replace(phase, session=session), at)
    if phase.relieves is None or session.id is not None or not isinstance(step.phase, Active):
        return step
    known, attempt = numbered(step.known)
    asking = replace(step.phase.session, attempt=attempt, awaiting_server=True, reach=None)
    start = StartSession(attempt, asking.account.id, asking.person.id, asking.strength)
    return Step(known, replace(step.phase, session=asking), (*step.effects, start))


def activate(known: Known, phase: Entering, at: datetime) -> Step:
    """At work, with Xchart's page if its address is here already."""
    session = phase.session
    keep: tuple[Effect, ...] = ()
    if not phase.resuming:
        known, keep = remember_recent(known, session.person)
    effects: tuple[ShowPage | AskForPage, ...] = ()
    if phase.confirmation is not None:
        session = replace(session, id=phase.confirmation.session_id, awaiting_server=False)
        effects = (ShowPage(phase.confirmation.page),)
    elif session.id is not None and session.awaiting_server:
        # The address asked for before the lock answers to an older attempt, or was given back.
        known, attempt = numbered(known)
        effects = (AskForPage(attempt, session.id),)
        session = replace(session, attempt=attempt)
    day: tuple[ReadDay | ShowDay, ...] = ()
    if phase.day is not None:
        day = (ShowDay(phase.day),)
    elif not known.day_attempt:
        known, day = day_wanted(known)
    return Step(known, begin_work(known, session, at), (*day, *effects, *keep))


def confirmed(known: Known, phase: Entering, started: SessionStarted, at: datetime) -> Step:
    """The server said yes; an accepted sign-in moves the trust horizon (law 7)."""
    session = phase.session
    known, effects = signed_in(known, session.account.id, started.trust, started.terms)
    yes = Confirmation(started.session_id, started.page)
    refusal = forbidden(started.terms.account)
    if refusal is not None:
        out = force_sign_out(known, phase, at, session, Cause.SERVER, refusal)
        if not isinstance(out.phase, Entering):
            return out.after(*effects)
        phase = out.phase
    else:
        phase = replace(phase, session=cases.let_in_again(session))
    if not phase.needs_server:
        return Step(known, replace(phase, confirmation=yes), effects)
    act = Act.RESUMED if phase.resuming else Act.ENTERED
    keep: KeepRecord
    known, keep = recorded(known, at, act, Cause.PERSON, session, attempt=session.attempt)
    return Step(known, replace(phase, confirmation=yes), (*effects, keep))


def not_confirmed(known: Known, phase: Entering, no: No, at: datetime) -> Step:
    """The server said no, or was not reached, or this computer failed at it."""
    match no.why:
        case Refusal():
            return refuse_entry(known, phase, no.why, at)
        case Unreachable():
            return go_on_without_server(known, phase, no.why)
        case Fault():
            return refuse_unrecorded(known, phase, no.why, at)


def refuse_entry(known: Known, phase: Entering, refusal: Refusal, at: datetime) -> Step:
    """The server said no before anyone was let in. Trust it no longer knows is asked for anew."""
    session = phase.session
    if phase.needs_server and not phase.resuming and refusal.code in A_CODE_HELPS:
        known, forget = apply_no_to_trust(known, refusal, session.account.id)
        asking = ask_for_code(known, session.account, session.person.id, None)
        return asking.after(*forget)
    session = replace(session, awaiting_server=False)
    return force_sign_out(known, phase, at, session, Cause.SERVER, refusal)


def go_on_without_server(known: Known, phase: Entering, reach: Unreachable) -> Step:
    """No server: under live terms the entry goes on, otherwise it cannot."""
    if phase.confirmation is not None:
        return Step(known, phase)  # it has said yes before
    if not phase.needs_server:
        session = replace(phase.session, awaiting_server=False, reach=reach)
        return Step(known, replace(phase, session=session))
    if phase.resuming:
        session = replace(phase.session, awaiting_server=False)
        return Step(known, Locked(session, Cause.PERSON, reach))
    return Step(known, AtLogin(reach))


def refuse_unrecorded(known: Known, phase: Entering, fault: Fault, at: datetime) -> Step:
    """The entry cannot be recorded, or this computer cannot prove itself: nobody enters (law 2).

    Who comes back after a lock is not refused for want of a record: a case may be open under the
    cover. The record waits and is written as soon as it can be (law 2, its one exception).
    """
    if phase.relieves is not None:
        # A new person never comes in without one; whoever was in may come back.
        return withdrawn(known, phase, phase.relieves, Cause.SWITCH, fault, at)
    confirmed_or_governed = phase.confirmation is not None or not phase.needs_server
    kept_out = fault not in UNRECORDED and not phase.session.in_case
    if phase.resuming and not kept_out and confirmed_or_governed:
        session = replace(phase.session, unrecorded=True)
        if session.id is None and phase.confirmation is None:
            session = replace(session, awaiting_server=False, failed=PageFault.NOT_ASKED)
        return activate(known, replace(phase, session=session), at)
    return force_sign_out(known, phase, at, phase.session, Cause.PERSON, fault)


def covered(
    known: Known,
    phase: Entering,
    event: ScreenLocked | Suspended | LockWanted | WentBack,
    at: datetime,
) -> Step:
    """A lock during an entry: nobody enters; who was resuming stays locked (law 3)."""
    match event:
        case ScreenLocked():
            cause = Cause.SCREEN_LOCK
        case Suspended():
            cause = Cause.SUSPEND
        case _:
            cause = Cause.PERSON
    session = phase.session
    if phase.relieves is not None:
        return withdrawn(known, phase, phase.relieves, cause, None, at)
    if phase.resuming:
        session = given_back(phase)
        known, keep = recorded(known, at, Act.LOCKED, cause, session)
        return Step(known, Locked(session, cause), (keep,))
    known, keep = recorded(known, at, Act.LEFT, cause, session)
    return Step(known, AtLogin(), (keep,))


def given_back(phase: Entering) -> Session:
    """The session under its cover again, with what it was told meanwhile."""
    if phase.confirmation is None:
        return phase.session
    return replace(phase.session, id=phase.confirmation.session_id, shown=False)


def withdrawn(
    known: Known,
    phase: Entering,
    relieves: Session,
    cause: Cause,
    why: Refusal | Fault | None,
    at: datetime,
) -> Step:
    """The relief does not come in: whoever was in has the case, with what was heard meanwhile."""
    case = phase.session.case
    session = replace(relieves, case=case) if case is not None else relieves
    known, keep = cases.taken_back(known, session, phase.session.person.id, at)
    return Step(known, Locked(session, cause, why), (keep,))


def ask_for_code(known: Known, account: Account, person_id: str, session: Session | None) -> Step:
    """Trust is missing or over: the way in leads through a provider's code (law 1).

    For a personal account through its password and its own code, as on the first day.
    """
    if not account.shared:
        return Step(known, AskingOwn(session, why=Refusal(Code.TRUST_MISSING)))
    known, attempt = numbered(known)
    phase = AskingForCode(Purpose.RETURN, person_id, attempt, session)
    return Step(known, phase, (OpenChallenge(attempt, Purpose.RETURN, account.id),))
