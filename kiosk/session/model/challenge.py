"""The provider's code: what is asked of whom, for how long (facts.md S12, S13, S15)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.session.model.people import Account, Approver

CODE_LENGTH = 6


class Purpose(StrEnum):
    """Why a code is asked; part of the SMS and of the screen."""

    JOIN = "join"
    OWN = "own"  # a personal account that is new here: on the wire it joins like any other
    RETURN = "return"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Challenge:
    """One request for a code. Nothing has been texted when it opens, unless it is ``sent``: a site
    that has only a web sign-in texts by itself, to the one approver that there is."""

    id: str
    purpose: Purpose
    account: Account
    approvers: tuple[Approver, ...]
    expires_at: datetime
    tries_left: int
    sent: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """A text on its way. ``expires_at`` ends the code; a new one may be asked at ``resend_at``."""

    approver: Approver
    expires_at: datetime
    resend_at: datetime


@dataclass(frozen=True, slots=True)
class App:
    """An approver's authenticator app makes the code (RFC 6238): nothing is texted."""

    approver: Approver


@dataclass(frozen=True, slots=True)
class SentBySite:
    """The site has texted it by itself, and says neither how long it works nor to whom."""

    approver: Approver


Source = Delivery | App | SentBySite
"""Where the code that is typed comes from."""
