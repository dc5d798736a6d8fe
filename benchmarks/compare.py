"""Which rows are slower in one tree than in another; pure, and so its properties can be tested.

*Slower*: the median or the p95 of all turns is more than 5 % worse than the other tree's, and by
more than two halves of the other tree's own turns differ (the A/A band). The band is the other
tree's alone: a change that made this tree unsteady would otherwise hide itself.
"""

import math
import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from benchmarks.host import TAKEN
from benchmarks.lines import Line
from benchmarks.rows import Row, drawn, number, slow_end

TOLERATED = 1.05
MOST_GROUPS = 8
"""Of more turns than that several count as one, so that the ways to split them stay few."""
HEADINGS = (
    *("what", "unit", "turns", "median", "its median", "ratio", "A/A"),
    *("p95", "its p95", "ratio", "A/A", "verdict"),
)

Values = Sequence[float]
Turns = Mapping[int, Values]
"""What was measured of one row in one tree, by turn."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A median or a p95 in both trees. ``ratio`` and ``band`` over 1 are worse, of rates too."""

    here: float
    there: float
    ratio: float
    band: float

    @property
    def slower(self) -> bool:
        """Worse than is tolerated, and than the other tree is than itself."""
        return self.ratio > TOLERATED and self.ratio > self.band


@dataclass(frozen=True, slots=True)
class Judged:
    """One row of both trees; without figures where only one tree has it."""

    name: str
    unit: str
    turns: int
    figures: tuple[Figure, Figure] | None
    verdict: str

    @property
    def slower(self) -> bool:
        """Whether this is what must not be."""
        return self.verdict.startswith("SLOWER")


def judge(name: str, unit: str, here: Turns, there: Turns, *, rate: bool = False) -> Judged:
    """Compare the turns that both trees have: of another only one may have had a bad minute."""
    both = sorted(here.keys() & there.keys())
    if not both:
        return Judged(name, unit, 0, None, "only in " + ("this tree" if here else "the other"))
    ours, theirs = ([turns[turn] for turn in both] for turns in (here, there))
    median = figure(statistics.median, ours, theirs, rate)
    p95 = figure(lambda values: slow_end(values, rate), ours, theirs, rate)
    slower = [word for word, each in (("median", median), ("p95", p95)) if each.slower]
    if name.endswith(TAKEN):
        verdict = "the host's, not judged"
    elif slower:
        verdict = "SLOWER: " + ", ".join(slower)
    elif len(both) < 2:
        verdict = "one turn: no A/A"
    elif max(median.ratio, p95.ratio) > TOLERATED:
        verdict = "within A/A"
    else:
        verdict = "not slower"
    return Judged(name, unit, len(both), (median, p95), verdict)


def figure(
    of: Callable[[Values], float], ours: Sequence[Values], theirs: Sequence[Values], rate: bool
) -> Figure:
    """One statistic over all turns of both, and how far the other tree's halves lie apart."""
    here, there = of(pooled(ours)), of(pooled(theirs))
    apart = [
        max(worse(of(one), of(two), rate), worse(of(two), of(one), rate))
        for one, two in halves(theirs)
    ]
    # A single turn says nothing of how unsteady it is.
    return Figure(here, there, worse(here, there, rate), max(apart, default=math.inf))


def worse(value: float, than: float, rate: bool) -> float:
    """How many times worse; what was measured is never below nothing."""
    larger, smaller = (max(0.0, each) for each in ((than, value) if rate else (value, than)))
    if larger == smaller:
        return 1.0
    return larger / smaller if smaller else math.inf


def halves(turns: Sequence[Values]) -> Iterator[tuple[Values, Values]]:
    """Every way to split the turns in two halves; of an odd number one is larger."""
    groups = [pooled(turns[start::MOST_GROUPS]) for start in range(min(MOST_GROUPS, len(turns)))]
    places = range(len(groups))
    for half in combinations(places, len(groups) // 2) if len(groups) > 1 else ():
        rest = [groups[place] for place in places if place not in half]
        yield pooled([groups[place] for place in half]), pooled(rest)


def pooled(turns: Iterable[Values]) -> Values:
    """The values of several turns together."""
    return [value for turn in turns for value in turn]


def compare(lines: Iterable[Line]) -> list[Judged]:
    """Join the rows of both trees by their names, in the order in which they came."""
    rows: dict[str, Row] = {}
    measured: dict[str, tuple[dict[int, Values], dict[int, Values]]] = {}
    for line in lines:
        if line.row is None:
            continue
        rows.setdefault(line.row.name, line.row)
        here, there = measured.setdefault(line.row.name, ({}, {}))
        # The start is a row twice, beside its floor and beside its peer; its values are the same.
        (here if line.here else there).setdefault(line.turn, line.row.values)
    return [
        judge(name, rows[name].unit, here, there, rate=rows[name].rate)
        for name, (here, there) in measured.items()
    ]


def table(judged: Sequence[Judged]) -> str:
    """What was compared, as a Markdown table."""
    return drawn([HEADINGS, *(cells(each) for each in judged)])


def cells(judged: Judged) -> tuple[str, ...]:
    """One row in words."""
    told = [
        cell
        for each in judged.figures or ()
        for cell in (number(each.here), number(each.there), times(each.ratio), times(each.band))
    ]
    told = told or [""] * 8
    return (judged.name, judged.unit, str(judged.turns), *told, judged.verdict)


def times(ratio: float) -> str:
    """A ratio, or a dash where it has no end or there is none."""
    return f"{ratio:.2f}" if math.isfinite(ratio) else "-"
