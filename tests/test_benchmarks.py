"""The arithmetic and the counting of the benchmarks; what they measure is measured by running."""

import http.client
import json
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from benchmarks.glass import CELL, EVERY, MOST_CELLS, NeverSeen, Picture, Rows
from benchmarks.ledger import append, kept, opened, record
from benchmarks.processes import cpu_seconds, memory_mib, with_children
from benchmarks.relay import Relay
from benchmarks.returning import asked_each_second, luck
from benchmarks.rows import keep, percentile, row, table
from kiosk.sync.records.chain import verify
from kiosk.sync.records.ledger import open_ledger
from tests.support.serving import begin


class Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response_only(204)
        self.send_header("X-Padding", "x" * 100)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def test_p95_is_a_value_that_was_measured() -> None:
    assert percentile(list(range(1, 101)), 0.95) == 95
    assert percentile([3.0], 0.95) == 3.0
    assert percentile([1.0, 9.0], 0.95) == 9.0


def test_a_budget_is_met_only_where_every_bound_holds() -> None:
    within = row("a", "ms", [40.0, 50.0], others=[100.0], budget="x", most=50, most_ratio=0.5)
    late = row("a", "ms", [40.0, 51.0], others=[100.0], budget="x", most=50, most_ratio=0.5)
    slow = row("a", "ms", [40.0, 50.0], others=[80.0], budget="x", most=50, most_ratio=0.5)
    assert (within.budget_met, late.budget_met, slow.budget_met) == (True, False, False)
    assert row("a", "ms", [40.0]).budget_met is None


def test_the_table_and_the_file_say_the_same(tmp_path: Path) -> None:
    rows = [row("lock", "ms", [41.0, 42.0], budget="≤ 50", most=50)]
    keep(rows, tmp_path / "build" / "bench.json")
    told = json.loads((tmp_path / "build" / "bench.json").read_text("utf-8"))
    assert told[0]["name"] == "lock"
    assert told[0]["budget_met"] is True
    assert "| lock | ms   |" in table(rows)


def test_the_relay_counts_every_byte_of_each_exchange() -> None:
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        begin(server)
        with Relay() as relay:
            relay.lead_to(f"http://127.0.0.1:{server.server_port}")
            line = http.client.HTTPConnection(relay.address.removeprefix("http://"))
            for path in ("/one", "/two"):
                line.request("GET", path, headers={"Host": "h", "Accept-Encoding": "identity"})
                line.getresponse().read()
            line.close()
            first, second = relay.exchanges()
        server.shutdown()
    sent = b"GET /one HTTP/1.1\r\nHost: h\r\nAccept-Encoding: identity\r\n\r\n"
    got = b"HTTP/1.1 204 No Content\r\nX-Padding: " + b"x" * 100 + b"\r\n\r\n"
    assert (first.line, first.up, first.down) == ("GET /one HTTP/1.1", len(sent), len(got))
    assert first.status == "HTTP/1.1 204 No Content"
    assert (second.line, second.up, second.down) == ("GET /two HTTP/1.1", len(sent), len(got))


def test_a_picture_is_told_by_cells_that_differ_and_are_not_plain() -> None:
    before: Rows = (bytes(16),) * 30
    drawn = bytes(range(16))
    now: Rows = (*([drawn] * 12), *([b"\1\1\1\1" * 4] * 6), *([bytes(16)] * 12))
    picture = Picture.of("a page", now, before)
    assert [y for y, _, _ in picture.telling] == [place * EVERY for place in range(12)]
    with pytest.raises(NeverSeen):
        Picture.of("nothing new", before, before)


def test_the_kernel_tells_of_this_process() -> None:
    me = int(Path("/proc/self").readlink().name)
    assert with_children(me)[0] == me
    assert cpu_seconds([me]) > 0
    assert memory_mib(me) > 1


def test_of_rates_the_slow_end_counts() -> None:
    met = row("a", "a second", [5000.0, 9000.0], budget="x", least=5000)
    slow = row("a", "a second", [4999.0, 9000.0], budget="x", least=5000)
    assert (met.p95, met.budget_met) == (5000.0, True)
    assert (slow.p95, slow.budget_met) == (4999.0, False)
    assert row("a", "a second", [1.0], least=0.0).budget_met is None


def test_a_picture_can_be_of_one_part_of_the_glass() -> None:
    before: Rows = (bytes(4 * CELL),) * 20
    drawn: Rows = (bytes(range(256)) * 4,) * 20
    left = Picture.of("the list", drawn, before, top=EVERY, right=2 * CELL // 4)
    page = Picture.of("the page", drawn, before, left=2 * CELL // 4)
    assert {start for _, start, _ in left.telling} == {0, CELL}
    assert {start for _, start, _ in page.telling} == {2 * CELL, 3 * CELL}
    assert min(y for y, _, _ in left.telling) == EVERY
    bar = Picture.of("the bar", drawn, before, bottom=3 * EVERY)
    assert {y for y, _, _ in bar.telling} == {0, EVERY, 2 * EVERY}


def test_appended_records_continue_the_chain(tmp_path: Path) -> None:
    store = opened(tmp_path / "audit.db")
    kept(store, record(1, datetime(2026, 11, 23, tzinfo=UTC), "d"))
    store.close()
    append(tmp_path / "audit.db", 30)
    with open_ledger(tmp_path / "audit.db") as ledger:
        verdict = verify(ledger, None)
    assert (verdict.last, verdict.findings) == (31, ())


def test_a_thousand_kiosks_return_the_same_way_for_the_same_seed() -> None:
    once, again = (asked_each_second(30, 60, luck(1)) for _ in range(2))
    assert once == again
    assert once[0] == 1000


def test_of_a_large_picture_every_column_is_looked_at() -> None:
    """A step that divides the cells of a row would look at the same columns of each."""
    columns, rows = 20, 60
    cells = (bytes(range(256)) * (CELL * columns // 256))[: CELL * columns]
    picture = Picture.of("a page", (cells,) * rows, (bytes(len(cells)),) * rows)
    assert len(picture.telling) == MOST_CELLS
    assert {start for _, start, _ in picture.telling} == set(range(0, CELL * columns, CELL))
