"""A page in its view: covered it is gone from the glass and runs on; drawn, dragged, printed.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

import subprocess

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.page_on_show import PATIENT, Opened, Site, opened, sites
from tests.support.scenes import SCENES
from tests.ui.conftest import Kiosk

__all__ = ["opened", "sites"]


def widths(opened: Opened) -> float:
    wide = opened.run("innerWidth")
    assert isinstance(wide, float)
    return wide


def wheel(opened: Opened) -> None:
    """A turn of the wheel with Ctrl held."""
    under = opened.view.focusProxy()
    assert isinstance(under, QWidget)
    at = QPoint(200, 200)
    QApplication.sendEvent(
        under,
        QWheelEvent(
            QPointF(at),
            QPointF(under.mapToGlobal(at)),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )
    opened.settle()


def test_under_a_cover_the_page_is_gone_from_view_and_runs_on(opened: Opened) -> None:
    before = int(opened.page.title())
    opened.kiosk.show(SCENES["locked"])
    under = opened.view.page()
    assert under is not opened.page
    texts: list[str] = []
    under.toPlainText(texts.append)
    opened.kiosk.bot.waitUntil(lambda: bool(texts), timeout=10_000)
    assert PATIENT not in texts[0]
    assert not opened.view.isVisible()
    assert not opened.view.isEnabled()
    opened.settle()
    assert opened.run("document.visibilityState") == "visible"
    assert opened.page.lifecycleState() is QWebEnginePage.LifecycleState.Active
    opened.kiosk.show(SCENES["workspace"])
    assert opened.view.page() is opened.page
    assert int(opened.page.title()) > before


def test_what_is_dragged_out_of_the_page_is_gone_with_it(opened: Opened) -> None:
    """A real drag: its picture is a window of its own, above every other."""
    opened.puts(f"<div draggable=true>{PATIENT}</div>")
    window = opened.kiosk.window
    corner = opened.view.mapToGlobal(QPoint(60, 50))
    seen: list[int] = []

    def pictures() -> int:
        others = [each for each in QGuiApplication.topLevelWindows() if each.isVisible()]
        return len(others) - 1

    def look() -> None:
        # The drag has an event loop of its own: what follows happens within it.
        if pictures() > 0 and not seen:
            seen.append(pictures())
            window.show_view(SCENES["locked"])
            seen.append(pictures())
            subprocess.run(["xdotool", "mouseup", "1"], check=True)

    looking = QTimer(interval=20)
    looking.timeout.connect(look)
    looking.start()
    pull = ["mousemove", str(corner.x()), str(corner.y()), "mousedown", "1"]
    for step in range(1, 6):
        pull += ["mousemove_relative", "--", str(8 * step), str(4 * step), "sleep", "0.05"]
    with subprocess.Popen(["xdotool", *pull]):
        opened.kiosk.bot.waitUntil(lambda: len(seen) == 2, timeout=10_000)
    assert seen == [1, 0]


def test_the_page_is_drawn_as_large_as_the_kiosk_whatever_is_done_to_it(
    kiosk: Kiosk, sites: tuple[Site, Site]
) -> None:
    kiosk.window.xchart.expect(sites[0].url(), "", 1.5)
    opened = Opened(kiosk, sites[0])
    assert abs(widths(opened) * 1.5 - opened.view.width()) < 2
    changed: list[float] = []
    opened.page.zoomFactorChanged.connect(changed.append)

    def turned() -> bool:
        # The page hears nothing before it is drawn, which is in another process.
        wheel(opened)
        return bool(changed)

    kiosk.bot.waitUntil(turned, timeout=10_000)
    under = opened.view.focusProxy()
    assert isinstance(under, QWidget)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
        QTest.keyClick(under, key, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    assert opened.page.zoomFactor() == pytest.approx(1.5)
    opened.page.runJavaScript("location.href = '/further'")
    kiosk.bot.waitUntil(lambda: opened.page.url().path() == "/further", timeout=10_000)
    opened.settle()
    assert opened.page.zoomFactor() == pytest.approx(1.5)
    kiosk.window.xchart.close_page()
    again = Opened(kiosk, sites[0])
    assert again.page.zoomFactor() == pytest.approx(1.5)
    kiosk.window.xchart.close_page(at_once=True)
    QApplication.processEvents()


@pytest.mark.parametrize(
    "script",
    [
        "print(); 1",
        "document.body.innerHTML += `<iframe srcdoc='<p>receipt</p><script>print()</script>'>`; 1",
    ],
    ids=["the page", "a part of it"],
)
def test_what_the_page_would_print_is_a_document_in_memory(opened: Opened, script: str) -> None:
    xchart = opened.kiosk.window.xchart
    with opened.kiosk.bot.waitSignal(xchart.print_wanted, timeout=10_000):
        opened.page.runJavaScript(script.replace("/script", "\\/script"))
    made: list[bytes] = []
    xchart.as_document(made.append)
    opened.kiosk.bot.waitUntil(lambda: bool(made), timeout=10_000)
    assert made[0].startswith(b"%PDF")
