"""Rules that hold in every phase: background contact, news, and the computer's own clock.

Background traffic never moves trust on (law 7); what it can do is end it, or a session (law 12).
"""

from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.session.model.audit import Cause
from kiosk.session.model.challenge import Challenge, Delivery
from kiosk.session.model.effects import Effect, FetchChanges, ReadDay
from kiosk.session.model.events import Answered
from kiosk.session.model.people import Invited
from kiosk.session.model.refusals import (
    ENDS_TRUST,
    IN_THE_WAY,
    OF_THE_COMPUTER,
    Fault,
    Refusal,
    Unreachable,
)
from kiosk.session.model.replies import (
    Accepted,
    BadgeFound,
    CaseKept,
    CredentialUnwrapped,
    DayRead,
    Delivered,
    InvitationAccepted,
    News,
    No,
    PageGranted,
    PasswordProved,
    PasswordRenewed,
    PinKept,
    RecordKept,
    RosterKept,
    SessionStarted,
    StartupState,
)
from kiosk.session.model.site import Rehearsed
from kiosk.session.model.state import (
    Active,
    AskingPin,
    AtLogin,
    ChoosingPin,
    Entering,
    Known,
    Over,
    Phase,
    UnlockingNames,
    attempt_of,
    session_of,
)
from kiosk.session.model.terms import Terms
from kiosk.session.model.trust import never_longer, trusts
from kiosk.session.rules.accounts import (
    apply_no_to_trust,
    is_primary_account,
    personal_account,
    polling_account,
    reconciled,
    trust_of,
    with_personal_account,
)
from kiosk.session.rules.moves import (
    Step,
    apply_terms,
    day_wanted,
    forbidden,
    force_sign_out,
    is_due,
    numbered,
    repainted,
    unlisted,
)

LONGEST_RETRY = timedelta(minutes=5)
SOON = timedelta(seconds=10)
"""So soon the server is asked again when somebody is at the computer. Their hands are the jitter:
a thousand kiosks are not touched at once (threats.md T10)."""

COMPARES_HERE = AskingPin | ChoosingPin | UnlockingNames
"""What is typed on these is refused by this computer, as a rule without asking anybody else."""


def contact_at(known: Known) -> datetime | None:
    """When to ask for news next; None while a question is out, or without trust to ask with."""
    account = polling_account(known)
    if account is None or known.contact_attempt:
        return None
    return known.contact_due if trusts(trust_of(known, account.id), account.id) else None


def keep_contact(known: Known, at: datetime) -> tuple[Known, tuple[Effect, ...]]:
    """Ask for news when it is time."""
    account = polling_account(known)
    if account is None or not is_due(contact_at(known), at):
        return known, ()
    known, attempt = numbered(known)
    known = replace(known, contact_attempt=attempt, contact_account=account.id)
    return known, (FetchChanges(attempt, account.id),)


def note_reachability(known: Known, phase: Phase, answer: Answered, at: datetime) -> Known:
    """What an awaited answer says of the server: it answers, or since when it does not.

    A wrong PIN or password is this computer's own no, and comes while the server is away too.
    """
    match answer.reply:
        case No(why=Unreachable() as reach):
            if answer.attempt == known.sending.attempt and reach in IN_THE_WAY:
                # The server is not away: what is sent does not get through (``Sending.reach``).
                return known
            return replace(known, reach=reach, unreached_since=known.unreached_since or at)
        case No(why=Fault()):
            return known
        case No() if isinstance(phase, COMPARES_HERE) and answer.attempt == attempt_of(phase):
            return known
        case No():
            return answers_again(known, at)
        case StartupState() | RecordKept() | CaseKept() | PinKept() | CredentialUnwrapped():
            return known
        case PasswordRenewed() | PasswordProved() | RosterKept():
            return known
        case BadgeFound() | DayRead() | Rehearsed():
            return known
        case Challenge() | Invited() | InvitationAccepted() | Delivery():
            return answers_again(known, at)
        case Accepted() | SessionStarted() | PageGranted() | News() | Delivered():
            return answers_again(known, at)


def answers_again(known: Known, at: datetime) -> Known:
    """After an outage, what waited is asked and sent at once."""
    if known.unreached_since is None:
        return known
    sending = known.sending
    if sending.due is not None:
        sending = replace(sending, due=at)
    return replace(known, reach=None, unreached_since=None, contact_due=at, sending=sending)


