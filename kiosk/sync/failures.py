"""How often in a row a lane of the background failed, and when it means to try again."""

from collections.abc import Callable
from datetime import datetime

from kiosk.ports import Later, No
from kiosk.sync.plan import Failure, again_at


class Failures:
    """The failures of one lane. ``now`` is trusted time, ``luck`` draws from 0 to 1."""

    def __init__(self, now: Callable[[], datetime], luck: Callable[[], float]) -> None:
        self._now = now
        self._luck = luck
        self.last: Failure | None = None

    def failed(self, why: No, retry_at: datetime | None = None) -> Later:
        """Once more; and when to try again. ``retry_at`` is the server's own word."""
        times = self.last.times + 1 if self.last else 1
        self.last = Failure(times, self._now(), retry_at)
        return Later(why, again_at(self.last, self._luck()))

    def over(self) -> None:
        """It works again."""
        self.last = None
