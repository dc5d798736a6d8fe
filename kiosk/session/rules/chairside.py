"""Rules of what is set at the chair: a status, a seat, a room. Recorded and queued in the act.

Who did it is fixed here and never looked up again (law 4). What another room set first comes back
as a conflict, and a person decides: nothing is overwritten silently (law 11).
"""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.commands import Command, Kind
from kiosk.session.model.intents import RoomWanted, SeatWanted, StatusWanted, TheirsKept
from kiosk.session.model.state import Active, Known, has_to_wait
from kiosk.session.rules import cases
from kiosk.session.rules.moves import Step, day_wanted, idle_limit, recorded

ACTS = {Kind.STATUS: Act.STATUS_SET, Kind.OPERATORY: Act.MOVED, Kind.ROOM: Act.ROOM_SET}


def status_wanted(known: Known, phase: Active, intent: StatusWanted, at: datetime) -> Step:
    """A visit goes on, or what was set is undone."""
    target = intent.appointment_id
    step = commanded(known, phase, at, Kind.STATUS, target, intent.status, intent)
    return cases.follow_status(step, target, intent.status, at)


def seat_wanted(known: Known, phase: Active, intent: SeatWanted, at: datetime) -> Step:
    """*Seat here*."""
    if known.terms is None:
        return Step(known, phase)
    here = known.terms.operatory
    return commanded(known, phase, at, Kind.OPERATORY, intent.appointment_id, here, intent)


def room_wanted(known: Known, phase: Active, intent: RoomWanted, at: datetime) -> Step:
    """*Turn over*, *Ready*."""
    if known.terms is None:
        return Step(known, phase)
    here = known.terms.operatory
    return commanded(known, phase, at, Kind.ROOM, here, intent.status.value, intent)


def theirs_kept(known: Known, phase: Active, intent: TheirsKept, at: datetime) -> Step:
    """What the other room set stands."""
    return Step(decided(known, intent.target), phase)


def commanded(
    known: Known,
    phase: Active,
    at: datetime,
    kind: Kind,
    target: str,
    to: str,
    wish: StatusWanted | SeatWanted | RoomWanted,
) -> Step:
    """One record, one command, both or neither; the schedule is read again with it."""
    session = phase.session
    known, keep = recorded(known, at, ACTS[kind], Cause.PERSON, session, detail=to, subject=target)
    record = keep.record
    command = Command(
        id=command_id(record.device, record.sequence, at),
        sequence=record.sequence,
        kind=kind,
        target=target,
        to=to,
        seen=wish.seen,
        actor=record.actor,
        strength=record.strength,
        account=record.account,
        at=at,
        after=wish.after,
    )
    sending = known.sending
    # At once, unless the server is away: then the outage's own wait holds.
    due = sending.due if has_to_wait(known) else at
    sending = replace(sending, changes=sending.changes + 1, refused=0, due=due)
    known, read = day_wanted(decided(replace(known, sending=sending), target))
    # Whoever sets something is not idle.
    phase = replace(phase, locks_at=at + idle_limit(known, session), warned=False)
    return Step(known, phase, (replace(keep, command=command), *read))


def decided(known: Known, target: str) -> Known:
    """Nothing is open about that target any more."""
    left = tuple(each for each in known.sending.conflicts if each.target != target)
    return replace(known, sending=replace(known.sending, conflicts=left))


def command_id(device: str, sequence: int, at: datetime) -> str:
    """Made from what makes the command one of its kind: the same act has the same id."""
    made = sha256(f"{device}\n{sequence}\n{at.isoformat()}".encode()).hexdigest()
    return f"cmd-{made[:32]}"
