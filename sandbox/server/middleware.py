"""What every answer carries, whatever it is: the server's time, a nonce, headers for browsers.

With test controls it also keeps the list of requests, and answers with the faults it was told to.
"""

from dataclasses import dataclass, field
from typing import Literal

from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.server.moment import http_date
from sandbox.server.server_state import ServerState

Fault = Literal["status", "portal", "redirect", "hang", "close", "lost"]

PORTAL = "<!doctype html><title>Guest Wi-Fi</title><h1>Welcome! Accept the terms to go online.</h1>"
BROWSER_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(slots=True)
class Faults:
    """Answers to give instead: the next ``count`` requests whose path begins with ``path``."""

    path: str
    kind: Fault
    count: int
    status: int


@dataclass(slots=True)
class Watch:
    """What the test controls see and decide."""

    requests: list[str] = field(default_factory=list)
    faults: list[Faults] = field(default_factory=list)

    def next_fault(self, path: str) -> Faults | None:
        """The fault that meets this request, counted down."""
        for fault in self.faults:
            if fault.count > 0 and path.startswith(fault.path):
                fault.count -= 1
                return fault
        return None


class Middleware:
    """The outermost ASGI application."""

    def __init__(self, app: ASGIApp, state: ServerState, watch: Watch | None) -> None:
        self._app = app
        self._state = state
        self._watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Date"] = http_date(self._state.clock.now())
                headers["Cache-Control"] = "no-store"
                if path.startswith("/v1/"):
                    headers["DPoP-Nonce"] = self._state.nonces.current()
                else:
                    for name, value in BROWSER_HEADERS.items():
                        headers[name] = value
            await send(message)

        if self._watch is not None and not path.startswith("/sandbox/"):
            self._watch.requests.append(f"{scope['method']} {path}")
            fault = self._watch.next_fault(path)
            if fault is not None:
                if fault.kind == "lost":
                    await self._app(scope, receive, _unheard)
                await _meet(fault, scope, receive, send)
                return
        await self._app(scope, receive, sending)


async def _unheard(_message: Message) -> None:
    """The request was carried out, and its answer is lost on the way."""


async def _meet(fault: Faults, scope: Scope, receive: Receive, send: Send) -> None:
    answer: Response
    match fault.kind:
        case "status":
            answer = Response(status_code=fault.status)
        case "portal":
            answer = HTMLResponse(PORTAL)
        case "redirect":
            answer = RedirectResponse("http://portal.invalid/welcome", 302)
        case "hang":
            while (await receive())["type"] != "http.disconnect":
                continue
            return
        case "close" | "lost":
            # A longer body is promised than comes: the server then drops the connection.
            headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": b"{", "more_body": True})
            return
    await answer(scope, receive, send)
