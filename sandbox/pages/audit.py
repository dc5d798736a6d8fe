"""The Audit page: who did what, when, on which computer, by which method, and how sure that is.

For admins only (facts.md S2). It shows what was made of each record when it arrived, and decides
nothing itself.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox import floats
from sandbox.clinic_days import ZONE, day_of
from sandbox.members import demand_role
from sandbox.moment import clock_words, date_words
from sandbox.pages.visitor import house_of, page, see, visitor
from sandbox.rows import Account, Appointment, AuditChain, AuditRecord, Device, Listing
from sandbox.standing import DEVICE_CLAIMED, NOT_BELIEVED, ORPHANED, SESSION_PROVED

routes = APIRouter()
SHOWN = 200

ACTS = {
    "computer_joined": "Set this computer up",
    "code_accepted": "Gave a provider's code",
    "entered": "Signed in",
    "resumed": "Came back",
    "locked": "Locked",
    "left": "Left",
    "taken_out": "Was signed out",
    "computer_removed": "Removed this computer",
    "status_set": "Set a status",
    "moved": "Seated in a room",
    "room_set": "Set the room",
    "corrected": "Said it was someone else",
}
CAUSES = {
    "idle": "after a while without input",
    "screen_lock": "with the computer's own lock",
    "suspend": "when the computer slept",
    "switch": "for someone else",
    "limit": "at a time limit",
    "server": "by the server",
}
STRENGTHS = {
    "pin": "PIN",
    "badge": "Badge",
    "tile": "Tapped a name",
    "self-named": "Typed a name",
    "none": "No name given",
}
STANDINGS = {
    SESSION_PROVED: ("Proved", "Signed in with Xchart at that moment."),
    DEVICE_CLAIMED: ("Computer's word", "Recorded by the computer while Xchart was not asked."),
    ORPHANED: ("Older log", "Recorded by this computer before it was set up anew."),
    NOT_BELIEVED: ("Not believed", "Kept as evidence, and attributed to nobody."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One record in words; ``visit`` is the appointment it is about, while there is one."""

    record: AuditRecord
    clock: str
    offset: str
    what: str
    why: str
    how: str
    standing: str
    visit: Appointment | None


@routes.get("/audit")
def show(
    request: Request,
    day: Annotated[str, Query(max_length=20)] = "",
    skip: Annotated[str, Query(max_length=9)] = "",
) -> Response:
    """One clinic day of the audit, newest first."""
    house = house_of(request)
    with house.unit() as db:
        who = visitor(request, db)
        if who is None:
            return see("/signin")
        demand_role(who.account, "admin")
        chosen = _day(day) or date.fromisoformat(day_of(house.clock.now()))
        skipped = int(skip) if skip.isascii() and skip.isdigit() else 0
        lines = _lines(db, chosen, skipped)
        noon = datetime.combine(chosen, time(12), ZONE)
        return page(
            request,
            db,
            "audit.html",
            who=who,
            title="Audit",
            day=chosen.isoformat(),
            date=date_words(noon),
            before=(noon - timedelta(days=1)).date().isoformat(),
            after=(noon + timedelta(days=1)).date().isoformat(),
            lines=lines[:SHOWN],
            newer=max(skipped - SHOWN, 0) if skipped else None,
            older=skipped + SHOWN if len(lines) > SHOWN else None,
            forks=_forks(db),
            standings=STANDINGS,
        )


def _day(written: str) -> date | None:
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if 2000 <= found.year < 2200 else None


def _lines(db: Session, day: date, skipped: int) -> list[Line]:
    wanted = (
        select(AuditRecord)
        .where(AuditRecord.at >= _written(day), AuditRecord.at < _written(day + timedelta(days=1)))
        .order_by(AuditRecord.at.desc(), AuditRecord.chain, AuditRecord.sequence.desc())
        .offset(skipped)
        .limit(SHOWN + 1)
    )
    records = db.scalars(wanted).all()
    subjects = {each.subject for each in records if each.subject}
    visits = {
        each.id: each
        for each in db.scalars(select(Appointment).where(Appointment.id.in_(subjects)))
    }
    return [_line(db, each, visits.get(each.subject)) for each in records]


def _line(db: Session, record: AuditRecord, visit: Appointment | None) -> Line:
    local = datetime.fromisoformat(record.at).astimezone(ZONE)
    what = ACTS.get(record.act, record.act)
    if record.act in ("status_set", "moved", "room_set") and record.detail:
        what = f"{what}: {record.detail}"
    if record.act == "corrected" and (corrected := _corrected(db, record)):
        what = f"Said it was {corrected}, not {record.who}"
    return Line(
        record=record,
        clock=clock_words(local),
        offset=f"{local:%z}"[:3] + ":" + f"{local:%z}"[3:5],
        what=what,
        why=CAUSES.get(record.cause, ""),
        how=STRENGTHS.get(record.strength, record.strength),
        standing=STANDINGS[record.standing][0],
        visit=visit,
    )


def _corrected(db: Session, record: AuditRecord) -> str:
    """Who it was after all, if that computer's lists or the floats of the account name them.

    Nothing where the record itself names nobody: then neither does its correction.
    """
    if not record.who:
        return ""
    listing = db.get(Listing, (record.account, record.device, record.detail))
    if listing is not None:
        return listing.name
    account = db.get(Account, record.account)
    called = floats.called(db, account, record.detail) if account is not None else ""
    if called:
        return called
    # Somebody listed since under another id: the entry beside the correction says the name.
    beside = select(AuditRecord.who).where(
        AuditRecord.chain == record.chain,
        AuditRecord.actor == record.detail,
        AuditRecord.who != "",
    )
    return db.scalar(beside.limit(1)) or ""


def _written(day: date) -> str:
    """The beginning of a clinic day, as records write their time."""
    start = datetime.combine(day, time(), ZONE).astimezone(UTC)
    return f"{start:%Y-%m-%dT%H:%M:%S.000000Z}"


def _forks(db: Session) -> list[tuple[Device, str]]:
    """The computers of which two copies were found, and when in words."""
    found = []
    forked = select(AuditChain).where(AuditChain.forked_at.is_not(None))
    for each in db.scalars(forked.order_by(AuditChain.forked_at.desc())):
        device = db.get(Device, each.forked_by)
        if device is not None and each.forked_at is not None:
            local = each.forked_at.astimezone(ZONE)
            found.append((device, f"{date_words(local)}, {clock_words(local)}"))
    return found
