"""The part of the Members page that says where codes come from: somebody's phone, their app."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import Session

from sandbox.admin import factors
from sandbox.admin.departures import Hindered
from sandbox.contract.bodies import Phone
from sandbox.contract.refusals import Refusal
from sandbox.pages.casemanager import members_page, told_there
from sandbox.pages.departures import TROUBLES
from sandbox.pages.visitor import admins_act, at_a_kiosk, demand_own_origin, see, state_of

routes = APIRouter()
Field = Annotated[str, Form(max_length=1024)]

PHONES = TypeAdapter[str](Phone)
NO_PHONE = "A phone is written like +1 555 0100 021."


@routes.post("/members/{id}/phone")
def change_phone(request: Request, id: str, phone: Field = "") -> Response:
    """Their codes go to another phone."""
    demand_own_origin(request)
    try:
        number = PHONES.validate_python(phone.strip())
    except ValidationError:
        return members_page(request, NO_PHONE, 422, about=f"phone {id}", typed=phone)
    return _do(request, lambda db, now: factors.change_phone(db, id, number, now))


@routes.post("/members/{id}/app/remove")
def take_app_off(request: Request, id: str) -> Response:
    """Their app is lost."""
    return _do(request, lambda db, now: factors.take_app_off(db, id, now))


def _do(request: Request, act: Callable[[Session, datetime], None]) -> Response:
    try:
        with admins_act(request) as (db, _):
            if at_a_kiosk(request, db):
                raise Hindered("at_a_kiosk")
            act(db, state_of(request).clock.now())
    except Hindered as hindered:
        return members_page(request, TROUBLES[hindered.why], 403)
    except Refusal as refusal:
        return told_there(request, refusal)
    return see("/members#codes")
