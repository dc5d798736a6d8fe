"""Who waits for news, and what wakes them: rung after each commit that changed something.

A wait holds no thread, no turn of the house and no connection. Committing threads ring; whoever
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


class Ear:
    """One who waits, in the running event loop. ``over``: waits were ended for good."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._rung = asyncio.Event()
        self.topics: frozenset[str] = frozenset()
        self.over = False

    def now(self) -> float:
        """Seconds of the event loop's own time."""
        return self._loop.time()

    def wake(self) -> None:
        """From any thread."""
        self._loop.call_soon_threadsafe(self._rung.set)

    async def rung(self, until: float) -> bool:
        """Wait for the bell; false when it did not ring before ``until``, in the loop's time.

        Also false when it rang but time is up: a bell that never stops must not hold anyone longer.
        """
        if self.now() >= until:
            return False
        try:
            async with asyncio.timeout_at(until):
                await self._rung.wait()
        except TimeoutError:
            return False
        self._rung.clear()
        return True


class Bell:
    """The one bell of a house. ``second`` is how long a second of waiting lasts, for tests."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ears: set[Ear] = set()
        self.second = 1.0

    @contextmanager
    def ear(self) -> Iterator[Ear]:
        """Someone who may begin to listen, until they leave."""
        ear = Ear()
        try:
            yield ear
        finally:
            with self._lock:
                self._ears.discard(ear)

    def listen(self, ear: Ear, topics: Iterable[str]) -> None:
        """Wake this ear from now on. Called in the unit of work that found no news, so that what
        is committed next is heard."""
        with self._lock:
            ear.topics = frozenset({EVERYONE, *topics})
            self._ears.add(ear)

    def ring(self, topics: Iterable[str]) -> None:
        """Wake who listens to one of these; ``EVERYONE`` wakes all."""
        wanted = frozenset(topics)
        with self._lock:
            for ear in self._ears:
                if wanted & ear.topics:
                    ear.wake()

    def end_waits(self) -> None:
        """Nobody waits any longer: time travelled, or the server shuts down."""
        with self._lock:
            for ear in self._ears:
                ear.over = True
                ear.wake()
