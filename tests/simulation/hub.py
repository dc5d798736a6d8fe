"""Virtual time: what happens next, and strands, which run code that waits in it.

One thing runs at a time, in an order that follows from the seed alone. A strand is a thread only
because the kiosk's code calls its ports and waits; the baton passes between it and the hub.
"""

import heapq
from collections.abc import Callable
from itertools import count
from threading import Semaphore, Thread

Act = Callable[[], None]


class Gone(BaseException):
    """The process that this strand belonged to was killed."""


class Hub:
    """The clock, in seconds since the start, and everything that is still to come."""

    def __init__(self) -> None:
        self.now = 0.0
        self.back = Semaphore(0)
        self.raised: BaseException | None = None
        self._order = count()
        self._coming: list[tuple[float, int, Act]] = []

    def after(self, seconds: float, act: Act) -> None:
        """Do it then."""
        heapq.heappush(self._coming, (self.now + max(seconds, 0.0), next(self._order), act))

    def skip(self, seconds: float) -> None:
        """A night passes, in which nothing happens: what was to come comes after it."""
        self.now += seconds
        self._coming = [(at + seconds, number, act) for at, number, act in self._coming]

    def run(self, until: float, wanted: Callable[[], bool] = lambda: True) -> None:
        """Let everything happen that comes before ``until``, as long as it is ``wanted``."""
        while self._coming and self._coming[0][0] <= until and wanted():
            self.now, _, act = heapq.heappop(self._coming)
            act()
        self.now = max(self.now, until) if wanted() else self.now


class Strand:
    """One lane of one kiosk's process: does its jobs one after the other."""

    def __init__(self, hub: Hub, first_wait: float) -> None:
        self._hub = hub
        self._first_wait = first_wait
        self._jobs: list[Act] = []
        self._go = Semaphore(0)
        self._busy = False
        self._killed = self._ended = False
        self._woken = 0
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def thread_name(self) -> str:
        """The name of the thread that its jobs run on."""
        return self._thread.name

    def do(self, job: Act) -> None:
        """Do this after what it has to do already."""
        self._jobs.append(job)
        if not self._busy:
            self._busy = True
            self._hub.after(self._first_wait, self._resume)

    def wait(self, seconds: float) -> None:
        """Called on the strand: time passes, and other things happen."""
        self._woken += 1
        turn = self._woken
        self._hub.after(seconds, lambda: self.wake(turn))
        self._pause()

    def turn(self) -> int:
        """Which wait this is: whoever wakes it early names it."""
        return self._woken

    def wake(self, turn: int) -> None:
        """Called by the hub: that wait is over; a later one is not disturbed."""
        if turn == self._woken and not self._killed:
            self._woken += 1
            self._resume()

    def kill(self) -> None:
        """The process ends here: the strand never goes on."""
        if not self._killed:
            self._killed = True
            self._resume()

    def _pause(self) -> None:
        self._hub.back.release()
        self._go.acquire()
        if self._killed:
            raise Gone

    def _resume(self) -> None:
        if not self._ended:
            self._go.release()
            self._hub.back.acquire()
        if self._hub.raised is not None:
            raise self._hub.raised

    def _run(self) -> None:
        self._go.acquire()
        try:
            while not self._killed:
                if self._jobs:
                    self._jobs.pop(0)()
                else:
                    self._busy = False
                    self._hub.back.release()
                    self._go.acquire()
        except Gone:
            pass
        except BaseException as error:  # raised again where the hub is
            self._hub.raised = error
        finally:
            self._ended = True
            self._hub.back.release()
