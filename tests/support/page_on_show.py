"""Xchart's page on show for a test: a real engine, a real window, a server on loopback."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.ui.xchart.page import XchartPage
from tests.support.scenes import SCENES
from tests.support.serving import begin
from tests.ui.conftest import Kiosk

PATIENT = "Zoe Canary"
PAGE = f"""<!doctype html><title>0</title><h1>{PATIENT}</h1>
<script>let n = 0; setInterval(() => {{ document.title = String(++n) }}, 20)</script>"""


DOCUMENT = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj
4 0 obj<</Length 26>>stream
1 0 0 rg 0 0 600 800 re f
endstream endobj
trailer<</Root 1 0 R>>
"""
"""One page, red all over."""


@dataclass
class Site:
    """A server on loopback: what it was asked for, and what it answers with."""

    port: int
    asked: list[str] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        """An address on it."""
        return f"http://127.0.0.1:{self.port}{path}"


def serve() -> tuple[ThreadingHTTPServer, Site]:
    """Start one on a free port."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            if self.path.startswith("/to/"):
                self.send_response(302)
                self.send_header("Location", "http://" + self.path.removeprefix("/to/"))
                self.end_headers()
                return
            self.send_response(200)
            if self.path == "/file":
                self.send_header("Content-Disposition", "attachment; filename=out.bin")
            document = self.path.endswith(".pdf")
            self.send_header("Content-Type", "application/pdf" if document else "text/html")
            self.end_headers()
            self.wfile.write(DOCUMENT if document else PAGE.encode())

        def log_message(self, format: str, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    site = Site(server.server_port)
    begin(server)
    return server, site


@pytest.fixture
def sites() -> Iterator[tuple[Site, Site]]:
    """Xchart, and somewhere else."""
    servers = [serve(), serve()]
    yield servers[0][1], servers[1][1]
    for server, _ in servers:
        server.shutdown()
        server.server_close()


class Opened:
    """Xchart's page on show in a real window."""

    def __init__(self, kiosk: Kiosk, home: Site) -> None:
        self.kiosk = kiosk
        kiosk.show(SCENES["workspace"])
        with kiosk.bot.waitSignal(kiosk.window.xchart.shown, timeout=20_000):
            kiosk.window.xchart.open(home.url())
        self.view = kiosk.window.xchart.findChildren(XchartPage)[0]
        self.page = self.view.page()

    def run(self, script: str) -> object:
        """The value of a script in the page."""
        answers: list[object] = []
        self.page.runJavaScript(script, answers.append)
        self.kiosk.bot.waitUntil(lambda: bool(answers), timeout=10_000)
        return answers[0]

    def click(self, at: QPoint) -> None:
        """A real press in the page, at that point of its view."""
        under = self.view.focusProxy()
        assert isinstance(under, QWidget)
        QTest.mouseClick(under, Qt.MouseButton.LeftButton, pos=at)

    def puts(self, html: str) -> None:
        """Put one thing at the top left of the page, as large as a finger."""
        style = "position:fixed;left:0;top:0;width:200px;height:100px;z-index:9"
        self.run(
            f"document.body.insertAdjacentHTML('beforeend', `{html}`);"
            f"document.body.lastElementChild.style.cssText = '{style}'; 1"
        )
        self.settle()

    def settle(self) -> None:
        """Until the page has gone around a few times: what was to happen has happened."""
        # After a step to another page its address stands there, until its own script has run.
        self.kiosk.bot.waitUntil(lambda: self.page.title().isdigit(), timeout=10_000)
        before = int(self.page.title())
        self.kiosk.bot.waitUntil(lambda: int(self.page.title()) > before + 15, timeout=10_000)


@pytest.fixture
def opened(kiosk: Kiosk, sites: tuple[Site, Site]) -> Iterator[Opened]:
    """The page, opened at the first site."""
    made = Opened(kiosk, sites[0])
    yield made
    kiosk.window.xchart.close_page(at_once=True)
    QApplication.processEvents()
