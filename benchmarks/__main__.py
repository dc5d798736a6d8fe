"""``python -m benchmarks build/bench.json``: measure, print one table, keep it as JSON.

Everything runs on a desk of its own (X server, session bus, real keychain) against a live
reference server on loopback. The kiosk is started as a user starts it; nothing in it knows.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import rest, start, tap
from benchmarks.glass import Glass, GlassDesk
from benchmarks.relay import Relay
from benchmarks.room import Joined, join, remember_browser, serving
from benchmarks.rows import Row, keep, table
from sandbox.demo.server import Practice

ACTS = ("start", "tap", "lock", "poll", "cpu", "memory")
CPU_SECONDS = 60.0


def main() -> int:
    """0 when every budget is met, 1 when one is not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("file", type=Path, help="where the rows go, as JSON")
    parser.add_argument("--runs", type=int, default=20, help="of each act that is timed")
    parser.add_argument("--only", choices=ACTS, action="append", help="measure only this")
    given = parser.parse_args()
    acts = given.only or list(ACTS)
    with (
        tempfile.TemporaryDirectory(prefix="kiosk-bench-") as home,
        serving(Path(home)) as practice,
    ):
        rows = measured(Path(home), practice, acts, given.runs)
    keep(rows, given.file)
    print(table(rows))
    return int(any(each.budget_met is False for each in rows))


def measured(home: Path, practice: Practice, acts: list[str], runs: int) -> list[Row]:
    """The rows of those acts, in their order."""
    port = int(practice.address.rpartition(":")[2])
    browser = home / "browser"
    rows: list[Row] = []
    with Relay(port) as relay:
        with GlassDesk(home / "desk") as desk:
            say("joining a computer")
            joined = join(desk, practice, practice.address, "room")
            wired = join(desk, practice, relay.address, "wired") if "poll" in acts else joined
            remember_browser(desk, practice, browser)
        # The same home and keychain again, now without a screen reader on the bus.
        with GlassDesk(home / "desk") as desk, Glass(desk) as glass:
            jobs: dict[str, Callable[[], list[Row]]] = {
                "start": lambda: start.measure(
                    desk, glass, joined, browser, practice.address, runs
                ),
                "tap": lambda: tap.taps(desk, glass, joined, browser, practice, runs),
                "lock": lambda: [tap.lock(desk, glass, joined, 1, runs)],
                "poll": lambda: rest.poll(desk, glass, wired, relay),
                "cpu": lambda: [rest.cpu(desk, glass, joined, CPU_SECONDS)],
                "memory": lambda: rest.memory(desk, glass, joined, max(1, runs // 7)),
            }
            for act in acts:
                say(act)
                rows += jobs[act]()
        if "lock" in acts:
            rows.append(locked_on_two(home, joined, runs))
    return rows


def locked_on_two(home: Path, joined: Joined, runs: int) -> Row:
    """The lock with a second monitor beside the first."""
    say("lock, two screens")
    with GlassDesk(home / "desk", monitors=2) as desk, Glass(desk) as glass:
        return tap.lock(desk, glass, joined, 2, runs)


def say(what: str) -> None:
    """What is being measured, for whoever waits."""
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
