"""Signing in on the web: e-mail and password, then a code unless this browser is remembered.

The same rules as for a kiosk: counted failures, bound codes, thirty idle days. A browser stands
in the place of a device.
"""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from sandbox.access import browsers, challenges, trust
from sandbox.access.sessions import end
from sandbox.contract.refusals import Refusal
from sandbox.identity.accounts import approver_values, demand_usable
from sandbox.pages.visitor import (
    SESSION_COOKIE,
    browser_secret,
    demand_own_origin,
    page,
    see,
    set_browser,
    set_session,
    state_of,
    visitor,
)
from sandbox.server.server_state import ServerState
from sandbox.server.tokens import fingerprint, new_secret
from sandbox.tables.rows import Account, Trust, WebSession

routes = APIRouter()
LONGEST = timedelta(hours=12)
Field = Annotated[str, Form(max_length=1024)]

WORDS = {
    "credentials_wrong": "E-mail or password is wrong.",
    "code_wrong": "That is not the code. Type the newest one.",
    "code_over": "That code no longer works. Send a new one.",
    "unknown": "That app is no longer set up. Choose another way.",
    "challenge_over": "That took too long. Sign in again.",
    "challenge_unknown": "That took too long. Sign in again.",
    "resend_too_soon": "A text was just sent. Wait half a minute before sending another.",
    "texts_capped": "This phone had many texts within the hour. Choose someone else.",
}


@routes.get("/signin")
def show(request: Request) -> Response:
    """The form."""
    with state_of(request).unit() as db:
        if visitor(request, db) is not None:
            return see("/today")
        return page(request, db, "signin.html", title="Sign in", trouble="", email="")


@routes.post("/signin")
def submit(request: Request, email: Field = "", password: Field = "") -> Response:
    """The first factor; a remembered browser needs no second."""
    demand_own_origin(request)
    state = state_of(request)
    now = state.clock.now()
    browser = browser_secret(request)
    device = browsers.identity(browser)
    response: Response
    try:
        with state.unit() as db:
            account = challenges.check_password(db, email, password, device, now)
            demand_usable(account)
            row = db.get(Trust, (account.id, device))
            try:
                remembered = trust.demand_live(db, account, row, browser, now)
            except Refusal:
                place = ("", "", "A web browser")
                challenge = challenges.open_challenge(db, account, device, "web", place, now)
                response = see(f"/signin/code?challenge={challenge.id}")
            else:
                trust.signed_in(remembered, now)
                response = _signed_in(db, state, account)
    except Refusal as refusal:
        with state.unit() as db:
            words = {"title": "Sign in", "trouble": _sentence(refusal), "email": email}
            response = page(request, db, "signin.html", refusal.status, **words)
    set_browser(response, browser)
    return response


@routes.get("/signin/code")
def show_code(request: Request, challenge: str = "", sent: str = "", app: str = "") -> Response:
    """Whose phone or app, then the code."""
    return _code_page(request, challenge, sent, "", app=app)


@routes.post("/signin/text")
def text(request: Request, challenge: Field = "", approver: Field = "") -> Response:
    """Text a code to the phone that was chosen."""
    demand_own_origin(request)
    state = state_of(request)
    now = state.clock.now()
    try:
        with state.unit() as db:
            found = challenges.find(db, challenge, browsers.identity(browser_secret(request)), now)
            challenges.deliver(db, found, approver, now)
    except Refusal as refusal:
        return _code_page(request, challenge, approver, _sentence(refusal), refusal.status)
    return see(f"/signin/code?challenge={challenge}&sent={approver}")


@routes.post("/signin/code")
def submit_code(
    request: Request,
    challenge: Field = "",
    sent: Field = "",
    app: Field = "",
    code: Field = "",
    remember: Field = "",
) -> Response:
    """The second factor."""
    demand_own_origin(request)
    state = state_of(request)
    now = state.clock.now()
    browser = browser_secret(request)
    try:
        with state.unit() as db:
            found = challenges.find(db, challenge, browsers.identity(browser), now)
            account = challenges.redeem(db, found, "".join(code.split()), now, app)
            demand_usable(account)
            secret = browsers.remember(db, account, browser, now) if remember else ""
            response = _signed_in(db, state, account)
    except Refusal as refusal:
        return _code_page(request, challenge, sent, _sentence(refusal), refusal.status, app=app)
    if secret:
        set_browser(response, secret)
    return response


@routes.post("/signout")
def sign_out(request: Request, back: Field = "") -> Response:
    """End this browser's session; the browser stays remembered. An invitation waits for it."""
    demand_own_origin(request)
    state = state_of(request)
    now = state.clock.now()
    with state.unit() as db:
        who = visitor(request, db)
        if who is not None:
            who.web.ended_at = now
            if who.kiosk is not None:
                end(db, who.kiosk.jkt, who.kiosk.id, now)
    response = see(back if back.startswith("/invitations/") else "/signin")
    response.delete_cookie(SESSION_COOKIE)
    return response


def _code_page(
    request: Request, challenge_id: str, sent: str, trouble: str, status: int = 200, app: str = ""
) -> Response:
    state = state_of(request)
    now = state.clock.now()
    with state.unit() as db:
        try:
            found = challenges.find(
                db, challenge_id, browsers.identity(browser_secret(request)), now
            )
        except Refusal:
            return see("/signin")
        account = db.get_one(Account, found.account_id)
        approvers = approver_values(db, account)
        return page(
            request,
            db,
            "code.html",
            status,
            title="Enter the code",
            challenge=challenge_id,
            approvers=approvers,
            sent=next((each for each in approvers if each["id"] == sent), None),
            app=next((each for each in approvers if each["totp"] and each["id"] == app), None),
            trouble=trouble,
        )


def _signed_in(db: Session, state: ServerState, account: Account) -> Response:
    cookie = new_secret()
    db.add(
        WebSession(
            cookie_hash=fingerprint(cookie),
            account_id=account.id,
            kiosk_session_id=None,
            ends_at=state.clock.now() + LONGEST,
        )
    )
    response = see("/today")
    set_session(response, cookie)
    return response


def _sentence(refusal: Refusal) -> str:
    if refusal.code == "too_many_tries":
        return f"Too many tries. Wait {refusal.retry_after} seconds, then try again."
    return WORDS.get(refusal.code, f"{refusal.title}.")
