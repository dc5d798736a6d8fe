"""Rules of the end of trust that is near: from when on it is said, and before which closure.

Trust ends where nobody signs in, so that nobody may be there to read it: it is said on the login
screen, to whoever passes by. Nothing here moves it; a person's accepted sign-in does (law 7).
"""

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.session.model.state import Known
from kiosk.session.model.trust import SOON, Trust, holds


@dataclass(frozen=True, slots=True)
class CodeAhead:
    """A code will be needed from ``at`` on; ``opens`` where the clinic is closed until after it."""

    at: datetime
    opens: date | None = None


def code_ahead(known: Known, at: datetime) -> CodeAhead | None:
    """When a code will be needed here, where that is near; None where it is not, or is by now."""
    house, trust = known.account, known.trust
    if house is None or not isinstance(trust, Trust) or not holds(trust, house.id, at):
        return None
    until = trust.horizon_at
    if until is None:
        return None  # a site that says nothing of it
    opens = reopening(known, at)
    if opens is not None and known.terms is not None and known.terms.day(until) < opens:
        return CodeAhead(until, opens)
    return CodeAhead(until) if until - at <= SOON else None


def reopening(known: Known, at: datetime) -> date | None:
    """The next clinic day, where the clinic is closed tomorrow; None where it is not, or unknown.

    What was told on an earlier day is over once it is no day ahead any more.
    """
    terms, opens = known.terms, known.opens
    if terms is None or opens is None:
        return None
    return opens if (opens - terms.day(at)).days > 1 else None
