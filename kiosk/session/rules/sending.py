"""Rules of what goes up: when to send, what came of it, and the schedule read again after.

Nothing here decides what is sent or how often it is tried: that is ``sync.plan``'s. A record or a
change that waits is never dropped here, whatever the server says (law 11).
"""

from dataclasses import replace
from datetime import datetime

from kiosk.session.model.commands import Conflict
from kiosk.session.model.effects import Effect, ReadDay, SendQueued, ShowDay
from kiosk.session.model.refusals import ENDS_TRUST, IN_THE_WAY, Fault, Refusal, Unreachable
from kiosk.session.model.replies import DayRead, Delivered, No
from kiosk.session.model.state import Active, Entering, Known, Phase
from kiosk.session.model.trust import trusts
from kiosk.session.rules.moves import Step, day_wanted, is_due, numbered
from kiosk.session.rules.polling import LONGEST_RETRY, end_for_no

OF_RECORDS = frozenset({Fault.RECORDS_BROKEN, Fault.RECORDS_UNREADABLE, Fault.RECORDS_FULL})
"""What somebody has to look into: it is said, and nobody is kept from working."""


def send_at(known: Known) -> datetime | None:
    """When to send next; None while something is on its way, nothing waits, or no key is there."""
    return known.sending.due if known.device and not known.sending.attempt else None


def keep_sending(known: Known, at: datetime) -> tuple[Known, tuple[Effect, ...]]:
    """Send when it is time: records by the key alone, changes with the trust of their account."""
    if not is_due(send_at(known), at):
        return known, ()
    account = known.account
    trusted = account is not None and trusts(known.trust, account.id)
    known, attempt = numbered(known)
    sending = replace(known.sending, attempt=attempt, due=None)
    effect = SendQueued(attempt, account.id if account is not None and trusted else "")
    return replace(known, sending=sending), (effect,)


def sending_answered(known: Known, phase: Phase, reply: Delivered | No, at: datetime) -> Step:
    """What came of it. Whatever was recorded meanwhile has its own time to be sent at."""
    sending = replace(known.sending, attempt=0)
    if isinstance(reply, Delivered):
        sending = replace(
            sending,
            changes=reply.changes,
            conflicts=merged(sending.conflicts, reply.conflicts),
            refused=sending.refused + reply.refused,
            fault=None,
            reach=None,
            since=None,
        )
        known = replace(known, sending=sending, unkept=reply.unkept)
        return settled(known, phase, reply)
    # The outage's own wait holds, also for what was recorded meanwhile.
    sending = replace(sending, due=reply.again_at or at + LONGEST_RETRY)
    match reply.why:
        case Unreachable() as reach if reach in IN_THE_WAY:
            sending = replace(sending, reach=reach, since=sending.since or at)
        case Fault() as fault if fault in OF_RECORDS:
            sending = replace(sending, fault=fault)
        case Refusal(code=code) as refusal if code in ENDS_TRUST:
            known = replace(known, sending=replace(sending, due=at + LONGEST_RETRY))
            # It went up with the trust of the account that the computer joined with.
            return end_for_no(known, phase, refusal, known.account.id if known.account else "", at)
        case _:
            pass
    return settled(replace(known, sending=sending), phase, reply)


def settled(known: Known, phase: Phase, reply: Delivered | No) -> Step:
    """The schedule is read again where something was; also on the way in, where what is being read
    may still show it as waiting."""
    if not reply.settled or not isinstance(phase, Active | Entering):
        return Step(known, phase)
    known, read = day_wanted(known)
    return Step(known, phase, read)


def read_again(known: Known, phase: Phase) -> tuple[Known, tuple[ReadDay, ...]]:
    """The schedule, where reading it failed: nothing else may come that has it read."""
    if not known.day_missed or not isinstance(phase, Active):
        return known, ()
    return day_wanted(known)


def day_read(known: Known, phase: Phase, reply: DayRead) -> Step:
    """The schedule: for whoever is at work or about to be; given back otherwise (law 10)."""
    known = replace(known, day_attempt=0, unkept=reply.unkept)
    if reply.day is None:
        # There was one before: it could not be read this time.
        return Step(replace(known, day_missed=known.day_as_of is not None), phase)
    if isinstance(phase, Entering):
        return Step(replace(known, day_as_of=reply.as_of), replace(phase, day=reply.day))
    if not isinstance(phase, Active):
        return Step(known, phase)
    return Step(replace(known, day_as_of=reply.as_of), phase, (ShowDay(reply.day),))


def merged(old: tuple[Conflict, ...], new: tuple[Conflict, ...]) -> tuple[Conflict, ...]:
    """The newest word on each target."""
    there = {each.target: each for each in (*old, *new)}
    return tuple(there.values())
