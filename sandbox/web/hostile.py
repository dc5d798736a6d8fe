"""What hostile pages lead to: a page that looks the same, and places that take what was typed."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sandbox.web.forms import form_of
from sandbox.web.visiting import TEMPLATES, site_of, telling

routes = APIRouter()
LOOK_ALIKE, TAKEN = "/look-alike", "/taken"
FOREIGN = (LOOK_ALIKE, TAKEN)
"""Served by the other origin, which may be this site under another name."""


@routes.get(LOOK_ALIKE)
async def look_alike(request: Request) -> Response:
    """The same form, which leads to whoever takes what is typed."""
    site = site_of(request)
    words = {"site": site, "form": form_of(site, None), "action": TAKEN}
    return TEMPLATES.TemplateResponse(request, "look_alike.html", words)


@routes.api_route(TAKEN, methods=["GET", "POST"])
@routes.post("/newsletter")
@routes.post("/sign-up")
@routes.post("/forgot")
async def taken(request: Request) -> Response:
    """Whatever was typed is there now."""
    site_of(request).strays.append(request.url.path)
    return telling(request, "Thank you", "We have what you typed.", 200)
