"""The time the kiosk goes by: the server's once heard, and never one that lengthens trust.

Owns the current time: no other module reads a clock of the operating system (law 7, threats.md
T7). Must never take time from an answer that was not authenticated; its callers see to that.
"""

import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

LEAP = timedelta(days=1)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
"""No time after this is believed: it leaves room for every sum that is made with a time."""


class Readings(Protocol):
    """The two clocks of a computer."""

    def wall(self) -> datetime:
        """Return what the computer takes for the time: aware, UTC, possibly wrong by years."""
        ...

    def elapsed(self) -> timedelta:
        """Return the time since some fixed moment, sleep included; nobody can turn it."""
        ...


class ComputerReadings:
    """The clocks of this computer."""

    def wall(self) -> datetime:
        """Return the wall clock."""
        return datetime.now(UTC)

    def elapsed(self) -> timedelta:
        """Return the time since boot with sleep counted.

        CLOCK_BOOTTIME on Linux (clock_gettime(2)), CLOCK_MONOTONIC on macOS, which counts sleep
        there (clock_gettime(3)); on Windows ``time.monotonic`` counts it.
        """
        if sys.platform == "linux":
            return timedelta(seconds=time.clock_gettime(time.CLOCK_BOOTTIME))
        if sys.platform == "darwin":
            return timedelta(seconds=time.clock_gettime(time.CLOCK_MONOTONIC))
        return timedelta(seconds=time.monotonic())


@dataclass(frozen=True, slots=True)
class _Anchor:
    """It was ``at`` when ``elapsed`` was read."""

    at: datetime
    elapsed: timedelta


class Clock:
    """Trusted time out of two readings, the server's word and a high-water mark.

    Once the server was heard: its time plus what has elapsed. Before: the latest of the wall
    clock, of the wall clock at start plus what has elapsed, and of the high-water mark plus what
    has elapsed since it was known. So turning the wall clock back, or forth and back, gains
    nothing, and time never stands still.
    """

    def __init__(self, readings: Readings, high_water: datetime | None = None) -> None:
        self._readings = readings
        self._start = _Anchor(readings.wall(), readings.elapsed())
        self._server: _Anchor | None = None
        self._mark: _Anchor | None = None
        self._doubted: _Anchor | None = None
        if high_water is not None:
            self.remember(high_water)

    @property
    def high_water(self) -> datetime | None:
        """The latest time known to have passed here: what to keep for the next start.

        The server's last word and what has elapsed since, so that time without a network counts.
        """
        return self._since(self._mark) if self._mark else None

    def remember(self, high_water: datetime) -> None:
        """Take in a mark kept by an earlier start; an older one than is known changes nothing."""
        if high_water <= LATEST and (self._mark is None or high_water > self._since(self._mark)):
            self._mark = _Anchor(high_water, self._readings.elapsed())

    def heard(self, server_time: datetime) -> None:
        """Take the time from an authenticated answer: the only thing that raises the mark.

        Time never goes back behind the server's own earlier word and what has elapsed since, nor
        does it stand still. A leap of more than a day is believed when it is said twice: one
        wrong answer must not end everybody's trust, and the mark would keep it for good.
        """
        if server_time > LATEST or not self._believed(server_time):
            return
        self.remember(server_time)
        known = self.high_water
        at = server_time if known is None else max(server_time, known)
        self._server = _Anchor(at, self._readings.elapsed())

    def _believed(self, server_time: datetime) -> bool:
        doubted, self._doubted = self._doubted, None
        if server_time - max(self.now(), self._readings.wall()) <= LEAP:
            return True
        if doubted is not None and abs(server_time - self._since(doubted)) <= LEAP:
            return True
        self._doubted = _Anchor(server_time, self._readings.elapsed())
        return False

    def now(self) -> datetime:
        """Return the trusted time: aware, UTC, never before the high-water mark."""
        if self._server is not None:
            candidates = [self._since(self._server)]
        else:
            candidates = [self._readings.wall(), self._since(self._start)]
        if self._mark is not None:
            candidates.append(self._since(self._mark))
        return max(candidates)

    def disagreement(self) -> timedelta | None:
        """Return how far the wall clock is ahead of the server's time; ``None``: never heard."""
        return None if self._server is None else self._readings.wall() - self.now()

    def _since(self, anchor: _Anchor) -> datetime:
        passed = max(self._readings.elapsed() - anchor.elapsed, timedelta(0))
        return min(anchor.at, datetime.max.replace(tzinfo=UTC) - passed) + passed
