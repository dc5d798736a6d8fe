"""Somebody else's server: it looks like the site, and writes down whatever it is asked."""

from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote_plus

from tests.support.serving import begin

PAGE = """<!doctype html><title>Sign in</title><h1>Sign in</h1>
<form method="post" action="/taken">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password">
<button>Sign in</button></form>"""


@dataclass(frozen=True, slots=True)
class Taken:
    """One request. ``path`` has its query."""

    method: str
    path: str
    body: str


@dataclass(slots=True)
class Elsewhere:
    """A server of another origin than the site's."""

    address: str
    _server: ThreadingHTTPServer
    requests: list[Taken] = field(default_factory=list)

    def has(self, word: str) -> bool:
        """Whether that came here, in an address or a body."""
        return any(
            word in unquote_plus(each.path) or word in unquote_plus(each.body)
            for each in self.requests
        )

    def stop(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


def run_elsewhere() -> Elsewhere:
    """Serve on any free port of loopback."""
    requests: list[Taken] = []

    class Handler(BaseHTTPRequestHandler):
        def _take(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            requests.append(Taken(self.command, self.path, body.decode("utf-8", "replace")))
            page = PAGE.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(page)

        do_GET = do_POST = do_PUT = _take

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    begin(server)
    return Elsewhere(f"http://127.0.0.1:{server.server_address[1]}", server, requests)
