"""Someone left: an admin chooses who, and settles on one page everything that concerns them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import Session

from sandbox.admin import departures, members
from sandbox.admin.departures import Hindered, Leaver, Settling
from sandbox.contract.bodies import Password
from sandbox.contract.refusals import Refusal
from sandbox.pages import checklist, when
from sandbox.pages.audit_lines import ACTS
from sandbox.pages.visitor import (
    demand_own_origin,
    demand_visitor,
    page,
    see,
    state_of,
    visitor,
)
from sandbox.records import traces
from sandbox.tables.rows import Account, AuditRecord

routes = APIRouter()
Field = Annotated[str, Form(max_length=1024)]
SAID = ("status_set", "moved", "room_set")
PASSWORD_FITS: TypeAdapter[str] = TypeAdapter(Password)

TROUBLES = {
    "own_login": "This is your own login. Another admin has to deactivate it.",
    "last_approver": "No other phone gets codes, and without one no computer could be set up. "
    "Give another provider a login first.",
    "last_admin": "There is no other admin. Make somebody else one first.",
    "same_password": "That is the password it has now. Choose another.",
    "at_a_kiosk": "Where codes come from is changed in a web browser of your own, not at a kiosk: "
    "somebody may have sat down at your page.",
    "short_password": "Choose at least 8 characters.",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an act was not done, said beside it."""

    what: str
    subject: str
    sentence: str
    status: int


@routes.get("/departures")
def choose(request: Request) -> Response:
    """Who left?"""
    state = state_of(request)
    now = state.clock.now()
    with state.unit() as db:
        who = visitor(request, db)
        if who is None:
            return see("/signin")
        members.demand_role(who.account, "admin")
        people = sorted(departures.everybody(db, now), key=lambda each: each.gone)
        return page(
            request,
            db,
            "departures.html",
            who=who,
            title="Someone left",
            people=[(each, _known_as(db, each)) for each in people],
        )


@routes.get("/departures/{id}")
def show(request: Request, id: str) -> Response:
    """Everything that concerns one person."""
    return _show(request, id)


@routes.post("/departures/{id}/login")
def deactivate(request: Request, id: str, subject: Field = "") -> Response:
    """Deactivate their own login."""
    return _settle(request, id, departures.LOGIN, subject, lambda act: act.deactivate(subject))


@routes.post("/departures/{id}/name")
def take_off(request: Request, id: str, subject: Field = "") -> Response:
    """Take their name off a shared login."""
    return _settle(request, id, departures.NAME, subject, lambda act: act.take_off(subject))


@routes.post("/departures/{id}/phone")
def silence(request: Request, id: str, subject: Field = "") -> Response:
    """Text no more codes to their phone."""
    return _settle(request, id, departures.PHONE, subject, lambda act: act.silence_phone(subject))


@routes.post("/departures/{id}/mailbox")
def mailbox(request: Request, id: str, subject: Field = "") -> Response:
    """The mailbox was seen to."""
    return _settle(request, id, departures.MAILBOX, subject, lambda act: act.mailbox_done(subject))


@routes.post("/departures/{id}/password")
def password(
    request: Request, id: str, subject: Field = "", password: Field = "", everywhere: Field = ""
) -> Response:
    """Give a shared login a new password. It is not shown, logged or sent back."""

    def give(act: Settling) -> None:
        try:
            PASSWORD_FITS.validate_python(password)
        except ValidationError:
            raise Hindered("short_password") from None
        act.give_password(subject, password, everywhere=bool(everywhere))

    return _settle(request, id, departures.PASSWORD, subject, give)


def _settle(
    request: Request, id: str, what: str, subject: str, act: Callable[[Settling], None]
) -> Response:
    """One act by an admin, from our own page; what hinders it is said beside it."""
    demand_own_origin(request)
    state = state_of(request)
    now = state.clock.now()
    try:
        with state.unit() as db:
            admin = demand_visitor(request, db).account
            members.demand_role(admin, "admin")
            act(Settling(db, departures.find(db, id, now), admin, now))
    except Hindered as hindered:
        status = 422 if hindered.why == "short_password" else 409
        return _show(request, id, Trouble(what, subject, TROUBLES[hindered.why], status))
    except Refusal as refusal:
        if refusal.code not in TROUBLES:
            raise
        sentence = TROUBLES[refusal.code]
        return _show(request, id, Trouble(what, subject, sentence, refusal.status))
    return see(f"/departures/{id}")


def _show(request: Request, id: str, trouble: Trouble | None = None) -> Response:
    state = state_of(request)
    now = state.clock.now()
    with state.unit() as db:
        who = visitor(request, db)
        if who is None:
            return see("/signin")
        members.demand_role(who.account, "admin")
        leaver = departures.find(db, id, now)
        items = checklist.items(db, leaver, who.account, now)
        shared = _shared_with(db, leaver)
        left = traces.of(db, leaver, [each.id for each in shared], now)
        return page(
            request,
            db,
            "departure.html",
            200 if trouble is None else trouble.status,
            who=who,
            title=leaver.name,
            leaver=leaver,
            items=items,
            done=sum(each.done for each in items),
            first=next((each for each in items if each.act and not each.done), None),
            trouble=trouble,
            records=[(each, *_said(each, now)) for each in left.records],
            more=left.more,
            nameless=left.nameless,
            shared=[each.label for each in shared],
        )


def _known_as(db: Session, leaver: Leaver) -> list[str]:
    """``Own login``, ``Named on Office Assistant``."""
    own = ["Own login"] if any(each.active for each in leaver.logins) else []
    ids = dict.fromkeys(each.account_id for each in leaver.listed)
    accounts = (db.get(Account, each) for each in ids)
    return own + [f"Named on {each.label}" for each in accounts if each is not None]


def _shared_with(db: Session, leaver: Leaver) -> list[Account]:
    """The shared logins they are or were named on."""
    ids = [each.account_id for each in leaver.listed]
    ids += [each.account_id for each in leaver.unlisted]
    accounts = (db.get(Account, each) for each in dict.fromkeys(ids))
    return [each for each in accounts if each is not None]


def _said(record: AuditRecord, now: datetime) -> tuple[str, str, str, str]:
    """Day, time, what and where, in words."""
    at = datetime.fromisoformat(record.at)
    what = ACTS.get(record.act, record.act)
    if record.act in SAID and record.detail:
        what = f"{what}: {record.detail}"
    where = f"{record.operatory} · {record.location}" if record.operatory else record.computer
    return when.day_words(at, now), when.time_words(at), what, where or "Unknown"
