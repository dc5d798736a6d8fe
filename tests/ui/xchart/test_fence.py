"""The fence: one origin; a document in the engine's own viewer, and no way in by that name.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

from typing import cast

import pytest
from PySide6.QtCore import QObject, QPoint, QUrl
from PySide6.QtWebEngineCore import QWebEngineSettings, QWebEngineUrlRequestInfo

from kiosk.session.model.session import Declined
from kiosk.ui.xchart.fence import (
    EMPTY_ADDRESS,
    VIEWER,
    VIEWER_PAGE,
    Fence,
    Origin,
    is_of_viewer,
    shows_document,
)
from tests.support.page_on_show import Opened, Site, opened, sites

__all__ = ["opened", "sites"]


def test_an_origin_is_scheme_host_and_port() -> None:
    origin = Origin(QUrl("https://x.example/a"))
    assert origin.holds(QUrl("https://x.example:443/b"))
    for other in ("http://x.example/", "https://x.example:8443/", "https://y.example/", "data:,"):
        assert not origin.holds(QUrl(other))
    assert origin.feeds(QUrl("wss://x.example/live"))
    assert origin.feeds(QUrl("data:,x"))
    assert not origin.feeds(QUrl("ws://x.example/live"))


HOME, NOBODY, ITSELF = QUrl("https://x.example/"), QUrl(), QUrl(f"{VIEWER}/")


@pytest.mark.parametrize(
    ("address", "initiator", "shown"),
    [
        (VIEWER_PAGE, NOBODY, True),
        (VIEWER_PAGE, HOME, False),
        (f"{VIEWER_PAGE}?x", NOBODY, False),
        (f"{VIEWER}/main.js", NOBODY, False),
        ("chrome-extension://another/index.html", NOBODY, False),
    ],
)
def test_only_the_engine_opens_its_viewer(address: str, initiator: QUrl, shown: bool) -> None:
    assert shows_document(QUrl(address), initiator) is shown


@pytest.mark.parametrize(
    ("address", "initiator", "page", "held"),
    [
        (f"{VIEWER}/main.js", ITSELF, False, True),
        ("chrome://resources/js/assert.js", ITSELF, False, True),
        (f"{VIEWER}/main.js", HOME, False, False),
        ("chrome://resources/js/assert.js", HOME, False, False),
        ("chrome://resources/js/assert.js", NOBODY, False, False),
        ("chrome://settings/", ITSELF, False, False),
        ("https://elsewhere.example/", ITSELF, False, False),
        (f"{VIEWER}/other.html", ITSELF, True, False),
    ],
)
def test_only_the_viewer_has_its_parts(
    address: str, initiator: QUrl, page: bool, held: bool
) -> None:
    assert is_of_viewer(QUrl(address), initiator, page) is held


class Asked:
    """A request, as the engine tells of it: it cannot be made by hand."""

    def __init__(self, address: str, initiator: str = "", *, main: bool = True) -> None:
        kinds = QWebEngineUrlRequestInfo.ResourceType
        self.blocked = False
        self.resourceType = lambda: (
            kinds.ResourceTypeMainFrame if main else kinds.ResourceTypeSubFrame
        )
        self.requestUrl = lambda: QUrl(address)
        self.initiator = lambda: QUrl(initiator)

    def block(self, blocked: bool) -> None:
        self.blocked = blocked


def passes(fence: Fence, asked: Asked) -> bool:
    fence.interceptRequest(cast(QWebEngineUrlRequestInfo, asked))
    return not asked.blocked


EMPTY_PAGE = EMPTY_ADDRESS.decode()


def test_the_kiosks_own_empty_document_passes_once_and_only_when_it_is_expected() -> None:
    parent = QObject()
    fence = Fence(parent)
    fence.allow(Origin(HOME))
    assert not passes(fence, Asked(EMPTY_PAGE))
    fence.expect_empty(True)
    for other in (
        Asked(EMPTY_PAGE, HOME.toString()),
        Asked(EMPTY_PAGE, main=False),
        Asked(EMPTY_PAGE + "x"),
        Asked("data:text/html,<script>out()</script>"),
        Asked("https://elsewhere.example/"),
    ):
        assert not passes(fence, other)
    assert passes(fence, Asked(EMPTY_PAGE))
    assert not passes(fence, Asked(EMPTY_PAGE))
    fence.expect_empty(True)
    fence.expect_empty(False)
    assert not passes(fence, Asked(EMPTY_PAGE))


def colour_in_the_middle(opened: Opened) -> str:
    picture = opened.view.grab().toImage()
    return picture.pixelColor(picture.width() * 5 // 8, picture.height() // 3).name()


def test_a_document_is_shown_in_the_page_and_has_a_way_back(opened: Opened) -> None:
    turned: list[bool] = []
    declined: list[Declined] = []
    opened.view.turned.connect(turned.append)
    opened.view.declined.connect(declined.append)
    home = opened.page.url()
    opened.puts("<a href='/report.pdf'>report</a>")
    opened.click(QPoint(20, 20))
    opened.kiosk.bot.waitUntil(lambda: turned[-1:] == [True], timeout=20_000)
    opened.kiosk.bot.waitUntil(lambda: colour_in_the_middle(opened) == "#ff0000", timeout=20_000)
    assert opened.page.url().path() == "/report.pdf"
    assert declined == []
    opened.view.turn_back()
    opened.kiosk.bot.waitUntil(lambda: turned[-1:] == [False], timeout=20_000)
    assert opened.page.url() == home


def test_where_the_viewer_fails_it_is_said_and_no_file_is_written(opened: Opened) -> None:
    declined: list[Declined] = []
    states: list[object] = []
    opened.view.declined.connect(declined.append)
    opened.page.profile().downloadRequested.connect(lambda item: states.append(item.state()))
    opened.page.settings().setAttribute(QWebEngineSettings.WebAttribute.PdfViewerEnabled, False)
    opened.puts("<a href='/report.pdf'>report</a>")
    opened.click(QPoint(20, 20))
    opened.kiosk.bot.waitUntil(lambda: bool(states), timeout=10_000)
    assert str(states[0]) == "DownloadState.DownloadCancelled"
    assert declined == [Declined.DOWNLOAD]


def test_the_viewer_keeps_its_download_to_itself(opened: Opened) -> None:
    declined: list[Declined] = []
    turned: list[bool] = []
    opened.view.turned.connect(turned.append)
    opened.view.declined.connect(declined.append)
    opened.puts("<a href='/report.pdf'>report</a>")
    opened.click(QPoint(20, 20))
    opened.kiosk.bot.waitUntil(lambda: colour_in_the_middle(opened) == "#ff0000", timeout=20_000)
    states: list[object] = []
    opened.page.profile().downloadRequested.connect(lambda item: states.append(item.state()))
    opened.click(QPoint(opened.view.width() - 104, 28))
    opened.kiosk.bot.waitUntil(lambda: bool(states), timeout=10_000)
    assert str(states[0]) == "DownloadState.DownloadCancelled"
    assert declined == [Declined.DOWNLOAD]


@pytest.mark.parametrize(
    "script",
    [
        f"location.href = '{VIEWER_PAGE}'",
        f"window.open('{VIEWER_PAGE}')",
        f"document.body.innerHTML += `<iframe src='{VIEWER_PAGE}?x'></iframe>`",
        "location.href = 'chrome://resources/js/assert.js'",
    ],
)
def test_the_viewer_is_no_door(opened: Opened, sites: tuple[Site, Site], script: str) -> None:
    turned: list[bool] = []
    opened.view.turned.connect(turned.append)
    opened.page.runJavaScript(script)
    opened.settle()
    assert opened.page.url().toString() == sites[0].url()
    assert turned == []


@pytest.mark.parametrize("path", ["main.js", "index.html"])
def test_a_page_cannot_read_the_viewer(opened: Opened, path: str) -> None:
    address = VIEWER_PAGE.replace("index.html", path)
    opened.page.runJavaScript(
        f"window.got = 'waiting'; fetch('{address}').then(() => window.got = 'read',"
        "() => window.got = 'refused')"
    )
    opened.settle()
    assert opened.run("window.got") == "refused"
