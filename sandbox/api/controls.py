"""Controls for tests, outside the contract: time travel, texts, apps, mails, faults, members.

They exist only with ``--test-controls``; a server started without it has no such path.
"""

from dataclasses import asdict
from datetime import date, timedelta

from fastapi import APIRouter, Request
from pydantic import BaseModel, NonNegativeInt, PositiveInt
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from sandbox.access import badges
from sandbox.admin import passwords
from sandbox.admin.members import change, invite, revoke_device, revoke_trust
from sandbox.contract.bodies import MemberChange, MemberRequest
from sandbox.contract.refusals import Refusal
from sandbox.identity import authenticators
from sandbox.identity.accounts import account_value
from sandbox.server.addresses import own_origin
from sandbox.server.clinic_days import close_on
from sandbox.server.middleware import Fault, Faults, Watch
from sandbox.server.moment import rfc3339
from sandbox.server.server_state import ServerState
from sandbox.tables.rows import Account, Device, Mail, Text


class Travel(BaseModel):
    """Seconds to move the server's time forward."""

    advance: NonNegativeInt


class FaultOrder(BaseModel):
    """Which requests to answer otherwise, and how."""

    path: str
    kind: Fault = "status"
    count: PositiveInt = 1
    status: int = 503


class ComputerOrder(BaseModel):
    """What to revoke of a computer: the device itself, or its trust."""

    revoke: str


class BadgeOrder(BaseModel):
    """What a badge reader types for somebody's badge."""

    number: str


class PasswordOrder(BaseModel):
    """Another password for a shared account, for which every computer asks."""

    password: str


class ClosureOrder(BaseModel):
    """A weekday on which the clinic is closed."""

    day: date


def controls(state: ServerState, watch: Watch) -> APIRouter:
    """The routes under ``/sandbox``."""
    routes = APIRouter(prefix="/sandbox")

    @routes.post("/time")
    def travel(order: Travel) -> dict[str, str]:
        state.travel(timedelta(seconds=order.advance))
        return {"time": rfc3339(state.clock.now())}

    @routes.get("/texts")
    def texts() -> list[dict[str, object]]:
        with state.unit() as db:
            return [
                {
                    "phone_owner": each.phone_owner,
                    "phone_ending": each.phone[-2:],
                    "text": each.body,
                    "code": each.code,
                    "sent_at": rfc3339(each.sent_at),
                }
                for each in db.scalars(select(Text).order_by(Text.id))
            ]

    @routes.get("/apps")
    def apps() -> list[dict[str, str]]:
        now = state.clock.now()
        with state.unit() as db:
            return [
                {"account": each, "code": authenticators.current(db, each, now)}
                for each in sorted(authenticators.holders(db))
            ]

    @routes.post("/apps/{which}")
    def set_up_app(which: str) -> dict[str, str]:
        with state.unit() as db:
            account = _member(db, which)
            secret = authenticators.begin(db, account, state.clock.now())
            authenticators.confirm(db, account.id, state.clock.now())
            return {"account": account.id, "secret": secret}

    @routes.get("/mails")
    def mails() -> list[dict[str, object]]:
        with state.unit() as db:
            return [
                {
                    "recipient": each.recipient,
                    "subject": each.subject,
                    "text": each.body,
                    "link": each.link,
                    "sent_at": rfc3339(each.sent_at),
                }
                for each in db.scalars(select(Mail).order_by(Mail.id))
            ]

    @routes.get("/requests")
    def requests() -> dict[str, object]:
        return {"count": len(watch.requests), "requests": list(watch.requests)}

    @routes.delete("/requests")
    def forget_requests() -> dict[str, int]:
        watch.requests.clear()
        return {"count": 0}

    @routes.post("/faults")
    def order_fault(order: FaultOrder) -> dict[str, object]:
        fault = Faults(order.path, order.kind, order.count, order.status)
        watch.faults.append(fault)
        return asdict(fault)

    @routes.delete("/faults")
    def forget_faults() -> dict[str, int]:
        watch.faults.clear()
        return {"count": 0}

    @routes.post("/members/{which}")
    def change_member(which: str, order: MemberChange) -> dict[str, object]:
        with state.unit() as db:
            account = change(db, _member(db, which).id, order, state.clock.now())
            return {**account_value(account), "active": account.active}

    @routes.post("/members")
    def invite_member(order: MemberRequest, request: Request) -> dict[str, str]:
        with state.unit() as db:
            account = invite(db, order, own_origin(request), state.clock.now())
            return {"invited": account.email}

    @routes.post("/computers/{which}")
    def revoke(which: str, order: ComputerOrder) -> dict[str, str]:
        with state.unit() as db:
            named = or_(Device.jkt == which, Device.computer == which)
            for device in db.scalars(select(Device).where(named)):
                if order.revoke in ("device", "now"):
                    at_once = order.revoke == "now"
                    revoke_device(db, device.jkt, state.clock.now(), at_once=at_once)
                else:
                    revoke_trust(db, jkt=device.jkt)
        return {"revoked": order.revoke}

    @routes.post("/passwords/{which}")
    def give_password(which: str, order: PasswordOrder) -> dict[str, bool]:
        with state.unit() as db:
            account, now = _member(db, which), state.clock.now()
            given = passwords.give(db, account, order.password, now, everywhere=True)
        return {"given": given}

    @routes.post("/badges/{holder}")
    def give_badge(holder: str, order: BadgeOrder) -> dict[str, str]:
        with state.unit() as db:
            badges.give(db, holder, order.number)
        return {"holder": holder}

    @routes.post("/closures")
    def declare_closed(order: ClosureOrder) -> dict[str, str]:
        with state.unit() as db:
            close_on(db, order.day)
        return {"closed": order.day.isoformat()}

    return routes


def _member(db: Session, which: str) -> Account:
    """By id, label or e-mail."""
    named = or_(Account.id == which, Account.label == which, Account.email == which)
    found = db.scalar(select(Account).where(named))
    if found is None:
        raise Refusal("unknown", "no such member")
    return found
