"""Controls for tests and demonstrations; they exist only with ``--test-controls``."""

from dataclasses import asdict

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from sandbox.web.site import Site
from sandbox.web.turns import Turns


def controls(site: Site) -> APIRouter:
    """The routes under ``/test``."""
    routes = APIRouter(prefix="/test")

    @routes.get("/texts")
    async def texts() -> list[dict[str, str]]:
        return [asdict(each) for each in site.texts]

    @routes.get("/seen")
    async def seen() -> dict[str, object]:
        return {
            "submissions": dict(site.submissions),
            "code_submissions": dict(site.code_submissions),
            "arrivals": list(site.arrivals),
        }

    @routes.post("/turns", response_model=None)
    async def turn(order: dict[str, str | int | bool]) -> Turns | JSONResponse:
        """Only what is named is turned."""
        try:
            site.turns = Turns.model_validate({**site.turns.model_dump(), **order})
        except ValidationError as trouble:
            return JSONResponse(trouble.errors(include_url=False, include_context=False), 422)
        return site.turns

    @routes.delete("/turns")
    async def turn_back() -> Turns:
        site.turns = Turns()
        return site.turns

    @routes.delete("/sessions")
    async def forget_visits() -> dict[str, int]:
        site.forget_visits()
        return {"count": 0}

    @routes.delete("/devices")
    async def forget_devices() -> dict[str, int]:
        site.forget_devices()
        return {"count": 0}

    @routes.post("/passwords", response_model=None)
    async def change_passwords(order: dict[str, str]) -> dict[str, int] | JSONResponse:
        """By e-mail: somebody has changed them in a browser elsewhere."""
        if not order.keys() <= site.accounts.keys():
            return JSONResponse({"trouble": "There is no such login."}, 404)
        for email, password in order.items():
            site.accounts[email].password = password
        return {"count": len(order)}

    return routes
