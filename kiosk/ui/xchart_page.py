"""Xchart's own page, fenced in: the only module that knows the web engine.

Owns the page, its off-the-record profile and every refusal of threats T16: one origin, no new
windows, no downloads, no files, no other schemes, no permissions, no dialogs, no developer tools.
Chromium's own sandbox stays on. Never import this before the login screen is painted.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QChildEvent, QCoreApplication, QEvent, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtNetwork import QNetworkProxy, QNetworkProxyFactory
from PySide6.QtWebEngineCore import (
    QWebEngineCertificateError,
    QWebEngineClientCertificateSelection,
    QWebEngineDesktopMediaRequest,
    QWebEngineDownloadRequest,
    QWebEngineFileSystemAccessRequest,
    QWebEngineFullScreenRequest,
    QWebEngineLoadingInfo,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineRegisterProtocolHandlerRequest,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QDialog, QWidget

Attribute = QWebEngineSettings.WebAttribute

REFUSED = (
    Attribute.JavascriptCanOpenWindows,
    Attribute.JavascriptCanAccessClipboard,
    Attribute.JavascriptCanPaste,
    Attribute.LocalContentCanAccessRemoteUrls,
    Attribute.LocalContentCanAccessFileUrls,
    Attribute.HyperlinkAuditingEnabled,
    Attribute.ErrorPageEnabled,
    Attribute.PluginsEnabled,
    Attribute.PdfViewerEnabled,
    Attribute.FullScreenSupportEnabled,
    Attribute.ScreenCaptureEnabled,
    Attribute.AllowRunningInsecureContent,
    Attribute.AllowGeolocationOnInsecureOrigins,
    Attribute.AllowWindowActivationFromJavaScript,
    Attribute.DnsPrefetchEnabled,
    Attribute.NavigateOnDropEnabled,
    Attribute.BackForwardCacheEnabled,
    Attribute.AutoLoadIconsForPage,
)
SECURE = {"http": "ws", "https": "wss"}
WITHIN_A_PAGE = frozenset({"data", "blob"})
DEFAULT_PORT = {"http": 80, "https": 443, "ws": 80, "wss": 443}
PAGES = (
    QWebEngineUrlRequestInfo.ResourceType.ResourceTypeMainFrame,
    QWebEngineUrlRequestInfo.ResourceType.ResourceTypeSubFrame,
)
DEBUGGING = "QTWEBENGINE_REMOTE_DEBUGGING"
FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"
SCENES = "QT_QUICK_BACKEND"
GRAPHICS = ("dri/renderD*", "nvidia[0-9]*")
"""The devices that OpenGL draws with on Linux: Mesa's, and NVIDIA's own."""
READABLE = "--force-renderer-accessibility"
NO_STRAY_UDP = ("--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--disable-quic")


def flags(server: QUrl, proxy: QUrl, readable: bool) -> str:
    """Chromium's switches: names and addresses other than those two hosts lead nowhere.

    The interceptor does not see preconnect, WebTransport or TURN over TCP; the resolver does.
    It holds for the process: a page at another host than the first needs another start.
    """
    hosts = [url.host() for url in (server, proxy) if url.host()]
    known = [f"EXCLUDE {f'[{host}]' if ':' in host else host}" for host in hosts]
    rules = " , ".join(["MAP * ~NOTFOUND", *known])
    quiet = [f'"--host-resolver-rules={rules}"', *NO_STRAY_UDP]
    return " ".join([*quiet, READABLE] if readable else quiet)


def has_graphics(devices: Path = Path("/dev")) -> bool:
    """Whether something but the processor can draw here; not asked where it is not Linux."""
    found = (each for kind in GRAPHICS for each in devices.glob(kind))
    return sys.platform != "linux" or any(os.access(each, os.R_OK | os.W_OK) for each in found)


def go_through(proxy: QUrl) -> None:
    """Send the engine through the settings' proxy, or straight: nobody else names one."""
    QNetworkProxyFactory.setUseSystemConfiguration(False)
    if proxy.isEmpty():
        QNetworkProxy.setApplicationProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        return
    http = QNetworkProxy.ProxyType.HttpProxy
    QNetworkProxy.setApplicationProxy(QNetworkProxy(http, proxy.host(), proxy.port(80)))


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


