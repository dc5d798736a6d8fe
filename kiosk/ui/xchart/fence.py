"""The fence around Xchart's page: its origins, and the engine's own viewer for documents.

Every request of every part of a page passes ``Fence``. Never import this before the login screen
is painted.
"""

from collections import Counter
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEngineUrlRequestInfo, QWebEngineUrlRequestInterceptor

SECURE = {"http": "ws", "https": "wss"}
WITHIN_A_PAGE = frozenset({"data", "blob"})
DEFAULT_PORT = {"http": 80, "https": 443, "ws": 80, "wss": 443}
PAGES = (
    QWebEngineUrlRequestInfo.ResourceType.ResourceTypeMainFrame,
    QWebEngineUrlRequestInfo.ResourceType.ResourceTypeSubFrame,
)
VIEWER = "chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai"
"""Chromium's viewer of PDF, an extension within the engine; its name is the same everywhere."""
VIEWER_PAGE = f"{VIEWER}/index.html"
EMPTY = "<!doctype html>"
"""A document of an origin without a line of the site's code, to put its storage back in."""
EMPTY_ADDRESS = b"data:text/html;charset=UTF-8,%3C%21doctype%20html%3E"
"""Its address, as the engine names it."""
VIEWER_PARTS = (f"{VIEWER}/", "chrome://resources/")


class Origin:
    """The one origin a page may talk to: scheme, host and port (RFC 6454 section 4)."""

    def __init__(self, url: QUrl) -> None:
        """The origin of ``url``; anything but http and https allows nothing."""
        self._scheme = url.scheme()
        self._host = url.host()
        self._port = url.port(DEFAULT_PORT.get(self._scheme, 0))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Origin) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((self._scheme, self._host, self._port))

    def serialized(self) -> str:
        """As a page's own script has it: the port only where it is not the scheme's."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        usual = self._port == DEFAULT_PORT.get(self._scheme)
        return f"{self._scheme}://{host}" + ("" if usual else f":{self._port}")

    def holds(self, url: QUrl) -> bool:
        """Whether ``url`` may be navigated to."""
        return self._scheme in SECURE and Origin(url) == self

    def feeds(self, url: QUrl) -> bool:
        """Whether a page of this origin may load ``url`` as a part of itself."""
        if url.scheme() in WITHIN_A_PAGE or self.holds(url):
            return True
        port = url.port(DEFAULT_PORT.get(url.scheme(), 0))
        return (url.scheme(), url.host(), port) == (
            SECURE.get(self._scheme),
            self._host,
            self._port,
        )


def shows_document(url: QUrl, initiator: QUrl) -> bool:
    """Whether the engine itself opens its viewer: no page began it."""
    return url.toString() == VIEWER_PAGE and initiator.isEmpty()


def is_of_viewer(url: QUrl, initiator: QUrl, page: bool) -> bool:
    """Whether the viewer asks for a part of itself, which is no page."""
    if page or initiator.toString().rstrip("/") != VIEWER:
        return False
    return url.toString().startswith(VIEWER_PARTS)


def carries(url: QUrl, secret: str) -> bool:
    """Whether ``secret`` stands in an address: plain, percent-encoded (twice too), or as a form."""
    plain, wanted = bytes(url.toEncoded().data()), secret.encode()
    once = unquote_to_bytes(plain)
    read = (plain, once, unquote_to_bytes(once), unquote_to_bytes(plain.replace(b"+", b" ")))
    return any(wanted in each for each in read)


def is_empty(url: QUrl) -> bool:
    """Whether that is the empty document, to the letter."""
    return url.toEncoded() == EMPTY_ADDRESS


class Fence(QWebEngineUrlRequestInterceptor):
    """Stops every request that leaves the origins, whatever part of a page makes it.

    ``viewing`` when the engine opens its own viewer: what is on show then is a document.
    ``caught`` when an address carried what is watched for: it is stopped, wherever it led.
    """

    viewing = Signal()
    caught = Signal()

    def __init__(self, parent: QObject) -> None:
        """Nothing may be loaded until ``allow``."""
        super().__init__(parent)
        self._origins: tuple[Origin, ...] = ()
        self._parts: tuple[Origin, ...] = ()
        self._watched: Counter[str] = Counter()
        self._empty_expected = False

    def allow(self, *origins: Origin, parts: tuple[Origin, ...] = ()) -> None:
        """Let requests to these pass, and to no other; from ``parts`` what is no document."""
        self._origins = origins
        self._parts = parts

    def watch_for(self, secret: str) -> None:
        """Let no address carry ``secret``, until it is forgotten as often as it was watched for."""
        if secret:
            self._watched[secret] += 1

    def forget(self, secret: str) -> None:
        """What was watched for is no longer in a page."""
        self._watched[secret] -= 1
        self._watched = +self._watched

    def expect_empty(self, expected: bool) -> None:
        """Let the kiosk's own empty document pass, once."""
        self._empty_expected = expected

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Block what the origin does not hold."""
        page = info.resourceType() in PAGES
        url, initiator = info.requestUrl(), info.initiator()
        if any(carries(url, secret) for secret in self._watched):
            info.block(True)
            self.caught.emit()
            return
        if shows_document(url, initiator):
            self.viewing.emit()
            return
        if is_of_viewer(url, initiator, page):
            return
        main = info.resourceType() == QWebEngineUrlRequestInfo.ResourceType.ResourceTypeMainFrame
        if self._empty_expected and main and initiator.isEmpty() and is_empty(url):
            self._empty_expected = False
            return
        if not self._lets_pass(url, page):
            # Said of what passes too, it would keep a page's own interceptor from seeing it.
            info.block(True)

    def _lets_pass(self, url: QUrl, page: bool) -> bool:
        if page:
            return any(each.holds(url) for each in self._origins)
        return any(each.feeds(url) for each in (*self._origins, *self._parts))
