"""Rules of the PIN window: for a while after a PIN, its holder's badge stands in for it (S1, T20).

As long as a window lasts, the credential that the PIN opened stays open. It is opened by a PIN,
kept by being at work, and over by its end, by doing nothing, by sleep, by a no of the server, by
badges that are tried out, and when the badge, the seal or the trust is gone. Here, and nowhere
else, it is said for how long.
"""

from dataclasses import replace
from datetime import datetime

from kiosk.session.model.audit import Act
from kiosk.session.model.effects import KeepRecord, LockCredential
from kiosk.session.model.events import Event, Suspended, Ticked
from kiosk.session.model.known import Known, PinWindow, limits_of
from kiosk.session.model.state import Active, Correcting, Phase, ThisComputer
from kiosk.session.model.terms import Limits
from kiosk.session.model.trust import trusts
from kiosk.session.rules.accounts import personal_account, personal_accounts
from kiosk.session.rules.moves import Step

MOST_STRANGE = 5
"""So many different badges of nobody's since a PIN are tries: numbers are short (threats T5).

One that is held to the reader again and again is one try, as the same wrong PIN is.
"""


def opened(known: Known, account_id: str, at: datetime) -> Known:
    """Their PIN was right, or has just been chosen; who has no badge has no use for a window."""
    if not may_last(known, account_id):
        return known
    others = tuple(each for each in known.windows if each.account_id != account_id)
    return replace(known, windows=(*others, PinWindow(account_id, at, at)), strange=())


def is_open(known: Known, account_id: str, at: datetime) -> bool:
    """Whether the badge of that account's holder enters it now."""
    limits = limits_of(known)
    return any(each.account_id == account_id and lasts(each, limits, at) for each in known.windows)


def enforce_pin_windows(phase: Phase, taken: Step, event: Event) -> Step:
    """The windows after a step from ``phase``: what is over is closed.

    Time ends one when it is told (``Ticked``) and not before, so that a window and what it keeps
    open are always there together (law 5: a late answer changes nothing).
    """
    known, at = taken.known, event.at
    if isinstance(event, Suspended):
        # No credential stays open while the computer sleeps.
        step = replace(taken, known=replace(known, windows=()))
        return step.then(LockCredential("")) if personal_accounts(known) else step
    if not known.windows:
        return taken
    told = isinstance(event, Ticked)
    windows = known.windows
    if told or taken.phase != phase:
        busy = at_work(phase)
        windows = tuple(
            replace(each, used_at=at) if each.account_id == busy else each for each in windows
        )
    if len(known.strange) >= MOST_STRANGE:
        windows = ()
    limits, out = limits_of(known), taken_out_of(taken)
    windows = tuple(
        each
        for each in windows
        if each.account_id not in out
        and may_last(known, each.account_id)
        and (not told or lasts(each, limits, at))
    )
    return replace(taken, known=replace(known, windows=windows))


def lasts(window: PinWindow, limits: Limits, at: datetime) -> bool:
    """Whether it is not over by itself; a clock that was put back behind it ends it too."""
    if at < window.since:
        return False
    return at - window.since < limits.badge_window and at - window.used_at < limits.badge_idle


def may_last(known: Known, account_id: str) -> bool:
    """Whether that account is here with all that a badge needs to enter it."""
    own, terms = personal_account(known, account_id), known.terms
    if own is None or terms is None or not own.sealed or not trusts(own.trust, account_id):
        return False
    return any(each.holder == account_id for each in terms.badges)


def at_work(phase: Phase) -> str:
    """Whose account is at work, or on a page beside the work; empty for nobody's."""
    if isinstance(phase, Active | Correcting | ThisComputer) and phase.session is not None:
        return phase.session.account.id
    return ""


def taken_out_of(taken: Step) -> set[str]:
    """The accounts whose session was ended for its holder by this step: a PIN, next time."""
    return {
        each.record.account
        for each in taken.effects
        if isinstance(each, KeepRecord) and each.record.act is Act.TAKEN_OUT
    }
