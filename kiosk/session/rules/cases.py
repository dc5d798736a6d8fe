"""Rules of a case: from start to end nothing stands between a team and its patient (law 9).

It is no bypass: it waives something only once its start is in the chain and in the keychain, and
for as long as somebody shows a sign of life, up to a limit. What would have signed somebody out
meanwhile waits for its end, and is then done once, in the order in which it came.
"""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.case import GRACE, LONGEST, MORE, SILENT, Case, CaseNote, Pending
from kiosk.session.model.commands import IN_THE_CHAIR, Status
from kiosk.session.model.effects import Effect, KeepCase, KeepRecord
from kiosk.session.model.events import Event, PageAlive, Ticked
from kiosk.session.model.intents import CaseEndWanted, CaseWanted, StillTreating
from kiosk.session.model.people import Person, Strength
from kiosk.session.model.refusals import ENDS_TRUST, Code, Fault, Refusal
from kiosk.session.model.replies import CaseKept, No, Reply
from kiosk.session.model.state import (
    Active,
    AtLogin,
    Entering,
    Known,
    Locked,
    Over,
    Phase,
    Session,
    session_of,
)
from kiosk.session.model.trust import trusts
from kiosk.session.rules.accounts import (
    account_now,
    apply_no_to_trust,
    governed,
    is_primary_account,
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
    unlisted,
)

P = TypeVar("P", bound=Over)

OFF_THE_LIST = Refusal(Code.PERSON_UNLISTED)
NOBODY_NEW = frozenset({Code.ACCOUNT_DEACTIVATED, Code.ACCOUNT_PRIVILEGED})
"""While one of these waits, whoever is in may stay; nobody else takes over."""
TERMS_OVER = "terms_over"
"""What is overridden where nobody has refused anything: what is known here is too old."""


def start_wanted(known: Known, phase: Active, intent: CaseWanted, at: datetime) -> Step:
    """*Start case*."""
    return start(known, phase, at, intent.visit)


def start(known: Known, phase: Active, at: datetime, visit: str = "") -> Step:
    """On the record, then in the keychain; from then on it holds."""
    session = phase.session
    if session.case is not None:
        return Step(known, phase)
    known, attempt = numbered(known)
    case = Case(known.next_sequence, session.person, at, at, at + LONGEST, attempt, visit=visit)
    session = replace(session, case=case, no_case=None)
    known, keep = recorded(known, at, Act.CASE_BEGUN, Cause.PERSON, session, subject=visit)
    note = KeepCase(attempt, noted(session, case))
    return Step(known, replace(phase, session=session), (keep, note))


def start_kept(known: Known, phase: Over | Entering, reply: Reply, at: datetime) -> Step:
    """It holds; or it could not be kept, and there is none: that is said."""
    session = session_of(phase)
    begun = session.case if session is not None else None
    if session is None or begun is None:
        return Step(known, phase)
    match reply:
        case CaseKept():
            session = replace(session, case=replace(begun, attempt=0))
            return Step(known, with_session(known, phase, session, at))
        case No(why=why):
            case, ended = str(begun.sequence), replace(session, case=None, no_case=why)
            known, keep = recorded(known, at, Act.CASE_ENDED, Cause.SERVER, session, subject=case)
            return Step(known, replace(phase, session=ended), (keep,))
        case _:
            return Step(known, phase)


def follow_status(step: Step, visit: str, to: str, at: datetime) -> Step:
    """*Seated* begins a case beside the patient; what takes that patient away again ends it."""
    phase = step.phase
    if not isinstance(phase, Active):
        return step
    case = phase.session.case
    if case is None and to == Status.SEATED:
        return start(step.known, phase, at, visit).after(*step.effects)
    if case is not None and to == Status.SEATED and not case.visit:
        # It was begun by a press; now it is known beside whom.
        session = replace(phase.session, case=replace(case, visit=visit))
        return replace(step, phase=replace(phase, session=session))
    if case is not None and case.visit == visit and to not in IN_THE_CHAIR:
        return end(step.known, phase, at, Cause.PERSON).after(*step.effects)
    return step


def end_wanted(known: Known, phase: Active, intent: CaseEndWanted, at: datetime) -> Step:
    """*End case*."""
    return end(known, phase, at, Cause.PERSON)


def went_on(known: Known, phase: Active, intent: StillTreating, at: datetime) -> Step:
    """*Still treating*: four hours more, from now."""
    session, case = phase.session, phase.session.case
    if case is None or not case.is_kept:
        return Step(known, phase)
    case = replace(case, alive_at=at, until=max(case.until, at + MORE), ending_at=None)
    session = replace(session, case=case)
    known, keep = recorded(
        known, at, Act.CASE_EXTENDED, Cause.PERSON, session, subject=str(case.sequence)
    )
    return Step(known, begin_work(known, session, at), (keep,))


