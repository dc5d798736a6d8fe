"""The sign-in, step by step: each page at its path, and the form that was sent from it."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from sandbox.web import remembering
from sandbox.web.forms import PATHS, given
from sandbox.web.site import No, Stage
from sandbox.web.visiting import (
    SESSION_COOKIE,
    form_page,
    gone_on,
    is_script,
    read,
    see,
    site_of,
    told,
    visit_of,
)

routes = APIRouter()


@routes.get("/")
async def start(request: Request) -> Response:
    """Wherever this browser is."""
    return see(PATHS[site_of(request).stage(visit_of(request))])


@routes.get("/where")
async def where(request: Request) -> Response:
    """The same for a script."""
    return JSONResponse(told(site_of(request), visit_of(request)))


@routes.get("/sign-in")
@routes.get("/sign-in/email")
@routes.get("/sign-in/send")
@routes.get("/sign-in/code")
@routes.get("/sign-in/wait")
@routes.get("/sign-in/change")
@routes.get("/human-check")
@routes.get("/terms")
async def show(request: Request) -> Response:
    """The page of what is asked; whoever is elsewhere is led there."""
    right = PATHS[site_of(request).stage(visit_of(request))]
    if request.url.path != right:
        return see(right)
    return form_page(request, visit_of(request))


@routes.post("/sign-in/email")
async def email(request: Request) -> Response:
    """The first of two steps."""
    site = site_of(request)
    values = await read(request)
    visit = visit_of(request) or site.open()
    return gone_on(request, visit, site.give_email(visit, given(values, "email")))


@routes.post("/sign-in")
async def password(request: Request) -> Response:
    """The first factor."""
    site = site_of(request)
    values = await read(request)
    device = remembering.device_of(site, request, values.get("device", ""))
    visit = visit_of(request) or site.open()
    if Stage.PASSWORD in visit.done:
        visit = site.open()
    no = site.give_password(visit, given(values, "email"), given(values, "password"), device)
    return gone_on(request, visit, no)


@routes.post("/human-check")
async def human(request: Request) -> Response:
    """The letters of the picture."""
    site = site_of(request)
    values = await read(request)
    visit = visit_of(request) or site.open()
    return gone_on(request, visit, site.give_letters(visit, given(values, "letters")))


@routes.post("/sign-in/send")
async def send(request: Request) -> Response:
    """Have the code texted."""
    site = site_of(request)
    visit = visit_of(request)
    if visit is None or site.stage(visit) is not Stage.SEND:
        return lost(request)
    return gone_on(request, visit, site.send_code(visit))


@routes.post("/sign-in/code")
async def code(request: Request) -> Response:
    """The second factor; from now on this computer is known, where that was ticked."""
    site = site_of(request)
    values = await read(request)
    visit = visit_of(request)
    if visit is None or site.stage(visit) is not Stage.CODE:
        return lost(request)
    brought = remembering.device_of(site, request, values.get("device", ""))
    device = brought or remembering.new_device(site)
    remember = bool(given(values, "remember"))
    no = site.give_code(visit, given(values, "code"), device, remember=remember)
    response = gone_on(request, visit, no)
    if no is None and remember:
        remembering.keep(site, response, device)
    return response


@routes.post("/sign-in/change")
async def change(request: Request) -> Response:
    """Another password."""
    site = site_of(request)
    values = await read(request)
    visit = visit_of(request)
    if visit is None or site.stage(visit) is not Stage.CHANGE:
        return lost(request)
    typed = given(values, "new_password"), given(values, "again")
    return gone_on(request, visit, site.change_password(visit, *typed))


@routes.post("/terms")
async def terms(request: Request) -> Response:
    """New terms."""
    site = site_of(request)
    values = await read(request)
    visit = visit_of(request)
    if visit is None or site.stage(visit) is not Stage.TERMS:
        return lost(request)
    return gone_on(request, visit, site.accept_terms(visit, agreed=bool(given(values, "agree"))))


@routes.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """Out; this computer is not remembered any more."""
    site = site_of(request)
    visit = visit_of(request)
    if visit is not None:
        site.leave(visit)
    response: Response = see(PATHS[site.stage(None)])
    if is_script(request):
        response = JSONResponse(told(site, None))
    response.delete_cookie(SESSION_COOKIE)
    remembering.drop(site, response)
    return response


def lost(request: Request) -> Response:
    """A form of a page that is over: the one that is asked now."""
    site = site_of(request)
    if is_script(request):
        return JSONResponse(told(site, visit_of(request), OVER.trouble), OVER.status)
    return RedirectResponse(PATHS[site.stage(visit_of(request))], 303)


OVER = No("That took too long. Sign in again.")
