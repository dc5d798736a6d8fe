"""The page that stands there while the glass is wiped: a countdown, and nothing of anybody."""

from datetime import datetime, timedelta

from kiosk.session.model.state import Wiping
from kiosk.session.pages.views import WipeView
from kiosk.session.rules.wiping import WIPE

SECOND = timedelta(seconds=1)


def wiping(phase: Wiping, at: datetime) -> WipeView:
    """How long it takes; and at its end, what it waits for."""
    whole = WIPE // SECOND
    left = min(whole, max(0, -((at - phase.until) // SECOND)))
    if not left:
        return WipeView("Finished.", "Lift your hand from the screen.", 0, whole)
    told = "Touching it does nothing now. Any key ends this."
    unit = "second" if left == 1 else "seconds"
    return WipeView("Wipe the screen now", told, left, whole, unit)
