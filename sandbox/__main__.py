"""``python -m sandbox``: serve the reference Xchart on loopback until interrupted."""

import argparse
import contextlib
import socket
import sys
import tempfile
from pathlib import Path

import uvicorn

from sandbox import seed
from sandbox.api.app import create
from sandbox.server.server_state import ServerState


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--data", type=Path, help="directory of the database (default: a new one)")
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
    given = parser.parse_args(arguments)
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


class Server(uvicorn.Server):
    """The HTTP server over a state; when it shuts down, nobody is kept waiting for news."""

    def __init__(self, config: uvicorn.Config, state: ServerState) -> None:
        super().__init__(config)
        self._state = state

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the waits, then the connections."""
        self._state.notifier.end_waits()
        await super().shutdown(sockets)


def server(
    state: ServerState, *, test_controls: bool, origins: tuple[str, ...] = ()
) -> uvicorn.Server:
    """The HTTP server over this state, not yet running."""
    return Server(
        uvicorn.Config(
            create(state, test_controls=test_controls, origins=origins),
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
        ),
        state,
    )


if __name__ == "__main__":
    sys.exit(main())
