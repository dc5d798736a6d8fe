"""What every rule is made of: a step's result, numbered requests, and records made in the act."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from kiosk.session.model.audit import Act, Cause, Record
from kiosk.session.model.case import Pending
from kiosk.session.model.challenge import Purpose, SentBySite, Source
from kiosk.session.model.effects import (
    Effect,
    KeepPainted,
    KeepRecord,
    OpenChallenge,
    ReadDay,
)
from kiosk.session.model.painted import Painted
from kiosk.session.model.people import Account, Person, Strength
from kiosk.session.model.refusals import (
    A_CODE_HELPS,
    CUTS_THROUGH,
    OF_THE_COMPUTER,
    Code,
    Fault,
    Refusal,
)
from kiosk.session.model.state import (
    Active,
    AskingForCode,
    AskingPassword,
    AtLogin,
    AwaitingCode,
    ChoosingApprover,
    Entering,
    Known,
    Over,
    Phase,
    Session,
    floats,
    has_to_wait,
    limits_of,
)
from kiosk.session.model.terms import Terms, Word
from kiosk.session.model.trust import Trust
from kiosk.session.rules.accounts import (
    apply_no_to_trust,
    is_primary_account,
    person_in,
    personal_account,
    polling_account,
    reconciled,
    with_personal_account,
)

GATHERED = timedelta(seconds=2)
"""How long a record waits for others before they are sent together."""
LONGEST_WAIT = timedelta(minutes=70)
"""Longer than any wait of the background (``sync.plan``)."""
LISTED = frozenset({Strength.TILE, Strength.BADGE})
"""Whoever came in so stands on the list of the account, as long as they do."""


@dataclass(frozen=True, slots=True)
class Step:
    """What follows from one event: the new state and what to do."""

    known: Known
    phase: Phase
    effects: tuple[Effect, ...] = ()

    def then(self, *effects: Effect) -> "Step":
        """The same step with more to do after what it does already."""
        return replace(self, effects=self.effects + effects)

    def after(self, *effects: Effect) -> "Step":
        """The same step with more to do before what it does already."""
        return replace(self, effects=effects + self.effects)


def numbered(known: Known) -> tuple[Known, int]:
    """A number for the next request, never given before in this run."""
    attempt = known.attempt + 1
    return replace(known, attempt=attempt), attempt


def idle_limit(known: Known, session: Session | None) -> timedelta:
    """For how long there may be no sign of life before it locks: a case has a limit of its own."""
    limits = limits_of(known)
    if session is not None and session.in_case:
        return max(limits.idle_lock, limits.case_cover)
    return limits.idle_lock


def begin_work(known: Known, session: Session, at: datetime) -> Active:
    """In the room, and not idle."""
    return Active(session, at + idle_limit(known, session))


def recorded(
    known: Known,
    at: datetime,
    act: Act,
    cause: Cause,
    session: Session | None,
    *,
    account: Account | None = None,
    attempt: int = 0,
    detail: str = "",
    subject: str = "",
) -> tuple[Known, KeepRecord]:
    """A record fixed in the act itself (law 4). ``attempt`` 0: nobody waits for it.

    It is sent soon, with what else is recorded meanwhile; during an outage the outage's wait holds.
    """
    account = session.account if session else account or known.account
    record = Record(
        sequence=known.next_sequence,
        at=at,
        act=act,
        cause=cause,
        actor=session.person.id if session else "",
        account=account.id if account else "",
        strength=session.strength if session else Strength.NONE,
        device=known.device,
        detail=detail,
        subject=subject,
    )
    known = replace(known, next_sequence=known.next_sequence + 1)
    return sent_soon(known, at), KeepRecord(attempt, record)


def sent_soon(known: Known, at: datetime) -> Known:
    """Something more waits to be sent: soon, or when an outage's wait is over."""
    due = known.sending.due
    if due is None or not has_to_wait(known):
        due = min(due or at + GATHERED, at + GATHERED)
    return replace(known, sending=replace(known.sending, due=due))


def is_due(due: datetime | None, at: datetime) -> bool:
    """Whether it is time. A time that lies further off than any wait was set by a wrong clock.

    A computer that starts seven hours fast would else send and hear nothing for seven hours after
    the server has put its time right.
    """
    return due is not None and (at >= due or due > at + LONGEST_WAIT)


def day_wanted(known: Known) -> tuple[Known, tuple[ReadDay, ...]]:
    """Read the schedule again; an older reading that is under way is not waited for any more.

    It is the room's, and kept for the account that hears the news, whoever works here.
    """
    account = polling_account(known)
    if account is None:
        return known, ()
    known, attempt = numbered(known)
    return replace(known, day_attempt=attempt, day_missed=False), (ReadDay(attempt, account.id),)


def force_sign_out(
    known: Known,
    phase: Over | Entering,
    at: datetime,
    session: Session,
    cause: Cause,
    reason: Refusal | Fault | None,
) -> Step:
    """The session ends now, and the login screen says why; or asks for the new password.

    In a case it stays where it is, and what is the matter waits for the case's end (law 9).
    """
    if session.case is not None and session.in_case and reason is not None and not cuts(reason):
        case, waits = session.case, Pending(cause, reason)
        if waits not in case.pending:
            case = replace(case, pending=(*case.pending, waits))
        return Step(known, replace(phase, session=replace(session, case=case)))
    match reason:
        case Refusal():
            detail, out = reason.code.value, AtLogin(as_shown(session, reason))
        case Fault():
            detail, out = reason.value, AtLogin(reason)
        case None:
            detail, out = "", AtLogin(limit=True)
        case _:
            assert_never(reason)
    known, keep = recorded(known, at, Act.TAKEN_OUT, cause, session, detail=detail)
    known, forget = apply_no_to_trust(known, reason, session.account.id)
    if session.account.shared and known.renewal_due and detail == Code.PASSWORD_CHANGED:
        return Step(known, AskingPassword(session.person.id), (keep, *forget))
    if detail == Code.TRUST_MISSING and session.account.shared and is_set_here(known):
        # The site's page asks for its code by now, which it has texted.
        known, attempt = numbered(known)
        asking = AskingForCode(Purpose.RETURN, session.person.id, attempt)
        ask = OpenChallenge(attempt, Purpose.RETURN, session.account.id)
        return Step(known, asking, (keep, *forget, ask))
    return Step(known, out, (keep, *forget))


