"""How an address can end instead of in a page: each is heard, told apart, and leaves nothing alive.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

import socket
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.session.model.session import PageFault
from kiosk.ui.xchart.page import XchartPage
from tests.support.page_on_show import PATIENT
from tests.support.scenes import SCENES
from tests.support.serving import begin
from tests.ui.conftest import Kiosk

PATIENCE_MS = 20_000
Sign = dict[int, str]
SIGNS: Sign = {401: "WWW-Authenticate", 407: "Proxy-Authenticate"}


class Site(ThreadingHTTPServer):
    """Answers an address as its path says, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), Answer)
        begin(self)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Site)
        self.server.asked.append(self.path)
        if self.path == "/nothing":
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        said = self.path.removeprefix("/").partition("-")
        status = int(said[0] or 200)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:9/")
        if said[2] == "asks":
            self.send_header(SIGNS[status], "Basic realm=clinic")
        if said[2] == "file":
            self.send_header("Content-Disposition", "attachment; filename=out.bin")
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        if status != 204:
            self.wfile.write(f"<title>0</title><h1>{PATIENT}</h1>".encode())

    def log_message(self, format: str, *_arguments: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def failed(kiosk: Kiosk) -> Iterator[list[tuple[str, int]]]:
    """How the page failed, each time."""
    told: list[tuple[str, int]] = []
    xchart = kiosk.window.xchart
    xchart.failed.connect(lambda why, number: told.append((why, number)))
    yield told
    xchart.close_page(at_once=True)
    QApplication.processEvents()


ENDS = {
    "/401": (PageFault.ANSWER, 401),
    "/401-asks": (PageFault.ANSWER, 401),
    "/403": (PageFault.ANSWER, 403),
    "/429": (PageFault.ANSWER, 429),
    "/503": (PageFault.ANSWER, 503),
    "/nothing": (PageFault.NETWORK, -324),
}
AT_FIRST = {
    **ENDS,
    "/302": (PageFault.ELSEWHERE, 0),
    "/204": (PageFault.NO_PAGE, 0),
    "/200-file": (PageFault.NO_PAGE, 0),
}


def opens(kiosk: Kiosk, address: str) -> None:
    kiosk.show(SCENES["workspace"])
    kiosk.window.xchart.open(address)


def pages(kiosk: Kiosk) -> list[XchartPage]:
    return kiosk.window.xchart.findChildren(XchartPage)


@pytest.mark.parametrize("path", AT_FIRST)
def test_an_address_that_is_no_page_is_told_apart(
    kiosk: Kiosk, site: Site, failed: list[tuple[str, int]], path: str
) -> None:
    opens(kiosk, site.url(path))
    kiosk.bot.waitUntil(lambda: bool(failed), timeout=PATIENCE_MS)
    kiosk.bot.waitUntil(lambda: not pages(kiosk), timeout=PATIENCE_MS)
    assert failed == [AT_FIRST[path]]


@pytest.mark.parametrize("path", ENDS)
def test_nothing_of_the_page_before_lives_on(
    kiosk: Kiosk, site: Site, failed: list[tuple[str, int]], path: str
) -> None:
    with kiosk.bot.waitSignal(kiosk.window.xchart.shown, timeout=PATIENCE_MS):
        opens(kiosk, site.url("/"))
    (page,) = pages(kiosk)
    gone: list[str] = []
    page.page().destroyed.connect(lambda: gone.append("document"))
    page.page().runJavaScript(f"location.href = '{path}'")
    kiosk.bot.waitUntil(lambda: bool(gone), timeout=PATIENCE_MS)
    assert failed == [ENDS[path]]


@pytest.mark.parametrize("path", ["/302", "/204", "/200-file"])
def test_a_page_stays_where_a_link_of_it_leads_nowhere(
    kiosk: Kiosk, site: Site, failed: list[tuple[str, int]], path: str
) -> None:
    with kiosk.bot.waitSignal(kiosk.window.xchart.shown, timeout=PATIENCE_MS):
        opens(kiosk, site.url("/"))
    (page,) = pages(kiosk)
    with kiosk.bot.waitSignal(page.page().loadFinished, timeout=PATIENCE_MS):
        page.page().runJavaScript(f"location.href = '{path}'")
    texts: list[str] = []
    page.page().toPlainText(texts.append)
    kiosk.bot.waitUntil(lambda: bool(texts), timeout=PATIENCE_MS)
    assert PATIENT in texts[0]
    assert failed == []


def test_a_part_of_a_page_that_asks_for_a_name_leaves_the_page_as_it_is(
    kiosk: Kiosk, site: Site, failed: list[tuple[str, int]]
) -> None:
    """The part is not answered, and asks no more.

    How often it is asked for is a race that nothing decides: the engine asks again at every refusal
    in one process (32 times by itself) until Stop has come to the page in another, once to three
    times beside other work. For a whole page Stop is in the same process: the tests above.
    """
    with kiosk.bot.waitSignal(kiosk.window.xchart.shown, timeout=PATIENCE_MS):
        opens(kiosk, site.url("/"))
    (page,) = pages(kiosk)
    page.page().runJavaScript("fetch('/401-asks').finally(() => document.title = 'over')")
    ended: Callable[[], bool] = lambda: page.page().title() == "over"  # noqa: E731
    kiosk.bot.waitUntil(ended, timeout=PATIENCE_MS)
    asked = site.asked.count("/401-asks")
    with kiosk.bot.waitSignal(page.page().titleChanged, timeout=PATIENCE_MS):
        page.page().runJavaScript("fetch('/200').finally(() => document.title = 'answered')")
    assert site.asked.count("/401-asks") == asked
    assert failed == []


@pytest.mark.parametrize(("path", "is_there"), [("/nothing", True), ("/503", False)])
def test_of_a_patients_page_it_is_known_what_a_link_that_fails_leaves(
    kiosk: Kiosk, site: Site, failed: list[tuple[str, int]], path: str, is_there: bool
) -> None:
    """Law 9: the core says that the page is still there after ``NETWORK``, and only then."""
    xchart = kiosk.window.xchart
    with kiosk.bot.waitSignal(xchart.shown, timeout=PATIENCE_MS):
        opens(kiosk, site.url("/"))
    xchart.keep_running(True)
    (page,) = pages(kiosk)
    marked: list[object] = []
    page.page().runJavaScript("document.title = 'before'", 0, marked.append)
    kiosk.bot.waitUntil(lambda: bool(marked), timeout=PATIENCE_MS)
    page.page().runJavaScript(f"location.href = '{path}'")
    kiosk.bot.waitUntil(lambda: failed == [ENDS[path]], timeout=PATIENCE_MS)
    told: list[object] = []
    page.page().runJavaScript("document.title", 0, told.append)
    kiosk.bot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    assert (told == ["before"]) is is_there
    xchart.keep_running(False)
