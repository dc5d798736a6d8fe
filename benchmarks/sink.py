"""The least that a server can be: it takes what comes, and answers the same, whatever it was.

``python -m benchmarks.sink [FILE]`` answers every request with that file, or with ``{}``. The
floor of what goes over HTTP: no proof is looked at, nothing is kept.
"""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen

from sandbox.demo.desk import end, line_of

SERVING = "Taking "


class Taking(BaseHTTPRequestHandler):
    """Takes any request."""

    protocol_version = "HTTP/1.1"
    answer = b"{}"

    def setup(self) -> None:
        """Without Nagle's algorithm, as the reference server is."""
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)

    def do_GET(self) -> None:
        """Answer it."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response_only(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.answer)))
        self.end_headers()
        self.wfile.write(self.answer)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def main() -> int:
    """Serve on loopback until SIGTERM."""
    if len(sys.argv) > 1:
        Taking.answer = Path(sys.argv[1]).read_bytes()
    with ThreadingHTTPServer(("127.0.0.1", 0), Taking) as server:
        print(f"{SERVING}http://127.0.0.1:{server.server_port}", flush=True)
        server.serve_forever()
    return 0


@contextmanager
def sink(answer: Path | None = None) -> Iterator[str]:
    """One in a process of its own; its address."""
    command = [sys.executable, "-m", "benchmarks.sink", *([str(answer)] if answer else [])]
    process = Popen(command, stdin=DEVNULL, stdout=PIPE)
    if process.stdout is None:
        raise RuntimeError("the sink has no output")
    try:
        yield line_of(process.stdout, "The sink", SERVING)
    finally:
        end(process)
        process.stdout.close()


if __name__ == "__main__":
    sys.exit(main())
