"""A site with only a web sign-in, for a test: its pages in a few lines each, on a real server.

The server keeps every request whole, to be asked later whether a password was in it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, quote_plus

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
    is_cut: bool = False
    """It hangs up instead of answering."""

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
            if site.is_cut:
                self.close_connection = True
                return
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


SEND = """
const send = (path, said) => fetch(path, {method: 'POST', body: new URLSearchParams(said)});
const go = (path, said) => send(path, said).then(() => { location.href = '/home' });
"""
"""How a page's own script sends what was typed."""

CONTROLLED = f"""<!doctype html><title>x</title>
<form id=f><input id=e type=email placeholder=E-mail><input id=p type=password>
<button>Log in</button></form>
<script>{SEND}
const said = {{e: '', p: ''}}, proto = HTMLInputElement.prototype;
const native = Object.getOwnPropertyDescriptor(proto, 'value');
for (const one of [e, p]) {{
  let tracked = '';
  Object.defineProperty(one, 'value', {{
    configurable: true, get() {{ return native.get.call(this) }},
    set(value) {{ tracked = value; native.set.call(this, value) }}}});
  one.addEventListener('input', () => {{
    const now = native.get.call(one);
    if (now !== tracked) {{ said[one.id] = tracked = now }}
  }});
  const keep = () => {{ if (native.get.call(one) !== said[one.id]) one.value = said[one.id] }};
  setInterval(keep, 20);
}}
f.onsubmit = event => {{
  event.preventDefault();
  go('/session', {{email: said.e, password: said.p}});
}};
</script>"""
"""As a framework does it: what it did not hear of is put back."""

TRUSTING_NOBODY = CONTROLLED.replace("'input', () => {", "'input', event => {").replace(
    "if (now !== tracked)", "if (event.isTrusted)"
)
"""Hears only of what the browser itself put in."""

IN_SHADOW = f"""<!doctype html><title>x</title><x-page></x-page><script>{SEND}
const made = (name, html) => customElements.define(name, class extends HTMLElement {{
  connectedCallback() {{ this.attachShadow({{mode: 'open'}}).innerHTML = html }} }});
made('x-field', `<label>Password <input type=password></label>`);
made('x-page', `<div><label>E-mail <input type=email></label><x-field></x-field>
  <button type=button>Sign in</button></div>`);
const root = document.querySelector('x-page').shadowRoot;
root.querySelector('button').onclick = () => go('/session', {{
  email: root.querySelector('input').value,
  password: root.querySelector('x-field').shadowRoot.querySelector('input').value}});
</script>"""

LATE_BUTTON = (
    CLASSIC.replace("<button>", "<button disabled>")
    + """<script>
const [email, password] = document.querySelectorAll('input');
const button = document.querySelector("button");
const allow = () => { button.disabled = !(email.value && password.value) };
document.oninput = () => setTimeout(allow, 400);
</script>"""
)

RENDERED_LATE = f"""<!doctype html><title>x</title><main></main><script>setTimeout(() => {{
  document.querySelector('main').innerHTML = `{CLASSIC.partition("</title>")[2]}`
}}, 900)</script>"""

SIX_BOXES = f"""<!doctype html><title>x</title><form id=f><p>Enter the code that we sent you</p>
{"<input maxlength=1 inputmode=numeric style='width:30px;height:40px'>" * 6}
<label><input type=checkbox id=keep> Trust this computer</label><button>Verify</button></form>
<script>{SEND}
const boxes = [...document.querySelectorAll('[maxlength]')];
let sent = 0;
const take = () => {{ go('/code', {{code: boxes.map(b => b.value).join(''), nth: ++sent}}) }};
boxes.forEach((box, at) => box.oninput = () => {{
  if (at < 5) boxes[at + 1].focus(); else if (boxes.every(b => b.value)) setTimeout(take, 50);
}});
f.onsubmit = event => {{ event.preventDefault(); take() }};
</script>"""
"""They send themselves when they are full, and stand there until the answer comes."""

ONE_PAGE = f"""<!doctype html><title>x</title><main><div><label>E-mail <input type=email></label>
<label>Password <input type=password></label><p role=alert id=said></p>
<button type=button onclick="enter()">Sign in</button></div></main><script>{SEND}
async function enter() {{
  const [email, password] = document.querySelectorAll('input');
  said.textContent = '';
  const answer = await send('/session', {{email: email.value, password: password.value}});
  if (answer.ok) document.querySelector('main').innerHTML = '<button>Log out</button>';
  else said.textContent = 'Zoe Canary: wrong password';
}}</script>"""
"""No form, no other document: the same page says no, or becomes the one behind it."""


def api(request: Request) -> Page:
    """A session for who knows the password, told to the page's own script."""
    return Page("{}", 200 if right(request) else 401)
