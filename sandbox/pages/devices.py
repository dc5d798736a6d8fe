"""The Devices page: every computer, who is signed in there, who opens it with one tap; revoking.

For admins only. Revoking says first what it does, on a page of its own: it cannot be taken back.
"""

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from sandbox.access import devices
from sandbox.access.devices import Computer
from sandbox.admin import members
from sandbox.contract.refusals import Refusal
from sandbox.pages import when
from sandbox.pages.visitor import (
    admins_act,
    demand_visitor,
    page,
    see,
    state_of,
    visitor,
)

routes = APIRouter()

PROTECTION = {
    "encrypted": "Secrets open with a password",
    "auto-login": "Signs in by itself, on an encrypted disk",
    "copyable": "A copied disk gives its secrets away",
    "unknown": "Protection not known",
}
"""What a computer says of itself, in an admin's words."""


@routes.get("/devices")
def show(request: Request) -> Response:
    """Every computer."""
    state = state_of(request)
    now = state.clock.now()
    with state.unit() as db:
        who = visitor(request, db)
        if who is None:
            return see("/signin")
        members.demand_role(who.account, "admin")
        found = devices.computers(db, now)
        return page(
            request,
            db,
            "devices.html",
            who=who,
            title="Devices",
            computers=found,
            in_use=sum(each.device.revoked_at is None for each in found),
            present_words=present_words,
            protection=PROTECTION,
            when=when,
            now=now,
        )


@routes.get("/devices/{jkt}/revoke")
def ask(request: Request, jkt: str) -> Response:
    """What revoking this computer does, before it is done."""
    state = state_of(request)
    now = state.clock.now()
    with state.unit() as db:
        who = demand_visitor(request, db)
        members.demand_role(who.account, "admin")
        found = _found(db, jkt, now)
        if found.device.revoked_at is not None:
            return see("/devices")
        return page(
            request,
            db,
            "revoke.html",
            who=who,
            title="Revoke a computer",
            computer=found,
            present=present_words(found),
        )


@routes.post("/devices/{jkt}/revoke")
def revoke(request: Request, jkt: str) -> Response:
    """Revoke it; where a patient is treated there, when the case ends."""
    with admins_act(request) as (db, _):
        members.revoke_device(db, jkt, state_of(request).clock.now())
    return see("/devices")


@routes.post("/devices/{jkt}/revoke-now")
def revoke_now(request: Request, jkt: str) -> Response:
    """Revoke it, also out of a case."""
    with admins_act(request) as (db, _):
        members.revoke_device(db, jkt, state_of(request).clock.now(), at_once=True)
    return see("/devices")


def present_words(computer: Computer) -> str:
    """Who is signed in there: ``Maria Lopez``, or the account where nobody is named."""
    return computer.present.person_name if computer.present is not None else ""


def _found(db: Session, jkt: str, now: datetime) -> Computer:
    found = devices.computer(db, jkt, now)
    if found is None:
        raise Refusal("unknown", "no such computer")
    return found
