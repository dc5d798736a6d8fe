"""Nothing is cut off and nothing is too small, on every page, size, theme and pitch."""

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget

from kiosk.session.intents import Ticket
from kiosk.session.views import WorkspaceView
from kiosk.ui.button import Button
from kiosk.ui.keypad import Key
from kiosk.ui.pitch import Pitch, roominess
from kiosk.ui.theme import Scheme, install, look
from kiosk.ui.tile import Tile
from kiosk.ui.window import KioskWindow
from kiosk.ui.words import OneLine
from tests.ui.scenes import SCENES, said, show
from tests.ui.screens import SIZES

MM = 25.4
FITTING = (
    "code",
    "code-resend",
    "code-resend-wrong",
    "code-busy",
    "naming",
    "naming-unclear",
    "pin",
    "pin-wrong",
    "pin-choosing",
)
WORKSPACES = [name for name, view in SCENES.items() if isinstance(view, WorkspaceView)]


def cut(widget: QLabel) -> bool:
    """Whether some of a label's text has no room."""
    metrics = QFontMetrics(widget.font())
    room = widget.contentsRect()
    flags = int(widget.alignment())
    if not widget.wordWrap():
        return metrics.horizontalAdvance(widget.text()) > room.width() + 1
    wrap = 0x1000
    asked = metrics.boundingRect(QRect(0, 0, room.width(), 10_000), flags | wrap, widget.text())
    return asked.height() > room.height() + 1 or asked.width() > room.width() + 1


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.width()}x{size.height()}")
def test_no_text_is_cut(qapp: QApplication, scheme: Scheme, size: QSize) -> None:
    made = look(scheme, Pitch(room=roominess(size)))
    install(qapp, made)
    window = KioskWindow(made, lambda _typed: Ticket(0), said)
    window.resize(size)
    window.show()
    for name in SCENES:
        show(window, name)
        for _ in ("the words", "what a line more of them moves"):
            qapp.processEvents()
        assert window.size() == size, f"{name} does not fit"
        for label in window.findChildren(QLabel):
            gives_way = isinstance(label, OneLine) and "long-names" in name
            assert not label.isVisible() or gives_way or not cut(label), f"{name}: {label.text()}"
        for button in window.findChildren(Button):
            if button.isVisible():
                assert button.width() >= button.sizeHint().width(), f"{name}: {button.text()}"
    window.hide()
    window.deleteLater()


@pytest.mark.parametrize("dpi", [96, 120, 149])
def test_touch_sizes(qapp: QApplication, dpi: int) -> None:
    made = look(Scheme.LIGHT, Pitch(dpi))
    install(qapp, made)
    window = KioskWindow(made, lambda _typed: Ticket(0), said)
    window.resize(1920, 1080)
    window.show()
    for name in SCENES:
        show(window, name)
        qapp.processEvents()
        for button in window.findChildren(QAbstractButton):
            if not button.isVisible():
                continue
            rim = 2 * made.token("shadow", "spread") if isinstance(button, Tile) else 0
            least = 25 if isinstance(button, Tile) else 20 if type(button) is Key else 15
            short = (min(button.width(), button.height()) - rim) * MM / dpi
            assert short >= least, f"{name}: {button.accessibleName()} is {short:.1f} mm"
    window.hide()
    window.deleteLater()


def test_a_page_with_keys_fits_a_small_screen_without_scrolling(qapp: QApplication) -> None:
    made = look()
    install(qapp, made)
    window = KioskWindow(made, lambda _typed: Ticket(0), said)
    window.resize(1280, 800)
    window.show()
    for name in FITTING:
        window.show_view(SCENES[name])
        qapp.processEvents()
        for area in window.findChildren(QScrollArea):
            if area.isVisible():
                assert area.verticalScrollBar().maximum() == 0, name
                assert area.horizontalScrollBar().maximum() == 0, name
    window.hide()
    window.deleteLater()


@pytest.mark.parametrize("name", sorted(set(SCENES) - set(WORKSPACES)))
def test_a_small_window_scrolls_to_everything(qapp: QApplication, name: str) -> None:
    made = look()
    install(qapp, made)
    window = KioskWindow(made, lambda _typed: Ticket(0), said)
    window.resize(720, 480)
    window.show()
    window.show_view(SCENES[name])
    qapp.processEvents()
    assert window.width() <= 720
    for area in window.findChildren(QScrollArea):
        inside = area.widget()
        if inside is not None and area.isVisible():
            assert inside.width() <= area.viewport().width()
            for child in inside.findChildren(QWidget):
                if child.isVisible():
                    corner = child.mapTo(inside, child.rect().bottomRight())
                    assert inside.rect().contains(corner), child
    window.hide()
    window.deleteLater()
