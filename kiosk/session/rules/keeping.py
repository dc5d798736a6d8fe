"""Rules that hold in every phase: background contact, news, and the computer's own clock.

Background traffic never moves trust on (law 7); what it can do is end it, or a session (law 12).
"""

from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.session.audit import Cause
from kiosk.session.effects import Effect, FetchChanges
from kiosk.session.events import (
    ChallengeOpened,
    ChangesFetched,
    CodeAccepted,
    CodeTexted,
    Event,
    Faulted,
    PageGranted,
    Refused,
    SessionStarted,
    Unreached,
)
from kiosk.session.grant import Grant
from kiosk.session.refusals import ENDS_TRUST, Fault, Refusal
from kiosk.session.rules.moves import Step, believed, forbidden, granted, numbered, taken_out
from kiosk.session.state import AtLogin, Known, Phase, session_of
from kiosk.session.trust import never_longer, trusts

CONTACT_EVERY = timedelta(minutes=1)
FIRST_RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(minutes=5)


def contact_at(known: Known) -> datetime | None:
    """When to ask for news next; None while a question is out, or without trust to ask with."""
    if known.account is None or known.contact_attempt:
        return None
    return known.contact_due if trusts(known.trust, known.account.id) else None


def keep_contact(known: Known, at: datetime) -> tuple[Known, tuple[Effect, ...]]:
    """Ask for news when it is time."""
    wanted_at = contact_at(known)
    if known.account is None or wanted_at is None or at < wanted_at:
        return known, ()
    account_id = known.account.id
    known, attempt = numbered(known)
    return replace(known, contact_attempt=attempt), (FetchChanges(attempt, account_id),)


def heard(known: Known, event: Event, at: datetime) -> Known:
    """What an awaited answer says of the server: it answers, or since when it does not."""
    match event:
        case Unreached(reach=reach):
            wait = min(FIRST_RETRY * 2**known.contact_failures, LONGEST_RETRY)
            return replace(
                known,
                reach=reach,
                unreached_since=known.unreached_since or at,
                contact_failures=min(known.contact_failures + 1, 16),
                contact_due=at + wait,
            )
        case (
            SessionStarted()
            | ChangesFetched()
            | ChallengeOpened()
            | CodeTexted()
            | CodeAccepted()
            | PageGranted()
            | Refused()
        ):
            return replace(
                known,
                reach=None,
                unreached_since=None,
                contact_failures=0,
                contact_due=at + CONTACT_EVERY,
            )
        case _:
            return known


def contact_answered(
    known: Known, phase: Phase, event: ChangesFetched | Refused | Unreached | Faulted, at: datetime
) -> Step:
    """The answer to the background question."""
    known = replace(known, contact_attempt=0)
    match event:
        case ChangesFetched(grant=None) | Unreached():
            return Step(known, phase)
        case ChangesFetched(grant=grant) if grant is not None and older(known, grant):
            return Step(known, phase)
        case ChangesFetched(grant=grant) if grant is not None:
            known = replace(known, trust=never_longer(known.trust, grant.trust_horizon_at))
            known, effects = granted(known, grant)
            refusal = forbidden(grant.account)
            if refusal is None:
                return Step(known, phase, effects)
            return out(known, phase, refusal, at).after(*effects)
        case Refused(refusal=refusal) if refusal.code in ENDS_TRUST:
            return out(known, phase, refusal, at)
        case Faulted(fault=Fault.KEYCHAIN_CORRUPT as fault):
            return out(replace(known, contact_due=at + LONGEST_RETRY), phase, fault, at)
        case _:
            return Step(replace(known, contact_due=at + LONGEST_RETRY), phase)


def older(known: Known, grant: Grant) -> bool:
    """Whether a sign-in brought newer terms while that news was on its way."""
    return known.grant is not None and grant.issued_at < known.grant.issued_at


def out(known: Known, phase: Phase, reason: Refusal | Fault, at: datetime) -> Step:
    """News that ends a session, or says on the login screen why the next tap will not do."""
    session = session_of(phase)
    if session is not None:
        return taken_out(known, at, session, Cause.SERVER, reason)
    known, forget = believed(known, reason)
    if not isinstance(phase, AtLogin):
        return Step(known, phase, forget)
    if isinstance(reason, Refusal):
        return Step(known, AtLogin(refusal=reason), forget)
    return Step(known, AtLogin(fault=reason), forget)
