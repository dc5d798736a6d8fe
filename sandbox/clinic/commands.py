"""What was set at a chair, perhaps days ago and offline: carried out once, in order.

Idempotent by id: what was answered is kept, and answered again. A conflict comes back; a write
that its person made without seeing what is there never wins (design.md section 5).
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.clinic import chairside
from sandbox.clinic.chairside import CONFLICT, INVALID, UNKNOWN, Mark, Outcome
from sandbox.contract.bodies import Command, CommandBatch
from sandbox.records.record_standing import Witness
from sandbox.tables.rows import Account, Appointment, CommandResult, Device, Room

Target = Appointment | Room | None


def carry_out(
    db: Session, account: Account, device: Device, batch: CommandBatch, now: datetime
) -> dict[str, object]:
    """``CommandResults`` of the contract, in the order asked."""
    queue = _Queue(db, account, device, now, Witness(db, device.jkt, now))
    return {"results": [queue.next(each) for each in batch.commands]}


@dataclass(slots=True)
class _Queue:
    """One computer's commands on one account; ``missed`` are targets where one was not done."""

    db: Session
    account: Account
    device: Device
    now: datetime
    witness: Witness
    missed: set[tuple[str, str]] = field(default_factory=set)

    def next(self, command: Command) -> dict[str, object]:
        """``CommandResult`` of the contract: kept from the first time, or made now."""
        result = self._kept(command) or self._made(command)
        if result["outcome"] != "done":
            self.missed.add(_about(command))
        return result

    def _kept(self, command: Command) -> dict[str, object] | None:
        kept = self._answered(command.id)
        if kept is None:
            return None
        if kept.body_hash != self._body_hash(command):
            return _result(command, INVALID, None)
        answer: dict[str, object] = json.loads(kept.answer)
        if self._target(command) is None:
            # Asked from another location: how it ended, and nothing of a patient who is not here.
            return {name: answer[name] for name in ("id", "outcome", "code")}
        return answer

    def _answered(self, command_id: str) -> CommandResult | None:
        """By whatever key it came: a computer that joined anew sends again what it had sent."""
        return self.db.scalar(select(CommandResult).where(CommandResult.id == command_id))

    def _made(self, command: Command) -> dict[str, object]:
        target = self._target(command)
        outcome = self._outcome(command, target)
        result = _result(command, outcome, target)
        at = datetime.fromisoformat(command.at)
        self.db.add(
            CommandResult(
                jkt=self.device.jkt,
                id=command.id,
                sequence=command.sequence,
                body_hash=self._body_hash(command),
                account_id=self.account.id,
                actor=command.actor,
                standing=self.witness.proved(self.account.id, command.actor, command.strength, at),
                outcome=outcome.outcome,
                answer=json.dumps(result),
                arrived_at=self.now,
            )
        )
        self.db.flush()
        return result

    def _body_hash(self, command: Command) -> str:
        body = json.dumps([self.account.id, command.model_dump()], sort_keys=True)
        return hashlib.sha256(body.encode()).hexdigest()

    def _target(self, command: Command) -> Target:
        """The target, if it is one of the computer's own location."""
        if command.kind == "room":
            return self.db.get(Room, (self.device.location, command.target))
        return chairside.visit_at(self.db, self.device.location, command.target)

    def _outcome(self, command: Command, target: Target) -> Outcome:
        who = self.account.id, self.device.jkt, command.actor, command.strength
        name = self.witness.name(*who)
        if name is None:
            return INVALID
        if target is None:
            return UNKNOWN
        if _about(command) in self.missed or not self._before_was_done(command):
            return CONFLICT
        at = max(min(datetime.fromisoformat(command.at), self.now), self.device.joined_at)
        mark = Mark(self.device.operatory, name, at)
        to, seen = command.to, command.seen
        if isinstance(target, Room):
            return chairside.set_room(self.db, target, to, seen, mark)
        if command.kind == "status":
            return chairside.set_status(self.db, self.account, target, to, seen, mark)
        return chairside.set_operatory(self.db, target, to, seen, mark)

    def _before_was_done(self, command: Command) -> bool:
        """Whether the own command was done that ``seen`` counts upon.

        The number alone does not tell: had someone else set the target meanwhile, and so refused
        the first of two commands made offline, the version the second counts upon would be theirs.
        """
        if command.after is None:
            return True
        before = self._answered(command.after)
        return before is not None and before.outcome == "done"


def _about(command: Command) -> tuple[str, str]:
    return "room" if command.kind == "room" else "visit", command.target


def _result(command: Command, outcome: Outcome, target: Target) -> dict[str, object]:
    """``CommandResult`` of the contract; a refusal shows nothing of the target."""
    told: dict[str, object] = {
        "id": command.id,
        "outcome": outcome.outcome,
        "code": outcome.code,
    }
    if outcome.outcome == "refused" or target is None:
        return told
    if isinstance(target, Room):
        return {**told, "room": chairside.room_value(target)}
    return {**told, "appointment": chairside.visit_value(target)}
