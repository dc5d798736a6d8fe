"""The true history, kept outside of every kiosk and server: who did what, and what came of it."""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field

from sqlalchemy import event, select
from sqlalchemy.orm import Session, UOWTransaction

from kiosk.session.model.audit import Record
from kiosk.session.model.commands import Command
from kiosk.sync.records.chain import line_of
from sandbox.server.server_state import ServerState, Unit
from sandbox.tables.rows import Appointment, AuditRecord, CommandResult, Room


@dataclass(frozen=True, slots=True)
class Deed:
    """What a person did at a chair: ``saw`` is what stood on the screen then."""

    person: str
    target: str
    to: str
    saw: str


@dataclass
class Ledger:
    """``durable`` is what each computer answered for as kept, in order."""

    durable: dict[str, list[tuple[Record, Command | None]]] = field(default_factory=dict)
    deeds: dict[str, Deed] = field(default_factory=dict)
    actors: dict[tuple[str, int, str], str] = field(default_factory=dict)
    stood: dict[tuple[str, int], str] = field(default_factory=dict)
    web_edits: Counter[str] = field(default_factory=Counter)

    def look(self, row: object) -> None:
        """Note how a target stands at its version; called with every row that changes."""
        if isinstance(row, Appointment):
            self.stood[row.id, row.version] = f"{row.status} {row.operatory}"
        elif isinstance(row, Room) and row.location == "Main Street":
            self.stood[row.operatory, row.version] = row.status

    def judge(self, state: ServerState, queued: dict[str, int]) -> Counter[str]:
        """Laws 4 and 11 over the whole history, or AssertionError. What was seen, counted.

        ``queued`` is how many commands still wait on each computer.
        """
        seen: Counter[str] = Counter()
        with state.unit() as db:
            arrived = list(db.scalars(select(AuditRecord).order_by(AuditRecord.sequence)))
            self._records(arrived, seen)
            results = list(db.scalars(select(CommandResult)))
            self._commands(db, results, queued, seen)
        return seen

    def _records(self, arrived: list[AuditRecord], seen: Counter[str]) -> None:
        by_chain: dict[str, list[AuditRecord]] = {}
        for row in arrived:
            by_chain.setdefault(row.chain, []).append(row)
        bodies = Counter(_body(row) for row in arrived)
        for computer, kept in self.durable.items():
            for record, _ in kept:
                times = bodies[json.dumps(asdict(line_of(record)), sort_keys=True)]
                assert times == 1, f"{computer}: record {record.sequence} arrived {times} times"
                seen["records"] += 1
        for rows in by_chain.values():
            numbers = [row.sequence for row in rows]
            assert numbers == list(range(1, len(numbers) + 1)), "a gap, or another order"
        for row in arrived:
            truth = self.actors.get((row.device, row.sequence, row.at))
            assert truth is None or truth == row.actor, f"record {row.sequence}: {row.actor}"

    def _commands(
        self,
        db: Session,
        results: list[CommandResult],
        queued: dict[str, int],
        seen: Counter[str],
    ) -> None:
        answered = {row.id: row for row in results}
        assert len(answered) == len(results), "a command was carried out for two computers"
        for computer, kept in self.durable.items():
            missing = [c.id for _, c in kept if c is not None and c.id not in answered]
            assert len(missing) <= queued[computer], f"{computer}: changes are lost"
        done: Counter[str] = Counter()
        commands = {c.id: c for kept in self.durable.values() for _, c in kept if c is not None}
        for row in results:
            seen[f"change {row.outcome}"] += 1
            command, deed = commands.get(row.id), self.deeds.get(row.id)
            assert deed is not None, "the server has a change that nobody made"
            assert row.actor == deed.person, f"{row.actor} did not do that: {deed.person} did"
            if row.outcome != "done":
                continue
            done[deed.target] += 1
            if command is not None:
                stood = self.stood[deed.target, command.seen]
                assert stood == deed.saw, f"overwrote {stood!r}, having seen {deed.saw!r}"
        versions = {v.id: v.version for v in db.scalars(select(Appointment))}
        rooms = db.scalars(select(Room).where(Room.location == "Main Street"))
        versions |= {room.operatory: room.version for room in rooms}
        for target, times in done.items():
            expected = 1 + times + self.web_edits[target]
            assert versions[target] == expected, f"{target}: {versions[target]}, not {expected}"


LOOKING: list[Ledger] = []
"""The ledgers of the seeds that run now: they look at every change of every target."""


def _flushed(unit: Session, _context: UOWTransaction) -> None:
    for ledger in LOOKING:
        for row in (*unit.new, *unit.dirty):
            ledger.look(row)


event.listen(Unit, "after_flush", _flushed)


def _body(row: AuditRecord) -> str:
    names = ("sequence", "at", "act", "cause", "actor", "account", "strength", "device", "detail")
    body = {name: getattr(row, name) for name in (*names, "subject")}
    return json.dumps(body, sort_keys=True)