def cuts(reason: Refusal | Fault) -> bool:
    """Whether an admin meant it for whoever treats a patient, too."""
    return isinstance(reason, Refusal) and reason.code in CUTS_THROUGH


def is_set_here(known: Known) -> bool:
    """Whether terms were set at the computer: the site has only a web sign-in."""
    return known.terms is not None and known.terms.word is Word.HERE


def signed_in(
    known: Known, account_id: str, trust: Trust, terms: Terms
) -> tuple[Known, tuple[Effect, ...]]:
    """The server said yes: that account's trust moves on, and no other's (law 7)."""
    if is_primary_account(known, account_id):
        return apply_terms(replace(known, trust=trust, renewal_due=False), terms)
    own = personal_account(known, account_id)
    if own is None:
        return known, ()
    known = with_personal_account(known, replace(own, account=terms.account, trust=trust))
    return (known, ()) if known.terms is None else repainted(known, known.terms)


def apply_terms(known: Known, terms: Terms) -> tuple[Known, tuple[Effect, ...]]:
    """New terms govern; the login screen of the next start is kept when it changed."""
    same = is_primary_account(known, terms.account.id)
    if same and known.terms is not None and is_set_here(known) and terms.word is Word.HERE:
        # Who shares the account changes by a change of it, not by a sign-in that began before one.
        terms = replace(terms, people=known.terms.people, badges=known.terms.badges)
    known, gone = reconciled(replace(known, terms=terms, account=terms.account), terms)
    known, keep = repainted(known, terms)
    told = {each.name.casefold() for each in terms.self_named}
    left = tuple(each for each in known.self_named if same and each.name.casefold() not in told)
    return replace(known, self_named=left), (*gone, *keep)


def repainted(known: Known, terms: Terms) -> tuple[Known, tuple[Effect, ...]]:
    """What the login screen of the next start paints, kept when it changed."""
    typed = tuple(Person(each.name, each.name) for each in terms.self_named)
    painted = Painted(
        terms.location,
        terms.operatory,
        terms.zone,
        terms.tiles(),
        detail_of(terms.account, terms),
        typed if terms.names else (),
        terms.names,
        tuple(person_in(each.account) for each in known.own),
        known.recent,
    )
    effects = () if painted == known.painted else (KeepPainted(painted),)
    return replace(known, painted=painted), effects


def detail_of(account: Account, terms: Terms) -> str:
    """The second line of a tile: the account that a name enters, if it is not the name itself."""
    return account.label if terms.tiles()[0].id != account.id else ""


def person_of(known: Known, person_id: str, at: datetime) -> Person | None:
    """Who a tile stands for, by the verified terms; without any only the account itself."""
    if known.terms is not None:
        typed = (each for each in floats(known, at) if each.id == person_id)
        return known.terms.person(person_id) or next(typed, None)
    if known.account is not None and person_id in ("", known.account.id):
        return Person(known.account.id, known.account.label)
    return None


def strength_of(known: Known, account: Account, person: Person) -> Strength:
    """How sure a tap makes us: a name of the list, a name that was only typed, or no name."""
    if person.id == account.id:
        return Strength.NONE
    listed = known.terms is None or known.terms.person(person.id) is not None
    return Strength.TILE if listed else Strength.SELF_NAMED


def forbidden(account: Account) -> Refusal | None:
    """A shared account that holds provider or admin rights is refused (law 6, facts.md S7)."""
    if account.shared and account.privileged:
        return Refusal(Code.ACCOUNT_PRIVILEGED)
    return None


def as_shown(session: Session, refusal: Refusal) -> Refusal:
    """What the login screen says: no provider's code helps a login of one's own."""
    if session.account.shared or refusal.code not in A_CODE_HELPS - OF_THE_COMPUTER:
        return refusal
    return Refusal(Code.PIN_UNKNOWN)


def unlisted(known: Known, session: Session | None) -> Refusal | None:
    """Whoever was taken off the list works here no longer (T6), whatever account they use.

    Where the list is kept at this computer they stay until they leave: it says who has a tile, and
    the account may be used as before.
    """
    terms = known.terms
    if session is not None and not session.account.shared:
        return (
            None if personal_account(known, session.account.id) else Refusal(Code.PERSON_UNLISTED)
        )
    if terms is None or session is None or session.strength not in LISTED or is_set_here(known):
        return None
    listed = any(each.id == session.person.id for each in terms.people)
    return None if listed else Refusal(Code.PERSON_UNLISTED)


def asked(phase: ChoosingApprover) -> ChoosingApprover | AwaitingCode:
    """Whose phone; or the keypad at once, where the site has texted by itself."""
    sent = phase.challenge.sent and phase.challenge.approvers
    return awaiting(phase, SentBySite(phase.challenge.approvers[0])) if sent else phase


def awaiting(phase: ChoosingApprover | AwaitingCode, source: Source) -> AwaitingCode:
    """The keypad, for a code from there."""
    return AwaitingCode(
        phase.challenge, source, phase.person_id, phase.place, phase.email, phase.session
    )
