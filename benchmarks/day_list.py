"""The tap until today's list is on the glass: at few and many appointments and old records.

From the press to the painted list beside Xchart's page, and so with all that lies between: input,
the durable record, the day out of the cache, layout and paint. Xchart's own page is not waited for.
"""

import time
from pathlib import Path

from benchmarks.clinic import lay_out
from benchmarks.glass import Glass, GlassDesk
from benchmarks.hands import Hands
from benchmarks.ledger import append
from benchmarks.room import Joined, Kiosk
from benchmarks.rows import Row, row
from kiosk.local.profile import ProfileFault, open_profile
from kiosk.sync.records.audit_store import count_unsent
from sandbox.demo.desk import end
from sandbox.demo.server import Practice

MOST_MS = 100.0
APPOINTMENTS, RECORDS = (20, 500), (0, 100_000)
A_START = 5
"""Taps on one started kiosk."""
PATIENCE_SECONDS = 300.0
PAUSE_SECONDS, SETTLING_SECONDS = 1.0, 5.0


def day_lists(
    desk: GlassDesk, glass: Glass, joined: Joined, practice: Practice, data: Path, runs: int
) -> list[Row]:
    """Four rows, each beside the first; ``data`` is the server's own directory."""
    audit = audit_of(joined)
    rows: list[Row] = []
    first: list[float] = []
    for records in RECORDS:
        if records:
            append(audit, records)
        for count in APPOINTMENTS:
            lay_out(practice, data, count)
            settle(desk, glass, joined, practice, audit)
            times = taps(desk, glass, joined, runs)
            first = first or times
            rows.append(
                row(
                    f"tap → today's list, {count} appointments, {records:,} old records",
                    "ms",
                    times,
                    against=None if times is first else "20 appointments, 0 old records",
                    others=() if times is first else first,
                    budget=f"p95 ≤ {MOST_MS:.0f}",
                    most=MOST_MS,
                )
            )
    return rows


def audit_of(joined: Joined) -> Path:
    """The audit file of that kiosk."""
    profile = open_profile(joined.profile)
    if isinstance(profile, ProfileFault):
        raise RuntimeError(profile.sentence)
    return profile.audit


def settle(desk: GlassDesk, glass: Glass, joined: Joined, practice: Practice, audit: Path) -> None:
    """Let the kiosk fetch the day and send what waits: what is measured is not its backlog."""
    kiosk = desk.run(*joined.command)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while count_unsent(audit) or "GET /v1/changes" not in practice.requests():
        if time.monotonic() > deadline:
            raise RuntimeError("the kiosk does not come to rest")
        time.sleep(1)
    time.sleep(SETTLING_SECONDS)
    end(kiosk)
    glass.until(glass.empty, "an empty glass")


def taps(desk: GlassDesk, glass: Glass, joined: Joined, runs: int) -> list[float]:
    """Milliseconds of so many taps."""
    hands = Hands(desk.environment["DISPLAY"])
    times: list[float] = []
    for start in range(0, runs, A_START):
        kiosk = Kiosk(desk, glass, hands, joined)
        for _ in range(min(A_START, runs - start)):
            times.append(kiosk.tap_for_the_day() * 1000)
            time.sleep(PAUSE_SECONDS)
            kiosk.done()
        end(kiosk.process)
        glass.until(glass.empty, "an empty glass")
    hands.close()
    return times
