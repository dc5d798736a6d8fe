"""Sending: sends what waits, in order; the server has it before it counts as sent (law 11).

What goes next is ``plan``'s word. A record or a change that the server does not take stays where
it is: nothing is dropped here, rebuilt, or sent as someone else.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from kiosk.session.model.commands import Command, Conflict, Settlement
from kiosk.session.model.day import Schedule
from kiosk.session.model.refusals import (
    IN_THE_WAY,
    OF_THE_COMPUTER,
    Code,
    Fault,
    Reason,
    Refusal,
    Unreachable,
)
from kiosk.session.model.replies import Delivered, No
from kiosk.sync.account_calls import AccountCalls, CallContext
from kiosk.sync.backoff import Backoff
from kiosk.sync.cache import Cache
from kiosk.sync.plan import PushChanges, PushRecords, Queue, next_push
from kiosk.sync.recording import Vouching
from kiosk.sync.records.audit_store import LARGEST
from kiosk.sync.records.chain import HEAD_TYPE, UNTRUE, Anchor, Head, head_claims
from kiosk.sync.records.outbox import Batch, Outbox, Settled
from kiosk.sync.wire.calls import Api
from kiosk.sync.wire.messages import AuditAnchorMessage, CommandResultMessage
from kiosk.sync.wire.proof import DeviceKey
from kiosk.sync.wire.schedules import appointment_of, conflict_of, room_of


@dataclass(slots=True)
class SendRound:
    """One round of sending. ``house`` is the account that the schedule is kept for.

    ``may`` is whose changes may be sent, and empty once none of them are left; ``records`` turns
    False once none of them are.
    """

    house: str = ""
    may: tuple[str, ...] = ()
    records: bool = True
    conflicts: list[Conflict] = field(default_factory=list)
    refused: int = 0
    settled: int = 0


class OutboxSender:
    """One lane's hand. ``server`` is the origin that this computer joined, or empty."""

    def __init__(
        self,
        holding: AccountCalls,
        outbox: Outbox,
        cache: Cache,
        failures: Backoff,
        witness: Vouching,
        server: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        self._witness = witness
        self._holding = holding
        self._outbox = outbox
        self._cache = cache
        self._failures = failures
        self._server = server
        self._now = now
        # What nobody was told of yet: a round that ends in an outage says it with the next one.
        self._unsaid = SendRound()

    def send(self, account_id: str) -> Delivered | No:
        """Everything that waits, until nothing does or the server cannot.

        An empty ``account_id`` sends what needs no trust: the records.
        """
        reply, sending = self._sent(account_id), self._unsaid
        if isinstance(reply, No) and sending.settled:
            # The schedule has another face, whatever is held up behind that.
            reply, sending.settled = replace(reply, settled=sending.settled), 0
        return reply

    def _sent(self, account_id: str) -> Delivered | No:
        sending = self._unsaid
        sending.house, sending.may = account_id, self._trusted(account_id)
        if (silenced := self._failures.silenced()) is not None:
            return silenced
        sending.records = True
        held_up = self._push_ends()
        # What is wrong with an end or a change must not keep the records here; a server that asks
        # to be left alone is.
        while held_up is None or (somebody_answers(held_up) and not self._failures.silenced()):
            unsent = self._outbox.unsent()
            if isinstance(unsent, Fault):
                return self._failures.failed(unsent)
            records = unsent.records if sending.records else 0
            match next_push(Queue(records, unsent.commands, bool(sending.may))):
                case PushChanges():
                    held_up = self._push_changes(sending) or held_up
                    if held_up is not None:
                        sending.may = ()
                    continue
                case PushRecords():
                    later = self._push_records(sending)
                case _ if held_up is not None:
                    return held_up
                case _:
                    self._failures.over()
                    self._outbox.prune(self._now())
                    self._unsaid = SendRound()
                    conflicts, refused = tuple(sending.conflicts), sending.refused
                    return Delivered(unsent.commands, conflicts, refused, sending.settled)
            if later is not None:
                return later
        return held_up

    def drop_trust(self, account_id: str) -> Reason | None:
        """Have the server forget this computer for that account, by the device key alone."""
        api = self._holding.api(self._server())
        return api.drop_trust(account_id) if isinstance(api, Api) else api

    def _push_ends(self) -> No | None:
        """Sessions that ended here while the server was away: by the key alone."""
        ends = self._outbox.ends()
        if isinstance(ends, Fault):
            return self._failures.failed(ends)
        for session_id in ends:
            api = self._holding.api(self._server())
            told = api.end_session(session_id) if isinstance(api, Api) else api
            if isinstance(told, Unreachable | Fault):
                return self._failures.failed(told, api.retry_at if isinstance(api, Api) else None)
            self._outbox.ended(session_id)
        return None

    def _push_changes(self, sending: SendRound) -> No | None:
        commands = self._outbox.commands(*sending.may)
        if isinstance(commands, Fault):
            return self._failures.failed(commands)
        if not commands:
            # What waits is another account's, and waits for its trust.
            sending.may = ()
            return None
        vouched = self._witness.vouched()
        if isinstance(vouched, Fault):
            return self._failures.failed(vouched)
        newest = max((each.sequence for each in vouched), default=LARGEST)
        commands = tuple(each for each in commands if each.sequence <= newest)
        true = self._outbox.recorded(commands, vouched)
        if isinstance(true, Fault):
            return self._failures.failed(true)
        if not commands:
            # Written this instant: the next round knows of it.
            sending.may = ()
            return None
        untrue = [each for each in commands if each.id not in true]
        if untrue:
            return self._refuse(sending, untrue)
        account_id = commands[0].account
        held = self._holding.held(account_id)
        if not isinstance(held, CallContext):
            return self._failures.failed(held)
        told = held.api.push_commands(held.trust.token, commands)
        if isinstance(told, Refusal) and self._only_theirs(told, account_id, sending):
            return None
        if isinstance(told, Refusal | Unreachable):
            return self._failures.failed(told, held.api.retry_at)
        results = {each.id: each for each in told.results}
        answered = [(each, results[each.id]) for each in commands if each.id in results]
        if not answered:
            return self._failures.failed(Unreachable.NOT_UNDERSTOOD)
        # The cache first: a crash in between shows a change twice at worst, and loses none.
        self._learn(sending.house, [result for _, result in answered])
        fault = self._outbox.settle(
            Settled(each.id, Settlement(result.outcome), result.code) for each, result in answered
        )
        if fault is not None:
            return self._failures.failed(fault)
        for command, result in answered:
            self._judge(sending, command, result)
        return None

    def _refuse(self, sending: SendRound, untrue: list[Command]) -> No | None:
        """Somebody changed them where they wait: nobody's wish goes up as another's.

        It is said like every change that comes to nothing, and verify names it (law 4, T24).
        """
        fault = self._outbox.settle(Settled(each.id, Settlement.REFUSED, UNTRUE) for each in untrue)
        if fault is not None:
            return self._failures.failed(fault)
        sending.refused += len(untrue)
        sending.settled += len(untrue)
        return None

    def _trusted(self, house: str) -> tuple[str, ...]:
        """Whose changes may be sent: the house account's, if it is said, and personal ones'."""
        waiting = self._outbox.waiting()
        if isinstance(waiting, Fault):
            return (house,) if house else ()
        beside = (each for each in waiting if each != house and self._is_own(each))
        return (house, *beside) if house else tuple(beside)

    def _only_theirs(self, no: Refusal, account_id: str, sending: SendRound) -> bool:
        """A no to one person concerns nobody else (facts.md S3): the others' changes go on."""
        if account_id == sending.house or no.code in OF_THE_COMPUTER:
            return False
        sending.may = tuple(each for each in sending.may if each != account_id)
        return True

    def _is_own(self, account_id: str) -> bool:
        held = self._holding.held(account_id)
        return isinstance(held, CallContext) and not held.credential.account.shared

    def _judge(self, sending: SendRound, command: Command, result: CommandResultMessage) -> None:
        sending.settled += 1
        sending.refused += result.outcome == "refused"
        conflict = conflict_of(command, result) if result.outcome == "conflict" else None
        if conflict is not None:
            sending.conflicts.append(conflict)

    def _learn(self, account_id: str, results: list[CommandResultMessage]) -> None:
        """How the targets stand is known from the answer, before the next news."""
        cursor, at = self._cache.cursor(account_id), self._cache.fetched_at(account_id)
        known = self._cache.schedule(account_id, date.min)
        if known is None or at is None:
            return
        there = {each.id: each.version for each in known.appointments}
        there |= {each.operatory: each.version for each in known.rooms}
        newest = {
            r.appointment.id: r.appointment
            for r in results
            if r.appointment and r.appointment.version > there.get(r.appointment.id, 0)
        }
        rooms = {
            r.room.operatory: r.room
            for r in results
            if r.room and r.room.version > there.get(r.room.operatory, 0)
        }
        changed = Schedule(
            whole=False,
            days=known.days,
            zone=known.zone,
            appointments=tuple(appointment_of(each) for each in newest.values()),
            removed=(),
            rooms=tuple(room_of(each) for each in rooms.values()),
        )
        self._cache.keep(account_id, cursor, changed, at)

    def _push_records(self, sending: SendRound) -> No | None:
        key = self._holding.key()
        if not isinstance(key, DeviceKey):
            return self._failures.failed(key)
        vouched = self._witness.vouched()
        if isinstance(vouched, Fault):
            return self._failures.failed(vouched)
        api = self._holding.api(self._server())
        batch = self._outbox.batch(vouched=vouched)
        if isinstance(api, Fault) or isinstance(batch, Fault):
            return self._failures.failed(api if isinstance(api, Fault) else Fault.RECORDS_BROKEN)
        if batch is None:
            # The newest was written this instant, and is not vouched for yet: the next round's.
            sending.records = False
            return None
        if not isinstance(batch, Batch):
            return self._failures.failed(Fault.RECORDS_BROKEN)
        signed = self._signed(key, batch)
        if isinstance(signed, Fault):
            return self._failures.failed(signed)
        return self._confirmed(api, batch, signed)

    def _signed(self, key: DeviceKey, batch: Batch) -> str | Fault:
        """The head of what is sent, kept before it is: a later cut is found by it (T15)."""
        if batch.head:
            return batch.head
        signed = key.signed(HEAD_TYPE, head_claims(batch.chain, batch.sequence, batch.digest))
        return self._outbox.keep_head(Head(batch.sequence, batch.digest, signed)) or signed

    def _confirmed(self, api: Api, batch: Batch, signed: str) -> No | None:
        told = api.push_audit(batch.chain, batch.lines, signed)
        if leads_nowhere(told, batch):
            return self._failures.failed(Unreachable.NOT_UNDERSTOOD, api.retry_at)
        if isinstance(told, Refusal) and told.code is Code.AUDIT_GAP:
            # The server was put back to an older copy: it gets again what it lost.
            doubt = self._outbox.rewind(told.anchor_sequence, told.anchor_digest)
        elif isinstance(told, Refusal | Unreachable):
            if isinstance(told, Refusal) and told.code is Code.AUDIT_FORKED:
                self._outbox.forked()
                self._witness.forked()
            return self._failures.failed(told, api.retry_at)
        else:
            doubt = self._outbox.acknowledge(
                Anchor(told.chain, told.sequence, told.digest, told.receipt, self._now())
            )
        if doubt is None:
            return None
        return self._failures.failed(doubt if isinstance(doubt, Fault) else Fault.RECORDS_BROKEN)


def somebody_answers(later: No) -> bool:
    """Whether the server was there and only this would not do: another call may fare better."""
    reaching = {Unreachable.SERVER_FAULT, Unreachable.NOT_UNDERSTOOD} | IN_THE_WAY
    return not isinstance(later.why, Unreachable) or later.why in reaching


def leads_nowhere(told: AuditAnchorMessage | Refusal | Unreachable, batch: Batch) -> bool:
    """An answer after which the same batch would be sent again at once: no reason to storm."""
    if isinstance(told, Refusal):
        before = batch.lines[0].sequence - 1
        return told.code is Code.AUDIT_GAP and told.anchor_sequence >= before
    return not isinstance(told, Unreachable) and told.sequence < batch.sequence
