"""The pages of *Names*: who has a tile, where that is kept at this computer."""

from datetime import datetime
from typing import assert_never

from kiosk.session.model import state as s
from kiosk.session.model.audit import Act
from kiosk.session.model.refusals import Code, Fault, Reason, Refusal
from kiosk.session.pages import words
from kiosk.session.pages.seen import reason
from kiosk.session.pages.views import (
    FactLine,
    NamesView,
    NameView,
    NamingView,
    Notice,
    PasswordView,
    TileView,
    Tone,
    View,
)
from kiosk.session.rules.roster import has_badge, is_by_it, listed

DONE = {
    Act.NAME_ADDED: "{} has a tile now.",
    Act.NAME_REMOVED: "{} has no tile any more.",
    Act.BADGE_GIVEN: "The badge is {}'s from now on.",
    Act.BADGE_TAKEN: "{} has no badge any more.",
}


def names(
    known: s.Known,
    phase: s.ListingNames | s.UnlockingNames | s.AddingName | s.EditingName,
    at: datetime,
) -> View:
    """Whatever of it is on show."""
    match phase:
        case s.ListingNames():
            return name_list(known, phase, at)
        case s.UnlockingNames():
            return unlocking(known, phase, at)
        case s.AddingName():
            return adding(phase)
        case s.EditingName():
            return one_name(known, phase, at)
        case _:
            assert_never(phase)


def name_list(known: s.Known, phase: s.ListingNames, at: datetime) -> NamesView:
    """Everybody who has a tile; what was changed last is said above."""
    label = account_label(known)
    people = known.terms.people if known.terms is not None else ()
    text = (
        "Whoever stands here has a tile on the login screen of this computer."
        if people
        else "Nobody has a name here yet. Whoever gets one has a tile on the login screen of this "
        f"computer, and is noted by it. {label} is entered as before."
    )
    if not phase.unlocked:
        text += f" To change a name, the password of {label} is asked for once."
    busy = known.roster_attempt != 0
    notice = why_not(known, phase.why, at)
    if notice is None and phase.done is not None and not busy:
        notice = Notice(Tone.GOOD, DONE[phase.done].format(phase.whom))
    tiles = tuple(TileView(each.id, each.name, detail_of(known, each.id)) for each in people)
    return NamesView("Names", text, tiles, "Add a name", notice, busy)


def detail_of(known: s.Known, person_id: str) -> str:
    """What there is to know of one name beside it."""
    by_it, badge = is_by_it(known, person_id), has_badge(known, person_id)
    return ", ".join((*(["Set by IT"] if by_it else []), *(["Badge"] if badge else [])))


def unlocking(known: s.Known, phase: s.UnlockingNames, at: datetime) -> PasswordView:
    """Whoever knows the account's password may change who has a tile."""
    return PasswordView(
        f"Password of {account_label(known)}",
        "The one that this computer keeps. It is compared here, not sent to Xchart.",
        why_locked(known, phase.why, at),
        phase.attempt != 0,
        new=False,
    )


def adding(phase: s.AddingName) -> NamingView:
    """A name that is to be kept."""
    notice = None
    if phase.unclear:
        notice = words.problem(
            "That is not a name yet.", "A first name, and one letter of the last name."
        )
    elif phase.taken:
        notice = words.problem(
            f"There is a {phase.taken} already.", "Nobody could tell the two apart."
        )
    return NamingView(
        "Who gets a tile?",
        "The name stands on the login screen of this computer until it is removed, and beside "
        "what is done under it.",
        notice,
    )


def one_name(known: s.Known, phase: s.EditingName, at: datetime) -> NameView:
    """One name, and the way to take it away where it is not IT's."""
    name, has = phase.person.name, has_badge(known, phase.person.id)
    badge = (
        "Held to the reader, it enters. Another one that is read here takes its place."
        if has
        else "None. Hold one to the reader now."
    )
    if is_by_it(known, phase.person.id):
        text, tile, removal = "IT has set this name. Only IT takes it away.", "Set by IT", ""
    else:
        text = f"Whoever works as {name} when the name is removed stays until they leave."
        tile, removal = "Set on this computer", "Remove this name"
    return NameView(
        name,
        text,
        (FactLine("Tile", tile), FactLine("Badge", badge)),
        removal,
        "Take the badge away" if has else "",
        badge_notice(known, phase, at),
    )


def badge_notice(known: s.Known, phase: s.EditingName, at: datetime) -> Notice | None:
    """Why the badge that was read last is not theirs now."""
    if phase.theirs == phase.person.id:
        return Notice(Tone.INFO, f"This is {phase.person.name}'s badge already.")
    if phase.theirs:
        other = listed(known, phase.theirs)
        whose = other.name if other is not None else "somebody else"
        return words.problem(
            f"That badge is {whose}'s.", "Two people cannot have one: take it away there."
        )
    return reason(known, phase.why, at)


def why_locked(known: s.Known, why: Reason | None, at: datetime) -> Notice | None:
    """Why the names stay as they are, after a password was typed."""
    match why:
        case Refusal(code=Code.CREDENTIALS_WRONG):
            left = words.tries(why.tries_left)
            return words.problem("That is not the password that is kept here.", f"Try again.{left}")
        case Refusal(code=Code.DEVICE_PASSWORD_WRONG):
            return words.problem(
                "No password is kept on this computer.",
                "Tap a tile and sign in once; then names can be changed.",
            )
        case _:
            return reason(known, why, at)


def why_not(known: s.Known, why: Reason | None, at: datetime) -> Notice | None:
    """Why a change was not carried out; the sentences of an entry would speak of one."""
    if isinstance(why, Fault) and why in (Fault.RECORDS_FULL, Fault.RECORDS_UNREADABLE):
        return words.problem(
            "Nothing was changed: it could not be written down.", "Call IT; the disk may be full."
        )
    notice = reason(known, why, at)
    if notice is None:
        return None
    return words.problem(f"Nothing was changed. {notice.title}", notice.text)


def account_label(known: s.Known) -> str:
    """Whose password it is."""
    return known.account.label if known.account is not None else "the account"
