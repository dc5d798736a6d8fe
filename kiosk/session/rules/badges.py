"""Rules of a badge: it stands in for the tap on its holder's tile, wherever a tap would do.

A badge finds a tile, and never signs anybody out: one's own does nothing where one is at work. Who
has a login of their own is asked for the PIN, as after a tap, unless they typed it a little while
ago (``pin_window``). A badge that is nobody's, or two people's, enters nobody, and says so.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.effects import FindBadge, TellReader
from kiosk.session.model.events import Event, ScreenLocked, Suspended
from kiosk.session.model.intents import BadgeGivenUp, BadgeRead, Doubt
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Code, Refusal
from kiosk.session.model.replies import BadgeFound, No
from kiosk.session.model.state import (
    Active,
    AskingPin,
    AtLogin,
    EditingName,
    Known,
    Locked,
    Phase,
    Session,
    attempt_of,
)
from kiosk.session.rules.accounts import is_primary_account, personal_account
from kiosk.session.rules.cases import no_relief
from kiosk.session.rules.entering import (
    ask_pin,
    enter,
    resume,
)
from kiosk.session.rules.moves import Step, numbered, person_of, recorded
from kiosk.session.rules.pin_window import MOST_STRANGE, is_open
from kiosk.session.rules.pins import phase_below
from kiosk.session.rules.returning import entered_own, may_return, relieved
from kiosk.session.rules.working import SAID_FOR, lock

Open = AtLogin | Locked | Active | AskingPin
"""The pages on which somebody may come in."""
PAGE_READS_APART = timedelta(seconds=1)
"""Xchart's page is typed into by scanners of supplies too, which count as no tries: so only as
many are looked up as a hand can hold to a reader (threats T5)."""


def read(known: Known, phase: Open, intent: BadgeRead, at: datetime) -> Step:
    """A badge was held to the reader: whose is it?"""
    badges = known.terms.badges if known.terms is not None else ()
    if intent.for_xchart and (not badges or known.badge_attempt or too_soon(known, at)):
        return Step(known, phase, (TellReader(False),))
    if known.badge_attempt or known.terms is None or attempt_of(phase):
        return Step(known, phase)
    if not badges:
        return unknown_badge(known, phase, Code.BADGES_NONE, at)
    known, attempt = numbered(known)
    known = replace(
        known, badge_attempt=attempt, badge_doubt=intent.doubt, badge_for_xchart=intent.for_xchart
    )
    if intent.for_xchart:
        known = replace(known, xchart_read_at=at)
    return Step(known, phase, (FindBadge(attempt, intent.badge),))


def too_soon(known: Known, at: datetime) -> bool:
    """Whether the page had a badge looked up a moment ago."""
    before = known.xchart_read_at
    return before is not None and timedelta(0) <= at - before < PAGE_READS_APART


def given_up(known: Known, phase: Active, intent: BadgeGivenUp, at: datetime) -> Step:
    """The page has it by now: what is told of it later changes nothing (law 5)."""
    return Step(replace(known, badge_attempt=0) if known.badge_for_xchart else known, phase)


def found(known: Known, phase: Open, badge: BadgeFound, at: datetime) -> Step:
    """Its holder comes in, comes back, or takes over the computer; from any page where they may."""
    if attempt_of(phase):
        return Step(known, phase)
    holder = holder_of(known, badge.marks, at)
    if known.badge_for_xchart:
        taken = found_of(known, phase, holder, at) if holder else Step(known, phase)
        return taken.after(TellReader(bool(holder)))
    if holder:
        return found_of(known, phase, holder, at)
    if badge.marks not in known.strange:
        known = replace(known, strange=(*known.strange, badge.marks)[-MOST_STRANGE:])
    return unknown_badge(known, phase, WHY[known.badge_doubt], at)


def found_of(known: Known, phase: Open, holder: str, at: datetime) -> Step:
    """The badge is that person's."""
    match phase:
        case Active(session=session) if session.person.id == holder:
            return Step(known, phase)
        case AskingPin(account=account) if account.id == holder and not is_open(known, holder, at):
            return Step(known, phase)
        case Active(session=session) if session.in_case and is_another(known, session, holder):
            # Nobody who treats a patient is covered for it.
            return unknown_badge(known, phase, Code.CASE_ON, at)
        case Active(session=session) if session.in_case and (no := no_relief(known, session)):
            return unknown_badge(known, phase, no.code, at)
        case Active(session=session):
            covered = lock(known, at, session, Cause.SWITCH)
            known = covered.known
            return enter_or_resume(known, Locked(session, Cause.SWITCH), holder, at).after(
                *covered.effects
            )
        case AskingPin(session=session):
            return asked_anew(enter_or_resume(known, phase_below(session), holder, at), phase.round)
        case _:
            return enter_or_resume(known, phase, holder, at)


