"""A real window per test, found and driven by accessible names; any Qt warning fails a test."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import pytest

if "DISPLAY" not in os.environ:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if hasattr(os, "geteuid") and os.geteuid() == 0:
    # Chromium refuses to sandbox root. Only tests run as root; the product never sets this.
    os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.session.model.intents import Intent, Ticket
from kiosk.session.pages.views import View
from kiosk.ui.look.theme import Look, install, look
from kiosk.ui.window import KioskWindow

QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)

W = TypeVar("W", bound=QWidget)
Stage = Callable[[QWidget], None]
NOISE = ("propagateSizeHints", "[Vv]ulkan", "GPU", "Rhi|RHI")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Warnings of Qt fail; those about a missing screen or graphics card do not."""
    for item in items:
        if "/ui/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore(*NOISE, extend=True))


@dataclass
class Kiosk:
    """A window on show, what it asked, and what was typed into its slot."""

    window: KioskWindow
    bot: QtBot
    asked: list[Intent] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def show(self, view: View) -> None:
        """Show a view and let Qt lay it out."""
        self.window.show_view(view)
        QApplication.processEvents()

    def find(self, name: str, kind: type[W]) -> W:
        """The one visible widget of a kind with this accessible name."""
        found = [
            widget
            for widget in self.window.findChildren(kind)
            if widget.isVisible() and widget.accessibleName() == name
        ]
        assert len(found) == 1, f"{len(found)} visible widgets named {name!r}"
        return found[0]

    def tab(self) -> None:
        """Press Tab where the keyboard is."""
        focus = self.window.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)

    def press(self, name: str) -> None:
        """Tap the widget with this accessible name."""
        QTest.mouseClick(self.find(name, QWidget), Qt.MouseButton.LeftButton)


@pytest.fixture
def plain(qapp: QApplication) -> Look:
    """The light look at 96 dpi."""
    made = look()
    install(qapp, made)
    return made


@pytest.fixture
def stage(plain: Look, qtbot: QtBot) -> Stage:
    """Puts one widget on show by itself, laid out, and takes it away after the test."""

    def put(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        QApplication.processEvents()

    return put


@pytest.fixture
def kiosk(plain: Look, qtbot: QtBot) -> Iterator[Kiosk]:
    """A kiosk of 1280 x 800 that shows nothing yet."""
    kept: list[str] = []

    def keep(secret: str | bytearray) -> Ticket:
        kept.append(secret if isinstance(secret, str) else secret.decode())
        return Ticket(len(kept))

    window = KioskWindow(plain, keep)
    made = Kiosk(window, qtbot, kept=kept)
    window.asked.connect(made.asked.append)
    window.resize(QSize(1280, 800))
    window.show()
    window.activateWindow()
    yield made
    window.hide()
    window.xchart.close_page(at_once=True)
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
