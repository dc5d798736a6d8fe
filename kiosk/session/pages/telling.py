"""The pages that tell: This computer, its removal, and what cannot go on."""

from datetime import datetime
from typing import assert_never

from kiosk.session.model import state as s
from kiosk.session.model.awake import Held, Means
from kiosk.session.model.refusals import Unreachable
from kiosk.session.model.trust import Trust
from kiosk.session.pages import dates, words
from kiosk.session.pages.ahead import code_line
from kiosk.session.pages.naming import people_of
from kiosk.session.pages.restart_words import ready, restart_lines
from kiosk.session.pages.seen import approvers_of, outage, reason, trusted, wrong_clock, zone_of
from kiosk.session.pages.views import FactLine, TellingView, ThisComputerView, Tone
from kiosk.session.rules.accounts import is_primary_account, person_in, personal_accounts
from kiosk.session.rules.moves import is_set_here
from kiosk.session.rules.roster import may_keep_names

SET_HERE = (
    FactLine("Names", "Kept on this computer only. Xchart knows the account, not who was here."),
    FactLine("If it is stolen", "Change the account's password in Xchart: nothing else ends it."),
)
"""What cannot hold where Xchart has only a web sign-in."""


def this_computer(known: s.Known, phase: s.ThisComputer, at: datetime) -> ThisComputerView:
    """What it knows, and what can be done to it; in a login of one's own, to that login."""
    own = own_login(known, phase.session)
    place = known.terms or known.place
    whose = words.whose(approvers_of(known))
    lines = [
        FactLine("Room", f"{place.operatory}, {place.location}"),
        FactLine("Account", known.account.label if known.account else "None yet"),
        FactLine("Server", known.place.server),
    ]
    here = is_set_here(known)
    lines.append(code_line(known, phase.session, at))
    still_in = isinstance(known.trust, Trust) and trusted(known, at)
    removal = "Remove this computer…" if still_in else ""
    lines.append(FactLine("Whose code", whose.removesuffix(" code")))
    notice = outage(known)
    if notice is not None:
        lines.append(FactLine("Internet", notice.title, notice.tone))
    elif not here:
        lines.append(FactLine("Internet", "Xchart answers.", Tone.GOOD))
    if here:
        lines += restart_lines(known)
        lines += SET_HERE
    if phase.session is not None and phase.session.in_case and known.held_off:
        lines.append(held_off(known))
    wrong = wrong_clock(known)
    if wrong is not None:
        lines.append(FactLine("Clock", wrong.title, wrong.tone))
    if own:
        removal = "Remove my login…"
    if phase.session is not None and phase.session.case is not None:
        removal = ""  # nobody is signed out of a case, not even by a press
    kept_here = "Names…" if may_keep_names(known) else ""
    wipe = "Lock and wipe screen" if phase.session is not None else ""
    return ThisComputerView("This computer", tuple(lines), removal, kept_here, wipe)


def held_off(known: s.Known) -> FactLine:
    """Whether the computer may sleep, blank or shut down in the middle of a case."""
    told = {Means.SLEEP: "sleep", Means.BLANKING: "go dark", Means.SHUTDOWN: "shut down"}
    may = [told[means] for means, held in known.held_off if held is not Held.HELD]
    if not may:
        return FactLine("In this case", "It does not sleep, go dark or shut down.", Tone.GOOD)
    return FactLine("In this case", f"It may {' or '.join(may)}. Tell IT.", Tone.WARNING)


def own_login(known: s.Known, session: s.Session | None) -> str:
    """Whose own login the page is about, beside the account that the computer joined with."""
    if session is None or session.account.shared or is_primary_account(known, session.account.id):
        return ""
    return session.account.label


def not_saved(known: s.Known, at: datetime, only: str = "") -> tuple[str, ...]:
    """Who has typed at a site what goes with its pages: ``only`` of that tile, else of all."""
    people = (
        *people_of(known, at),
        *(person_in(each.account) for each in personal_accounts(known)),
    )
    names = {each.id: each.name for each in people}
    kept = (each for each in known.unsent if only in ("", each))
    return tuple(f"What {names.get(each, each)} has typed and not saved is lost." for each in kept)


def removing_own(
    known: s.Known, phase: s.ConfirmingRemoval, session: s.Session, at: datetime
) -> TellingView:
    """One's own login: nobody else is concerned, and nobody's code is needed."""
    waits = isinstance(phase.why, Unreachable)
    whose = session.account.label
    return TellingView(
        Tone.WARNING,
        "Your changes have to be sent first." if waits else "Remove your login here?",
        "What you set here is not with Xchart yet, and could not be sent without your login. "
        "Try again in a minute."
        if waits
        else f"{whose} will no longer open here with a PIN.",
        (
            *not_saved(known, at, session.account.id),
            "Nobody else on this computer is concerned.",
            "To come back, sign in with e-mail and password once, and choose a new PIN.",
        ),
        "Remove my login",
        secondary="Keep it",
        removal=True,
    )


def telling(
    known: s.Known,
    phase: s.AskingForCode | s.ConfirmingRemoval | s.Removed | s.Joined | s.Stopped,
    at: datetime,
) -> TellingView:
    """A page that tells something and has one thing to press."""
    if isinstance(phase, s.ConfirmingRemoval):
        session = phase.session
        if session is not None and own_login(known, session):
            return removing_own(known, phase, session, at)
    whose = words.whose(approvers_of(known))
    account = known.account.label if known.account else "The account"
    match phase:
        case s.AskingForCode() | s.ConfirmingRemoval():
            notice = None
            if isinstance(phase, s.ConfirmingRemoval):
                notice = reason(known, phase.why, at)
            here = is_set_here(known)
            points = (
                *not_saved(known, at),
                (
                    f"Once it is removed, {words.lower(whose)} is needed before anyone can "
                    f"use {account} here again."
                ),
                "At the end of the day you do not need this: press Done instead.",
                "It is signed out at Xchart, and its password is forgotten here."
                if here
                else "To remove it now, a provider confirms it with a code.",
            )
            return TellingView(
                notice.tone if notice else Tone.WARNING,
                notice.title if notice else "Remove this computer?",
                notice.text if notice else f"{account} will no longer open here with one tap.",
                points,
                "Remove this computer",
                secondary="Keep it",
                removal=True,
                busy=isinstance(phase, s.AskingForCode),
            )
        case s.Removed():
            return TellingView(
                Tone.INFO,
                "This computer is removed.",
                f"{whose} is needed before anyone can use {account} here again.",
                (),
                "OK",
            )
        case s.Joined():
            until = "No code is needed as long as someone signs in now and then."
            if is_set_here(known):
                until = ready(known)
            if isinstance(known.trust, Trust) and known.trust.horizon_at is not None:
                date = dates.short_date(known.trust.horizon_at, zone_of(known))
                until = f"No code needed before {date}; each sign-in moves this on."
            told = [until, "Lock when you step away, Done when you go home: the one tap stays."]
            if may_keep_names(known):
                told.append("Who gets a tile is set under More, Names.")
            return TellingView(
                Tone.GOOD,
                "One tap from now on.",
                f"This computer is ready for {account}.",
                tuple(told),
                "Go to the login screen",
            )
        case s.Stopped(fault=fault, detail=detail):
            said = words.of_fault(fault)
            lines = (detail,) if detail else ()
            return TellingView(said.tone, said.title, said.text, lines, "Try again", retry=True)
        case _:
            assert_never(phase)
