"""One line of the transition table, and what holds a rule to it.

Must never decide anything: which lines there are is said in ``table``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from kiosk.session.model.audit import Act as Record
from kiosk.session.model.state import Known
from kiosk.session.rules.moves import Step

P = TypeVar("P")
W = TypeVar("W")

Act = Callable[[Known, Any, Any, datetime], Step]
"""A rule. That it fits its line ``row`` says, and the table is asked by class."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: from one phase, on one event or intent, to one of several phases.

    ``records`` are the only records that such a step makes.
    """

    phase: type
    what: type
    act: Act
    leads_to: tuple[type, ...]
    records: frozenset[Record]


def row(
    phase: type[P],
    what: type[W],
    act: Callable[[Known, P, W, datetime], Step],
    *leads_to: type,
    records: Iterable[Record] = (),
) -> Row:
    """A line whose rule fits its phase and event; the line's own phase is always reachable."""
    return Row(phase, what, act, (phase, *leads_to), frozenset(records))
