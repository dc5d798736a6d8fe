"""Rules of names on the shared account: *Someone else* types one, *Change* puts one right.

A name is the clinic's own note, not an Xchart identity. One that is typed counts until the end of
the clinic's day, and every record says that nobody vouches for it. One that was wrong is put right
by a new record that names both; nothing that was written is touched (law 4).
"""

import re
from dataclasses import replace
from datetime import datetime
from unicodedata import category, normalize
from unicodedata import name as name_of_sign

from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.effects import ReadDay
from kiosk.session.model.intents import ChangeWanted, NameGiven, TileTapped, WentBack
from kiosk.session.model.people import SOMEONE_ELSE, Person, SelfNamed
from kiosk.session.model.state import (
    Active,
    AtLogin,
    Correcting,
    Known,
    Locked,
    Naming,
    Session,
    floats,
)
from kiosk.session.rules.accounts import person_in, personal_accounts
from kiosk.session.rules.cases import no_relief
from kiosk.session.rules.entering import ask_pin, may_be_named
from kiosk.session.rules.moves import Step, begin_work, day_wanted, person_of, recorded
from kiosk.session.rules.returning import switched_to

FILLERS = "\u115f\u1160\u3164\uffa0"
"""Letters by Unicode's count that leave nothing on the screen."""
APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u201b\u02bb\u02bc\u2032`\u00b4\uff07"), "'")
"""What keyboards type for the apostrophe of O'Brien: one name, however it was typed."""
ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
"""Scripts whose letters pass for each other's; others are mixed in names as they are written."""
LONGEST = 30
MOST = 50
"""So many names may be typed here before the oldest gives way."""


def named(known: Known, phase: Naming, intent: NameGiven, at: datetime) -> Step:
    """A name was typed: it is a tile for the rest of the day, and enters at once."""
    name, terms = written(intent.first, intent.initial), known.terms
    if terms is None or not may_be_named(known):
        return unnamed(known, phase, WentBack(), at)  # names were switched off meanwhile
    if not name:
        return Step(known, replace(phase, unclear=True))
    own = next((o for o in personal_accounts(known) if is_same(o.account.label, name)), None)
    if own is not None and not phase.corrects:
        return ask_pin(known, own.account, phase.session)  # their own tile is meant
    # Who has a tile already is meant by it.
    there = (*terms.tiles(), *floats(known, at))
    known_as = next((each.id for each in there if is_same(each.name, name)), "")
    if phase.session is not None and phase.session.person.id in (known_as, name):
        return unnamed(known, phase, WentBack(), at)  # it was the right name all along
    if not known_as:
        new = SelfNamed(name, terms.day_end(at))
        known = replace(known, self_named=(*known.self_named, new)[-MOST:])
    if phase.corrects and phase.session is not None:
        return put_right(known, phase.session, known_as or name, at)
    return switched_to(known, phase.session, known_as or name, at)


def unnamed(known: Known, phase: Naming, intent: WentBack, at: datetime) -> Step:
    """Nobody else: back to the login screen, or to the cover."""
    if phase.session is None:
        return Step(known, AtLogin())
    return Step(known, Locked(phase.session, Cause.PERSON))


def change_wanted(known: Known, phase: Active, intent: ChangeWanted, at: datetime) -> Step:
    """*Change*, where there are names to change."""
    if not may_be_named(known) or not phase.session.account.shared:
        return Step(known, phase)
    return Step(known, Correcting(phase.session))


def unchanged(known: Known, phase: Correcting, intent: WentBack, at: datetime) -> Step:
    """The name was right: back to work."""
    return back_to_work(known, phase.session, at)


def corrected(known: Known, phase: Correcting, intent: TileTapped, at: datetime) -> Step:
    """It was somebody else: recorded beside what stands, and whoever it is goes on by name."""
    session = phase.session
    if intent.person_id == session.person.id:
        return back_to_work(known, session, at)
    if not may_be_named(known):
        return back_to_work(known, session, at)
    if session.in_case and no_relief(known, session) is not None:
        # Nobody new may come in: whoever treats goes on, and is covered for nothing.
        return back_to_work(known, session, at)
    if intent.person_id == SOMEONE_ELSE:
        known, keep = recorded(known, at, Act.LOCKED, Cause.SWITCH, session)
        return Step(known, Naming(session, corrects=True), (keep,))
    if person_of(known, intent.person_id, at) is None:
        return Step(known, phase)
    return put_right(known, session, intent.person_id, at)


def put_right(known: Known, session: Session, person_id: str, at: datetime) -> Step:
    """One record that names both: whom the session's records name, and who it was."""
    known, keep = recorded(known, at, Act.CORRECTED, Cause.PERSON, session, detail=person_id)
    return switched_to(known, session, person_id, at).after(keep)


def back_to_work(known: Known, session: Session, at: datetime) -> Step:
    """To the room, whose list of the day is read anew."""
    read: tuple[ReadDay, ...]
    known, read = day_wanted(known)
    return Step(known, begin_work(known, session, at), read)


def is_same(one: str, other: str) -> bool:
    """Whether two names are one, in whichever case they are typed, and with its last dot or not.

    "maria.l@..." is called "Maria L" by the address of her own login, and typed as "Maria L.".
    """
    return one.casefold().removesuffix(".") == other.casefold().removesuffix(".")


def called(known: Known, name: str) -> Person | None:
    """Who is called so for more than a day: listed, a login of one's own, or the account."""
    terms = known.terms
    if terms is None:
        return None
    logins = (*(each.account for each in personal_accounts(known)), terms.account)
    there = (*terms.people, *map(person_in, logins))
    return next((each for each in there if is_same(each.name, name)), None)


def written(first: str, initial: str) -> str:
    """ "lena", "p" is "Lena P."; empty where that is evidently no name: 30 signs at most.

    Letters, joined by what names are joined by; "St. John", "J.R." and any apostrophe a keyboard
    has are names too.
    """
    # Before the letters are unified: some of these would fall apart into a blank and a mark.
    first = " ".join(normalize("NFKC", first.translate(APOSTROPHES)).split())
    initial = normalize("NFKC", initial).strip().removesuffix(".")
    if not 0 < len(first) <= LONGEST or len(initial) != 1 or not is_letter(initial):
        return ""
    if not all(map(is_name, re.split("[ '\u2019-]", first))) or is_mixed(first + initial):
        return ""
    return f"{capital(first[0])}{first[1:]} {capital(initial)}."


def is_name(part: str) -> bool:
    """Whether it is a part of a name: letters, perhaps shortened: "Maria", "Ma.", "J.R."."""
    pieces = part.removesuffix(".").split(".")
    return all(piece and is_letter(piece[0]) and all(map(is_part, piece)) for piece in pieces)


def is_mixed(name: str) -> bool:
    """Whether it has letters of two scripts that look alike: a Cyrillic "a" in "Maria" is there to
    be taken for hers. Beside a server that compares what names look like; nobody else would."""
    scripts = {name_of_sign(sign, "").partition(" ")[0] for sign in name if sign.isalpha()}
    return len(scripts & ALIKE) > 1


def capital(letter: str) -> str:
    """The letter as a name begins; one whose capital is two letters (\u00df) stays as it is."""
    large = letter.upper()
    return large if len(large) == 1 else letter


def is_letter(sign: str) -> bool:
    """Whether it is one, and can be seen."""
    return sign.isalpha() and sign not in FILLERS


def is_part(sign: str) -> bool:
    """Whether it may stand within a name: a letter, or the mark on one."""
    return is_letter(sign) or category(sign) in {"Mn", "Mc"}
