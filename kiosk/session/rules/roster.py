"""Rules of the names that are kept at this computer: who has a tile, and whose badge it is.

A site that has only a web sign-in says neither. Whoever knows the account's password does, which is
asked for once on a visit of these pages and compared here; it lies in no phase, only that it was
right. What the settings name is IT's, and stays. A change is on the record before it is made
(law 2), whatever page is on show by then; who was tapped before it stays until they leave.
"""

from dataclasses import replace
from datetime import datetime

from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.effects import FindBadge, KeepRecord, ProvePassword
from kiosk.session.model.intents import (
    BadgeRead,
    BadgeTakenAway,
    Doubt,
    NameAddWanted,
    NameGiven,
    NameRemoved,
    NamesWanted,
    PasswordGiven,
    TileTapped,
    WentBack,
)
from kiosk.session.model.people import Person
from kiosk.session.model.refusals import Code, Refusal
from kiosk.session.model.replies import BadgeFound, No, PasswordProved, Reply, RosterKept
from kiosk.session.model.state import (
    AddingName,
    EditingName,
    Entering,
    Known,
    ListingNames,
    Phase,
    Session,
    ThisComputer,
    UnlockingNames,
)
from kiosk.session.model.terms import Badge, Roster, Terms
from kiosk.session.rules.badges import WHY
from kiosk.session.rules.moves import (
    LISTED,
    Step,
    force_sign_out,
    is_set_here,
    numbered,
    recorded,
    repainted,
)
from kiosk.session.rules.naming import called, written


def may_keep_names(known: Known) -> bool:
    """Whether they are kept here: no server has them, and several people share the account."""
    return is_set_here(known) and known.account is not None and known.account.shared


def listed(known: Known, person_id: str) -> Person | None:
    """The one of that name, of those who have one."""
    people = known.terms.people if known.terms is not None else ()
    return next((each for each in people if each.id == person_id), None)


def is_by_it(known: Known, person_id: str) -> bool:
    """Whether the settings name them: nobody takes that away on the screen."""
    return known.terms is not None and person_id in known.terms.by_it


def has_badge(known: Known, person_id: str) -> bool:
    """Whether a badge is theirs."""
    badges = known.terms.badges if known.terms is not None else ()
    return any(each.holder == person_id for each in badges)


def shown(known: Known, phase: ThisComputer, intent: NamesWanted, at: datetime) -> Step:
    """*Names*: anybody may see who has a tile."""
    return Step(known, ListingNames(phase.session) if may_keep_names(known) else phase)


def closed(known: Known, phase: ListingNames, intent: WentBack, at: datetime) -> Step:
    """The visit is over: the next one asks for the password again."""
    return Step(known, ThisComputer(phase.session))


def add_wanted(known: Known, phase: ListingNames, intent: NameAddWanted, at: datetime) -> Step:
    """*Add a name*, once the password was typed."""
    if known.roster_attempt:
        return Step(known, phase)
    session = phase.session
    return Step(known, AddingName(session) if phase.unlocked else UnlockingNames(session))


def chosen(known: Known, phase: ListingNames, intent: TileTapped, at: datetime) -> Step:
    """One of them, once the password was typed."""
    person = listed(known, intent.person_id)
    if person is None or known.roster_attempt:
        return Step(known, phase)
    if not phase.unlocked:
        return Step(known, UnlockingNames(phase.session, person.id))
    return Step(known, EditingName(phase.session, person))


def given_password(
    known: Known, phase: UnlockingNames, intent: PasswordGiven, at: datetime
) -> Step:
    """It was typed: compared here, and sent nowhere."""
    account = known.account
    if phase.attempt or account is None:
        return Step(known, phase)
    known, attempt = numbered(known)
    prove = ProvePassword(attempt, account.id, intent.password)
    return Step(known, replace(phase, attempt=attempt, why=None), (prove,))


def proved(known: Known, phase: UnlockingNames, reply: PasswordProved, at: datetime) -> Step:
    """It was right, for this visit: on to what was wanted."""
    if not phase.person_id:
        return Step(known, AddingName(phase.session))
    person = listed(known, phase.person_id)
    if person is None:
        return Step(known, ListingNames(phase.session, unlocked=True))
    return Step(known, EditingName(phase.session, person))


def not_proved(known: Known, phase: UnlockingNames, no: No, at: datetime) -> Step:
    """It was not, or may not be tried now."""
    return Step(known, replace(phase, attempt=0, why=no.why))


def kept_locked(known: Known, phase: UnlockingNames, intent: WentBack, at: datetime) -> Step:
    """Not now; a yes that comes later unlocks nothing (law 5)."""
    return Step(known, ListingNames(phase.session))


def left(known: Known, phase: AddingName | EditingName, intent: WentBack, at: datetime) -> Step:
    """Back to the list, on the same visit."""
    return Step(known, ListingNames(phase.session, unlocked=True))


