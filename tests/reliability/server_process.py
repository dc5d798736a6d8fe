"""``python -m tests.reliability.server_process``: the reference server over TLS, to be killed.

The same as ``python -m sandbox``, with a certificate, and a fuse in one of its own windows: between
what a request does, its commit, and its answer.
"""

import argparse
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from sandbox import seed
from sandbox.__main__ import server
from sandbox.clinic import commands
from sandbox.records import audit
from sandbox.server.server_state import ServerState
from tests.reliability.windows import Fuse, around

WINDOWS = (
    "records written, not committed",
    "records committed, not answered",
    "changes made, not committed",
    "changes committed, not answered",
)
SERVING = "Serving "
REACHED = "Reached"


class Committing:
    """Acts at the first commit after the work that it watches was done.

    Requests take turns (``ServerState.unit``), so that the next commit is that work's own.
    """

    def __init__(self, then: Callable[[], None]) -> None:
        self._then = then
        self._lock = Lock()
        self._worked = False

    def worked(self) -> None:
        """The work was done; its commit comes."""
        with self._lock:
            self._worked = True

    def committing(self) -> None:
        """A commit."""
        with self._lock:
            worked, self._worked = self._worked, False
        if worked:
            self._then()


def lay(window: str, then: Callable[[], None]) -> None:
    """Have something done in that window."""
    committing = Committing(then)
    if window.startswith("records"):
        around(audit, "push", after=committing.worked)
    else:
        around(commands, "carry_out", after=committing.worked)
    if window.endswith("not committed"):
        around(ServerState, "_commit", before=committing.committing)
    else:
        around(ServerState, "_commit", after=committing.committing)


class Halt:
    """At the n-th time it says so and goes no further: then the parent kills the kiosk."""

    def __init__(self, count: int) -> None:
        self._left = count

    def reached(self) -> None:
        """The window is open now, and stays open until a line comes."""
        self._left -= 1
        if self._left == 0:
            os.write(sys.stdout.fileno(), f"{REACHED}\n".encode())
            sys.stdin.readline()


def main() -> None:
    """Parse the command line and serve until killed."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability.server_process")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--certificate", type=Path, required=True)
    parser.add_argument("--origin", required=True)
    parser.add_argument("--die", choices=WINDOWS)
    parser.add_argument("--halt", choices=WINDOWS)
    parser.add_argument("--count", type=int, default=1)
    given = parser.parse_args()
    if given.die:
        lay(given.die, Fuse(given.count).reached)
    if given.halt:
        lay(given.halt, Halt(given.count).reached)
    state = ServerState(given.data)
    seed.demo(state)
    listening = socket.create_server(("127.0.0.1", given.port))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    made = server(state, test_controls=True, origins=(given.origin,))
    made.config.ssl_certfile = str(given.certificate)
    print(f"{SERVING}{listening.getsockname()[1]}", flush=True)
    made.run(sockets=[listening])


if __name__ == "__main__":
    main()
