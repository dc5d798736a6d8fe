"""Who waits for news, and what wakes them: a commit that changed something.

A wait holds no thread, no turn of the server and no connection. Committing threads notify; whoever
waits sleeps in an event loop. Only what was named when listening wakes it, so that one sign-in
does not wake every computer of the clinic.
"""

import asyncio
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

EVERYONE = "everyone"


def device_topic(jkt: str) -> str:
    """News for one computer."""
    return f"device {jkt}"


def location_topic(location: str) -> str:
    """News of one location's schedule."""
    return f"location {location}"


class Listener:
    """One who waits, in the running event loop. ``over``: waits were ended for good."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._notified = asyncio.Event()
        self.topics: frozenset[str] = frozenset()
        self.over = False

    def now(self) -> float:
        """Seconds of the event loop's own time."""
        return self._loop.time()

    def wake(self) -> None:
        """From any thread."""
        self._loop.call_soon_threadsafe(self._notified.set)

    async def notified(self, until: float) -> bool:
        """Wait until woken; false when nothing woke it before ``until``, in the loop's time.

        Also false when time is up but something did: changes without end must hold nobody longer.
        """
        if self.now() >= until:
            return False
        try:
            async with asyncio.timeout_at(until):
                await self._notified.wait()
        except TimeoutError:
            return False
        self._notified.clear()
        return True


class Notifier:
    """The one notifier of a server. ``second`` is how long a second of waiting lasts, for tests."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: set[Listener] = set()
        self.second = 1.0

    @contextmanager
    def listener(self) -> Iterator[Listener]:
        """Someone who may begin to listen, until they leave."""
        listener = Listener()
        try:
            yield listener
        finally:
            with self._lock:
                self._listeners.discard(listener)

    def listen(self, listener: Listener, topics: Iterable[str]) -> None:
        """Wake this listener from now on. Called in the unit of work that found no news, so that
        what is committed next is heard."""
        with self._lock:
            listener.topics = frozenset({EVERYONE, *topics})
            self._listeners.add(listener)

    def notify(self, topics: Iterable[str]) -> None:
        """Wake who listens to one of these; ``EVERYONE`` wakes all."""
        wanted = frozenset(topics)
        with self._lock:
            for listener in self._listeners:
                if wanted & listener.topics:
                    listener.wake()

    def end_waits(self) -> None:
        """Nobody waits any longer: time travelled, or the server shuts down."""
        with self._lock:
            for listener in self._listeners:
                listener.over = True
                listener.wake()
