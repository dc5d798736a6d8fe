"""What people do at a chair, for tests of sync: Maria sets a status, another room was first."""

from sqlalchemy import select

from kiosk.session.model.audit import Act, Cause, Record
from kiosk.session.model.commands import Command, Kind
from kiosk.session.model.day import Appointment
from kiosk.session.model.people import Strength
from kiosk.session.model.replies import Delivered
from kiosk.session.rules.chairside import command_id
from sandbox.tables.rows import AuditRecord
from tests.sync.conftest import OFFICE, Computer

MARIA = "per-maria"


def recorded(computer: Computer, act: Act = Act.LOCKED, **more: str) -> Record:
    """One record of Maria's, numbered next."""
    key = computer.safe.device_key()
    return Record(
        sequence=computer.store.next_sequence,
        at=computer.xchart.state.clock.now(),
        act=act,
        cause=Cause.PERSON,
        actor=MARIA,
        account=OFFICE,
        strength=Strength.TILE,
        device=getattr(key, "thumbprint", ""),
        detail=more.get("detail", ""),
        subject=more.get("subject", ""),
    )


def sets(computer: Computer, visit: Appointment, to: str, after: str = "") -> Command:
    """Maria sets a status; both the record and the command are durable."""
    record = recorded(computer, Act.STATUS_SET, detail=to, subject=visit.id)
    command = Command(
        id=command_id(record.device, record.sequence, record.at),
        sequence=record.sequence,
        kind=Kind.STATUS,
        target=visit.id,
        to=to,
        seen=visit.version,
        actor=MARIA,
        strength=Strength.TILE,
        account=OFFICE,
        at=record.at,
        after=after or known_to_wait(computer, visit.id),
    )
    assert computer.store.keep(record, command) is None
    return command


def known_to_wait(computer: Computer, target: str) -> str:
    """The own change that the screen counts upon."""
    found = computer.days.day(OFFICE)
    return found.day.after(target) if found is not None else ""


def visit(computer: Computer) -> Appointment:
    """The last appointment of today as the computer has it: nobody has touched it."""
    found = computer.days.day(OFFICE)
    assert found is not None
    today = found.day.schedule.days[0]
    return [each for each in found.day.schedule.appointments if each.day == today][-1]


def kept_there(computer: Computer) -> list[tuple[int, str]]:
    """What the server has of the audit."""
    with computer.xchart.state.unit() as db:
        rows = db.scalars(select(AuditRecord).order_by(AuditRecord.sequence))
        return [(row.sequence, row.act) for row in rows]


def has_set(other: Computer, to: str) -> None:
    """Another room hears the day, sets the same visit, and the server has it."""
    other.hear()
    sets(other, visit(other), to)
    assert other.posting.send(OFFICE) == Delivered(0, settled=1)
