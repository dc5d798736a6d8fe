"""Rules of the cover: its person comes back, another starts clean, and in a case takes over."""

from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.intents import TileTapped
from kiosk.session.model.people import OWN_LOGIN, SOMEONE_ELSE, Account, Strength
from kiosk.session.model.refusals import Code, Refusal
from kiosk.session.model.state import AskingOwn, AtLogin, Known, Locked, Naming, Session
from kiosk.session.rules import cases
from kiosk.session.rules.accounts import (
    account_now,
    governed,
    is_primary_account,
    offers_own_login,
    person_in,
    personal_account,
)
from kiosk.session.rules.entering import ask_pin, enter, may_be_named, resume, tap
from kiosk.session.rules.moves import Step, person_of, recorded, strength_of

ONCE_MORE = (timedelta(seconds=2), timedelta(minutes=1))
"""A second tap that means it: no earlier and no later after the first."""


def tapped_cover(known: Known, phase: Locked, intent: TileTapped, at: datetime) -> Step:
    """A tile of the cover: the same person resumes, anyone else starts clean."""
    session, person = phase.session, person_of(known, intent.person_id, at)
    if intent.person_id == SOMEONE_ELSE and may_be_named(known):
        return Step(known, Naming(session))
    own = personal_account(known, intent.person_id)
    if session.in_case and not may_come_into(known, session, intent.person_id):
        return start_clean(known, phase, intent, at)
    if intent.person_id == OWN_LOGIN:
        return Step(known, AskingOwn(session) if offers_own_login(known) else phase)
    if own is not None and not may_return(known, phase, own.account.id, at):
        return ask_pin(known, own.account, session)
    if own is not None:
        return resume(known, phase, at, Strength.TILE)
    if intent.person_id == session.person.id:
        # Also past midnight, or with names switched off since: who is off the list is out already.
        return resume(known, phase, at)
    if person is None:
        return Step(known, phase)
    return switched_to(known, session, person.id, at)


def may_come_into(known: Known, session: Session, person_id: str) -> bool:
    """Whether that tile is of the case's own account: whoever is in it, or shares it."""
    own = personal_account(known, person_id)
    if own is not None:
        return own.account.id == session.account.id
    shares = is_primary_account(known, session.account.id) and person_id != OWN_LOGIN
    return shares or person_id == session.person.id


def start_clean(known: Known, phase: Locked, intent: TileTapped, at: datetime) -> Step:
    """Another account than the case's: it ends for them, if they tap once more after a moment.

    A case that nobody can come back to would else keep the computer from everybody for hours.
    """
    tapped_before = phase.starts_clean
    if tapped_before is not None and tapped_before[0] == intent.person_id:
        since = at - tapped_before[1]
        if ONCE_MORE[0] <= since <= ONCE_MORE[1]:
            ended = cases.end(known, replace(phase, starts_clean=None), at, Cause.SWITCH)
            if isinstance(ended.phase, Locked):
                step = tapped_cover(ended.known, ended.phase, intent, at)
                return step.after(*ended.effects)
            return ended
    why = Refusal(Code.CASE_ON)
    return Step(known, replace(phase, why=why, starts_clean=(intent.person_id, at)))


def may_return(known: Known, phase: Locked, account_id: str, at: datetime) -> bool:
    """Whether the tile alone brings back whoever locked it themselves, a little while ago."""
    if phase.session.account.id != account_id or phase.session.id is None:
        return False
    until = phase.own_until
    return until is not None and at < until and governed(known, account_id, at)


def entered_own(
    known: Known,
    session: Session | None,
    account: Account,
    at: datetime,
    strength: Strength = Strength.PIN,
) -> Step:
    """The credential is open: its holder comes back to their own, or starts clean."""
    account = account_now(known, account)
    if session is None:
        return enter(known, account, person_in(account), strength, at)
    if session.account.id == account.id:
        return resume(known, Locked(session, Cause.PERSON), at, strength)
    if session.in_case:
        return Step(known, Locked(session, Cause.SWITCH, Refusal(Code.CASE_ON)))
    known, keep = recorded(known, at, Act.LEFT, Cause.SWITCH, session)
    step = enter(known, account, person_in(account), strength, at)
    return step.after(keep)


def switched_to(known: Known, session: Session | None, person_id: str, at: datetime) -> Step:
    """Somebody else: what was open under that name ends, and they start clean."""
    if session is None:
        return tap(known, AtLogin(), person_id, at)
    if session.in_case:
        return relieved(known, session, person_id, at)
    known, keep = recorded(known, at, Act.LEFT, Cause.SWITCH, session)
    return tap(known, AtLogin(), person_id, at).after(keep)


def relieved(
    known: Known,
    session: Session,
    person_id: str,
    at: datetime,
    strength: Strength | None = None,
) -> Step:
    """*Take over case*, by whoever shares the account; a case of one's own is nobody else's."""
    person = person_of(known, person_id, at)
    if person is None or not is_primary_account(known, session.account.id):
        return Step(known, Locked(session, Cause.SWITCH, Refusal(Code.CASE_ON)))
    sure = strength or strength_of(known, session.account, person)
    return cases.take_over(known, session, person, sure, at)
