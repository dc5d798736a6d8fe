"""Rules of what goes up: when to send, what came of it, and the schedule read again after.

Nothing here decides what is sent or how often it is tried: that is ``sync.plan``'s. A record or a
change that waits is never dropped here, whatever the server says (law 11).
"""

from dataclasses import replace
from datetime import datetime

from kiosk.session.model.commands import Conflict
from kiosk.session.model.effects import DropSecret, Effect, SendQueued, ShowDay
from kiosk.session.model.events import DayRead, Faulted, Refused, Sent, Unreached
from kiosk.session.model.refusals import ENDS_TRUST, IN_THE_WAY, Fault
from kiosk.session.model.state import Active, Entering, Known, Phase
from kiosk.session.model.trust import trusts
from kiosk.session.rules.keeping import LONGEST_RETRY, out
from kiosk.session.rules.moves import Step, day_wanted, is_due, numbered

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


def sending_answered(
    known: Known, phase: Phase, event: Sent | Refused | Unreached | Faulted, at: datetime
) -> Step:
    """What came of it. Whatever was recorded meanwhile has its own time to be sent at."""
    sending = replace(known.sending, attempt=0)
    match event:
        case Sent():
            sending = replace(
                sending,
                changes=event.changes,
                conflicts=merged(sending.conflicts, event.conflicts),
                refused=sending.refused + event.refused,
                fault=None,
                reach=None,
                since=None,
            )
            known = replace(known, sending=sending)
            if isinstance(phase, Active):
                known, read = day_wanted(known)
                return Step(known, phase, read)
            return Step(known, phase)
        case Unreached(reach=reach) if reach in IN_THE_WAY:
            since = sending.since or at
            sending = replace(sending, reach=reach, since=since, due=again_at(event))
            return Step(replace(known, sending=sending), phase)
        case Unreached():
            # The outage's own wait holds, also for what was recorded meanwhile.
            return Step(replace(known, sending=replace(sending, due=again_at(event))), phase)
        case Refused(refusal=refusal) if refusal.code in ENDS_TRUST:
            known = replace(known, sending=replace(sending, due=at + LONGEST_RETRY))
            # It went up with the trust of the account that the computer joined with.
            return out(known, phase, refusal, known.account.id if known.account else "", at)
        case Faulted(fault=fault) if fault in OF_RECORDS:
            sending = replace(sending, fault=fault, due=again_at(event))
            return Step(replace(known, sending=sending), phase)
        case _:
            return Step(replace(known, sending=replace(sending, due=again_at(event))), phase)


def again_at(event: Refused | Unreached | Faulted) -> datetime:
    """When the plan means to try again."""
    return event.again_at or event.at + LONGEST_RETRY


def day_read(known: Known, phase: Phase, event: DayRead, at: datetime) -> Step:
    """The schedule: for whoever is at work or about to be; given back otherwise (law 10)."""
    known = replace(known, day_attempt=0, unkept=event.unkept)
    if event.day is None:
        return Step(known, phase)
    if isinstance(phase, Entering):
        return Step(replace(known, day_as_of=event.as_of), replace(phase, day=event.day))
    if not isinstance(phase, Active):
        return Step(known, phase, (DropSecret(event.day),))
    return Step(replace(known, day_as_of=event.as_of), phase, (ShowDay(event.day),))


def merged(old: tuple[Conflict, ...], new: tuple[Conflict, ...]) -> tuple[Conflict, ...]:
    """The newest word on each target."""
    there = {each.target: each for each in (*old, *new)}
    return tuple(there.values())
