"""Xchart's page against a page that tries to get out (threats T16), and under a cover (T17).

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

import os
import socket
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QApplication

from kiosk.session.model.intents import LockWanted
from kiosk.session.model.session import PageFault
from kiosk.ui.xchart import engine as xchart_engine
from kiosk.ui.xchart.page import XchartPage
from tests.support.page_on_show import Opened, Site, opened, serve, sites
from tests.support.scenes import SCENES
from tests.ui.conftest import Kiosk

__all__ = ["opened", "sites"]

ESCAPES: dict[str, Callable[[Site], str]] = {
    "navigate": lambda there: f"location.href = '{there.url('/out')}'",
    "redirect": lambda there: f"location.href = '/to/127.0.0.1:{there.port}/out'",
    "frame": lambda there: (
        "const f = document.createElement('iframe');"
        f"f.src = '{there.url('/out')}'; document.body.append(f)"
    ),
    "window": lambda there: f"window.open('{there.url('/out')}')",
    "link in a new tab": lambda there: (
        f"const a = document.createElement('a'); a.href = '{there.url('/out')}';"
        "a.target = '_blank'; document.body.append(a); a.click()"
    ),
    "form": lambda there: (
        f"const f = document.createElement('form'); f.action = '{there.url('/out')}';"
        "document.body.append(f); f.submit()"
    ),
    "image": lambda there: f"new Image().src = '{there.url('/out')}'",
    "fetch": lambda there: f"fetch('{there.url('/out')}', {{mode: 'no-cors'}}).catch(() => 0)",
    "beacon": lambda there: f"navigator.sendBeacon('{there.url('/out')}', 'x')",
    "websocket": lambda there: f"new WebSocket('ws://127.0.0.1:{there.port}/out')",
    "local host by another name": lambda there: f"location.href='http://localhost:{there.port}/'",
    "file": lambda _there: "location.href = 'file:///etc/passwd'",
    "data": lambda _there: "location.href = 'data:text/html,<h1>out</h1>'",
    "engine's own pages": lambda _there: "location.href = 'chrome://settings'",
    "another program": lambda _there: "location.href = 'mailto:out@example.com'",
    "view-source": lambda _there: "location.href = 'view-source:' + location.href",
}


@pytest.mark.parametrize("name", sorted(ESCAPES))
def test_a_hostile_page_stays_inside(opened: Opened, sites: tuple[Site, Site], name: str) -> None:
    home, there = sites
    opened.page.runJavaScript(ESCAPES[name](there))
    opened.settle()
    assert there.asked == []
    assert opened.page.url().toString() == home.url()
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert shown == [opened.kiosk.window]


@pytest.mark.parametrize(
    ("script", "answer"),
    [
        ("alert('out'); 1", 1),
        ("confirm('out')", False),
        ("String(prompt('out'))", "null"),
        ("print(); 1", 1),
    ],
)
def test_no_dialog_of_a_page_reaches_the_screen(
    opened: Opened, script: str, answer: object
) -> None:
    assert opened.run(script) == answer
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert shown == [opened.kiosk.window]


@pytest.mark.parametrize("kind", ["file", "color", "date"])
def test_no_picker_of_a_page_reaches_the_screen(opened: Opened, kind: str) -> None:
    opened.page.runJavaScript(
        f"const i = document.createElement('input'); i.type = '{kind}';"
        "document.body.append(i); i.click()"
    )
    opened.settle()
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert shown == [opened.kiosk.window]


@pytest.mark.parametrize("name", ["notifications", "geolocation", "camera", "clipboard-read"])
def test_permissions_are_denied(opened: Opened, name: str) -> None:
    ask = {
        "notifications": "Notification.requestPermission().then(r => window.got = r)",
        "geolocation": "navigator.geolocation.getCurrentPosition("
        "() => window.got = 'granted', () => window.got = 'denied')",
        "camera": "navigator.mediaDevices.getUserMedia({video: true})"
        ".then(() => window.got = 'granted', () => window.got = 'denied')",
        "clipboard-read": "navigator.clipboard.readText()"
        ".then(() => window.got = 'granted', () => window.got = 'denied')",
    }
    opened.page.runJavaScript(ask[name])
    opened.settle()
    assert opened.run("String(window.got)") in ("denied", "default", "undefined")


def test_nothing_is_downloaded(opened: Opened) -> None:
    states: list[object] = []
    opened.page.profile().downloadRequested.connect(lambda item: states.append(item.state()))
    opened.page.runJavaScript("location.href = '/file'")
    opened.kiosk.bot.waitUntil(lambda: bool(states), timeout=10_000)
    assert str(states[0]) == "DownloadState.DownloadCancelled"


def test_the_profile_leaves_nothing_behind(opened: Opened) -> None:
    assert opened.page.profile().isOffTheRecord()
    assert opened.view.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu


def test_closing_discards_page_and_profile(kiosk: Kiosk, sites: tuple[Site, Site]) -> None:
    made = Opened(kiosk, sites[0])
    opened, profile = made.page, made.page.profile()
    made.run("document.cookie = 'who=maria'; localStorage.who = 'maria'; 1")
    with kiosk.bot.waitSignal(profile.destroyed):
        kiosk.window.xchart.close_page()
    again = Opened(kiosk, sites[0])
    assert again.page is not opened
    assert again.run("document.cookie + String(localStorage.who)") == "undefined"
    kiosk.window.xchart.close_page(at_once=True)
    QApplication.processEvents()


def test_an_unreachable_site_is_a_failure(kiosk: Kiosk, sites: tuple[Site, Site]) -> None:
    server, gone = serve()
    server.shutdown()
    server.server_close()
    kiosk.show(SCENES["workspace-opening"])
    with kiosk.bot.waitSignal(kiosk.window.xchart.failed, timeout=20_000) as failed:
        kiosk.window.xchart.open(gone.url())
    assert failed.args == [PageFault.NETWORK, -102]
    kiosk.window.xchart.close_page(at_once=True)
    QApplication.processEvents()


def test_a_crash_of_the_renderer_is_a_failure(opened: Opened) -> None:
    with opened.kiosk.bot.waitSignal(opened.kiosk.window.xchart.failed, timeout=20_000):
        opened.page.triggerAction(QWebEnginePage.WebAction.Stop)
        opened.page.load("chrome://crash")


PEER = (
    "const p = new RTCPeerConnection({{iceServers: [{{urls: '{0}:127.0.0.2:{1}{2}',"
    "username: 'x', credential: 'x'}}]}}); p.createDataChannel('x');"
    "p.createOffer().then(o => p.setLocalDescription(o))"
)
STRAY: dict[str, Callable[[int], str]] = {
    "stun": lambda port: PEER.format("stun", port, ""),
    "turn": lambda port: PEER.format("turn", port, "?transport=tcp"),
    "webtransport": lambda port: f"new WebTransport('https://127.0.0.2:{port}/')",
    "webtransport of a worker": lambda port: (
        "new Worker(URL.createObjectURL(new Blob(["
        f"\"new WebTransport('https://127.0.0.2:{port}/')\"])))"
    ),
    "preconnect": lambda port: (
        "const l = document.createElement('link'); l.rel = 'preconnect';"
        f"l.href = 'http://127.0.0.2:{port}'; document.head.append(l)"
    ),
}


@pytest.mark.parametrize("name", sorted(STRAY))
def test_no_socket_is_opened_past_the_interceptor(opened: Opened, name: str) -> None:
    with (
        socket.create_server(("127.0.0.2", 0)) as tcp,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
    ):
        port = tcp.getsockname()[1]
        udp.bind(("127.0.0.2", port))
        opened.page.runJavaScript(STRAY[name](port))
        opened.settle()
        opened.settle()
        tcp.setblocking(False)
        udp.setblocking(False)
        with pytest.raises(BlockingIOError):
            tcp.accept()
        with pytest.raises(BlockingIOError):
            udp.recv(2000)


def test_a_page_cannot_keep_the_keys_of_lock(opened: Opened) -> None:
    opened.run("window.onkeydown = e => { e.preventDefault() }; 1")
    window = opened.kiosk.window
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window, 5000)
    opened.view.setFocus()
    subprocess.run(["xdotool", "key", "ctrl+l"], check=True)
    opened.kiosk.bot.waitUntil(lambda: LockWanted() in opened.kiosk.asked, timeout=5000)


@pytest.mark.parametrize(("there", "told"), [(False, "software"), (True, None)])
def test_without_a_graphics_device_the_processor_draws_scenes_of_its_own(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch, there: bool, told: str | None
) -> None:
    monkeypatch.setenv(xchart_engine.SCENES, "")  # whatever is set here goes with the test
    monkeypatch.delenv(xchart_engine.SCENES)
    monkeypatch.setattr(xchart_engine, "has_graphics", lambda: there)
    page = XchartPage(kiosk.window, "", "", 1.0)
    assert os.environ.get(xchart_engine.SCENES) == told
    page.discard(at_once=True)


def zygotes() -> list[str]:
    """The engine's first processes, which fork all others; children of this one."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = (each / "stat").read_text("ascii").rpartition(")")[2].split()[1]
            if parent == str(os.getpid()) and b"--type=zygote" in (each / "cmdline").read_bytes():
                found.append(each.name)
    return found


def test_its_first_processes_are_there_when_it_says_so(kiosk: Kiosk) -> None:
    """Memory is hidden then. The engine's own word for a page's process came with its death."""
    seen: list[list[str]] = []
    xchart = kiosk.window.xchart
    xchart.started.connect(lambda: seen.append(zygotes()))
    xchart.expect("http://127.0.0.1:9", "", 1.0)
    xchart.warm()
    assert len(seen) == 1
    assert seen[0]
    xchart.close_page(at_once=True)
