"""The pages of a personal account: its login once, the choice of a PIN, and the PIN."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from kiosk.session.model import state as s
from kiosk.session.model.people import Account, Role
from kiosk.session.model.refusals import A_CODE_HELPS, Refusal
from kiosk.session.pages import words
from kiosk.session.pages.seen import reason
from kiosk.session.pages.views import AccountView, Notice, PinView, View

PIN_LENGTH = 6


def role_of(account: Account) -> str:
    """What a person may do, in a word or two: "Member", "Provider", "Provider, admin"."""
    more = [each.value for each in (Role.PROVIDER, Role.ADMIN) if each in account.roles]
    return ", ".join(more or [Role.MEMBER.value]).capitalize()


def pins(known: s.Known, phase: s.AskingOwn | s.ChoosingPin | s.AskingPin, at: datetime) -> View:
    """Whose own login, and its PIN."""
    busy = phase.attempt != 0
    notice = why(known, phase, at)
    match phase:
        case s.AskingOwn(email=email):
            return AccountView(
                "Your own login",
                "Your e-mail and password, once, and a code to your own phone. After that a PIN "
                "is enough on this computer.",
                email,
                notice,
                busy,
                invitation="",
            )
        case s.ChoosingPin(first=None):
            return PinView(
                "Choose a PIN",
                "Six digits that you do not use elsewhere. They open Xchart as "
                f"{phase.account.label}, on this computer only.",
                PIN_LENGTH,
                phase.round,
                notice=notice,
                busy=busy,
            )
        case s.ChoosingPin():
            return PinView(
                "Type it once more",
                "The same six digits, so that you can be sure of them.",
                PIN_LENGTH,
                phase.round,
                notice=notice,
                busy=busy,
            )
        case s.AskingPin(account=account):
            asking = entering_by_pin(account)
            return replace(asking, round=phase.round, notice=notice, busy=busy)
        case _:
            assert_never(phase)


def entering_by_pin(account: Account) -> PinView:
    """The page of the PIN, while it is looked at and until the room is there."""
    return PinView(account.label, "Enter your PIN.", PIN_LENGTH, 0, "I forgot my PIN", busy=True)


def why(
    known: s.Known, phase: s.AskingOwn | s.ChoosingPin | s.AskingPin, at: datetime
) -> Notice | None:
    """The reason, in words that fit one's own login: no provider is needed for it."""
    if isinstance(phase.why, Refusal) and phase.why.code in A_CODE_HELPS:
        return words.warning(
            "Sign in with your password once more.",
            "You have not been here for a long time, or your login was removed.",
        )
    return reason(known, phase.why, at)
