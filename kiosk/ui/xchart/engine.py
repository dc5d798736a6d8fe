"""Setting the web engine up, before it starts: its switches, its proxy, and what draws for it.

What a page may do is ``fenced_page``'s. Never import this before the login screen is painted.
"""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtGui import QAccessible
from PySide6.QtNetwork import QNetworkProxy, QNetworkProxyFactory
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile

DEBUGGING = "QTWEBENGINE_REMOTE_DEBUGGING"
FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"
SCENES = "QT_QUICK_BACKEND"
GRAPHICS = ("dri/renderD*", "nvidia[0-9]*")
"""The devices that OpenGL draws with on Linux: Mesa's, and NVIDIA's own."""
READABLE = "--force-renderer-accessibility"
ONE_SCALE = "--disable-pinch"
"""Two fingers do not change how large the page is drawn: that is the kiosk's."""
NO_STRAY_UDP = ("--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--disable-quic")


def flags(wanted: Iterable[QUrl], readable: bool) -> str:
    """Chromium's switches: names and addresses other than those hosts lead nowhere.

    The interceptor does not see preconnect, WebTransport or TURN over TCP; the resolver does.
    It holds for the process: a page at another host than the first needs another start.
    """
    hosts = dict.fromkeys(url.host() for url in wanted if url.host())
    # An IPv6 literal is matched as it is looked up: without the brackets of its address.
    known = [f"EXCLUDE {host}" for host in hosts]
    rules = " , ".join(["MAP * ~NOTFOUND", *known])
    quiet = [f'"--host-resolver-rules={rules}"', *NO_STRAY_UDP, ONE_SCALE]
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


def set_up(proxy: QUrl, *servers: QUrl) -> None:
    """Everything that the engine reads once, as it starts. ``servers`` are all it may reach."""
    os.environ.pop(DEBUGGING, None)
    # Ours alone: no variable opens a debugging port. Chromium tells assistive technology
    # nothing unless it is forced to, and that costs time nobody should pay without one.
    os.environ[FLAGS] = flags((*servers, proxy), QAccessible.isActive())
    if not has_graphics():
        # Qt would put the whole window, at every change, through an OpenGL that the processor
        # plays: 12 to 25 ms a frame. Its own scenes for the processor cost one.
        os.environ[SCENES] = "software"
    go_through(proxy)


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
