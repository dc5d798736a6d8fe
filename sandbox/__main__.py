"""``python -m sandbox``: serve the reference Xchart on loopback until interrupted.

With ``--web-only`` it is another: a site that has only a web sign-in, and no call for a kiosk.
"""

import argparse
import asyncio
import contextlib
import socket
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from sandbox import seed
from sandbox.api.app import create
from sandbox.server.server_state import ServerState
from sandbox.web import app as web
from sandbox.web import kept
from sandbox.web.people import Text
from sandbox.web.sign_ins import ALL, RememberedBy
from sandbox.web.site import Site


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--data", type=Path, help="directory of what is kept (default: a new one)")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--seed", choices=["demo"], help="lay out the demo practice")
    parser.add_argument("--test-controls", action="store_true", help="serve /sandbox/… for tests")
    parser.add_argument(
        "--origin",
        action="append",
        default=[],
        help="what the server is called by those who ask, behind a proxy; may be said again "
        "(default: the names of loopback at its port)",
    )
    parser.add_argument("--web-only", action="store_true", help="only a web sign-in")
    parser.add_argument(
        "--sign-in",
        choices=["list", *ALL],
        metavar="NAME",
        default="classic",
        help="with --web-only, how the sign-in is built; list says which there are",
    )
    parser.add_argument(
        "--remembered-by",
        type=RememberedBy,
        choices=list(RememberedBy),
        default=RememberedBy.HOST_COOKIE,
        help="with --web-only, how a computer is remembered",
    )
    given = parser.parse_args(arguments)
    if given.sign_in == "list":
        for each in ALL.values():
            print(f"{each.name}: {each.says}")
        return 0
    if given.web_only:
        return _web_only(given)
    with contextlib.ExitStack() as until_the_end:
        data = given.data
        if data is None:
            data = Path(until_the_end.enter_context(tempfile.TemporaryDirectory("-xchart")))
        data.mkdir(parents=True, exist_ok=True)
        state = ServerState(data)
        until_the_end.callback(state.close)
        if given.seed == "demo":
            seed.demo(state)
            print(f"Everybody's password is {seed.DEMO_WORD}", flush=True)
        listening = until_the_end.enter_context(socket.create_server(("127.0.0.1", given.port)))
        host, port = listening.getsockname()
        print(f"Serving http://{host}:{port}", flush=True)
        origins = tuple(given.origin)
        if origins and given.test_controls:
            # Whoever steers it asks it itself, and not by what lies before it.
            origins += (f"http://{host}:{port}",)
        with contextlib.suppress(KeyboardInterrupt):
            made = server(state, test_controls=given.test_controls, origins=origins)
            made.run(sockets=[listening])
    return 0


def _web_only(given: argparse.Namespace) -> int:
    with socket.create_server(("127.0.0.1", given.port)) as listening:
        host, port = listening.getsockname()
        site = Site(
            sign_in=ALL[given.sign_in],
            remembered_by=given.remembered_by,
            elsewhere=f"http://localhost:{port}",
            on_text=_say_text,
        )
        if given.data is not None:
            given.data.mkdir(parents=True, exist_ok=True)
            kept.recall(site, given.data)
            site.on_change = partial(kept.keep, site, given.data)
        print(f"Everybody's password is {seed.DEMO_WORD}", flush=True)
        print(f"Serving http://{host}:{port}", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            web_server(site, test_controls=given.test_controls, origins=tuple(given.origin)).run(
                sockets=[listening]
            )
    return 0


def _say_text(text: Text) -> None:
    print(
        f"Texted to {text.phone_owner}, phone ending {text.phone_ending}: {text.code}", flush=True
    )


class Server(uvicorn.Server):
    """An HTTP server; when it shuts down, nobody is kept waiting for news, and nothing is left."""

    def __init__(self, app: ASGIApp, end_waits: Callable[[], None] = lambda: None) -> None:
        super().__init__(_config(app))
        self._end_waits = end_waits

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the waits, then the connections: also of who does not hang up within its second."""
        self._end_waits()
        await super().shutdown(sockets)
        for each in tuple(self.server_state.connections):
            if isinstance(each, H11Protocol):
                # The loop ends: nobody else would close it, and it were found as garbage.
                each.transport.abort()
        await asyncio.sleep(0)


def server(
    state: ServerState, *, test_controls: bool, origins: tuple[str, ...] = ()
) -> uvicorn.Server:
    """The HTTP server over this state, not yet running."""
    made = create(state, test_controls=test_controls, origins=origins)
    return Server(made, state.notifier.end_waits)


def web_server(site: Site, *, test_controls: bool, origins: tuple[str, ...] = ()) -> uvicorn.Server:
    """The same over a site that has only a web sign-in."""
    made = web.create(site, test_controls=test_controls, origins=origins)
    return Server(made)


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http="h11",
        loop="asyncio",
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        date_header=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )


if __name__ == "__main__":
    sys.exit(main())
