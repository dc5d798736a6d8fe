"""Trust: until when a computer's remembered second factor stands in for a code (facts.md S13)."""

from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.session.model.value import value

SOON = timedelta(days=7)
"""So long before its end it is said (design.md section 3)."""


@value
class Trust:
    """The remembered second factor of one account on this computer.

    The token itself lies in the keychain. ``horizon_at`` (aware, UTC) is when trust ends if
    nobody signs in, None where nobody can say; only an accepted sign-in moves it on (law 7).
    """

    account_id: str
    horizon_at: datetime | None


class NoTrust(StrEnum):
    """Why there is none. Unreadable counts as none (law 1)."""

    NEVER = "never"
    REMOVED = "removed"
    REFUSED = "refused"
    UNREADABLE = "unreadable"


def holds(trust: Trust | NoTrust, account_id: str, at: datetime) -> bool:
    """Whether trust of this account lives at that instant; the horizon itself is outside."""
    if not isinstance(trust, Trust) or trust.account_id != account_id:
        return False
    return trust.horizon_at is None or at < trust.horizon_at


def trusts(trust: Trust | NoTrust, account_id: str) -> bool:
    """Whether there is trust of this account at all; if it lapsed, the server has the last word."""
    return isinstance(trust, Trust) and trust.account_id == account_id


def never_longer(trust: Trust | NoTrust, told: datetime | None) -> Trust | NoTrust:
    """Trust after news that no sign-in brought: it may end sooner, never later (law 7)."""
    if not isinstance(trust, Trust) or told is None:
        return trust
    if trust.horizon_at is not None:
        told = min(trust.horizon_at, told)
    return Trust(trust.account_id, told)