def added(known: Known, phase: AddingName, intent: NameGiven, at: datetime) -> Step:
    """A name was typed, by the same rules as one for a day; nobody has two tiles."""
    name, terms = written(intent.first, intent.initial), known.terms
    if terms is None or not name:
        return Step(known, replace(phase, unclear=True, taken=""))
    there = called(known, name)
    if there is not None:
        return Step(known, replace(phase, unclear=False, taken=there.name))
    people = (*terms.people, Person(name, name))
    return change(known, terms, phase.session, Act.NAME_ADDED, name, people, at)


def removed(known: Known, phase: EditingName, intent: NameRemoved, at: datetime) -> Step:
    """The tile goes, and the badge with it."""
    whom, terms = phase.person.id, known.terms
    if terms is None or is_by_it(known, whom) or listed(known, whom) is None:
        return Step(known, phase)
    people = tuple(each for each in terms.people if each.id != whom)
    left_over = tuple(each for each in terms.badges if each.holder != whom)
    terms = replace(terms, badges=left_over)
    return change(known, terms, phase.session, Act.NAME_REMOVED, whom, people, at)


def badge_read(known: Known, phase: EditingName, intent: BadgeRead, at: datetime) -> Step:
    """A badge was held to the reader on somebody's page: what is it known by?"""
    if known.badge_attempt or known.roster_attempt:
        return Step(known, phase)
    known, attempt = numbered(known)
    known = replace(known, badge_attempt=attempt, badge_doubt=intent.doubt, badge_for_xchart=False)
    phase = replace(phase, why=None, theirs="")
    return Step(known, phase, (FindBadge(attempt, intent.badge),))


def badge_found(known: Known, phase: EditingName, badge: BadgeFound, at: datetime) -> Step:
    """It is theirs from now on, and the one that they had before is nobody's.

    As it was typed: with Caps Lock on, or by a layout that does not fit, it would be known by what
    it is not. Nor is it taken from somebody else.
    """
    whom, terms = phase.person.id, known.terms
    marks = tuple(each for each in badge.marks if each)
    if terms is None or listed(known, whom) is None:
        return Step(known, phase)
    if known.badge_doubt is not Doubt.NONE or not marks:
        return Step(known, replace(phase, why=Refusal(WHY[known.badge_doubt])))
    holder = next((each.holder for each in terms.badges if each.mark in marks), "")
    if holder:
        return Step(known, replace(phase, theirs=holder))
    badges = tuple(each for each in terms.badges if each.holder != whom)
    terms = replace(terms, badges=(*badges, Badge(marks[0], whom)))
    return change(known, terms, phase.session, Act.BADGE_GIVEN, whom, terms.people, at)


def badge_taken(known: Known, phase: EditingName, intent: BadgeTakenAway, at: datetime) -> Step:
    """It was lost: from now on it is nobody's."""
    whom, terms = phase.person.id, known.terms
    if terms is None or not has_badge(known, whom):
        return Step(known, phase)
    terms = replace(terms, badges=tuple(each for each in terms.badges if each.holder != whom))
    return change(known, terms, phase.session, Act.BADGE_TAKEN, whom, terms.people, at)


def change(
    known: Known,
    terms: Terms,
    session: Session | None,
    act: Act,
    whom: str,
    people: tuple[Person, ...],
    at: datetime,
) -> Step:
    """On the record first, then kept; back to the list, which waits for it."""
    if known.roster_attempt:
        return Step(known, ListingNames(session, unlocked=True))
    known, attempt = numbered(known)
    known, keep = recorded(known, at, act, Cause.PERSON, session, attempt=attempt, detail=whom)
    local = tuple(each for each in people if each.id not in terms.by_it)
    roster = Roster(local, terms.badges)
    known = replace(known, roster_attempt=attempt, roster=roster)
    phase = ListingNames(session, unlocked=True, done=act, whom=whom)
    return Step(known, phase, (replace(keep, roster=roster, roster_of=terms.account.id),))


def answered(known: Known, phase: Phase, reply: Reply, at: datetime) -> Step:
    """The change is kept, and holds from now on; or it is not, and that is on the record too."""
    roster = known.roster
    known = replace(known, roster_attempt=0, roster=None)
    match reply:
        case RosterKept() if known.terms is not None and roster is not None:
            terms = known.terms
            it = tuple(each for each in terms.people if each.id in terms.by_it)
            terms = replace(terms, people=(*it, *roster.people), badges=roster.badges)
            known, paint = repainted(replace(known, terms=terms), terms)
            return unless_gone(known, phase, at).after(*paint)
        case No(why=why):
            keep: KeepRecord
            session = phase.session if isinstance(phase, ListingNames) else None
            known, keep = recorded(known, at, Act.NAMES_UNCHANGED, Cause.PERSON, session)
            if isinstance(phase, ListingNames):
                phase = replace(phase, done=None, why=why)
            return Step(known, phase, (keep,))
        case _:
            return Step(known, phase)


def unless_gone(known: Known, phase: Phase, at: datetime) -> Step:
    """Who was on the way in under a name that went meanwhile does not come in."""
    if not isinstance(phase, Entering) or phase.resuming:
        return Step(known, phase)
    session = phase.session
    if session.strength not in LISTED or listed(known, session.person.id) is not None:
        return Step(known, phase)
    return force_sign_out(known, phase, at, session, Cause.PERSON, Refusal(Code.PERSON_UNLISTED))
