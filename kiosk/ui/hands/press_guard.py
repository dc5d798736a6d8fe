"""No press acts on a page that it was not meant for (law 13). Pure.

A finger that taps twice, or is slow to leave, comes down where it came down before; what lies
there by then is another page, or another part of one. So a press is dropped that began before the
page was painted, and one near the press that turned it, for a moment. Elsewhere a press counts at
once, and where nothing turned none is ever dropped.
"""

from math import hypot

from kiosk.ui.hands.key_guard import UNPAINTED_MS

NEAR_MM = 15
TWICE_MS = 700
"""A slow double tap: the second one begins so soon after the first."""
UNSEEN_MS = 400
"""Nobody has seen a page and found something else on it in less."""


class PressGuard:
    """Of one window. All times in milliseconds of one clock, places in pixels of the desktop."""

    def __init__(self, near_px: float) -> None:
        """``near_px`` is how long ``NEAR_MM`` is on the screen."""
        self._near_px = near_px
        self._last: tuple[float, float, int] | None = None
        self._turned_by: tuple[float, float, int] | None = None
        self._turned: int | None = None
        self._painted: int | None = None
        self._down = False
        self._eats = False

    def turned(self, now: int) -> None:
        """Another page is about to be shown; what is still down belongs to the one before."""
        self._turned, self._painted = now, None
        self._turned_by = self._last
        self._eats = self._eats or self._down

    def shifted(self, now: int) -> None:
        """Something else stands at places of the page; what is down goes on where it began."""
        if self._turned is None or self._painted is not None:
            self._turned = self._painted = now
        self._turned_by = self._last

    def painted(self, now: int) -> None:
        """The page is on the glass."""
        if self._painted is None:
            self._painted = now

    def press(self, x: float, y: float, began: int, now: int, *, only_wakes: bool = False) -> bool:
        """A finger or a button came down: whether it is dropped, until it is up again."""
        if self._down:
            return self._eats
        self._down = True
        self._eats = only_wakes or self._is_stray(x, y, began, now)
        if not self._eats:
            self._last = (x, y, began)
        return self._eats

    def forget(self) -> None:
        """Something else was done since: no press turns the next page."""
        self._last = None

    def count(self, x: float, y: float, began: int) -> None:
        """A press that is never dropped, wherever it is and however soon."""
        self._down, self._eats = True, False
        self._last = (x, y, began)

    def move(self) -> bool:
        """Whether it belongs to a press that is dropped."""
        return self._eats

    def release(self) -> bool:
        """It is up: whether that belongs to a press that is dropped."""
        eaten, self._eats, self._down = self._eats, False, False
        return eaten

    def _is_stray(self, x: float, y: float, began: int, now: int) -> bool:
        if self._turned is None:
            return False
        painted = self._painted
        if painted is None:
            if now - self._turned < UNPAINTED_MS:
                return True
            painted = self._turned
        if began < painted:
            return True
        if self._turned_by is None:
            return False
        was_x, was_y, was = self._turned_by
        near = hypot(x - was_x, y - was_y) <= self._near_px
        return near and (began - was < TWICE_MS or began - painted < UNSEEN_MS)
