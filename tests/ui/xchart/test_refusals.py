"""Each refusal of Xchart's page by itself: the engine asks, the page says no, in every way.

Some are double, and the engine's own answer to silence is no as well: what the page does is looked
at alone, or nobody would notice that it is gone.
Needs a screen: the web engine draws on one.
"""

import ssl
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from unittest.mock import MagicMock, call

import pytest
from PySide6.QtCore import QMetaMethod, QPoint
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineSettings
from PySide6.QtWidgets import QApplication

from kiosk.session.model.session import Declined, PageFault
from kiosk.ui.xchart.fenced_page import REFUSED
from tests.support.certificates import write_forged
from tests.support.page_on_show import Opened, opened, sites
from tests.support.scenes import SCENES
from tests.support.serving import begin
from tests.ui.conftest import Kiosk
from tests.ui.xchart.test_trust import Hello

__all__ = ["opened", "sites"]
Attribute = QWebEngineSettings.WebAttribute

REFUSALS = {
    "certificateError": ("_reject_certificate", call.rejectCertificate(), Declined.CERTIFICATE),
    "selectClientCertificate": ("_choose_none", call.selectNone(), None),
    "desktopMediaRequested": ("_keep_screens", call.cancel(), Declined.DEVICE),
    "fileSystemAccessRequested": ("_keep_files", call.reject(), Declined.FILE),
    "registerProtocolHandlerRequested": ("_keep_protocols", call.reject(), Declined.PROGRAM),
    "webAuthUxRequested": ("_take_no_passkey", call.cancel(), None),
    "permissionRequested": ("_deny", call.deny(), Declined.DEVICE),
}
NEVER = (
    Attribute.ScreenCaptureEnabled,
    Attribute.LocalContentCanAccessFileUrls,
    Attribute.LocalContentCanAccessRemoteUrls,
    Attribute.JavascriptCanAccessClipboard,
    Attribute.JavascriptCanOpenWindows,
    Attribute.AllowRunningInsecureContent,
    Attribute.NavigateOnDropEnabled,
    Attribute.ErrorPageEnabled,
)


@pytest.mark.parametrize("signal", REFUSALS)
def test_what_the_engine_asks_is_heard_and_answered_no(opened: Opened, signal: str) -> None:
    slot, answer, said = REFUSALS[signal]
    declined: list[Declined] = []
    opened.kiosk.window.xchart.declined.connect(declined.append)
    assert opened.page.isSignalConnected(QMetaMethod.fromSignal(getattr(opened.page, signal)))
    asked = MagicMock()
    getattr(opened.page, slot)(asked)
    assert asked.method_calls == [answer]
    assert declined == ([said] if said else [])


def test_no_file_is_chosen_for_a_page(opened: Opened) -> None:
    """Saying so is not enough: what is answered here is read and sent."""
    mode = QWebEnginePage.FileSelectionMode.FileSelectOpen
    assert opened.page.chooseFiles(mode, [], []) == []


@pytest.mark.parametrize("attribute", NEVER, ids=lambda each: each.name)
def test_what_a_page_is_never_given_is_off(opened: Opened, attribute: Attribute) -> None:
    """And by the kiosk's own word, whatever Qt begins with."""
    assert attribute in REFUSED
    assert not opened.page.settings().testAttribute(attribute)


PRESSED = {
    "screen": "navigator.mediaDevices.getDisplayMedia({video: true})",
    "file": "showOpenFilePicker()",
    "folder": "showDirectoryPicker()",
    "new file": "showSaveFilePicker()",
}


@pytest.mark.parametrize("what", PRESSED)
def test_neither_screen_nor_files_are_given_to_whoever_presses(opened: Opened, what: str) -> None:
    """A real press: without one the engine refuses by itself."""
    opened.puts("<button id=wants>x</button>")
    opened.run(
        "document.getElementById('wants').onclick = () => "
        f"{PRESSED[what]}.then(() => window.got = 'given', () => window.got = 'refused'); 1"
    )
    opened.click(QPoint(60, 50))
    opened.kiosk.bot.waitUntil(
        lambda: opened.run("String(window.got)") != "undefined", timeout=10_000
    )
    assert opened.run("window.got") == "refused"
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert shown == [opened.kiosk.window]


class Counted(Hello):
    """Notes who got as far as asking."""

    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        super().do_GET()


@pytest.fixture
def forger(tmp_path: Path) -> Iterator[str]:
    """Xchart's address, answered by somebody who signed for it alone."""
    Counted.asked.clear()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(write_forged(tmp_path))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Counted)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    begin(server)
    yield f"https://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_forged_certificate_gets_not_even_the_address(kiosk: Kiosk, forger: str) -> None:
    declined: list[Declined] = []
    kiosk.window.xchart.declined.connect(declined.append)
    kiosk.show(SCENES["workspace"])
    with kiosk.bot.waitSignal(kiosk.window.xchart.failed, timeout=20_000) as failed:
        kiosk.window.xchart.open(f"{forger}h/one-time")
    assert failed.args == [PageFault.CERTIFICATE, -202]
    assert declined == [Declined.CERTIFICATE]
    assert Counted.asked == []
    QApplication.processEvents()
