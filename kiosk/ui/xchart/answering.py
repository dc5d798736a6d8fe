"""Waiting for the answer to what a page asks: the one place where an event loop lies in another.

The engine wants its answer as the value of a call, and stands still until then. So the loop goes
on in here: badges, Lock and sleep are heard as ever. Entered only while no step of the core runs,
and for one question at a time.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QEventLoop, QSocketNotifier

from kiosk.session.model.intents import Ticket


class Answering:
    """Holds a call of the page until ``give``."""

    def __init__(self) -> None:
        self._loop: QEventLoop | None = None
        self._words: Ticket | None = None
        self._answer: str | None = None
        self._given = False

    def expect(self, words: Ticket) -> None:
        """A question is about to be put; its answer may come before anybody waits for it."""
        self._words, self._answer, self._given = words, None, False

    @property
    def waiting(self) -> bool:
        """Whether a page stands still."""
        return self._words is not None

    def give(self, words: Ticket, answer: str | None) -> None:
        """Let the page go on; None is No."""
        if words != self._words:
            return
        self._answer, self._given = answer, True
        if self._loop is not None:
            self._loop.quit()

    def wait(self, page: int) -> str | None:
        """The answer, or None when the process ``page``, or the kiosk, ends before it."""
        with Ending(page, self._stop) as ending:
            if not self._given and not ending.over:
                self._loop = QEventLoop()
                self._loop.exec()
        self._loop, self._words = None, None
        return self._answer

    def _stop(self) -> None:
        if self._loop is not None:
            self._loop.quit()


class Ending:
    """Hears that a process ends: the engine, standing still, cannot tell of it. Linux only."""

    def __init__(self, process: int, then: Callable[[], None]) -> None:
        self.over = False
        self._handle: int | None = None
        self._notifier: QSocketNotifier | None = None
        if sys.platform == "linux" and process:
            try:
                self._handle = os.pidfd_open(process)
            except ProcessLookupError:
                self.over = True
            except OSError:
                return
        if self._handle is not None:
            self._notifier = QSocketNotifier(self._handle, QSocketNotifier.Type.Read)
            self._notifier.activated.connect(then)

    def __enter__(self) -> "Ending":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        if self._handle is not None:
            with suppress(OSError):
                os.close(self._handle)
