"""A request and its answer: whose browser it is, and a page, a redirect or, to a script, JSON."""

from dataclasses import asdict
from pathlib import Path

from fastapi import Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from sandbox.server.addresses import own_origin
from sandbox.web.forms import PATHS, form_of
from sandbox.web.people import PATIENTS
from sandbox.web.site import No, Site, Stage, Visit

SESSION_COOKIE = "xchart_web"
SANDBOX = Path(__file__).parent.parent
TEMPLATES = Jinja2Templates([SANDBOX / "web" / "templates", SANDBOX / "templates"])


def site_of(request: Request) -> Site:
    """The site this request came to."""
    site = request.app.state.site
    if not isinstance(site, Site):
        raise TypeError("the application has no site")
    return site


def visit_of(request: Request) -> Visit | None:
    """Whose browser this is."""
    return site_of(request).visit(request.cookies.get(SESSION_COOKIE, ""))


def is_script(request: Request) -> bool:
    """Whether a script of a page asks, and goes on by itself."""
    return "application/json" in request.headers.get("accept", "")


async def read(request: Request) -> dict[str, str]:
    """What a form brought."""
    return {name: str(value) for name, value in (await request.form()).items()}


def see(path: str) -> RedirectResponse:
    """Go on by GET (RFC 9110, section 15.4.4)."""
    return RedirectResponse(path, 303)


def keep_visit(response: Response, visit: Visit) -> None:
    """Until the browser closes."""
    response.set_cookie(SESSION_COOKIE, visit.secret, httponly=True, samesite="lax")


def told(site: Site, visit: Visit | None, trouble: str = "") -> dict[str, object]:
    """What a script needs to draw what comes next."""
    stage = site.stage(visit)
    said: dict[str, object] = {"next": PATHS[stage], "trouble": trouble}
    account = site.account(visit)
    if account is None:
        return said | {"form": asdict(form_of(site, visit, trouble))}
    return said | {
        "email": account.email,
        "last": account.last_patient,
        "notes": account.notes,
        "leave": sign_out_words(site),
        "patients": [asdict(each) for each in PATIENTS],
    }


def sign_out_words(site: Site) -> str:
    """What the button says that signs out."""
    return "Leave" if site.turns.redesigned else "Sign out"


def gone_on(request: Request, visit: Visit, no: No | None) -> Response:
    """After a form: the next page, or the same with what is wrong."""
    site = site_of(request)
    kept = site.visit(visit.secret)
    response: Response
    if no is not None:
        response = said_no(request, kept, no)
    elif is_script(request):
        response = JSONResponse(told(site, kept))
    else:
        response = see(PATHS[site.stage(kept)])
    keep_visit(response, visit)
    return response


def said_no(request: Request, visit: Visit | None, no: No) -> Response:
    """The form again, with what is wrong."""
    if is_script(request):
        return JSONResponse(told(site_of(request), visit, no.trouble), no.status)
    return form_page(request, visit, no.trouble, no.status)


def form_page(
    request: Request, visit: Visit | None, trouble: str = "", status: int = 200
) -> Response:
    """The page of what is asked of this browser."""
    site = site_of(request)
    other = request.query_params.get("other") == "yes"
    form = form_of(site, visit, trouble, other=other)
    if site.sign_in.name == "hostile_look_alike_redirect":
        return see(f"{site.elsewhere}/look-alike")
    words = {"form": form, "as_json": asdict(form), "site": site, "own": own_origin(request)}
    asks = form.stage in (Stage.EMAIL, Stage.PASSWORD) or not site.sign_in.is_hostile
    template = site.sign_in.template if asks else "form.html"
    response = TEMPLATES.TemplateResponse(request, template, words, status)
    if visit is not None:
        keep_visit(response, visit)
    return response


def telling(request: Request, title: str, text: str, status: int) -> Response:
    """A page that only tells something."""
    words = {"title": title, "text": text, "site": site_of(request)}
    if is_script(request):
        return JSONResponse({"trouble": text}, status)
    return TEMPLATES.TemplateResponse(request, "told.html", words, status)


def shell(request: Request) -> Response:
    """The one document of an app in the browser: what is asked, it asks itself."""
    words = {"site": site_of(request)}
    return TEMPLATES.TemplateResponse(request, "shell.html", words)
