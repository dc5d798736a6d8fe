"""Named lanes: where slow things run, one after the other, and the one way back (design.md 4).

``local`` is the keychain and the disk, ``sign_in`` the server for someone who waits, ``sync`` what
goes up and ``news`` what comes down, for nobody in particular. Nothing raises across a lane: a job
that does is a bug, logged once, and its answer is the one that the caller gave for that case.
"""

from collections.abc import Callable
from enum import StrEnum
from queue import SimpleQueue
from threading import Thread


class Name(StrEnum):
    """The lanes."""

    LOCAL = "local"
    SIGN_IN = "sign-in"
    SYNC = "sync"
    NEWS = "news"


Job = Callable[[], None]


class Lanes:
    """One daemon thread a lane: a call that hangs in the operating system never holds the exit.

    ``unexpected`` is told of whatever a job raises.
    """

    def __init__(self, unexpected: Callable[[BaseException], None]) -> None:
        self._unexpected = unexpected
        self._queues: dict[Name, SimpleQueue[Job | None]] = {n: SimpleQueue() for n in Name}
        self._threads = [
            Thread(target=self._run, args=(queue,), name=f"lane {name}", daemon=True)
            for name, queue in self._queues.items()
        ]

    def start(self) -> None:
        """Begin to work; jobs given earlier are done now."""
        for thread in self._threads:
            thread.start()

    def do(self, name: Name, job: Job) -> None:
        """Do this on that lane, after what it has to do already."""
        self._queues[name].put(job)

    def finish(self, seconds: float) -> None:
        """Let every lane do what it has, and wait for each at most that long."""
        for queue in self._queues.values():
            queue.put(None)
        for thread in self._threads:
            if thread.is_alive():
                thread.join(seconds)

    def _run(self, queue: SimpleQueue[Job | None]) -> None:
        while (job := queue.get()) is not None:
            try:
                job()
            except BaseException as error:  # the lane must outlive any bug, a library's panic too
                self._unexpected(error)
