"""The Case Manager: members for an admin, and the page an invitation opens."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import ValidationError
from sqlalchemy import select

from sandbox.access import pins
from sandbox.admin import invitations, members
from sandbox.contract.bodies import AcceptanceRequest, MemberChange, MemberRequest
from sandbox.contract.refusals import Refusal
from sandbox.identity import authenticators
from sandbox.identity.accounts import privileged
from sandbox.names import names
from sandbox.pages.departures import TROUBLES
from sandbox.pages.shares import shares, wearers
from sandbox.pages.visitor import (
    admins_act,
    demand_own_origin,
    page,
    see,
    state_of,
    telling,
    visitor,
)
from sandbox.server.addresses import own_origin
from sandbox.tables.rows import Account

routes = APIRouter()
Field = Annotated[str, Form(max_length=1024)]
Chosen = Annotated[tuple[str, ...], Form()]

WORDS = {
    "email_taken": "This e-mail belongs to another member. One e-mail cannot serve two.",
    "name_taken": "Somebody here is called so, or it looks like their name. Add an initial.",
    "account_privileged": "A shared login can only be a member.",
    "invalid": "Fill in a name, an e-mail address and at least one role.",
    "roles": "Choose at least one role.",
}

NOBODY = {"label": "", "email": "", "shared": False, "roles": ("member",)}


@routes.get("/members")
def show(request: Request) -> Response:
    """Members, who shares a login, and the form that invites one."""
    return members_page(request, "")


@routes.post("/members")
def invite(
    request: Request, label: Field = "", email: Field = "", shared: Field = "", roles: Chosen = ()
) -> Response:
    """Invite a member."""
    state = state_of(request)
    origin = own_origin(request)
    typed = {"label": label, "email": email, "shared": bool(shared), "roles": roles}
    try:
        with admins_act(request) as (db, _):
            wish = MemberRequest.model_validate(typed)
            members.invite(db, wish, origin, state.clock.now())
    except ValidationError:
        return members_page(request, WORDS["invalid"], 422, wish=typed)
    except Refusal as refusal:
        if refusal.code not in WORDS:
            raise
        return members_page(request, WORDS[refusal.code], refusal.status, wish=typed)
    return see("/members")


@routes.post("/members/{id}/roles")
def change_roles(request: Request, id: str, roles: Chosen = ()) -> Response:
    """Give and take roles."""
    return _change(request, id, {"roles": roles})


@routes.post("/members/{id}/active")
def change_active(request: Request, id: str, active: Field = "") -> Response:
    """Deactivate or reactivate."""
    return _change(request, id, {"active": active == "yes"})


@routes.post("/members/{id}/pin/reset")
def reset_pin(request: Request, id: str) -> Response:
    """A forgotten PIN, or one that somebody else knows: it opens nothing any more."""
    with admins_act(request) as (db, _):
        members.reset_pin(db, id)
    return see("/members")


@routes.get("/invitations/{token}")
def show_invitation(request: Request, token: str) -> Response:
    """Complete the set-up of an invited account."""
    return _invitation_page(request, token, "")


@routes.post("/invitations/{token}")
def accept(request: Request, token: str, password: Field = "", phone: Field = "") -> Response:
    """Accept it, once this browser is signed out (facts.md S9)."""
    demand_own_origin(request)
    state = state_of(request)
    now = state.clock.now()
    try:
        wish = AcceptanceRequest(password=password, phone=phone)
    except ValidationError:
        words = "Choose at least 8 characters, and a phone like +1 555 0100 021."
        return _invitation_page(request, token, words, 422)
    with state.unit() as db:
        alive = visitor(request, db) is not None
        invitations.accept(db, token, wish.password, wish.phone, session_alive=alive, now=now)
    return telling(request, "You are all set", "Your login is ready. Sign in with it now.")


def _change(request: Request, id: str, wish: dict[str, object]) -> Response:
    state = state_of(request)
    try:
        with admins_act(request) as (db, who):
            change = MemberChange.model_validate(wish)
            members.change(db, id, change, state.clock.now(), by=who)
    except Refusal as refusal:
        return told_there(request, refusal)
    except ValidationError:
        return members_page(request, WORDS["roles"], 422)
    return see("/members")


def told_there(request: Request, refusal: Refusal) -> Response:
    """A refusal that has its sentence on the Members page, said there."""
    if refusal.code not in TROUBLES:
        raise refusal
    return members_page(request, TROUBLES[refusal.code], refusal.status)


def members_page(
    request: Request,
    trouble: str,
    status: int = 200,
    *,
    about: str = "",
    typed: str = "",
    wish: Mapping[str, object] = NOBODY,
) -> Response:
    """The Members page. Trouble ``about`` one of its parts stands there; an invitation that did
    not fit (``wish``) stays to be put right.
    """
    with state_of(request).unit() as db:
        who = visitor(request, db)
        if who is None:
            return see("/signin")
        members.demand_role(who.account, "admin")
        return page(
            request,
            db,
            "members.html",
            status,
            who=who,
            title="Members",
            members=db.scalars(select(Account).order_by(Account.label)).all(),
            shares=shares(db),
            pin_rooms=pins.rooms(db),
            apps=authenticators.holders(db),
            wearers=wearers(db),
            privileged=privileged,
            trouble=trouble,
            about=about,
            typed=typed,
            wish=wish,
            longest_name=names.LONGEST,
        )


def _invitation_page(request: Request, token: str, trouble: str, status: int = 200) -> Response:
    state = state_of(request)
    with state.unit() as db:
        _, account = invitations.find(db, token, state.clock.now())
        signed_in = visitor(request, db)
        return page(
            request,
            db,
            "invitation.html",
            status,
            title="Set up your login",
            account=account,
            signed_in=signed_in,
            trouble=trouble,
        )
