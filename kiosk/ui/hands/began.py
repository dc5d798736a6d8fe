"""When a key or a press began, in this program's own time. Pure.

Systems stamp input by a clock of their own. A program that was busy hears late what a person did
while the page before was still on the screen; by its stamp it is told that it began there.
"""

STEADY_MS = 60_000
"""So long two clocks agree: the least delay is looked for anew after it, since they drift."""


class Began:
    """One kind of device: learns how far the system's clock is from ours."""

    def __init__(self) -> None:
        """Nothing heard yet."""
        self._least: int | None = None
        self._lately: int | None = None
        self._since = 0

    def at(self, stamp_ms: int, now_ms: int) -> int:
        """When it began, never later than ``now_ms``; ``stamp_ms`` is 0 where nobody tells."""
        if not stamp_ms:
            return now_ms
        off = now_ms - stamp_ms
        if now_ms - self._since > STEADY_MS:
            self._least, self._lately, self._since = self._lately, None, now_ms
        self._lately = off if self._lately is None else min(off, self._lately)
        least = self._lately if self._least is None else min(self._least, self._lately)
        return stamp_ms + least
