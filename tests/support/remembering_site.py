"""A site that remembers, on loopback, and a profile of the engine that is at it, for a test."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QUrl
from PySide6.QtWebEngineCore import QWebEngineProfile
from pytestqt.qtbot import QtBot

from kiosk.session.model.carried import Cookie, CookieName
from kiosk.ui.xchart.fence import Fence, Origin
from kiosk.ui.xchart.fenced_page import FencedPage
from kiosk.ui.xchart.mirror import Mirror
from tests.support.serving import begin

PAGE = b"""<!doctype html><title>here</title><script nonce=x>
window.first = JSON.stringify({local: {...localStorage}, session: {...sessionStorage}});
</script>"""
STRICT = "default-src 'none'; script-src 'nonce-x'"


@dataclass
class Remembering:
    """What it was asked for: a path, and the cookies that came along."""

    port: int
    asked: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    host: str = "127.0.0.1"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://{self.host}:{self.port}"

    def sets(self, *cookies: str, path: str = "/") -> str:
        """An address whose page sets those, in the words of ``Set-Cookie``."""
        told = "&".join(f"c={quote(each, safe='', encoding='latin-1')}" for each in cookies)
        return f"{self.origin}{path}?{told}"

    def came_to(self, path: str) -> frozenset[str]:
        """The cookies that came along with the first request for a path."""
        return next(cookies for asked, cookies in self.asked if asked == path)


@contextmanager
def remembering(host: str = "127.0.0.1") -> Iterator[Remembering]:
    """Have one answer."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            told = self.headers.get("Cookie", "")
            made.asked.append((asked.path, frozenset(told.split("; ")) - {""}))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Security-Policy", STRICT)
            for each in parse_qs(asked.query, encoding="latin-1").get("c", []):
                self.send_header("Set-Cookie", each)
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, format: str, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    made = Remembering(server.server_port, host=host)
    begin(server)
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()


class Remembered(QObject):
    """A profile with its mirror, a fence and a page; ``kept`` is what a store would have."""

    def __init__(self, bot: QtBot, site: Remembering) -> None:
        super().__init__()
        self.bot = bot
        self.site = site
        self.now = datetime.now(UTC)
        self.kept: dict[CookieName, Cookie] = {}
        self.told: list[str] = []
        self._closed = False
        self.profile = QWebEngineProfile()
        self.mirror = Mirror(
            self.profile, (QUrl(site.origin + "/"),), lambda: self.now, self._keep, self._forget
        )
        self.fence = Fence(self.profile)
        self.profile.setUrlRequestInterceptor(self.fence)
        self.page = FencedPage(self.profile, self)
        origin = Origin(QUrl(site.origin))
        self.fence.allow(origin)
        self.page.allow(origin)

    def open(self, address: str) -> None:
        """Load a page, to its end."""
        with self.bot.waitSignal(self.page.loadFinished, timeout=20_000) as loaded:
            self.page.setUrl(QUrl(address))
        assert loaded.args == [True]

    def run(self, script: str, world: int = 0) -> Any:
        """The value of a script in the page; where it is a promise, what it comes to."""
        answers: list[str] = []
        # The engine hands out no promise, and of values only letters and numbers.
        then = "a => window.came = JSON.stringify([a ?? null]), e => window.came = String(e)"
        self.page.runJavaScript(
            f"window.came = ''; (async () => ({script}))().then({then}); 1", world
        )

        def came() -> bool:
            self.page.runJavaScript("window.came", world, answers.append)
            return bool(answers) and answers[-1] != ""

        self.bot.waitUntil(came, timeout=10_000)
        assert answers[-1].startswith("["), answers[-1]
        return json.loads(answers[-1])[0]

    def settle(self) -> None:
        """Until every cookie that was set has been told, and what is gone too."""
        mark = f"mark{len(self.told)}"
        self.run(f"document.cookie = '{mark}=1; path=/'")
        self.bot.waitUntil(lambda: f"+{mark}=1" in self.told, timeout=10_000)
        self.run(f"document.cookie = '{mark}=; path=/; max-age=0'")
        self.bot.waitUntil(lambda: f"-{mark}" in self.told, timeout=10_000)
        self.told = [each for each in self.told if mark not in each]

    def contents(self) -> dict[str, str]:
        """What a store would have, by name."""
        return {called.name: cookie.content for called, cookie in self.kept.items()}

    def close(self) -> None:
        """The page first: a profile outlives its pages."""
        for each in (self.page, self.profile) if not self._closed else ():
            each.deleteLater()
            QCoreApplication.sendPostedEvents(each, QEvent.Type.DeferredDelete)
        self._closed = True

    def _keep(self, cookie: Cookie) -> None:
        self.kept[cookie.called] = cookie
        self.told.append(f"+{cookie.called.name}={cookie.content}")

    def _forget(self, called: CookieName) -> None:
        del self.kept[called]
        self.told.append(f"-{called.name}")


New = Callable[[], Remembered]


@pytest.fixture
def site() -> Iterator[Remembering]:
    with remembering() as made:
        yield made


@pytest.fixture
def new(qtbot: QtBot, site: Remembering) -> Iterator[New]:
    """Profiles, one after the other, as after starts of the kiosk."""
    made: list[Remembered] = []

    def make() -> Remembered:
        made.append(Remembered(qtbot, site))
        return made[-1]

    yield make
    for each in made:
        each.close()
