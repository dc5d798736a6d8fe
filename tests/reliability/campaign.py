"""What is injected, how often, and what was found: one row for each kind of bad luck."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from math import ceil
from pathlib import Path

from tests.reliability import windows
from tests.reliability.server_process import WINDOWS
from tests.reliability.small_disk import mountable
from tests.reliability.wire import Trouble
from tests.reliability.world import ANY_MOMENT, FULL, LATER, Tally, World

ROUNDS_A_CLINIC = 10
SETTLED_EVERY = 5
TOGETHER = (ANY_MOMENT, "records answered, not acknowledged")

Round = Callable[[World], None]


@dataclass(slots=True)
class Row:
    """One kind of bad luck: what was killed, what went through it, and what was found."""

    injected: str
    rounds: int = 0
    kiosk_kills: int = 0
    server_kills: int = 0
    tally: Tally = field(default_factory=Tally)
    found: Counter[str] = field(default_factory=Counter)
    sentences: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of bad luck, and its rounds."""

    injected: str
    rounds: tuple[Round, ...]
    small_disk: bool = False


def sections(kills: int, server_kills: int) -> Iterator[Section]:
    """So many kills of a kiosk at least, and of the server, spread over everything there is."""
    deaths = cycle((*windows.KIOSK, ANY_MOMENT, ANY_MOMENT))
    pairs = [(next(deaths), next(deaths)) for _ in range(ceil(kills * 0.3))]
    yield Section("kiosks killed, each in its window", tuple(map(kiosks, pairs)))
    answers = [answer(window) for window, _ in zip(cycle(WINDOWS), range(ceil(kills * 0.1)))]
    yield Section("kiosk killed while the server stands at its commit", tuple(answers))
    places = cycle((*WINDOWS, ANY_MOMENT))
    servers = [server(next(places)) for _ in range(server_kills)]
    yield Section("server killed in its window, kiosks too", tuple(servers))
    for kind in Trouble:
        rounds = (network(kind),) * ceil(kills * 0.02)
        yield Section(f"connections {kind.value}, kiosks killed", rounds)
    full = (kiosks((FULL, ANY_MOMENT)),) * ceil(kills * 0.04)
    yield Section("no page left in the audit, kiosks killed", full)
    if mountable():
        rounds = (disk,) * ceil(kills * 0.04)
        yield Section("disk full, kiosks killed", rounds, small_disk=True)


def kiosks(deaths: tuple[str, ...]) -> Round:
    """Both kiosks die."""
    return lambda world: world.kiosks_die(deaths)


def answer(window: str) -> Round:
    """A kiosk dies while the server stands in that window."""
    return lambda world: world.answer_is_lost(window)


def server(window: str) -> Round:
    """The server dies, and both kiosks."""
    if window == ANY_MOMENT:
        return lambda world: world.server_dies_at_any_moment(TOGETHER)
    return lambda world: world.server_dies(window, TOGETHER)


def network(kind: Trouble) -> Round:
    """The network is bad, and both kiosks die."""
    return lambda world: world.network_is_bad((kind,), (LATER, LATER))


def disk(world: World) -> None:
    """The first kiosk's disk is full, and both die."""
    world.disk_is_full((ANY_MOMENT, ANY_MOMENT))


def run(section: Section, seed: str) -> Row:
    """All its rounds, over as many clinics as it takes."""
    row = Row(section.injected)
    for first in range(0, len(section.rounds), ROUNDS_A_CLINIC):
        rounds = section.rounds[first : first + ROUNDS_A_CLINIC]
        with tempfile.TemporaryDirectory(prefix="kiosk-reliability-") as home:
            world = World(Path(home), f"{seed} {first}", small_disk=section.small_disk)
            with world:
                for number, each in enumerate(rounds, 1):
                    each(world)
                    if number % SETTLED_EVERY == 0 and number < len(rounds):
                        world.settled()
                found = world.settled()
            row.rounds += len(rounds)
            row.kiosk_kills += world.kiosk_kills
            row.server_kills += world.server_kills
            row.tally.add(world.tally)
            row.found += Counter(found.counts())
            row.sentences += [f"{seed} {first}: {each}" for each in found.sentences()]
    return row


HEADS = {
    "lost": "lost",
    "doubled": "doubled",
    "misattributed": "misattributed",
    "out_of_order": "out of order",
    "overwritten": "overwritten",
    "unexpected": "crashes",
}


def table(rows: list[Row]) -> str:
    """Markdown, one line for each row."""
    heads = ["injected", "kiosk kills", "server kills", "records", "changes", *HEADS.values()]
    lines = [f"| {' | '.join(heads)} |", "|---" + "|---:" * (len(heads) - 1) + "|"]
    for row in rows:
        cells = [
            row.injected,
            row.kiosk_kills,
            row.server_kills,
            row.tally.records,
            row.tally.changes.total(),
            *(row.found[name] for name in HEADS),
        ]
        lines.append(f"| {' | '.join(str(each) for each in cells)} |")
    return "\n".join(lines)


def summed(rows: list[Row]) -> Row:
    """All of them."""
    total = Row("all")
    for row in rows:
        total.rounds += row.rounds
        total.kiosk_kills += row.kiosk_kills
        total.server_kills += row.server_kills
        total.tally.add(row.tally)
        total.found += row.found
        total.sentences += row.sentences
    return total


def written(rows: list[Row]) -> dict[str, object]:
    """For a file."""
    return {
        row.injected: {
            "rounds": row.rounds,
            "kiosk_kills": row.kiosk_kills,
            "server_kills": row.server_kills,
            "records": row.tally.records,
            "changes": dict(row.tally.changes),
            "kiosk_windows": dict(row.tally.kiosk),
            "server_windows": dict(row.tally.server),
            "network": dict(row.tally.wire),
            "refused_by_disk": row.tally.refused_by_disk,
            "found": dict(row.found),
            "sentences": row.sentences,
        }
        for row in rows
    }