class Fence(QWebEngineUrlRequestInterceptor):
    """Stops every request that leaves the origin, whatever part of a page makes it."""

    def __init__(self, parent: QObject) -> None:
        """Nothing may be loaded until ``allow``."""
        super().__init__(parent)
        self._origin = Origin(QUrl())

    def allow(self, origin: Origin) -> None:
        """Let requests to ``origin`` pass."""
        self._origin = origin

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Block what the origin does not hold."""
        page = info.resourceType() in PAGES
        url = info.requestUrl()
        info.block(not (self._origin.holds(url) if page else self._origin.feeds(url)))


class FencedPage(QWebEnginePage):
    """A page that stays where it was opened, opens nothing, and asks nobody anything."""

    def __init__(self, profile: QWebEngineProfile, parent: QObject) -> None:
        """Nothing may be navigated to until ``allow``."""
        super().__init__(profile, parent)
        self._origin = Origin(QUrl())
        for attribute in REFUSED:
            self.settings().setAttribute(attribute, False)
        self.settings().setAttribute(Attribute.WebRTCPublicInterfacesOnly, True)
        self.settings().setUnknownUrlSchemePolicy(
            QWebEngineSettings.UnknownUrlSchemePolicy.DisallowUnknownUrlSchemes
        )
        self.permissionRequested.connect(self._deny)
        self.fullScreenRequested.connect(self._stay_small)
        self.fileSystemAccessRequested.connect(self._keep_files)
        self.registerProtocolHandlerRequested.connect(self._keep_protocols)
        self.desktopMediaRequested.connect(self._keep_screens)
        self.selectClientCertificate.connect(self._choose_none)
        self.certificateError.connect(self._reject_certificate)

    def allow(self, origin: Origin) -> None:
        """The origin this page may be at."""
        self._origin = origin

    def acceptNavigationRequest(
        self, url: QUrl | str, _kind: QWebEnginePage.NavigationType, _main_frame: bool
    ) -> bool:
        """Only the origin the page was opened with, in every frame and after every redirect."""
        return self._origin.holds(QUrl(url))

    def javaScriptAlert(self, _origin: QUrl | str, _message: str) -> None:
        """Say nothing: a box over the kiosk would outlast a lock."""

    def javaScriptConfirm(self, _origin: QUrl | str, _message: str) -> bool:
        """The careful answer is no."""
        return False

    def javaScriptPrompt(
        self, _origin: QUrl | str, _message: str, _default: str
    ) -> tuple[bool, str]:
        """Nobody is asked."""
        return False, ""

    def javaScriptConsoleMessage(
        self,
        _level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        _message: str,
        _line: int,
        _source: str,
    ) -> None:
        """A page's console may name patients: it reaches no log (law 10)."""

    def chooseFiles(
        self, _mode: QWebEnginePage.FileSelectionMode, _old: object, _types: object
    ) -> list[str]:
        """No file dialog, no file."""
        return []

    def _deny(self, permission: QWebEnginePermission) -> None:
        permission.deny()

    def _stay_small(self, request: QWebEngineFullScreenRequest) -> None:
        request.reject()

    def _keep_files(self, request: QWebEngineFileSystemAccessRequest) -> None:
        request.reject()

    def _keep_protocols(self, request: QWebEngineRegisterProtocolHandlerRequest) -> None:
        request.reject()

    def _keep_screens(self, request: QWebEngineDesktopMediaRequest) -> None:
        request.cancel()

    def _choose_none(self, selection: QWebEngineClientCertificateSelection) -> None:
        selection.selectNone()

    def _reject_certificate(self, error: QWebEngineCertificateError) -> None:
        error.rejectCertificate()


