"""The next room: a status set at one chair, until the kiosk of another could show it.

Two computers with all that a kiosk has behind its page, over real HTTP; the second listens by long
poll on a thread of its own and asks again when the kiosk would. Neither draws anything.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from random import SystemRandom
from threading import Event, Thread

from benchmarks.clinic import lay_out
from benchmarks.computer import Computer, NotAsExpected, joined
from benchmarks.rows import Row, row
from kiosk.session.model.replies import News
from sandbox.demo.server import Practice

APPOINTMENTS = 20
MOST_MS = 2_000.0
PATIENCE_SECONDS = 40.0
PAUSE_SECONDS = (0.1, 3.0)
"""Also sooner after the last than the kiosk asks again: one second."""
TURNS = ("Seated", "Ready for doctor")

Seen = SimpleQueue[tuple[float, dict[str, str]]]


def seen_next_door(practice: Practice, data: Path, home: Path, runs: int) -> list[Row]:
    """Milliseconds from the decision to the next room's readable day."""
    lay_out(practice, data, APPOINTMENTS)
    pauses, times = SystemRandom(), list[float]()
    with (
        joined(practice, home / "here", "Op 1") as here,
        joined(practice, home / "there", "Op 2") as there,
    ):
        here.hear()
        there.hear()
        found = here.day().day.schedule.appointments
        versions = {each.id: each.version for each in found}
        with listening(there) as seen:
            for run in range(runs):
                time.sleep(pauses.uniform(*PAUSE_SECONDS))
                target = found[run % len(found)].id
                to = TURNS[run // len(found) % len(TURNS)]
                at = time.perf_counter()
                here.set_status(target, to, versions[target])
                here.send()
                times.append((arrived(seen, target, to) - at) * 1000)
                versions[target] += 1
    return [
        row(
            "status set → readable in the next room",
            "ms",
            times,
            budget=f"p95 ≤ {MOST_MS:,.0f}",
            most=MOST_MS,
        )
    ]


def arrived(seen: Seen, target: str, to: str) -> float:
    """The moment when the other room could read it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        at, statuses = seen.get(timeout=PATIENCE_SECONDS)
        if statuses.get(target) == to:
            return at
    raise NotAsExpected("the next room never saw it")


@contextmanager
def listening(computer: Computer) -> Iterator[Seen]:
    """Its lane for news: what the day says, and when, after every change."""
    over, seen = Event(), Seen()

    def run() -> None:
        while not over.is_set():
            news = computer.ports.feed.news("acc-office")
            if not isinstance(news, News):
                return  # hung up
            if news.day_changed:
                appointments = computer.day().day.schedule.appointments
                statuses = {each.id: each.status for each in appointments}
                seen.put((time.perf_counter(), statuses))
            over.wait(max(0.0, (news.again_at - computer.now()).total_seconds()))

    lane = Thread(target=run, name="lane news", daemon=True)
    lane.start()
    try:
        yield seen
    finally:
        over.set()
        computer.ports.feed.hang_up()
        lane.join(PATIENCE_SECONDS)
