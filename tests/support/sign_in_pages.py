"""A site with only a web sign-in, for a test: its pages in a few lines each, on a real server.

The server keeps every request whole, to be asked later whether a password was in it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from tests.support.serving import begin

EMAIL, PASSWORD, CODE = "dana@smile.example", "Blue Tooth+5%", "480162"
IN = "<!doctype html><title>x</title><h1>Zoe Canary</h1><a href='/out'>Sign out</a>"


@dataclass(frozen=True)
class Request:
    """What came: the first line, the headers and the body, as they were."""

    method: str
    path: str
    body: str
    whole: str


@dataclass
class Page:
    """What the server answers with."""

    html: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Route = Page | str | Callable[[Request], Page | str]


def to(address: str) -> Page:
    """A redirect."""
    return Page("", 303, {"Location": address})


@dataclass
class WebSite:
    """A server on loopback: its routes by path, and what it was asked."""

    port: int = 0
    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        """An address on it."""
        return f"http://127.0.0.1:{self.port}{path}"

    def heard(self, secret: str = PASSWORD) -> list[str]:
        """The requests that had it anywhere, in any writing."""
        written = spellings(secret)
        return [
            f"{each.method} {each.path.partition('?')[0]}"
            for each in self.asked
            if any(one in each.whole for one in written)
        ]

    def in_an_address(self, secret: str = PASSWORD) -> list[str]:
        """The addresses that had it."""
        return [each.path for each in self.asked if any(s in each.path for s in spellings(secret))]

    def forms(self, path: str) -> list[dict[str, str]]:
        """What was posted there."""
        posted = [each.body for each in self.asked if each.method == "POST" and each.path == path]
        return [{name: v[0] for name, v in parse_qs(body).items()} for body in posted]


def spellings(secret: str) -> set[str]:
    """A secret as an address, a form and JSON write it."""
    from urllib.parse import quote, quote_plus

    return {secret, quote(secret), quote(secret, safe=""), quote_plus(secret)}


def answer_of(site: WebSite, request: Request) -> Page:
    """What is to be answered; another path than was made is not there."""
    route = site.routes.get(request.path.partition("?")[0], Page("<p>not here</p>", 404))
    made = route if isinstance(route, Page | str) else route(request)
    return Page(made) if isinstance(made, str) else made


def serve() -> tuple[ThreadingHTTPServer, WebSite]:
    """Start one on a free port."""
    site = WebSite()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            whole = f"{self.requestline}\n{self.headers}\n{body}"
            request = Request(self.command, self.path, body, whole)
            site.asked.append(request)
            answer = answer_of(site, request)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(answer.html.encode())

        do_POST = do_GET

        def log_message(self, format: str, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    site.port = server.server_port
    begin(server)
    return server, site


def two_sites() -> Iterator[tuple[WebSite, WebSite]]:
    """The site, and somewhere else."""
    servers = [serve(), serve()]
    yield servers[0][1], servers[1][1]
    for server, _ in servers:
        server.shutdown()
        server.server_close()


def form(inside: str, action: str = "/session", more: str = "method=post") -> str:
    """A page with one form."""
    return f"<!doctype html><title>x</title><form action='{action}' {more}>{inside}</form>"


EMAIL_FIELD = "<label>E-mail <input name=email type=email></label>"
PASSWORD_FIELD = "<label>Password <input name=password type=password></label>"
SIGN_IN = "<button>Sign in</button>"
CLASSIC = form(EMAIL_FIELD + PASSWORD_FIELD + SIGN_IN)
ASKS_EMAIL = form(EMAIL_FIELD + "<button>Next</button>", "/email")
ASKS_PASSWORD = form(PASSWORD_FIELD + SIGN_IN)
ASKS_CODE = form(
    "<label>Verification code <input name=code></label>"
    "<label><input type=checkbox name=keep value=1> Remember this device</label>"
    "<label><input type=checkbox name=news value=1> Send me news</label><button>Verify</button>",
    "/code",
)


def right(request: Request) -> bool:
    """Whether that is the password."""
    return parse_qs(request.body).get("password") == [PASSWORD]


def signs_in(request: Request) -> Page | str:
    """A session for who knows the password; the form again for who does not."""
    return to("/home") if right(request) else CLASSIC