class XchartPage(QWebEngineView):
    """The view and its profile. Opened once; discarded whole with ``discard``."""

    opened = Signal()
    broke = Signal(str)

    def __init__(self, parent: QWidget, server: str, proxy: str) -> None:
        """An empty page with a profile of its own, off the record, that reaches ``server`` alone.

        ``proxy`` is an address or empty.
        """
        os.environ.pop(DEBUGGING, None)
        # Ours alone: no variable opens a debugging port. Chromium tells assistive technology
        # nothing unless it is forced to, and that costs time nobody should pay without one.
        os.environ[FLAGS] = flags(QUrl(server), QUrl(proxy), QAccessible.isActive())
        if not has_graphics():
            # Qt would put the whole window, at every change, through an OpenGL that the processor
            # plays: 12 to 25 ms a frame. Its own scenes for the processor cost one.
            os.environ[SCENES] = "software"
        go_through(QUrl(proxy))
        super().__init__(parent)
        self._profile = QWebEngineProfile()
        self._profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.MemoryHttpCache)
        self._profile.downloadRequested.connect(self._refuse_download)
        self._fence = Fence(self._profile)
        self._profile.setUrlRequestInterceptor(self._fence)
        self._own = FencedPage(self._profile, self)
        # What the view shows while covered. It never loads anything.
        self._nothing = QWebEnginePage(self._profile, self)
        # After its pages, so that Qt deletes it after them: a profile must outlive its pages.
        self._profile.setParent(self)
        self._own.loadingChanged.connect(self._loading)
        self._own.renderProcessTerminated.connect(self._ended)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self._was_opened = False
        self.setPage(self._own)

    def open_at(self, url: str) -> None:
        """Go to ``url``; its origin is the only one from now on."""
        target = QUrl(url)
        origin = Origin(target)
        self._was_opened = True
        self._fence.allow(origin)
        self._own.allow(origin)
        self._own.setUrl(target)

    def reveal(self, revealed: bool, reachable: bool) -> None:
        """Draw the page; or take it off the view, where nothing can read it, still running.

        A page that its view has let go is out of the accessibility tree, and being told that it
        is visible keeps its timers at full pace: a monitor's feed goes on under a lock (law 9).
        """
        wanted = self._own if revealed else self._nothing
        if self.page() is not wanted:
            self.setPage(wanted)
        if not revealed:
            self._own.setVisible(self._was_opened)
        self.setVisible(revealed)
        self.setEnabled(reachable)

    def take_focus(self) -> None:
        """Take the keyboard."""
        self.setFocus()

    def discard(self) -> None:
        """Drop pages and profile, in that order."""
        self._own.loadingChanged.disconnect(self._loading)
        self._own.renderProcessTerminated.disconnect(self._ended)
        self.setPage(self._nothing)
        self.hide()
        self._own.deleteLater()
        self._nothing.deleteLater()
        self._profile.deleteLater()
        self.deleteLater()

    def childEvent(self, event: QChildEvent) -> None:
        """The engine's own dialogs (colour, file) are turned away before they show."""
        child = event.child()
        if event.type() == QEvent.Type.ChildPolished and isinstance(child, QDialog):
            QTimer.singleShot(0, child, child.reject)
        super().childEvent(event)

    def _refuse_download(self, download: QWebEngineDownloadRequest) -> None:
        download.cancel()

    def _loading(self, info: QWebEngineLoadingInfo) -> None:
        match info.status():
            case QWebEngineLoadingInfo.LoadStatus.LoadSucceededStatus:
                self.opened.emit()
            case QWebEngineLoadingInfo.LoadStatus.LoadFailedStatus:
                self.broke.emit(f"{info.errorDomain().name} {info.errorCode()}")
            case _:
                pass

    def _ended(self, status: QWebEnginePage.RenderProcessTerminationStatus, code: int) -> None:
        self.broke.emit(f"{status.name} {code}")


def empty_page(finished: Callable[[bool], None]) -> Callable[[], None]:
    """Load nothing, off the record; what is returned puts it away.

    For ``kiosk --self-test``: it takes the engine's process, in Chromium's sandbox, to answer.
    """
    profile = QWebEngineProfile()
    page = QWebEnginePage(profile)
    page.loadFinished.connect(finished)
    page.setHtml("<p>here</p>")

    def put_away() -> None:
        page.loadFinished.disconnect(finished)
        for each in (page, profile):
            each.deleteLater()
            QCoreApplication.sendPostedEvents(each, QEvent.Type.DeferredDelete)

    return put_away
