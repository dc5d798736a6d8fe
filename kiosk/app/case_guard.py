"""What a running kiosk does for a case, on the main thread: nothing sleeps, nothing stands still.

Decides nothing: the core says from when to when (``ProtectCase``), and hears what could be had.
"""

from collections.abc import Callable
from datetime import datetime

from kiosk.desktop.awake import Awake, open_awake
from kiosk.session.model.awake import Report
from kiosk.session.model.events import AwakeJudged, Event, PageAlive
from kiosk.ui.window import KioskWindow

WHY = "A patient is being treated."
"""What the system shows to whoever wants it to sleep: no name, and no patient (law 10)."""


class CaseGuard:
    """``post`` is told what became of holding the computer awake, whenever that changes."""

    def __init__(
        self,
        window: KioskWindow,
        platform: str,
        now: Callable[[], datetime],
        post: Callable[[Event], None],
    ) -> None:
        self._window = window
        self._platform = platform
        self._now = now
        self._post = post
        # With the first case: its libraries are not needed before.
        self._awake: Awake | None = None
        self._is_on = False

    def protect(self, is_on: bool) -> None:
        """From now on; or not any more."""
        self._is_on = is_on
        xchart = self._window.xchart
        xchart.keep_running(is_on)
        if self._awake is None:
            if not is_on:
                return
            xchart.alive.connect(self._lived)
            self._awake = open_awake(
                self._platform, lambda: int(self._window.winId()), self._window
            )
            self._awake.judged.connect(self._judged)
        if is_on:
            self._awake.hold(WHY)
        else:
            self._awake.release()

    def _lived(self) -> None:
        if self._is_on:
            self._post(PageAlive(self._now()))

    def _judged(self, report: Report) -> None:
        self._post(AwakeJudged(self._now(), tuple(report.items())))
