"""The server's schedule as values of the core. Patients pass through here and stay nowhere."""

from datetime import time

from kiosk.session.model.commands import Command, Conflict, Kind
from kiosk.session.model.day import Appointment, Mark, RoomState, Schedule
from kiosk.sync.wire.messages import (
    AppointmentMessage,
    CommandResultMessage,
    MarkMessage,
    RoomMessage,
    ScheduleMessage,
)


def schedule_of(message: ScheduleMessage) -> Schedule:
    """The schedule, or what changed of it."""
    return Schedule(
        whole=message.whole,
        days=message.days,
        zone=message.zone,
        appointments=tuple(appointment_of(each) for each in message.appointments),
        removed=message.removed,
        rooms=tuple(room_of(each) for each in message.rooms),
    )


def appointment_of(message: AppointmentMessage) -> Appointment:
    """One appointment."""
    return Appointment(
        id=message.id,
        version=message.version,
        day=message.day,
        time=time.fromisoformat(message.time),
        minutes=message.minutes,
        operatory=message.operatory,
        patient=message.patient,
        birth_date=message.birth_date,
        procedure=message.procedure,
        sedation=message.sedation,
        provider=message.provider,
        alerts=message.alerts,
        status=message.status,
        set_by=mark_of(message.set_by),
    )


def room_of(message: RoomMessage) -> RoomState:
    """One room."""
    return RoomState(message.operatory, message.version, message.status, mark_of(message.set_by))


def mark_of(message: MarkMessage | None) -> Mark | None:
    """Who set it, where and when."""
    return None if message is None else Mark(message.operatory, message.name, message.at)


def conflict_of(command: Command, result: CommandResultMessage) -> Conflict | None:
    """What another set first, without the patient; None where the server does not say what."""
    now = result.room if command.kind is Kind.ROOM else result.appointment
    if now is None:
        return None
    moved = command.kind is Kind.OPERATORY and isinstance(now, AppointmentMessage)
    theirs = (now.operatory or "") if moved else now.status
    by = now.set_by
    return Conflict(
        kind=command.kind,
        target=command.target,
        to=command.to,
        theirs=theirs,
        where=by.operatory if by else "",
        who=by.name if by else "",
        at=by.at if by else command.at,
        version=now.version,
    )
