"""What an address names, however it is written, and what this server itself is called.

Its own name is told when it starts, never taken from a caller's Host: a proof that was made for
another server would otherwise count here (RFC 9449, section 11.1), and a link lead elsewhere.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

DEFAULT_PORTS = {"http": 80, "https": 443}
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_KEY = "own_origin"


@dataclass(frozen=True, slots=True)
class Address:
    """An http address without query and fragment; two that mean the same are equal."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port."""
        return self.scheme, self.host, self.port


def read(written: object) -> Address | None:
    """The address, normalised (RFC 9449, section 4.3; RFC 3986, sections 6.2.2 and 6.2.3)."""
    if not isinstance(written, str):
        return None
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    path = re.sub("%[0-9A-Fa-f]{2}", _same_octet, parts.path) or "/"
    port = DEFAULT_PORTS[parts.scheme] if port is None else port
    return Address(parts.scheme, parts.hostname, port, path)


def _same_octet(written: re.Match[str]) -> str:
    """An octet that need not be escaped as itself; any other in capitals."""
    letter = chr(int(written[0][1:], 16))
    return letter if _UNRESERVED.fullmatch(letter) else written[0].upper()


class OwnNames:
    """Serves who asks for this server by a name of its own, and nobody else.

    ``origins`` as callers write them, such as ``https://xchart.example``; without any, the names of
    loopback at the port of the socket itself.
    """

    def __init__(self, app: ASGIApp, origins: tuple[str, ...] = ()) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "")
        for origin in self._origins or _loopback(scope):
            own, asked = read(origin), read(f"{origin.partition('://')[0]}://{host}")
            if own is not None and asked is not None and own == asked:
                scope[_KEY] = origin
                await self._app(scope, receive, send)
                return
        refused = PlainTextResponse("This is another server than the one asked for.", 400)
        await refused(scope, receive, send)


def own_origin(request: Request) -> str:
    """By which of its own names the server was asked, such as ``http://127.0.0.1:8000``."""
    return str(request.scope[_KEY])


def _loopback(scope: Scope) -> tuple[str, ...]:
    scheme, (_, port) = scope["scheme"], scope["server"]
    return tuple(f"{scheme}://{host}:{port}" for host in LOOPBACK)
