"""The outbox drained: how many records and changes a second reach a real server over real HTTP.

The floor is the same bytes, posted by bare requests without a proof to a process that looks at
nothing. What the kiosk itself spends is told apart from what the server takes.
"""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import requests

from benchmarks.clinic import lay_out
from benchmarks.computer import Computer, NotAsExpected, joined
from benchmarks.ledger import append
from benchmarks.rows import Row, row
from benchmarks.sink import sink
from kiosk.session.model.refusals import Unreachable
from kiosk.sync.wire.transport import Answer, Transport
from sandbox.demo.server import Practice

RECORDS, CHANGES = 20_000, 2_000
APPOINTMENTS = 20
LEAST_A_SECOND = 5_000.0
TURNS = ("Seated", "Ready for doctor")
FLOOR = "same bytes, bare requests, a server that does nothing"


class Noting(Transport):
    """The kiosk's own transport, and what went up over it."""

    sent: list[tuple[str, bytes]] = []
    waited = [0.0]

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        *more: Any,
        **named: Any,
    ) -> Answer | Unreachable:
        """Note it, send it, and count the seconds; an older tree's takes less."""
        if body is not None:
            self.sent.append((url, body))
        at = time.perf_counter()
        try:
            return super().send(method, url, headers, body, *more, **named)
        finally:
            self.waited[0] += time.perf_counter() - at


def drained(practice: Practice, data: Path, home: Path, runs: int) -> list[Row]:
    """Records and changes a second; ``data`` is the server's own directory."""
    lay_out(practice, data, APPOINTMENTS)
    with joined(practice, home, "Op 1", transport=Noting) as computer, sink() as floor:
        computer.hear()
        computer.keep(computer.record())
        computer.send()
        records = Rates(computer, floor)
        for _ in range(runs):
            computer.close()
            append(computer.profile.audit, RECORDS)
            computer.open()
            records.send(RECORDS)
        changes = Rates(computer, floor)
        for _ in range(runs):
            set_statuses(computer, CHANGES)
            changes.send(CHANGES)
    return [
        row(
            f"outbox drained, {RECORDS:,} records",
            "a second",
            records.ours,
            against=FLOOR,
            others=records.floor,
            budget=f"≥ {LEAST_A_SECOND:,.0f}",
            least=LEAST_A_SECOND,
        ),
        row(
            "outbox drained, the server's answers not counted",
            "a second",
            records.own,
            against=FLOOR,
            others=records.floor,
            least=0.0,
        ),
        row(
            f"changes drained, {CHANGES:,}, each with its record",
            "a second",
            changes.ours,
            against=FLOOR,
            others=changes.floor,
            least=0.0,
        ),
        row(
            "changes drained, the server's answers not counted",
            "a second",
            changes.own,
            against=FLOOR,
            others=changes.floor,
            least=0.0,
        ),
    ]


def set_statuses(computer: Computer, count: int) -> None:
    """Queue changes of all appointments in turns, each upon the one before it."""
    versions = {each.id: each.version for each in computer.day().day.schedule.appointments}
    after: dict[str, str] = {}
    ids = sorted(versions)
    for number in range(count):
        target = ids[number % len(ids)]
        to = TURNS[number // len(ids) % len(TURNS)]
        after[target] = computer.set_status(target, to, versions[target], after.get(target, ""))
        versions[target] += 1


class Rates:
    """Things a second: over the wire, without the wait for the server, and at the floor."""

    def __init__(self, computer: Computer, floor: str) -> None:
        self._computer = computer
        self._floor = floor
        self.ours: list[float] = []
        self.own: list[float] = []
        self.floor: list[float] = []

    def send(self, count: int) -> None:
        """Send what waits, ``count`` of them, and then the same bytes to the floor."""
        Noting.sent.clear()
        Noting.waited[0] = 0.0
        at = time.perf_counter()
        self._computer.send()
        took = time.perf_counter() - at
        self.ours.append(count / took)
        self.own.append(count / (took - Noting.waited[0]))
        with requests.Session() as session:
            session.trust_env = False
            at = time.perf_counter()
            for url, body in Noting.sent:
                path = url.partition("/v1")[2]
                answer = session.post(f"{self._floor}/v1{path}", data=body, timeout=10)
                if not answer.ok:
                    raise NotAsExpected("the floor gave way")
            self.floor.append(count / (time.perf_counter() - at))