def is_another(known: Known, session: Session, holder: str) -> bool:
    """Whether that badge is of another account than the session's."""
    own = personal_account(known, holder)
    if own is not None:
        return own.account.id != session.account.id
    return not is_primary_account(known, session.account.id)


def asked_anew(step: Step, before: int) -> Step:
    """Another's PIN on the same page: what was typed of the first is no beginning of it."""
    if not isinstance(step.phase, AskingPin):
        return step
    return replace(step, phase=replace(step.phase, round=before + 1))


def enter_or_resume(known: Known, phase: AtLogin | Locked, holder: str, at: datetime) -> Step:
    """To their own session under the cover, or to a clean one; a login of one's own by its PIN."""
    session = phase.session if isinstance(phase, Locked) else None
    own = personal_account(known, holder)
    if own is not None:
        if is_open(known, holder, at):
            return entered_own(known, session, own.account, at, Strength.BADGE)
        if isinstance(phase, Locked) and may_return(known, phase, holder, at):
            return resume(known, phase, at, Strength.TILE)
        if session is not None and session.in_case and session.account.id != holder:
            return Step(known, replace(phase, why=Refusal(Code.CASE_ON)))
        return ask_pin(known, own.account, session)
    if isinstance(phase, Locked) and phase.session.person.id == holder:
        return resume(known, phase, at, Strength.BADGE)
    account, person = known.account, person_of(known, holder, at)
    if account is None or person is None:
        return Step(known, phase)
    if session is None:
        return enter(known, account, person, Strength.BADGE, at)
    if session.in_case:
        return relieved(known, session, holder, at, Strength.BADGE)
    known, keep = recorded(known, at, Act.LEFT, Cause.SWITCH, session)
    return enter(known, account, person, Strength.BADGE, at).after(keep)


def holder_of(known: Known, marks: tuple[str, ...], at: datetime) -> str:
    """The one whose badge it is, of those who have a tile here; empty for nobody, or for two.

    Exactly one badge fits over all that it may say, else nobody's is meant.
    """
    badges = known.terms.badges if known.terms is not None else ()
    found = {(each.mark, each.holder) for each in badges if each.mark in marks}
    if len(found) != 1:
        return ""
    ((_, holder),) = found
    there = personal_account(known, holder) is not None or person_of(known, holder, at) is not None
    return holder if there else ""


def cancel_stale_badge_lookup(before: Phase, taken: Step, event: Event) -> Step:
    """A badge counts on the page it was held to, else it is held to the reader once more.

    A lock, above all, is not undone by one from before it (laws 3, 5).
    """
    if type(taken.phase) is type(before) and not isinstance(event, ScreenLocked | Suspended):
        return taken
    return replace(taken, known=replace(taken.known, badge_attempt=0))


WHY = {
    Doubt.NONE: Code.BADGE_UNKNOWN,
    Doubt.LAYOUT: Code.BADGE_LAYOUT,
    Doubt.CAPS_LOCK: Code.BADGE_CAPS_LOCK,
}


def unknown_badge(known: Known, phase: Open, why: Code, at: datetime) -> Step:
    """Said where it happened; whoever is at work goes on working."""
    refusal = Refusal(why)
    match phase:
        case Active():
            return Step(known, replace(phase, strange_until=at + SAID_FOR, strange=why))
        case Locked() | AskingPin():
            return Step(known, replace(phase, why=refusal))
        case AtLogin():
            return Step(known, AtLogin(refusal))


def not_found(known: Known, phase: Phase, no: No) -> Step:
    """The keychain does not answer: the tile is still there to be tapped."""
    match phase:
        case AtLogin():
            return Step(known, AtLogin(no.why))
        case Locked() | EditingName():
            return Step(known, replace(phase, why=no.why))
        case Active() if known.badge_for_xchart:
            return Step(known, phase, (TellReader(False),))
        case _:
            return Step(known, phase)
