"""Xchart's main screen: the day's appointments, one appointment, and the handoff that leads in."""

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.access.sessions import use_handoff
from sandbox.admin.members import demand_role
from sandbox.clinic import chairside, schedule
from sandbox.contract.refusals import Refusal
from sandbox.identity.accounts import has_role
from sandbox.pages.visitor import (
    demand_own_origin,
    demand_visitor,
    page,
    see,
    set_session,
    state_of,
    telling,
    visitor,
)
from sandbox.records import openings
from sandbox.server.clinic_days import ZONE
from sandbox.server.moment import clock_words, date_words
from sandbox.tables.rows import Account, Appointment, Room

routes = APIRouter()

HERE = ("Arrived", "Seated", "Ready for doctor", "Doctor here", "Recovery")


@routes.get("/")
def index(request: Request) -> Response:
    """What there is to see."""
    with state_of(request).unit() as db:
        return page(request, db, "index.html", title="Reference Xchart")


@routes.get("/handoff/{token}")
def hand_off(request: Request, token: str) -> Response:
    """Open the page for a kiosk's session, once."""
    state = state_of(request)
    with state.unit() as db:
        opened = use_handoff(db, token, state.clock.now())
    if opened is None:
        return telling(
            request,
            "This link was used already",
            "It opens Xchart once, within a minute. Go back to the login screen and tap your "
            "name again.",
            410,
        )
    response = see("/today")
    set_session(response, opened[1])
    return response


@routes.get("/today")
def today(request: Request, location: Annotated[str, Query(max_length=200)] = "") -> Response:
    """The day's appointments of one location."""
    state = state_of(request)
    now = state.clock.now()
    with state.unit() as db:
        who = visitor(request, db)
        if who is None:
            return see("/signin")
        locations = list(db.scalars(select(Room.location).distinct().order_by(Room.location)))
        locations.sort(key=lambda each: each != "Main Street")
        here = who.device.location if who.device is not None else ""
        chosen = next((each for each in (location, here) if each in locations), None)
        chosen = chosen or next(iter(locations), "")
        day = schedule.lay_out(db, now)
        appointments = schedule.of_location(db, day, chosen)
        local = now.astimezone(ZONE)
        minute = f"{local:%H:%M}"
        return page(
            request,
            db,
            "today.html",
            who=who,
            title=f"{chosen} · {date_words(local)}",
            date=date_words(local),
            clock=clock_words(local),
            locations=locations,
            chosen=chosen,
            appointments=appointments,
            settable=chairside.CHAIR_STATUSES,
            wall_time=schedule.wall_time,
            next_id=next((each.id for each in appointments if each.time >= minute), ""),
            room=who.device.operatory if who.device is not None and here == chosen else "",
            here_now=sum(each.status in HERE for each in appointments),
            done=sum(each.status == "Left" for each in appointments),
        )


@routes.get("/appointments/{id}")
def appointment(request: Request, id: str) -> Response:
    """One appointment with its record, and the two acts that need a role (S4).

    That it was opened is recorded with it, or it is not shown.
    """
    state = state_of(request)
    with state.unit() as db:
        who = demand_visitor(request, db)
        found = db.get(Appointment, id)
        if found is None:
            raise Refusal("unknown")
        openings.opened(db, found, who.account, who.kiosk, who.device, state.clock.now())
        return page(
            request,
            db,
            "appointment.html",
            who=who,
            title=found.patient,
            appointment=found,
            born=_day_words(found.birth_date),
            signed=_signed(db, found),
            wall_time=schedule.wall_time,
            set_by=_set_by(found),
            may_sign=has_role(who.account, "provider"),
            may_delete=schedule.may_delete(who.account),
        )


@routes.post("/appointments/{id}/status")
def set_status(
    request: Request,
    id: str,
    to: Annotated[str, Form(max_length=200)] = "",
    seen: Annotated[str, Form(max_length=9)] = "",
) -> Response:
    """Set a status as the chair does, and be told if someone else was first."""
    demand_own_origin(request)
    state = state_of(request)
    with state.unit() as db:
        who = demand_visitor(request, db)
        found = db.get(Appointment, id)
        if found is None:
            raise Refusal("unknown")
        version = int(seen) if seen.isascii() and seen.isdigit() else 0
        mark = chairside.Mark("", who.assisting or who.account.label, state.clock.now())
        outcome = chairside.set_status(db, who.account, found, to, version, mark)
        if outcome.code:
            raise Refusal(outcome.code, errors=[])
        if outcome.outcome == "conflict":
            where = f"/today?{urlencode({'location': found.location})}"
            title = f"{found.patient} is {found.status} already"
            text = f"{_set_by(found)} Look again, then set it if it still has to change."
            return telling(request, title, text, 409, where)
    return see(f"/today?{urlencode({'location': found.location})}")


def _set_by(visit: Appointment) -> str:
    """``Set by Maria Lopez in Op 3, 9:05 am.``; nothing while nobody has set it."""
    if visit.set_by is None or visit.set_at is None:
        return ""
    where = f" in {visit.set_in}" if visit.set_in else ""
    return f"Set by {visit.set_by}{where}, {clock_words(visit.set_at.astimezone(ZONE))}."


def _signed(db: Session, visit: Appointment) -> str:
    """``by Dr. Elena Rivera, Nov 23, 2026, 9:05 am``; nothing while nobody has signed."""
    record = schedule.record_of(db, visit)
    if record.signed_at is None:
        return ""
    signer = db.get(Account, record.signed_by)
    by = f"by {signer.label}, " if signer is not None else ""
    local = record.signed_at.astimezone(ZONE)
    return f"{by}{_day_words(f'{local:%Y-%m-%d}')}, {clock_words(local)}"


def _day_words(day: str) -> str:
    """``Aug 21, 2003``."""
    written = date.fromisoformat(day)
    return f"{written:%b} {written.day}, {written.year}"


@routes.post("/appointments/{id}/sign")
def sign(request: Request, id: str) -> Response:
    """Sign the appointment's record."""
    demand_own_origin(request)
    state = state_of(request)
    with state.unit() as db:
        who = demand_visitor(request, db)
        demand_role(who.account, "provider")
        found = db.get(Appointment, id)
        if found is None:
            raise Refusal("unknown")
        record = schedule.record_of(db, found)
        schedule.sign(db, record.id, who.account, state.clock.now())
    return see(f"/appointments/{id}")


@routes.post("/appointments/{id}/delete")
def delete(request: Request, id: str) -> Response:
    """Delete the appointment."""
    demand_own_origin(request)
    with state_of(request).unit() as db:
        schedule.demand_deleter(demand_visitor(request, db).account)
        schedule.delete(db, id)
    return see("/today")
