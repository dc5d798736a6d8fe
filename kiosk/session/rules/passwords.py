"""Rules of the shared account's new password, where an admin has every computer ask for it.

Trust stays as it is, and no code is needed (S14): the password is typed once, and whoever tapped
comes in. Until then nobody starts a session of that account here, with or without a network.
"""

from dataclasses import replace
from datetime import datetime

from kiosk.session.model.effects import RenewPassword
from kiosk.session.model.events import ScreenLocked, Suspended, Ticked
from kiosk.session.model.intents import PasswordGiven, WentBack
from kiosk.session.model.refusals import ENDS_TRUST, Refusal
from kiosk.session.model.replies import No, PasswordRenewed
from kiosk.session.model.state import AskingPassword, AtLogin, Known
from kiosk.session.rules.accounts import apply_no_to_trust
from kiosk.session.rules.entering import tap
from kiosk.session.rules.moves import Step, idle_limit, numbered


def given(known: Known, phase: AskingPassword, intent: PasswordGiven, at: datetime) -> Step:
    """It was typed."""
    account = known.account
    if phase.attempt or account is None:
        return Step(known, phase)
    known, attempt = numbered(known)
    renew = RenewPassword(attempt, account.id, intent.password)
    return Step(known, AskingPassword(phase.person_id, attempt), (renew,))


def renewed(known: Known, phase: AskingPassword, reply: PasswordRenewed, at: datetime) -> Step:
    """It was right: in, as whoever tapped."""
    return tap(replace(known, renewal_due=False), AtLogin(), phase.person_id, at)


def not_renewed(known: Known, phase: AskingPassword, no: No, at: datetime) -> Step:
    """It was not, or nobody can say: asked again; or there is more amiss than a password."""
    if isinstance(no.why, Refusal) and no.why.code in ENDS_TRUST:
        known, forget = apply_no_to_trust(known, no.why, known.account.id if known.account else "")
        return Step(known, AtLogin(no.why), forget)
    return Step(known, AskingPassword(phase.person_id, why=no.why))


def went_back(known: Known, phase: AskingPassword, intent: WentBack, at: datetime) -> Step:
    """Not now; not while an answer is under way, for it may be a yes."""
    return Step(known, phase if phase.attempt else AtLogin())


def left_alone(known: Known, phase: AskingPassword, event: Ticked, at: datetime) -> Step:
    """Nobody types it: back to the tiles, for whoever has a login of their own."""
    if phase.attempt or event.idle < idle_limit(known, None):
        return Step(known, phase)
    return Step(known, AtLogin())


def covered(
    known: Known, phase: AskingPassword, event: ScreenLocked | Suspended, at: datetime
) -> Step:
    """Nobody comes in behind a lock, on a yes that was under way either (laws 3, 5)."""
    return Step(known, AtLogin())
