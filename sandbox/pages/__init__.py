"""Xchart's web pages: schedule, sign-in, Case Manager, and the phones of the demo.

Server-rendered, without scripts or foreign assets. The pages keep the same rules as the calls: a
page never does what the role forbids (facts.md S4, S7).
"""

from fastapi import APIRouter, Request, Response

from sandbox.contract.refusals import Refusal
from sandbox.pages import (
    assistants,
    audit,
    audit_export,
    badges,
    casemanager,
    departures,
    devices,
    factors,
    inboxes,
    profile,
    signin,
    today,
)
from sandbox.pages.visitor import page, state_of

routes = APIRouter()
routes.include_router(today.routes)
routes.include_router(signin.routes)
routes.include_router(profile.routes)
routes.include_router(casemanager.routes)
routes.include_router(assistants.routes)
routes.include_router(badges.routes)
routes.include_router(factors.routes)
routes.include_router(devices.routes)
routes.include_router(departures.routes)
routes.include_router(audit.routes)
routes.include_router(audit_export.routes)
routes.include_router(inboxes.routes)

SENTENCES = {
    "role_forbids": (
        "Your role does not allow this",
        "Signing a record needs a provider; deleting an appointment, a provider or an admin.",
    ),
    "account_deactivated": (
        "This login was deactivated",
        "An admin of your practice turned it off.",
    ),
    "account_privileged": (
        "This shared login cannot be used",
        "A shared login may not have provider or admin rights. An admin can change it back.",
    ),
    "session_ended": ("You are signed out", "Sign in to go on."),
    "session_alive": (
        "Sign out first",
        "An Xchart session is still open here. Sign out, then open the invitation again.",
    ),
    "invitation_over": (
        "This invitation is over",
        "It was used already, or it is older than seven days. Ask an admin for a new one.",
    ),
    "invitation_unknown": (
        "This invitation is not known",
        "The link may be cut off. Open it from the e-mail again.",
    ),
    "unknown": ("There is nothing here", "The address may be mistyped."),
}


ADMINS_ONLY = (
    "Only an admin can open this page",
    "Members, devices and the audit are an admin's. Ask one of your practice.",
)


def refused(request: Request, refusal: Refusal) -> Response:
    """A refusal as a page, for a browser; whoever is signed in keeps the menu."""
    title, text = SENTENCES.get(refusal.code, (refusal.title, "Go back and try again."))
    if refusal.code == "role_forbids" and not request.scope["path"].startswith("/appointments/"):
        title, text = ADMINS_ONLY
    with state_of(request).unit() as db:
        words = {"title": title, "text": text, "link": "/signin"}
        return page(request, db, "telling.html", refusal.status, **words)
