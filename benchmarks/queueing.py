"""Queueing: what a durable record costs in time, and a hundred thousand of them in memory.

``python -m benchmarks.queueing DIRECTORY`` is a process of its own, so that its memory is nobody
else's; it prints what it measured. The time is taken on the disk, in turns with a plain table; the
memory with files that lie in memory, where a hundred thousand rows take seconds.
"""

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import astuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.ledger import in_memory, kept, opened, record
from benchmarks.processes import resident_mib
from benchmarks.rows import Row, row
from kiosk.session.model.refusals import Fault
from kiosk.sync.records.chain import GENESIS, line_of
from kiosk.sync.records.outbox import open_outbox

ROWS, STEP = 100_000, 10_000
TIMED, TURN = 1_000, 50
"""So many rows are timed, and so many of one kind in a turn."""
FLAT_MIB = 1.0
"""Flat: under 12 bytes a row. A record kept in memory would be over 500 bytes, 45 MiB in all."""
DEVICE = "d" * 43
PLAIN_TABLE = """
CREATE TABLE records (
    sequence INTEGER PRIMARY KEY, at TEXT, act TEXT, cause TEXT, actor TEXT, account TEXT,
    strength TEXT, device TEXT, detail TEXT, subject TEXT, digest TEXT
) STRICT
"""


def main() -> int:
    """Print milliseconds a row, ours and plain, and MiB after every ten thousand, as JSON."""
    with in_memory() as place:
        resident = grown(Path(place))
    ours, theirs = timed(Path(sys.argv[1]))
    print(json.dumps({"resident": resident, "ours": ours, "theirs": theirs}))
    return 0


def grown(home: Path) -> list[float]:
    """Resident MiB after each step of a long queue; the outbox is open beside it, as always."""
    store = opened(home / "audit.db")
    outbox = open_outbox(home / "audit.db")
    if isinstance(outbox, Fault):
        raise RuntimeError("the outbox cannot be opened")
    began = datetime.now(UTC)
    resident: list[float] = []
    for number in range(1, ROWS + 1):
        kept(store, record(number, began + timedelta(seconds=number), DEVICE))
        if number % STEP == 0:
            outbox.unsent()
            resident.append(resident_mib(os.getpid()))
    outbox.close()
    store.close()
    return resident


def timed(home: Path) -> tuple[list[float], list[float]]:
    """Milliseconds of each row: of the store, and of a plain table in turns with it."""
    store, began = opened(home / "audit.db"), datetime.now(UTC)
    ours: list[float] = []
    theirs: list[float] = []
    with closing(sqlite3.connect(home / "plain.db")) as plain:
        plain.execute("PRAGMA journal_mode = WAL")
        plain.execute("PRAGMA synchronous = FULL")
        plain.execute(PLAIN_TABLE)
        for first in range(1, TIMED + 1, TURN):
            numbers = range(first, first + TURN)
            records = [record(n, began + timedelta(seconds=n), DEVICE) for n in numbers]
            for each in records:
                at = time.perf_counter()
                kept(store, each)
                ours.append((time.perf_counter() - at) * 1000)
            for each in records:
                columns = (*astuple(line_of(each)), GENESIS)
                at = time.perf_counter()
                with plain:
                    plain.execute("INSERT INTO records VALUES (?,?,?,?,?,?,?,?,?,?,?)", columns)
                theirs.append((time.perf_counter() - at) * 1000)
    store.close()
    return ours, theirs


def queueing(home: Path) -> list[Row]:
    """The rows of this act."""
    home.mkdir()
    command = [sys.executable, "-m", "benchmarks.queueing", str(home)]
    told = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True)
    measured: dict[str, list[float]] = json.loads(told.stdout)
    first, *_, last = measured["resident"]
    return [
        row(
            "queueing a record, durable",
            "ms",
            measured["ours"],
            against="plain sqlite3, same columns and pragmas",
            others=measured["theirs"],
        ),
        row(
            f"memory growth, {STEP:,}th to {ROWS:,}th queued record",
            "MiB",
            [last - first],
            budget=f"flat: ≤ {FLAT_MIB:.0f}",
            most=FLAT_MIB,
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())
