"""The small process above the kiosk that starts it again after a crash, for autostart and shell.

Three times in ten minutes, then it says so: what crashes at every start is not mended by a fourth.
Must never start again what was ended in order, nor stand in the way of a shutdown. Standard library
only: it stays in memory as long as the kiosk does.
"""

import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from threading import Event
from types import FrameType

from kiosk.local.installed import launcher
from kiosk.local.log import Log

MOST = 3
WITHIN = timedelta(minutes=10)
PAUSE_SECONDS = 1.0
NO_BETTER = {0, 2, 3}
"""Exit codes after which another start would end as this one (``main``)."""
NOT_THERE = 127
"""As a shell has it."""
ASKED_TO_END = {-signal.SIGTERM, -signal.SIGINT}
if sys.platform != "win32":
    ASKED_TO_END |= {-signal.SIGHUP}


class Supervisor:
    """``run`` returns the last exit code.

    ``since_start`` is monotonic time; ``say_down`` tells whoever stands there that the kiosk is
    down, and returns whether to try again.
    """

    def __init__(
        self,
        command: Sequence[str],
        log: Log,
        since_start: Callable[[], timedelta],
        say_down: Callable[[], bool],
        pause: float = PAUSE_SECONDS,
    ) -> None:
        self._command = command
        self._log = log
        self._since_start = since_start
        self._say_down = say_down
        self._pause = pause
        self._ending = Event()
        self._kiosk: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        """Start it, and again after each crash."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        crashes: list[timedelta] = []
        while True:
            code = self._once()
            if self._ending.is_set() or code in {*NO_BETTER, *ASKED_TO_END}:
                return code
            now = self._since_start()
            crashes = [*(each for each in crashes if now - each < WITHIN), now]
            how = "killed" if code < 0 else "failed"
            if len(crashes) <= MOST:
                self._log.note("started_again", code=how, count=len(crashes))
                self._ending.wait(self._pause)
                continue
            self._log.note("stays_down", code=how, count=len(crashes))
            if not self._say_down():
                return code
            crashes = []

    def _once(self) -> int:
        # Between two signals nothing is started that nobody would end.
        if self._ending.is_set():
            return 0
        try:
            self._kiosk = subprocess.Popen(self._command)  # noqa: S603 - our own command
        except OSError:
            return NOT_THERE  # in the middle of an upgrade
        if self._ending.is_set():
            self._kiosk.terminate()
        return self._kiosk.wait()

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._ending.set()
        if self._kiosk is not None and self._kiosk.poll() is None:
            self._kiosk.terminate()


def command_without(*arguments: str) -> list[str]:
    """The command line of this very process, without those arguments.

    Of a package it starts the version that is installed by then: what crashed may be mended.
    """
    start = launcher(Path(sys.executable))
    begun = [str(start), *sys.argv[1:]] if start else [sys.executable, *sys.orig_argv[1:]]
    return [each for each in begun if each not in arguments]
