"""A site that has only a web sign-in, really served: what a test turns, reads and stops."""

import socket
import threading
from dataclasses import dataclass
from urllib.parse import urlencode

import uvicorn

from sandbox.__main__ import web_server
from sandbox.web.people import OFFICE
from sandbox.web.sign_ins import ALL, RememberedBy
from sandbox.web.site import Site
from sandbox.web.turns import Turns
from tests.support.sandbox.browsing import cookie_of
from tests.support.sandbox.client import DEMO_WORD, Answer, plain


@dataclass(slots=True)
class WebSite:
    """A running site. ``site`` is what it knows; tests may read and change it."""

    site: Site
    port: int
    _server: uvicorn.Server | None = None
    _thread: threading.Thread | None = None

    @property
    def address(self) -> str:
        """Its origin; the same again after a stop and a start."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def turns(self) -> Turns:
        """What it does otherwise: set a field, and the next answer is so."""
        return self.site.turns

    @property
    def submissions(self) -> dict[str, int]:
        """How often a password was sent, by e-mail."""
        return dict(self.site.submissions)

    @property
    def code_submissions(self) -> dict[str, int]:
        """How often a code was sent, by e-mail."""
        return dict(self.site.code_submissions)

    @property
    def arrivals(self) -> list[str]:
        """Where a password arrived: ``POST http://127.0.0.1:8000/sign-in, in the body``."""
        return list(self.site.arrivals)

    def code(self) -> str:
        """The code on the phone that was texted last."""
        return self.site.texts[-1].code

    def forget_sessions(self) -> None:
        """Every session ends in the middle."""
        self.site.forget_visits()

    def forget_devices(self) -> None:
        """No computer is remembered any more, whatever it shows."""
        self.site.forget_devices()

    def start(self) -> None:
        """Serve, at the same address as before."""
        listening = socket.create_server(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        self._server = web_server(self.site, test_controls=True)
        self._thread = threading.Thread(target=self._server.run, args=([listening],))
        self._thread.start()

    def stop(self) -> None:
        """Not there any more; what it knows stays."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join()
            self._server = self._thread = None

    def leave(self) -> None:
        """Stop it beside the next test."""
        threading.Thread(target=self.stop).start()

    def ask(self, method: str, path: str, cookie: str = "", **form: str) -> Answer:
        """A page, or a form as a browser sends it; redirects are not followed."""
        headers = {"Cookie": cookie} if cookie else {}
        if method == "GET":
            return plain(self.address, "GET", path, headers=headers)
        headers |= {
            "Origin": self.address,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return plain(self.address, method, path, body=urlencode(form).encode(), headers=headers)

    def sends_password(
        self, email: str = OFFICE, password: str = DEMO_WORD, cookie: str = ""
    ) -> Answer:
        """The one form of most sign-ins."""
        return self.ask("POST", "/sign-in", cookie, email=email, password=password)

    def enters(self, email: str = OFFICE, remember: str = "yes") -> str:
        """Sign in with a code; every cookie that this browser has then."""
        first = self.sends_password(email)
        assert leads_to(first) == "/sign-in/code"
        typed = {"code": self.code(), "remember": remember}
        answer = self.ask("POST", "/sign-in/code", cookie_of(first), **typed)
        assert leads_to(answer) == "/today"
        return cookie_of(answer)


def leads_to(answer: Answer) -> str:
    """Where a redirect leads; nothing else may have come."""
    assert answer.status == 303, answer.text
    return answer.headers["Location"]


def run_site(
    sign_in: str = "classic", remembered_by: str = "host_cookie", elsewhere: str = ""
) -> WebSite:
    """Serve a site with that sign-in; ``elsewhere`` is where a hostile one leads."""
    running = WebSite(Site(ALL[sign_in], RememberedBy(remembered_by), elsewhere), 0)
    running.start()
    return running
