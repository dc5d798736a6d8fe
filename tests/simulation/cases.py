"""The cases of one computer, from its first process to its last: what must hold over all of them.

The judge asks each step; this asks the whole history. What was begun is in the durable records.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act, Record
from kiosk.session.model.case import Case

LONGEST, SILENT = timedelta(hours=8), timedelta(hours=4)
"""As promised in docs/in-a-case.md; not the kiosk's own numbers, which are what is judged."""
SAID_BEFORE = timedelta(minutes=5)
TICK = timedelta(minutes=1)
"""A kiosk looks once a minute at least; what it waits for itself it looks at then."""


@dataclass
class Treated:
    """``open``: durable records have begun it, and none has ended it; by their numbers."""

    open: set[int] = field(default_factory=set)
    ended: set[int] = field(default_factory=set)
    seen: Counter[str] = field(default_factory=Counter)

    def kept(self, record: Record) -> None:
        """A record is on the disk."""
        match record.act:
            case Act.CASE_BEGUN:
                self.open.add(record.sequence)
            case Act.CASE_ENDED:
                name = int(record.subject)
                assert name not in self.ended, f"{name} has ended twice"
                assert name in self.open, f"{name} ended, and never began"
                self.open.remove(name)
                self.ended.add(name)
                self.seen[f"case ended: {record.cause.value}"] += 1
            case Act.CASE_TAKEN_OVER | Act.CASE_EXTENDED:
                self.seen[record.act.value] += 1
            case _:
                pass

    def stepped(self, event: said.Event, after: s.State, effects: tuple[do.Effect, ...]) -> None:
        """Nobody is in a case for longer than its limits allow, by the computer's trusted time."""
        session = s.session_of(after.phase)
        case = session.case if session is not None and session.in_case else None
        if case is None or not isinstance(event, said.Ticked):
            return
        self._within_limits(case, event)

    def _within_limits(self, case: Case, event: said.Ticked) -> None:
        grace = SAID_BEFORE + TICK
        assert case.until <= event.at + LONGEST, "its end lies further off than any"
        if event.at > case.until + TICK:
            # A clock that is put forward ends nothing before it was said on the screen.
            assert case.ending_at is not None, f"{event.at - case.until} beyond its end"
            assert event.at < case.ending_at <= event.at + SAID_BEFORE, "it is over"
        silent = min(event.at - case.alive_at, event.idle)
        assert silent <= SILENT + grace, f"nobody was alive for {silent}"
        self.seen["looked at a case"] += 1

    def is_over(self) -> None:
        """After the end: what was begun has ended, once."""
        assert not self.open, f"begun, and never ended: {sorted(self.open)}"
