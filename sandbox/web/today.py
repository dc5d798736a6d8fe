"""What is behind the sign-in: a small Xchart, and a sign-out."""

from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from sandbox.web.forms import PATHS
from sandbox.web.people import PATIENTS
from sandbox.web.visiting import (
    TEMPLATES,
    is_script,
    read,
    see,
    sign_out_words,
    site_of,
    telling,
    told,
    visit_of,
)

routes = APIRouter()


@routes.get("/today")
async def today(request: Request) -> Response:
    """The day's patients, and the notes."""
    return _page(request, "")


@routes.get("/patients/{which}")
async def patient(request: Request, which: str) -> Response:
    """One of them; the login remembers which was the last."""
    return _page(request, which)


@routes.post("/notes")
async def notes(request: Request) -> Response:
    """What was typed, once it is sent."""
    site = site_of(request)
    account = site.account(visit_of(request))
    if account is not None:
        account.notes = (await read(request)).get("notes", "")
    return _page(request, "") if is_script(request) else see(PATHS[site.stage(visit_of(request))])


def _page(request: Request, which: str) -> Response:
    site = site_of(request)
    account = site.account(visit_of(request))
    if account is None and is_script(request):
        return JSONResponse(told(site, visit_of(request)))
    if account is None:
        return see(PATHS[site.stage(visit_of(request))])
    chosen = next((each for each in PATIENTS if each.id == which), None)
    if which and chosen is None:
        return telling(request, "There is nothing here", "The address may be mistyped.", 404)
    last = account.last_patient
    if chosen is not None:
        site.open_patient(account, chosen)
    if is_script(request):
        opened = asdict(chosen) if chosen is not None else None
        return JSONResponse(told(site, visit_of(request)) | {"chosen": opened, "last": last})
    words = {
        "site": site,
        "account": account,
        "patients": PATIENTS,
        "chosen": chosen,
        "last": last,
        "leave": sign_out_words(site),
    }
    return TEMPLATES.TemplateResponse(request, "signed_in.html", words)
