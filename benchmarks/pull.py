"""The first pull: from the question for news to a schedule that can be read, and its bytes.

Each time as on a computer that knows nothing of the day and has just been started: no cache file,
no connection, no nonce. The floor is the same body from a process that does nothing, as JSON.
"""

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import requests

from benchmarks.clinic import lay_out
from benchmarks.computer import Computer, NotAsExpected, joined
from benchmarks.relay import Relay
from benchmarks.rows import Row, row
from benchmarks.sink import sink
from kiosk.session.model.refusals import Unreachable
from kiosk.sync.wire.transport import Answer, Transport
from sandbox.demo.server import Practice

COUNTS = (20, 500)
FLOOR = "same body, bare request, json.loads"


class AccountCalls(Transport):
    """The kiosk's own transport, and the last body that came down over it."""

    body = [b""]

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        *more: Any,
        **named: Any,
    ) -> Answer | Unreachable:
        """Send it, and hold on to what came; an older tree's takes less."""
        told = super().send(method, url, headers, body, *more, **named)
        if isinstance(told, Answer):
            self.body[0] = told.body
        return told


def first_pull(practice: Practice, relay: Relay, data: Path, home: Path, runs: int) -> list[Row]:
    """Milliseconds and bytes, at few and at many appointments."""
    rows: list[Row] = []
    relay.lead_to(practice.address)
    with (
        joined(practice, home / "direct", "Op 2", transport=AccountCalls) as computer,
        joined(practice, home / "counted", "Op 4", server=relay.address) as counted,
    ):
        for count in COUNTS:
            lay_out(practice, data, count)
            ours = [pulled(computer, count) for _ in range(runs)]
            floor = home / f"{count}.json"
            floor.write_bytes(AccountCalls.body[0])
            with sink(floor) as address:
                theirs = [bare(address) for _ in range(runs)]
            before = len(relay.exchanges())
            pulled(counted, count)
            went = relay.exchanges()[before:]
            rows += [
                row(
                    f"first pull, {count} appointments",
                    "ms",
                    ours,
                    against=FLOOR,
                    others=theirs,
                ),
                row(
                    f"first pull, {count} appointments, {len(went)} requests up and down",
                    "bytes",
                    [sum(each.up + each.down for each in went)],
                    against="the body alone",
                    others=[floor.stat().st_size],
                ),
            ]
    return rows


def pulled(computer: Computer, count: int) -> float:
    """Milliseconds of one first pull."""
    computer.reopen(forget_the_day=True)
    at = time.perf_counter()
    computer.hear()
    found = computer.day().day.schedule.appointments
    took = (time.perf_counter() - at) * 1000
    if len(found) != count:
        raise NotAsExpected(f"{len(found)} appointments instead of {count}")
    return took


def bare(address: str) -> float:
    """Milliseconds of one request without proof, on a connection of its own, and its reading."""
    with requests.Session() as session:
        session.trust_env = False
        at = time.perf_counter()
        json.loads(session.get(f"{address}/v1/changes", timeout=10).content)
        return (time.perf_counter() - at) * 1000
