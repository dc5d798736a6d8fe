"""Trust: until when a computer's remembered second factor stands in for a code (facts.md S13)."""

from datetime import datetime
from enum import StrEnum

from kiosk.session.model.value import value


@value
class Trust:
    """The remembered second factor of one account on this computer.

    The token itself lies in the keychain. ``horizon_at`` (aware, UTC) is when trust ends if
    nobody signs in; only an accepted sign-in moves it on (law 7).
    """

    account_id: str
    horizon_at: datetime


class NoTrust(StrEnum):
    """Why there is none. Unreadable counts as none (law 1)."""

    NEVER = "never"
    REMOVED = "removed"
    REFUSED = "refused"
    UNREADABLE = "unreadable"


def holds(trust: Trust | NoTrust, account_id: str, at: datetime) -> bool:
    """Whether trust of this account lives at that instant; the horizon itself is outside."""
    return isinstance(trust, Trust) and trust.account_id == account_id and at < trust.horizon_at


def trusts(trust: Trust | NoTrust, account_id: str) -> bool:
    """Whether there is trust of this account at all; if it lapsed, the server has the last word."""
    return isinstance(trust, Trust) and trust.account_id == account_id


def never_longer(trust: Trust | NoTrust, told: datetime) -> Trust | NoTrust:
    """Trust after news that no sign-in brought: it may end sooner, never later (law 7)."""
    if isinstance(trust, Trust):
        return Trust(trust.account_id, min(trust.horizon_at, told))
    return trust
