"""The part of the Members page that says who has a badge: set one at the reader, or take it off."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from sandbox.access import badges
from sandbox.access.badges import Unfit
from sandbox.pages.casemanager import members_page
from sandbox.pages.visitor import admins_act, see

routes = APIRouter()
Number = Annotated[str, Form(max_length=1024)]

UNFIT = (
    f"That is no badge's number: {badges.SHORTEST} to {badges.LONGEST} letters and digits, as the "
    "reader types them."
)


@routes.post("/badges/{holder}")
def give(request: Request, holder: str, number: Number = "") -> Response:
    """Theirs from now on."""
    return _do(request, holder, lambda db: badges.give(db, holder, number))


@routes.post("/badges/{holder}/reset")
def take_off(request: Request, holder: str) -> Response:
    """Nobody's any more."""
    return _do(request, holder, lambda db: badges.take_off(db, holder))


def _do(request: Request, holder: str, act: Callable[[Session], None]) -> Response:
    try:
        with admins_act(request) as (db, _):
            act(db)
    except Unfit as unfit:
        taken = f"{unfit.holder} has this badge. Reset it there first, or take another."
        status = 409 if unfit.holder else 422
        return members_page(request, taken if unfit.holder else UNFIT, status, about=holder)
    return see("/members#badges")
