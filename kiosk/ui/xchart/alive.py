"""Whether a page goes on by itself: a record that takes vitals is at work where nobody types.

It is no input: nobody is there because of it. Which change counts, ``resources/web/alive.js``
knows; what changed, nobody here hears (law 10). Never import this before the login screen is
painted.
"""

import json
from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal
from PySide6.QtWebEngineCore import QWebEnginePage

from kiosk.ui.xchart.own_world import OwnWorld, Told
from resources import ROOT

SCRIPT = ROOT / "web" / "alive.js"
ASK_EVERY_MS = 5000
QUIET_MS = 90_000
"""So long a part of a page rests before it changes and after, where no record is named.

A clock that shows minutes never does; its own minute may come late.
"""
LONGEST_MS = 180_000
"""Vitals that come one after the other are one change; what goes on for longer is none."""


def milliseconds() -> Callable[[], int]:
    """From now on; it does not run while the computer sleeps."""
    since = QElapsedTimer()
    since.start()
    return since.elapsed


class SignsOfLife(QObject):
    """Of one page, with which it goes: ``alive`` each few seconds in which it gave one."""

    alive = Signal()

    def __init__(self, page: QWebEnginePage, record: str) -> None:
        """``record`` is a selector of what counts at once, and alone; empty: it is found out."""
        super().__init__(page)
        self.now = milliseconds()
        self._record = record
        self._world = OwnWorld(page, SCRIPT)
        self._asking = QTimer(self, interval=ASK_EVERY_MS)
        self._asking.timeout.connect(self.ask)

    def watch(self, watched: bool) -> None:
        """Whether anybody wants to know; a page that is not asked does nothing for it."""
        if watched and not self._asking.isActive():
            self._asking.start()
            self.ask()
        elif not watched and self._asking.isActive():
            self._asking.stop()
            self._world.run("kioskAlive", "rest()", lambda _: None)

    def ask(self) -> None:
        """Ask it now; where it does not answer it gave no sign."""
        told = {
            "now": self.now(),
            "record": self._record,
            "quiet": QUIET_MS,
            "longest": LONGEST_MS,
        }
        self._world.run("kioskAlive", f"seen({json.dumps(told)})", self._hear)

    def _hear(self, answer: Told) -> None:
        if self._asking.isActive() and answer.get("alive") is True:
            self.alive.emit()