def page_lived(known: Known, phase: Phase, event: PageAlive) -> Step:
    """A record that fills itself in is a sign of life; nobody has touched anything."""
    session = session_of(phase)
    if session is None or session.case is None or not isinstance(phase, Over | Entering):
        return Step(known, phase)
    alive_at = max(session.case.alive_at, event.at)
    session = replace(session, case=replace(session.case, alive_at=alive_at))
    return Step(known, replace(phase, session=session))


def passed(phase: P, event: Ticked) -> tuple[P, Ticked]:
    """Time passed in a case: when it was alive last, and whether it is about to end.

    What counts for idle from there on is the time without any sign of life.
    """
    session, at = phase.session, event.at
    if session is None or session.case is None or not session.in_case:
        return phase, event
    case = session.case
    # Never later than now, and never later than a whole limit from now: clocks are put back.
    alive_at = min(max(case.alive_at, at - event.idle), at)
    until = min(case.until, at + LONGEST)
    ending_at = case.ending_at
    if at < min(alive_at + SILENT, until):
        ending_at = None
    elif ending_at is None or ending_at > at + GRACE:
        ending_at = at + GRACE
    case = replace(case, alive_at=alive_at, until=until, ending_at=ending_at)
    phase = replace(phase, session=replace(session, case=case))
    return phase, replace(event, idle=at - alive_at)


def is_over(phase: Over, at: datetime) -> bool:
    """Whether the case ends by itself: it was said five minutes ago, and nobody objected."""
    case = phase.session.case if phase.session is not None else None
    return case is not None and case.ending_at is not None and at >= case.ending_at


def end(known: Known, phase: Over, at: datetime, cause: Cause) -> Step:
    """The case is over; what has waited for that is done, the first first."""
    session = phase.session
    if session is None or session.case is None:
        return Step(known, phase)
    case = session.case
    known, keep = recorded(known, at, Act.CASE_ENDED, cause, session, subject=str(case.sequence))
    done: tuple[Effect, ...] = (keep,)
    session = replace(session, case=None)
    step = Step(known, with_session(known, phase, session, at))
    for number, waits in enumerate(gravest_first(case.pending)):
        below = step.phase
        if number == 0 and isinstance(below, Over | Entering):
            step = force_sign_out(known, below, at, session, waits.cause, waits.reason)
        else:
            known, forget = apply_no_to_trust(step.known, waits.reason, session.account.id)
            step = replace(step, known=known).then(*forget)
    return step.after(*done)


def take_over(
    known: Known, session: Session, person: Person, strength: Strength, at: datetime
) -> Step:
    """The relief steps in: page, patient and case stay, and from the record on it is they.

    Of the same account. Never without a durable record, nor on an account that was taken away.
    """
    refusal = no_relief(known, session)
    if refusal is not None:
        return Step(known, Locked(session, Cause.SWITCH, refusal))
    known, attempt = numbered(known)
    relief = replace(session, person=person, strength=strength, attempt=attempt)
    if session.id is None:
        # It is asked for as the relief once they are in: the record alone decides on that.
        relief = replace(relief, awaiting_server=False)
    if relief.case is not None:
        # What was said of whoever was in before is not theirs.
        left = (each for each in relief.case.pending if each.reason != OFF_THE_LIST)
        relief = replace(relief, case=replace(relief.case, pending=tuple(left)))
    known, keep = recorded(
        known,
        at,
        Act.CASE_TAKEN_OVER,
        Cause.PERSON,
        relief,
        attempt=attempt,
        detail=session.person.id,
        subject=str(session.case.sequence) if session.case is not None else "",
    )
    known, read = day_wanted(known)
    entering = Entering(relief, resuming=True, needs_server=False, relieves=session)
    return Step(known, entering, (*read, keep))


def no_relief(known: Known, session: Session) -> Refusal | None:
    """Why nobody new may come into that case; None where nothing speaks against it."""
    refusal = forbidden(account_now(known, session.account))
    for waits in session.case.pending if session.case is not None else ():
        if isinstance(waits.reason, Refusal) and waits.reason.code in NOBODY_NEW:
            refusal = refusal or waits.reason
    return refusal


def taken_back(known: Known, session: Session, from_id: str, at: datetime) -> tuple[Known, Effect]:
    """The relief did not come in after all: whoever was in has the case, on the record."""
    case = session.case
    return recorded(
        known,
        at,
        Act.CASE_TAKEN_OVER,
        Cause.PERSON,
        session,
        detail=from_id,
        subject=str(case.sequence) if case is not None else "",
    )


def let_in_again(session: Session) -> Session:
    """The server has said yes: what it, or this computer, had against them before is over."""
    if session.case is None:
        return session
    left = (each for each in session.case.pending if each.reason == OFF_THE_LIST)
    return replace(session, case=replace(session.case, pending=tuple(left)))


def gravest_first(pending: tuple[Pending, ...]) -> list[Pending]:
    """As they are done: what ends trust before the rest, each in the order in which it came."""
    return sorted(pending, key=lambda each: not ends_trust(each.reason))


def ends_trust(reason: Refusal | Fault) -> bool:
    """Whether it takes away more than a session."""
    return isinstance(reason, Refusal) and reason.code in ENDS_TRUST


