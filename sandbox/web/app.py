"""The site put together as an ASGI application."""

from pathlib import Path
from urllib.parse import unquote_plus

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import FileResponse, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.server.addresses import OwnNames, own_origin
from sandbox.web import hostile, steps, today
from sandbox.web.controls import controls
from sandbox.web.site import No, Site
from sandbox.web.visiting import is_script, said_no, shell, telling, visit_of

SCRIPTS = Path(__file__).parent / "scripts"
OWN_ONLY = (
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

SERVED = APIRouter()
"""Put together once for every site of a process: the first request of each would do it anew."""
SERVED.include_router(steps.routes)
SERVED.include_router(today.routes)
SERVED.include_router(hostile.routes)


def create(site: Site, *, test_controls: bool = False, origins: tuple[str, ...] = ()) -> ASGIApp:
    """The whole site; ``origins`` is what it is called, as of the reference server."""
    app = FastAPI(openapi_url=None, routes=SERVED.routes)
    app.state.site = site
    if test_controls:
        app.include_router(controls(site))

    @app.get("/service_worker.js")
    async def service_worker() -> Response:
        return FileResponse(SCRIPTS / "service_worker.js", media_type="text/javascript")

    @app.get("/scripts/{name}")
    async def script(request: Request, name: str) -> Response:
        file = SCRIPTS / name
        if file.parent != SCRIPTS or not file.is_file():
            return telling(request, "There is nothing here", "The address may be mistyped.", 404)
        return FileResponse(file, media_type="text/javascript")

    return OwnNames(Front(app, site), origins)


class Front:
    """What comes before every page: where passwords arrived, whose form it was, what is turned."""

    def __init__(self, app: FastAPI, site: Site) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        if path.startswith(("/test/", "/scripts/", "/service_worker.js")):
            await self._app(scope, receive, send)
            return
        body = await _whole(receive)
        self._note(scope, body)
        answer = self._instead(scope)
        headers = self._headers()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = MutableHeaders(scope=message)
                answered["Cache-Control"] = "no-store"
                for name, value in headers.items():
                    answered[name] = value
                if self._keeps_page(scope):
                    message["status"] = 401
            await send(message)

        await (answer or self._app)(scope, _again(body), sending)
        if self._site.on_change is not None:
            self._site.on_change()

    def _note(self, scope: Scope, body: bytes) -> None:
        """Where a password arrived, and whether it stood in the address."""
        query = unquote_plus(scope["query_string"].decode("latin-1"))
        typed = unquote_plus(body.decode("utf-8", "replace"))
        for word in {each.password for each in self._site.accounts.values()}:
            if word in query or word in typed:
                how = "in the address" if word in query else "in the body"
                at = own_origin(Request(scope)) + scope["path"]
                self._site.arrivals.append(f"{scope['method']} {at}, {how}")

    def _instead(self, scope: Scope) -> Response | None:
        """Another answer than the page's."""
        if scope["path"] in hostile.FOREIGN:
            return None
        if scope["method"] == "POST":
            if Headers(scope=scope).get("origin") != own_origin(Request(scope)):
                return PlainTextResponse("That form came from another site.", 403)
            if scope["path"] in ("/sign-in", "/sign-in/email"):
                return self._turned(scope, self._site.turns.sign_in_status)
            if scope["path"] == "/sign-in/code":
                return self._turned(scope, self._site.turns.code_status)
            return None
        status = self._site.turns.start_status
        if status not in (0, 401):
            return self._turned(scope, status)
        request = Request({**scope, "app": self._app})
        is_page = not is_script(request) and scope["path"] != "/where"
        return shell(request) if self._site.sign_in.is_shell and is_page else None

    def _keeps_page(self, scope: Scope) -> bool:
        """Whether the page comes, as a 401."""
        return scope["method"] == "GET" and self._site.turns.start_status == 401

    def _turned(self, scope: Scope, status: int) -> Response | None:
        if not status:
            return None
        text = TEXTS.get(status, f"Xchart answered {status}.")
        request = Request({**scope, "app": self._app})
        if scope["method"] == "POST" and status in (401, 429):
            response = said_no(request, visit_of(request), No(text, status))
        else:
            response = telling(request, "Xchart", text, status)
        if self._site.turns.retry_after and status in (429, 503):
            response.headers["Retry-After"] = str(self._site.turns.retry_after)
        return response

    def _headers(self) -> dict[str, str]:
        own = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
        # What is hostile may lead anywhere.
        return own if self._site.sign_in.is_hostile else own | {"Content-Security-Policy": OWN_ONLY}


TEXTS = {
    401: "You are signed out.",
    429: "Too many tries. Wait a while, then try again.",
    503: "Xchart is down for maintenance. Try again later.",
}


async def _whole(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def _again(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
