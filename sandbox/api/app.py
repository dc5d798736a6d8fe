"""The server put together: the contract under ``/v1``, the pages, and, for tests, the controls.

The one place where a refusal becomes an answer: problem+json for a kiosk, a page for a browser.
"""

from anyio import CapacityLimiter
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from sandbox import pages
from sandbox.api.calls import v1
from sandbox.api.controls import controls
from sandbox.api.sync_calls import LOOKING_AT_ONCE, sync
from sandbox.contract.refusals import Refusal
from sandbox.server.addresses import OwnNames
from sandbox.server.middleware import Middleware, Watch
from sandbox.server.server_state import ServerState

SERVED = APIRouter()
"""Put together once for every server of a process: the first request of each would do it anew."""
SERVED.include_router(v1)
SERVED.include_router(sync)
SERVED.include_router(pages.routes)


def problem(refusal: Refusal) -> Response:
    """RFC 9457, with ``Retry-After`` and ``WWW-Authenticate`` where they belong."""
    headers = {}
    if refusal.retry_after is not None:
        headers["Retry-After"] = str(refusal.retry_after)
    if refusal.status == 401:
        headers["WWW-Authenticate"] = f'DPoP error="{refusal.code}", algs="ES256"'
    return JSONResponse(
        refusal.problem(), refusal.status, headers, media_type="application/problem+json"
    )


async def _refused(request: Request, refusal: Exception) -> Response:
    if not isinstance(refusal, Refusal):
        raise refusal
    if request.scope["path"].startswith(("/v1/", "/sandbox/")):
        return problem(refusal)
    return pages.refused(request, refusal)


async def _not_served(request: Request, trouble: Exception) -> Response:
    if not isinstance(trouble, HTTPException):
        raise trouble
    return await _refused(request, Refusal("unknown", "no such address or method"))


def create(
    state: ServerState, *, test_controls: bool = False, origins: tuple[str, ...] = ()
) -> ASGIApp:
    """The whole server as an ASGI application over one state; ``origins`` is what it is called."""
    app = FastAPI(
        openapi_url=None,
        routes=SERVED.routes,
        exception_handlers={Refusal: _refused, HTTPException: _not_served},
    )
    app.state.server = state
    app.state.looking = CapacityLimiter(LOOKING_AT_ONCE)
    watch = Watch() if test_controls else None
    if watch is not None:
        app.include_router(controls(state, watch))
    return Middleware(OwnNames(app, origins), state, watch)
