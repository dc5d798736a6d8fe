"""A clinic of processes: two kiosks that meet at the same visits, one server, a wire between."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.reliability import windows
from tests.reliability.chance import Chance
from tests.reliability.ledger import Findings, judge, read
from tests.reliability.processes import Kiosk, Server
from tests.reliability.small_disk import filled, mounted
from tests.reliability.wire import Trouble, Wire
from tests.sync.wire.test_transport import Authority

HOST = "localhost"
ACTS = 80
"""So much people do before a window that was not reached counts as missed."""

MANY_ACTS = 400
"""Enough for a bad network to meet some of them."""

ANY_MOMENT = "any moment"
LATER = "any later moment"
FULL = "the disk full, then any moment"
ON_ITS_WAY = "the server has committed, its answer is on its way"
MISSED = "after the last act"


@dataclass(slots=True)
class Tally:
    """How often what was injected, and how much went through it."""

    kiosk: Counter[str] = field(default_factory=Counter)
    server: Counter[str] = field(default_factory=Counter)
    wire: Counter[str] = field(default_factory=Counter)
    both: int = 0
    refused_by_disk: int = 0
    records: int = 0
    changes: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        """Take another's counts in."""
        self.kiosk += other.kiosk
        self.server += other.server
        self.wire += other.wire
        self.both += other.both
        self.refused_by_disk += other.refused_by_disk
        self.records += other.records
        self.changes += other.changes


class World:
    """``with World(home, seed) as world``: everything is started and joined.

    ``small_disk`` puts the first kiosk's files on a disk of their own that can be filled.
    """

    def __init__(self, home: Path, seed: str, *, small_disk: bool = False) -> None:
        authority = Authority.made(home)
        authority.context(HOST)
        (home / "server").mkdir()
        self.tally = Tally()
        self._wire = Wire(f"wire {seed}")
        self._address = f"https://{HOST}:{self._wire.port}"
        self.server = Server(home / "server", home / f"{HOST}30.pem", self._address)
        self.server.start()
        self._wire.server = self.server.port
        self._seed = seed
        self._draw = Chance(seed)
        self._round = 0
        self._kiosks = [Kiosk(home / f"kiosk-{n}", f"Op {n}", home / "ca.pem") for n in (1, 2)]
        self._disk = home / "kiosk-1" / "profile" if small_disk else None
        self._ends = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as ends:
            for kiosk in self._kiosks:
                kiosk.home.mkdir()
            if self._disk is not None:
                ends.enter_context(mounted(self._disk))
            ends.enter_context(self._wire)
            ends.callback(self.server.over)
            ends.callback(self.server.kill)
            for kiosk in self._kiosks:
                ends.callback(kiosk.over)
                ends.callback(kiosk.kill)
            for kiosk in self._kiosks:
                kiosk.join(self._address, self._newest_code)
            self._before = read(self.server.data)
            # Nobody calls ``__exit__`` when something of this fails.
            self._ends = ends.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.close()

    @property
    def kiosk_kills(self) -> int:
        """How many kiosks ended by SIGKILL."""
        return sum(each.kills for each in self._kiosks)

    @property
    def server_kills(self) -> int:
        """How often the server died in a round, not between two."""
        return self.tally.server.total()

    def kiosks_die(self, deaths: Sequence[str]) -> None:
        """Each kiosk works until it dies in its window, both at once."""
        self._round += 1
        for kiosk, death in zip(self._kiosks, deaths, strict=False):
            self._begin(kiosk, death)
        for kiosk, death in zip(self._kiosks, deaths, strict=False):
            self.tally.kiosk[death if kiosk.dead() else MISSED] += 1

    def server_dies(self, window: str, deaths: Sequence[str]) -> None:
        """The server dies in a window of its own, while the kiosks work and die."""
        self._restart_server(*self._fuse("--die", window))
        self.kiosks_die(deaths)
        self._restart_server()
        self.tally.server[window] += 1
        self.tally.both += 1

    def server_dies_at_any_moment(self, deaths: Sequence[str]) -> None:
        """The server dies with the first kiosk, wherever it is."""
        self._kiosks[0].ended = self.server.kill
        self.kiosks_die(deaths)
        self._kiosks[0].ended = None
        self._restart_server()
        self.tally.server[ANY_MOMENT] += 1
        self.tally.both += 1

    def answer_is_lost(self, window: str) -> None:
        """The first kiosk dies while the server stands between its work and the answer."""
        self._restart_server(*self._fuse("--halt", window))

        def reached() -> None:
            self._kiosks[0].kill()
            self.server.go_on()

        self.server.reached = reached
        self.kiosks_die([ON_ITS_WAY])
        self.server.reached = self.server.go_on

    def network_is_bad(self, kinds: tuple[Trouble, ...], deaths: Sequence[str]) -> None:
        """New connections meet trouble while the kiosks work and die."""
        self._wire.kinds = kinds
        self.kiosks_die(deaths)
        self._wire.kinds = ()

    def disk_is_full(self, deaths: Sequence[str]) -> None:
        """The first kiosk's disk has next to no room; it has again when it starts anew."""
        if self._disk is None:
            raise ValueError("this world has no small disk")
        with filled(self._disk, leaving=self._draw.choice([0, 4096, 16_384, 65_536])):
            self.kiosks_die(deaths)

    def settled(self) -> Findings:
        """Everything calm: both send what they have. Then the ledgers are held to the server."""
        for kiosk in self._kiosks:
            kiosk.begin("", 0)
        for kiosk in self._kiosks:
            kiosk.drained()
        there = read(self.server.data)
        self.tally.wire = Counter({kind.value: n for kind, n in self._wire.met.items()})
        self.tally.records = len(there.records)
        self.tally.changes = Counter(row["outcome"] for row in there.commands)
        self.tally.refused_by_disk = sum(each.ledger.refused for each in self._kiosks)
        return judge([each.ledger for each in self._kiosks], self._before, there)

    def _begin(self, kiosk: Kiosk, death: str) -> None:
        seed, draw = f"{self._seed} {self._round} {kiosk.operatory}", self._draw
        if death in windows.KIOSK:
            kiosk.begin(seed, ACTS, *self._fuse("--die", death))
        elif death == FULL:
            pages = str(draw.randint(0, 2))
            kiosk.begin(seed, ACTS, "--pages", pages, lines=draw.randint(60, 160))
        elif death == ANY_MOMENT:
            kiosk.begin(seed, ACTS, lines=draw.randint(1, 160))
        elif death == LATER:
            kiosk.begin(seed, MANY_ACTS, lines=draw.randint(100, 600))
        else:
            kiosk.begin(seed, ACTS)

    def _fuse(self, what: str, window: str) -> tuple[str, ...]:
        rare = window in windows.RARE or window.startswith("records")
        return (what, window, "--count", str(1 if rare else self._draw.randint(1, 3)))

    def _restart_server(self, *fuse: str) -> None:
        self.server.kill()
        self.server.over()
        self.server.start(*fuse)

    def _newest_code(self) -> str:
        with closing(sqlite3.connect(self.server.data / "xchart.sqlite3")) as db:
            return str(db.execute("SELECT code FROM text ORDER BY id DESC").fetchone()[0])
