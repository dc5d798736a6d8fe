"""The fence: one origin; a document in the engine's own viewer, and no way in by that name.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

from typing import cast

import pytest
from PySide6.QtCore import QObject, QPoint, QUrl
from PySide6.QtWebEngineCore import QWebEngineSettings, QWebEngineUrlRequestInfo
from PySide6.QtWidgets import QApplication

from kiosk.session.model.session import Declined
from kiosk.ui.xchart.fence import (
    EMPTY_ADDRESS,
    VIEWER,
    VIEWER_PAGE,
    Fence,
    Origin,
    carries,
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


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://x.example/a", "https://x.example"),
        ("https://x.example:443/", "https://x.example"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("https://[::1]:8443/", "https://[::1]:8443"),
    ],
)
def test_an_origin_is_written_as_a_page_has_it(address: str, said: str) -> None:
    assert Origin(QUrl(address)).serialized() == said


@pytest.mark.parametrize(
    "query",
    [
        "p=Blue%20Tooth%2B5%25",
        "p=Blue+Tooth%2b5%25",
        "p=%42lue%20Tooth%2B5%25",
        "p=Blue%2520Tooth%252B5%2525",
        "Blue Tooth+5%25",
    ],
)
def test_a_secret_is_found_in_an_address_however_it_is_written(query: str) -> None:
    for address in (f"http://x.example/?{query}", f"http://x.example/{query}"):
        assert carries(QUrl(address), "Blue Tooth+5%")
        assert not carries(QUrl(address), "Blue Tooth+6%")


class Asking:
    """A request, as the engine tells of one."""

    def __init__(self, address: str, page: bool = True) -> None:
        self.address, self.blocked = address, False
        kinds = QWebEngineUrlRequestInfo.ResourceType
        self.kind = kinds.ResourceTypeMainFrame if page else kinds.ResourceTypeImage

    def requestUrl(self) -> QUrl:
        return QUrl(self.address)

    def initiator(self) -> QUrl:
        return QUrl()

    def resourceType(self) -> QWebEngineUrlRequestInfo.ResourceType:
        return self.kind

    def block(self, blocked: bool) -> None:
        self.blocked = blocked


def is_stopped(fence: Fence, address: str, page: bool = True) -> bool:
    asking = Asking(address, page)
    fence.interceptRequest(cast(QWebEngineUrlRequestInfo, asking))
    return asking.blocked


def test_a_fence_has_several_origins_and_names_what_is_only_a_part(qapp: QApplication) -> None:
    fence = Fence(qapp)
    both = [Origin(QUrl(f"https://{each}.example")) for each in "xy"]
    fence.allow(*both, parts=(Origin(QUrl("https://cdn.example")),))
    assert not any(is_stopped(fence, f"https://{each}.example/") for each in "xy")
    assert is_stopped(fence, "https://z.example/")
    assert is_stopped(fence, "https://cdn.example/")
    assert not is_stopped(fence, "https://cdn.example/a.png", page=False)
    assert is_stopped(fence, "https://z.example/a.png", page=False)


def test_what_is_watched_for_passes_in_no_address_until_it_is_forgotten(
    qapp: QApplication,
) -> None:
    fence = Fence(qapp)
    fence.allow(Origin(QUrl("https://x.example")))
    caught: list[bool] = []
    fence.caught.connect(lambda: caught.append(True))
    for _ in range(2):
        fence.watch_for("molar")
    fence.watch_for("")
    assert is_stopped(fence, "https://x.example/?p=mol%61r")
    assert is_stopped(fence, "https://x.example/molar.png", page=False)
    assert not is_stopped(fence, "https://x.example/")
    fence.forget("molar")
    # Another page of the same account still has it.
    assert is_stopped(fence, "https://x.example/?p=molar")
    fence.forget("molar")
    assert not is_stopped(fence, "https://x.example/?p=molar")
    fence.forget("molar")
    fence.watch_for("molar")
    assert is_stopped(fence, "https://x.example/?p=molar")
    assert caught == [True] * 4


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
