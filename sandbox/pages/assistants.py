"""The part of the Members page that says who shares a login: add, rename, remove, keep, drop."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from sandbox.admin import assistants
from sandbox.admin.assistants import Unfit
from sandbox.identity import floats
from sandbox.names.names import LONGEST
from sandbox.pages.casemanager import members_page
from sandbox.pages.visitor import admins_act, see, state_of
from sandbox.tables.rows import Account

routes = APIRouter()
Field = Annotated[str, Form(max_length=1024)]

TROUBLES = {
    "unfit": (422, f"Give a name of 1 to {LONGEST} letters."),
    "taken": (409, "This name is on the list already. Add an initial to tell the two apart."),
    "alike": (409, "This looks like the name of somebody here. Add an initial to tell them apart."),
}


@routes.post("/members/{id}/assistants")
def add(request: Request, id: str, name: Field = "") -> Response:
    """Name one more."""
    return _do(request, id, lambda db, account: assistants.add(db, account, name), name)


@routes.post("/members/{id}/assistants/{person}/name")
def rename(request: Request, id: str, person: str, name: Field = "") -> Response:
    """Correct a name."""
    return _do(request, id, lambda db, account: assistants.rename(db, account, person, name))


@routes.post("/members/{id}/assistants/{person}/remove")
def remove(request: Request, id: str, person: str) -> Response:
    """Take one off the list."""
    now = state_of(request).clock.now()
    return _do(request, id, lambda db, account: assistants.remove(db, account, person, now))


@routes.post("/members/{id}/floats/keep")
def keep(request: Request, id: str, name: Field = "") -> Response:
    """Make an assistant of a float."""
    return _do(request, id, lambda db, account: assistants.keep(db, account, name))


@routes.post("/members/{id}/floats/drop")
def drop(request: Request, id: str, name: Field = "") -> Response:
    """Offer a float's name no longer."""
    return _do(request, id, lambda db, account: floats.drop(db, account, name))


def _do(
    request: Request, id: str, act: Callable[[Session, Account], object], typed: str = ""
) -> Response:
    """One change by an admin, from our own page; what does not fit is said beside the list."""
    try:
        with admins_act(request) as (db, _):
            account = assistants.shared_account(db, id)
            act(db, account)
    except Unfit as unfit:
        status, sentence = TROUBLES[unfit.why]
        return members_page(request, sentence, status, about=id, typed=typed)
    return see(f"/members#{account.id}")
