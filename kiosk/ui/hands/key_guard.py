"""No key acts on a page that it was not pressed on, and no held key acts twice (law 13). Pure.

A key that is down while a page turns does nothing there until it was up, its repeats neither. On
the kiosk's own pages a key that is held down moves or erases and does nothing else: it presses,
submits and types once.
"""

UNPAINTED_MS = 1_000
"""A page that is not painted by then is on no screen that anybody looks at."""
SAME_INSTANT_MS = 2
"""X11 tells a repetition as a release and a press at once, and Qt sometimes does not notice."""
NO_REPEAT_MS = 10
"""No keyboard repeats that fast: the same sign twice at a reader's pace was pressed twice."""


class KeyGuard:
    """Of one window. ``code`` is a key's position; ``at`` the system's time of it, or 0."""

    def __init__(self) -> None:
        """Nothing is down."""
        self._down: dict[int, int] = {}
        self._stale: set[int] = set()
        self._let_go = (0, 0, 0, False)
        self._turned: int | None = None
        self._painted: int | None = None

    def turned(self, now: int) -> None:
        """Another page: what is down belongs to the one before."""
        self._turned, self._painted = now, None
        self.shifted()

    def shifted(self) -> None:
        """Something else stands on the page: what is down was pressed on what stood there."""
        self._stale |= set(self._down)

    def painted(self, now: int) -> None:
        """The page is on the glass."""
        if self._painted is None:
            self._painted = now

    def press(
        self,
        code: int,
        *,
        at: int,
        began: int,
        repeat: bool,
        repeats_count: bool,
        only_wakes: bool = False,
    ) -> bool:
        """A key came down, or says that it still is: whether that does nothing.

        ``repeats_count``: held down it may do it again, here.
        """
        began_here = code in self._down
        held = self._was_held(code, at) if not repeat else not self._is_a_readers(code, at)
        if held and not repeat:
            began_here = True
        self._down[code] = at
        if held:
            return code in self._stale or not began_here or not repeats_count
        self._stale.discard(code)
        if only_wakes or self._is_too_early(began):
            self._stale.add(code)
        return code in self._stale

    def swallow(self, code: int, at: int) -> None:
        """It has done what it does elsewhere: no window hears of it until it is up."""
        self._down[code] = at
        self._stale.add(code)

    def release(self, code: int, *, at: int, repeat: bool) -> bool:
        """A key came up, or seems to: whether that belongs to a press that did nothing."""
        stale = code in self._stale
        if not repeat:
            self._let_go = (code, at, self._down.pop(code, at), stale)
            self._stale.discard(code)
        return stale

    def _is_a_readers(self, code: int, at: int) -> bool:
        before = self._down.get(code, 0)
        return bool(before and at) and 0 <= at - before < NO_REPEAT_MS

    def _was_held(self, code: int, at: int) -> bool:
        """Whether it came up only in name: no finger is that quick, and no reader holds a key."""
        let_go, up, down, stale = self._let_go
        if code != let_go or not at or at - up >= SAME_INSTANT_MS or up - down < NO_REPEAT_MS:
            return False
        if stale:
            self._stale.add(code)
        return True

    def _is_too_early(self, began: int) -> bool:
        if self._painted is not None:
            return began < self._painted
        return self._turned is not None and began - self._turned < UNPAINTED_MS
