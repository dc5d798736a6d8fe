"""``python -m benchmarks build/bench.json``: measure, print one table, keep it as JSON.

Everything runs on a desk of its own (X server, session bus, real keychain) against a live
reference server on loopback. The kiosk is started as a user starts it; nothing in it knows. What
shows nothing is measured behind the page, against a server of its own.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    day_list,
    frozen,
    named,
    next_room,
    outbox,
    pull,
    queueing,
    rest,
    returning,
    site,
    start,
    tap,
)
from benchmarks.glass import Glass, GlassDesk, NeverSeen
from benchmarks.host import Host
from benchmarks.relay import Relay
from benchmarks.room import Joined, join, remember_browser, serving
from benchmarks.rows import Row, keep, table
from sandbox.demo.site import WebSite

ON_THE_GLASS = ("start", "tap", "named", "site", "list", "lock", "poll", "cpu", "memory")
PEERED = {"start", "tap"}
"""Beside a browser that the server remembers."""
OF_A_PACKAGE = ("frozen",)
"""Only where one was built: ``make package``."""
BEHIND_IT = ("outbox", "queue", "pull", "next-room", "return")
CPU_SECONDS = 60.0
Jobs = dict[str, Callable[[], list[Row]]]


def main() -> int:
    """0 when every budget is met, 1 when one is not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("file", type=Path, help="where the rows go, as JSON")
    parser.add_argument("--runs", type=int, default=20, help="of each act that is timed")
    acts = (*ON_THE_GLASS, *BEHIND_IT)
    choices = (*acts, *OF_A_PACKAGE)
    parser.add_argument("--only", choices=choices, action="append", help="measure only this")
    given = parser.parse_args()
    wanted = given.only or list(acts)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as directory:
        home = Path(directory)
        if seen := [act for act in (*ON_THE_GLASS, *OF_A_PACKAGE) if act in wanted]:
            rows += on_the_glass(home / "seen", seen, given.runs)
        if unseen := [act for act in BEHIND_IT if act in wanted]:
            rows += behind_it(home / "unseen", unseen, given.runs)
    keep(rows, given.file)
    print(table(rows))
    return int(any(each.budget_met is False for each in rows))


def on_the_glass(home: Path, acts: list[str], runs: int) -> list[Row]:
    """The rows of those acts, in their order."""
    # The list has a server of its own: it is filled, and starts anew, in between.
    clinic, browser = home / "clinic", home / "browser"
    with (
        Relay() as relay,
        Relay(tap.ANSWERS) as asking,
        serving(home, relay.address, asking.address) as practice,
        serving(clinic) as full,
        serving(home / "few") as few,
        serving(home / "many") as many,
        WebSite(home / "web") as web,
    ):
        relay.lead_to(practice.address)
        asking.lead_to(practice.address)
        with GlassDesk(home / "desk") as desk:
            say("joining a computer")
            joined = join(desk, practice, practice.address, "room")
            wired = join(desk, practice, relay.address, "wired") if "poll" in acts else joined
            asked = join(desk, practice, asking.address, "asked") if "lock" in acts else joined
            lists = join(desk, full, full.address, "lists") if "list" in acts else joined
            chairs = (
                [
                    named.chair(desk, few, home / "few" / "server", named.PEOPLE[0]),
                    named.chair(desk, many, home / "many" / "server", named.PEOPLE[1]),
                ]
                if "named" in acts
                else []
            )
            at_site = site.site_chair(desk, web) if "site" in acts else site.NOWHERE
            if PEERED & set(acts):
                remember_browser(desk, practice, browser)
        # The same home and keychain again, now without a screen reader on the bus.
        with GlassDesk(home / "desk") as desk, Glass(desk) as glass:
            jobs: Jobs = {
                "start": lambda: start.measure(
                    desk, glass, joined, browser, practice.address, runs
                ),
                "frozen": lambda: frozen.measure(desk, glass, joined, runs),
                "tap": lambda: tap.taps(desk, glass, joined, browser, practice, runs),
                "named": lambda: named.by_name(desk, glass, chairs, runs),
                "site": lambda: site.at_a_site(desk, glass, at_site, web, home, runs),
                "list": lambda: day_list.day_lists(
                    desk, glass, lists, full, clinic / "server", runs
                ),
                "lock": lambda: [
                    tap.lock(desk, glass, joined, 1, runs),
                    tap.lock(desk, glass, asked, 1, runs, asks=True),
                ],
                "poll": lambda: rest.poll(desk, glass, wired, relay),
                "cpu": lambda: [rest.cpu(desk, glass, joined, CPU_SECONDS)],
                "memory": lambda: rest.memory(desk, glass, joined, max(1, runs // 7)),
            }

            def clear() -> None:
                desk.clear()
                glass.until(glass.empty, "an empty glass")

            rows = done(jobs, acts, clear)
        if "lock" in acts:
            rows.append(locked_on_two(home, joined, runs))
    return rows


def behind_it(home: Path, acts: list[str], runs: int) -> list[Row]:
    """The rows of those acts, in their order."""
    with Relay() as relay, serving(home, relay.address) as practice:
        data = home / "server"
        jobs: Jobs = {
            "outbox": lambda: outbox.drained(practice, data, home / "outbox", max(1, runs // 4)),
            "queue": lambda: queueing.queueing(home / "queue"),
            "pull": lambda: pull.first_pull(practice, relay, data, home / "pull", runs),
            "next-room": lambda: next_room.seen_next_door(practice, data, home / "rooms", runs),
            "return": lambda: returning.returned(max(1, runs // 4)),
        }
        return done(jobs, acts)


def done(jobs: Jobs, acts: list[str], clear: Callable[[], None] = lambda: None) -> list[Row]:
    """Do them one after the other, each with what the host took meanwhile.

    What is looked for may change under a measurement, when an appointment's hour passes: then
    ``clear`` puts the desk in order, and that one is done once more.
    """
    rows: list[Row] = []
    for act in acts:
        say(act)
        host = Host()
        try:
            taken = jobs[act]()
        except NeverSeen as changed:
            say(f"{act} once more: {changed} is another now")
            clear()
            host, taken = Host(), jobs[act]()
        rows += [*taken, host.taken(act)]
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
