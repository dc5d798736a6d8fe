"""A thousand kiosks come back after an outage, in virtual time: the peak against the steady rate.

Whether and when each asks is the kiosks' own word (``kiosk.sync.plan``); the server is a line in
time before which nobody is answered. No second passes here.
"""

import heapq
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count

from benchmarks.rows import Row, row
from kiosk.session.model.refusals import Unreachable
from kiosk.sync.backoff import Backoff
from kiosk.sync.plan import WAIT_SECONDS, asked_again_at, next_pull

KIOSKS = 1_000
OUTAGES = {2: "2 s", 10: "10 s", 30: "30 s", 600: "10 min", 7_200: "2 h"}
WATCHED_SECONDS = 900
ANSWER_SECONDS = 0.05
STEADY = KIOSKS / WAIT_SECONDS
MOST = {30: 4.0, 600: 2.0, 7_200: 2.0}
"""The bounds of the simulation's own test. For a server that only restarts there is none yet."""
BEGAN = datetime(2026, 11, 23, 18, tzinfo=UTC)


def returned(seeds: int) -> list[Row]:
    """The highest number of questions in one second after an outage, over several seeds."""
    return [
        row(
            f"{KIOSKS:,} kiosks after an outage of {name}: peak",
            "questions/s",
            [peak(outage, seed) for seed in range(seeds)],
            against="nobody away, the mean",
            others=[STEADY],
            budget=f"ratio ≤ {MOST[outage]:.0f}" if outage in MOST else None,
            most_ratio=MOST.get(outage),
        )
        for outage, name in OUTAGES.items()
    ]


def peak(outage: int, seed: int) -> float:
    """The most questions in one of the seconds after that outage."""
    asked = asked_each_second(outage, outage + WATCHED_SECONDS, luck(seed))
    return max(asked[second] for second in range(outage, outage + WATCHED_SECONDS))


def luck(seed: int) -> Callable[[], float]:
    """Draws from 0 to 1, the same again for the same seed."""
    numbers = count()

    def draw() -> float:
        lot = sha256(f"{seed} {next(numbers)}".encode()).digest()
        return int.from_bytes(lot[:8]) / 2**64

    return draw


def asked_each_second(outage: float, seconds: float, draw: Callable[[], float]) -> Counter[int]:
    """How many questions arrive in each second; the server is away from 0 to ``outage``.

    As it goes, every question that it held breaks off: all fail at once.
    """
    now = [0.0]
    failures = [Backoff(lambda: BEGAN + timedelta(seconds=now[0]), draw) for _ in range(KIOSKS)]
    coming = [(0.0, number) for number in range(KIOSKS)]
    asked: Counter[int] = Counter()
    while coming[0][0] < seconds:
        now[0], number = heapq.heappop(coming)
        asked[int(now[0])] += 1
        mine, at = failures[number], BEGAN + timedelta(seconds=now[0])
        if now[0] < outage:
            again = mine.failed(Unreachable.NO_ANSWER).again_at or at
        else:
            pull = next_pull("", mine.last)
            answered = at + timedelta(seconds=pull.seconds or ANSWER_SECONDS)
            again = asked_again_at(at, answered, pull, changed=False)
            mine.over()
        heapq.heappush(coming, ((again - BEGAN).total_seconds(), number))
    return asked
