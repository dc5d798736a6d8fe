"""One's own profile, behind the name at the top: the authenticator app, set up and taken off.

In a browser of one's own and with the password, never at a chair: whoever sits down at somebody's
open page must not leave with a second factor of theirs.
"""

from collections.abc import Callable
from typing import Annotated

import segno
from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from sandbox.access import browsers, challenges
from sandbox.admin import factors
from sandbox.contract.refusals import Refusal
from sandbox.identity import authenticators
from sandbox.pages.visitor import (
    Visitor,
    browser_secret,
    demand_own_origin,
    demand_visitor,
    page,
    see,
    set_browser,
    state_of,
    visitor,
)
from sandbox.server import throttle

routes = APIRouter()
Field = Annotated[str, Form(max_length=1024)]

WORDS = {
    "credentials_wrong": "That is not your password.",
    "code_wrong": "That is not the code. Type the one that the app shows now.",
    "code_over": "That took too long. Start again.",
    "last_approver": "Nobody else has codes for a new computer, and yours come from this app only.",
    "role_forbids": "Sign in with a browser of your own to change this.",
}


@routes.get("/profile")
def show(request: Request) -> Response:
    """Who one is, and how one's own codes come."""
    return _profile(request, "")


@routes.post("/profile/app")
def begin(request: Request, password: Field = "") -> Response:
    """Set an app up: whoever knows the password."""

    def act(db: Session, who: Visitor, browser: str) -> None:
        now = state_of(request).clock.now()
        challenges.check_password(db, who.account.email, password, browser, now)
        if not authenticators.holds(db, who.account.id):
            authenticators.begin(db, who.account, now)

    return _change(request, act)


@routes.post("/profile/app/confirm")
def confirm(request: Request, code: Field = "") -> Response:
    """The app's first code."""

    def act(db: Session, who: Visitor, browser: str) -> None:
        now = state_of(request).clock.now()
        if not authenticators.begun(db, who.account.id, now):
            raise Refusal("code_over")
        _demand_code(request, db, who, browser, code)
        authenticators.confirm(db, who.account.id, now)

    return _change(request, act)


@routes.post("/profile/app/remove")
def remove(request: Request, code: Field = "") -> Response:
    """Take the app off, with a code of it."""

    def act(db: Session, who: Visitor, browser: str) -> None:
        if authenticators.holds(db, who.account.id):
            _demand_code(request, db, who, browser, code)
            factors.give_app_up(db, who.account)

    return _change(request, act)


def _change(request: Request, act: Callable[[Session, Visitor, str], None]) -> Response:
    """One act of whoever is signed in, in a browser of their own; what hinders it is said."""
    demand_own_origin(request)
    secret = browser_secret(request)
    try:
        with state_of(request).unit() as db:
            who = _demand_person(demand_visitor(request, db))
            if who.kiosk is not None:
                raise Refusal("role_forbids")
            act(db, who, browsers.identity(secret))
    except Refusal as refusal:
        if refusal.code == "too_many_tries":
            words = f"Too many tries. Wait {refusal.retry_after} seconds, then try again."
            return _profile(request, words, refusal.status)
        if refusal.code not in WORDS:
            raise
        return _profile(request, WORDS[refusal.code], refusal.status)
    response = see("/profile")
    set_browser(response, secret)
    return response


def _demand_code(request: Request, db: Session, who: Visitor, browser: str, code: str) -> None:
    """A code of one's own app; counted as every second factor is."""
    now = state_of(request).clock.now()
    throttle.demand_turn(db, "code", who.account.id, browser, now)
    if not authenticators.fits(db, who.account.id, "".join(code.split()), now):
        left = throttle.count_failure(db, "code", who.account.id, browser, now)
        raise Refusal("code_wrong", tries_left=left)
    throttle.forget_failures(db, "code", who.account.id, browser)


def _demand_person(who: Visitor) -> Visitor:
    if who.account.shared:
        raise Refusal("unknown", "a shared login is nobody's profile")
    return who


def _profile(request: Request, trouble: str, status: int = 200) -> Response:
    state = state_of(request)
    with state.unit() as db:
        who = visitor(request, db)
        if who is None:
            return see("/signin")
        account = _demand_person(who).account
        secret = authenticators.begun(db, account.id, state.clock.now())
        return page(
            request,
            db,
            "profile.html",
            status,
            who=who,
            title="Profile",
            account=account,
            holds=authenticators.holds(db, account.id),
            groups=[secret[first : first + 4] for first in range(0, len(secret), 4)],
            picture=picture(authenticators.address(secret, account)) if secret else "",
            trouble=trouble,
        )


def picture(address: str) -> str:
    """The address as a QR code in SVG."""
    return segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=2)
