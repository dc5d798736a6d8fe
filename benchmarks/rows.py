"""What a measurement says: rows with medians and percentiles, as a table and as JSON."""

import json
import math
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

HEADINGS = ("what", "unit", "median", "p95", "against", "its median", "ratio", "budget", "met")


@dataclass(frozen=True, slots=True)
class Row:
    """One line. ``budget`` is in words; ``budget_met`` is None where there is no budget.

    ``against`` names the floor or the peer that was measured in turns in the same run.
    ``values`` are the runs themselves; of a ``rate`` more is better.
    """

    name: str
    unit: str
    median: float
    p95: float
    against: str | None = None
    against_median: float | None = None
    ratio: float | None = None
    budget: str | None = None
    budget_met: bool | None = None
    rate: bool = False
    values: tuple[float, ...] = ()


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` of all values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def slow_end(values: Sequence[float], rate: bool) -> float:
    """Their p95: of rates, the rate that 95 % of the runs reach."""
    return -percentile([-v for v in values], 0.95) if rate else percentile(values, 0.95)


def row(
    name: str,
    unit: str,
    values: Sequence[float],
    *,
    against: str | None = None,
    others: Sequence[float] = (),
    budget: str | None = None,
    most: float | None = None,
    least: float | None = None,
    most_ratio: float | None = None,
) -> Row:
    """A row of measured values; ``most`` bounds their p95, ``most_ratio`` that of the medians.

    ``least`` makes it a row of rates, of which more is better. 0 is a rate without a budget.
    """
    median = statistics.median(values)
    p95 = slow_end(values, rate=least is not None)
    against_median = statistics.median(others) if others else None
    ratio = median / against_median if against_median else None
    met: bool | None = None
    if most is not None or least or most_ratio is not None:
        met = (most is None or p95 <= most) and (least is None or p95 >= least)
        if most_ratio is not None:
            met = met and ratio is not None and ratio <= most_ratio
    return Row(
        name,
        unit,
        round(median, 3),
        round(p95, 3),
        against,
        None if against_median is None else round(against_median, 3),
        None if ratio is None else round(ratio, 3),
        budget,
        met,
        least is not None,
        tuple(round(value, 6) for value in values),
    )


def cells(row: Row) -> tuple[str, ...]:
    """A row in words."""
    met = {True: "yes", False: "NO", None: ""}[row.budget_met]
    return (
        row.name,
        row.unit,
        number(row.median),
        number(row.p95),
        row.against or "",
        number(row.against_median),
        "" if row.ratio is None else f"{row.ratio:.2f}",
        row.budget or "",
        met,
    )


def number(value: float | None) -> str:
    """Three digits that matter, and no more."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


def table(rows: Sequence[Row]) -> str:
    """A Markdown table of all rows."""
    return drawn([HEADINGS, *(cells(each) for each in rows)])


def drawn(lines: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table, its columns in line; the first line is its headings."""
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    told = ["| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in lines]
    told.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(told)


def keep(rows: Sequence[Row], path: Path) -> None:
    """Write the rows as a JSON list."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(each) for each in rows], indent=1) + "\n", "utf-8")