def settle(before: Phase, taken: Step, event: Event) -> Step:
    """After every step: a case that is gone has ended, and the keychain knows what there is.

    By comparing before and after, so that whatever takes a session out takes its case along: the
    note that is left of one lets somebody in after a restart.
    """
    was, now = case_of(before), case_of(taken.phase)
    session = session_of(before)
    gone = was is not None and (now is None or now.sequence != was.sequence)
    if was is not None and session is not None and gone and not ends(taken):
        known = taken.known
        for waits in was.pending:
            known, forget = apply_no_to_trust(known, waits.reason, session.account.id)
            taken = taken.then(*forget)
        known, keep = recorded(
            known, event.at, Act.CASE_ENDED, Cause.SERVER, session, subject=str(was.sequence)
        )
        taken = replace(taken, known=known).then(keep)
    note, before_note = note_in(taken.phase), note_in(before)
    again = taken.known.note_missing and isinstance(event, Ticked)
    if any(isinstance(each, KeepCase) for each in taken.effects):
        return taken
    if note == before_note and not again:
        return taken
    known, attempt = numbered(taken.known)
    known = replace(known, note_attempt=attempt, note_missing=False)
    return replace(taken, known=known).then(KeepCase(attempt, note))


def note_kept(known: Known, phase: Phase, reply: Reply) -> Step:
    """The keychain has it; or it is tried again."""
    missing = isinstance(reply, No)
    return Step(replace(known, note_attempt=0, note_missing=missing), phase)


def ends(taken: Step) -> bool:
    """Whether the step has recorded the end of a case already."""
    records = (each.record for each in taken.effects if isinstance(each, KeepRecord))
    return any(each.act is Act.CASE_ENDED for each in records)


def case_of(phase: Phase) -> Case | None:
    """The case in or under that phase, kept or not."""
    session = session_of(phase)
    return session.case if session is not None else None


def note_in(phase: Phase) -> CaseNote | None:
    """What the keychain has to remember of that phase. A relief counts from their record on."""
    session = session_of(phase)
    if isinstance(phase, Entering) and phase.relieves is not None and session is not None:
        session = replace(session, person=phase.relieves.person, strength=phase.relieves.strength)
    return noted(session, session.case) if session is not None and session.case else None


def overridden(known: Known, session: Session, at: datetime) -> str:
    """Why nobody would come back to that outside of a case, as its record says; empty for nothing.

    A refusal is no dead end there: whoever is in may come back until the case ends.
    """
    account_id = session.account.id
    refusal = forbidden(account_now(known, session.account)) or unlisted(known, session)
    if refusal is not None:
        return refusal.code.value
    if session.case is not None and session.case.pending:
        reason = session.case.pending[0].reason
        return reason.code.value if isinstance(reason, Refusal) else reason.value
    if not trusts(trust_of(known, account_id), account_id):
        return Code.TRUST_MISSING.value
    return "" if governed(known, account_id, at) else TERMS_OVER


def restored(known: Known, note: CaseNote | int, at: datetime) -> Step:
    """After a restart: locked, the case kept (law 8). One that is too old is over, and said so."""
    if isinstance(note, int):
        return over_since(known, note, at)
    own = personal_account(known, note.account_id)
    account = own.account if own is not None else known.account
    there = own is not None or is_primary_account(known, note.account_id)
    if account is None or not there or at >= note.until:
        return over_since(known, note.sequence, at)
    until = min(note.until, at + LONGEST)
    case = Case(
        note.sequence,
        note.whose,
        note.began_at,
        at,
        until,
        pending=note.pending,
        visit=note.visit,
    )
    listed = person_of(known, note.person.id, at)
    strength = note.strength
    if account.shared and listed is None and note.person.id != account.id:
        strength = Strength.SELF_NAMED  # a name that nobody here vouches for
    session = Session(
        account, listed or note.person, strength, at, 0, awaiting_server=False, case=case
    )
    known, keep = recorded(known, at, Act.LOCKED, Cause.RESTART, session)
    return Step(known, Locked(session, Cause.RESTART), (keep,))


def over_since(known: Known, sequence: int, at: datetime) -> Step:
    """It ended while the kiosk was off: nobody comes back to it."""
    known, keep = recorded(known, at, Act.CASE_ENDED, Cause.RESTART, None, subject=str(sequence))
    return Step(known, AtLogin(), (keep, KeepCase(0, None)))


def noted(session: Session, case: Case) -> CaseNote:
    """What the keychain remembers of it."""
    return CaseNote(
        case.sequence,
        case.whose,
        case.began_at,
        case.until,
        session.account.id,
        session.person,
        session.strength,
        case.visit,
        case.pending,
    )


def with_session(
    known: Known, phase: Over | Entering, session: Session, at: datetime
) -> Over | Entering:
    """The same phase with the session as it is now; at work another idle limit counts from now."""
    if isinstance(phase, Active):
        locks_at = begin_work(known, session, at).locks_at
        return replace(phase, session=session, locks_at=locks_at, warned=False)
    return replace(phase, session=session)