def looked_at(known: Known, at: datetime) -> Known:
    """Somebody is there during an outage: what the bar says of it is soon true again.

    The wait of the plan has grown to minutes by then. It is the cheapest question that is asked
    soon, never what waits to be sent; a server that wants to be left alone is (``sync.backoff``).
    """
    due = known.contact_due
    if known.unreached_since is None or due is None:
        return known
    return replace(known, contact_due=min(due, at + SOON))


def contact_answered(known: Known, phase: Phase, reply: News | No, at: datetime) -> Step:
    """The answer to the background question."""
    known = replace(known, contact_attempt=0, contact_due=reply.again_at or at + LONGEST_RETRY)
    match reply:
        case News():
            known = replace(known, opens=reply.opens or known.opens)
            known, read = day_news(known, phase, reply, at)
            return apply_news(known, phase, reply.terms, at).after(*read)
        case No(why=Refusal(code=code) as refusal) if code in ENDS_TRUST:
            return end_for_no(known, phase, refusal, known.contact_account, at)
        case No(why=Fault() as fault) if fault is Fault.KEYCHAIN_CORRUPT:
            return end_for_no(known, phase, fault, known.contact_account, at)
        case _:
            return Step(known, phase)


def apply_news(known: Known, phase: Phase, terms: Terms | None, at: datetime) -> Step:
    """New terms, which never lengthen trust; those that forbid the account end its session."""
    if terms is None or older(known, terms):
        return Step(known, phase)
    if not is_primary_account(known, terms.account.id):
        return apply_personal_news(known, phase, terms)
    known = replace(known, trust=never_longer(known.trust, terms.trust_horizon_at))
    known, effects = apply_terms(known, terms)
    refusal = forbidden(terms.account)
    if refusal is not None:
        return end_for_no(known, phase, refusal, terms.account.id, at).after(*effects)
    session = session_of(phase)
    refusal = unlisted(known, session)
    if session is None or refusal is None or not isinstance(phase, Over | Entering):
        return Step(known, phase, effects)
    out = force_sign_out(known, phase, at, session, Cause.SERVER, refusal)
    return out.after(*effects)


def apply_personal_news(known: Known, phase: Phase, terms: Terms) -> Step:
    """Terms that a personal account heard: of everybody who has one here, and not of the house.

    Who is not among them any more is taken out with the step (law 12).
    """
    own = personal_account(known, terms.account.id)
    if own is not None:
        trust = never_longer(own.trust, terms.trust_horizon_at)
        known = with_personal_account(known, replace(own, account=terms.account, trust=trust))
    known, forget = reconciled(known, terms)
    keep: tuple[Effect, ...] = ()
    if known.terms is not None:
        known, keep = repainted(known, known.terms)
    return Step(known, phase, (*forget, *keep))


def day_news(
    known: Known, phase: Phase, news: News, at: datetime
) -> tuple[Known, tuple[ReadDay, ...]]:
    """The schedule is read again where someone looks at it: it changed, or it is known afresh."""
    if news.day_changed:
        # Also on the way in: what was read a moment before is old already.
        return day_wanted(known) if isinstance(phase, Active | Entering) else (known, ())
    if not isinstance(phase, Active):
        return known, ()
    return replace(known, day_as_of=at if known.day_as_of else None), ()


def older(known: Known, terms: Terms) -> bool:
    """Whether a sign-in brought newer terms while that news was on its way."""
    return known.terms is not None and terms.issued_at < known.terms.issued_at


def end_for_no(
    known: Known, phase: Phase, reason: Refusal | Fault, account_id: str, at: datetime
) -> Step:
    """A no to a question of that account: a session ends, or the login screen says why not."""
    session = session_of(phase)
    of_all = isinstance(reason, Fault) or reason.code in OF_THE_COMPUTER
    ours = session is not None and (of_all or session.account.id == account_id)
    if ours and session is not None and isinstance(phase, Over | Entering):
        # Another account's goes on, unless the computer itself is meant (facts.md S3).
        return force_sign_out(known, phase, at, session, Cause.SERVER, reason)
    known, forget = apply_no_to_trust(known, reason, account_id)
    # What is said of one personal account, its own tile will tell.
    if not isinstance(phase, AtLogin) or not (of_all or is_primary_account(known, account_id)):
        return Step(known, phase, forget)
    return Step(known, AtLogin(reason), forget)
