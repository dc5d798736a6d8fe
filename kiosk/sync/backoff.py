"""How often in a row a lane of the background failed, and when it means to try again."""

from collections.abc import Callable
from datetime import datetime

from kiosk.session.model.refusals import Fault, Reason, Unreachable
from kiosk.session.model.replies import No
from kiosk.sync.plan import Failure, again_at, silent_until

NEAR = frozenset({Unreachable.NO_INTERNET, Unreachable.PROXY_SIGN_IN, Unreachable.PROXY_FAULT})
"""What the computer's own network says: no server has heard anything."""


def is_near(why: Reason) -> bool:
    """Whether it failed at this computer or its network, so that trying again burdens nobody."""
    return isinstance(why, Fault) or (isinstance(why, Unreachable) and why in NEAR)


class Backoff:
    """The failures of one lane. ``now`` is trusted time, ``luck`` draws from 0 to 1."""

    def __init__(self, now: Callable[[], datetime], luck: Callable[[], float]) -> None:
        self._now = now
        self._luck = luck
        self.last: Failure | None = None
        self._said: No | None = None

    def failed(self, why: Reason, retry_at: datetime | None = None) -> No:
        """Once more; and when to try again. ``retry_at`` is the server's own word."""
        times = self.last.times + 1 if self.last else 1
        self.last = Failure(times, self._now(), retry_at, heard=not is_near(why))
        self._said = No(why, again_at(self.last, self._luck()))
        return self._said

    def silenced(self) -> No | None:
        """What was said last, while the server's own ``Retry-After`` lasts: ask nothing then."""
        until = silent_until(self.last) if self.last else None
        return self._said if until is not None and self._now() < until else None

    def over(self) -> None:
        """It works again."""
        self.last = None
