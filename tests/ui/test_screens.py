"""Nothing is cut off and nothing is too small, on every page, size, text scale and pitch.

Measured, not drawn: the pictures of the same screens are for people (``tests.ui.screens``). Of the
grid ``make test`` takes the corners, ``make soak`` every screen there is.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from kiosk.session.model.intents import Ticket
from kiosk.session.pages.views import WorkspaceView
from kiosk.ui.day.blocks import RowTypesetter
from kiosk.ui.day.row import Face
from kiosk.ui.look import labels
from kiosk.ui.look.pitch import Pitch, roominess
from kiosk.ui.look.theme import Look, Scheme, install, look
from kiosk.ui.pages.sign import Sign
from kiosk.ui.widgets.button import Button
from kiosk.ui.widgets.fitting import longest_word, wrapped_height
from kiosk.ui.widgets.keypad import Key
from kiosk.ui.widgets.tile import Tile
from kiosk.ui.widgets.words import Words
from kiosk.ui.window import KioskWindow
from tests.support.depth import drawn
from tests.support.scenes import SCENES, said, show
from tests.ui.screens import CRITICAL, EVERY_SIZE, SIZES, TEXTS

MM = 25.4
VERBS = (labels.LOCK, labels.DONE, labels.SWITCH)
WORKSPACES = [name for name, view in SCENES.items() if isinstance(view, WorkspaceView)]
FINE = [
    (QSize(1024, 768), 123),  # 10.4 inches
    (QSize(1280, 800), 149),  # 10.1 inches
    (QSize(1366, 768), 112),  # 14 inches
    (QSize(1920, 1080), 157),  # 14 inches
    (QSize(3840, 2160), 163),  # 27 inches
    (QSize(800, 1280), 149),
]
CORNERS = (
    QSize(1024, 768),
    QSize(1366, 700),
    QSize(3840, 2160),
    QSize(768, 1024),
    QSize(2160, 3840),
)
FINE_CORNERS = [FINE[0], FINE[4], FINE[5]]
ENDS = (TEXTS[0], TEXTS[-1])
SCREENS = [
    (size, text) for size in drawn(CORNERS, soak=EVERY_SIZE) for text in drawn(ENDS, soak=TEXTS)
]


def named(screen: tuple[QSize, float]) -> str:
    size, text = screen
    return f"{size.width()}x{size.height()} text {text}"


@contextmanager
def window_of(app: QApplication, made: Look, size: QSize) -> Iterator[KioskWindow]:
    """A window of that size on show."""
    install(app, made)
    window = KioskWindow(made, lambda _typed: Ticket(0), said)
    window.resize(size)
    window.setUpdatesEnabled(False)  # where things are needs no painting
    window.show()
    try:
        yield window
    finally:
        window.hide()
        window.deleteLater()
        # Windows that are only to be deleted are styled anew with every look: slower each time.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def put(app: QApplication, window: KioskWindow, name: str) -> None:
    show(window, name)
    settle(app)


def settle(app: QApplication) -> None:
    for _ in ("the words", "what a line more of them moves", "what that moves", "no more"):
        app.processEvents()


def cut(words: Words) -> bool:
    """Whether some of a text has no room, or is not as large as it was measured."""
    metrics, room = QFontMetrics(words.font()), words.contentsRect()
    if not words.wordWrap():
        return metrics.horizontalAdvance(words.text()) > room.width() + 1
    high = wrapped_height(metrics, words.text(), room.width())
    return high > room.height() + 1 or longest_word(metrics, words.text()) > room.width() + 1


def seen_whole(window: KioskWindow, widget: QWidget) -> bool:
    """Whether all of a widget is on the screen, and not scrolled out of sight."""
    corner = widget.mapTo(window, QPoint(0, 0))
    inside = window.rect().contains(QRect(corner, widget.size()))
    return inside and widget.visibleRegion().boundingRect() == widget.rect()


def check(window: KioskWindow, name: str) -> None:
    """What is true of every page on every screen."""
    for words in window.findChildren(Words):
        if words.isVisible():
            assert not cut(words), f"{name}: {words.text()}"
    for button in window.findChildren(QAbstractButton):
        if not button.isVisible():
            continue
        said = f"{name}: {button.accessibleName()}"
        assert button.accessibleName(), name
        if isinstance(button, Button | Tile):
            assert button.height() >= button.heightForWidth(button.width()) - 1, said
        if type(button) is Key or button.accessibleName() in VERBS:
            assert seen_whole(window, button), said
    for tile in window.findChildren(Tile):
        if tile.isVisible():
            assert not tile.cuts_a_word, f"{name}: {tile.text()}"
    setter = RowTypesetter(window.look)
    for face in window.findChildren(Face):
        for block in face.blocks:
            room = setter.room(block)
            high = wrapped_height(block.font.measures, block.text, int(room.width()))
            assert high <= room.height() + 1, block.text
            assert longest_word(block.font.measures, block.text) <= room.width() + 2, block.text


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.width()}x{size.height()}")
def test_no_text_is_cut(qapp: QApplication, size: QSize) -> None:
    with window_of(qapp, look(Scheme.LIGHT, Pitch(room=roominess(size))), size) as window:
        for name in SCENES:
            put(qapp, window, name)
            assert window.size() == size, f"{name} does not fit"
            check(window, name)


@pytest.mark.parametrize("screen", SCREENS, ids=named)
def test_every_screen_holds_what_matters(qapp: QApplication, screen: tuple[QSize, float]) -> None:
    size, text = screen
    made = look(Scheme.LIGHT, Pitch(room=roominess(size), text=text))
    with window_of(qapp, made, size) as window:
        for name in CRITICAL:
            put(qapp, window, name)
            assert window.size() == size, f"{name} does not fit"
            check(window, name)


@pytest.mark.parametrize("text", drawn(ENDS, soak=TEXTS))
@pytest.mark.parametrize(("size", "dpi"), drawn(FINE_CORNERS, soak=FINE))
def test_so_does_a_fine_one(qapp: QApplication, size: QSize, dpi: float, text: float) -> None:
    made = look(Scheme.LIGHT, Pitch(dpi, roominess(size), text))
    with window_of(qapp, made, size) as window:
        for name in CRITICAL:
            put(qapp, window, name)
            assert window.size() == size, f"{name} does not fit"
            check(window, name)


def test_a_window_that_becomes_another_arranges_itself_anew(qapp: QApplication) -> None:
    """The screen is turned, or takes another resolution, while the kiosk runs."""
    made = look(Scheme.LIGHT, Pitch(room=roominess(QSize(1920, 1080)), text=1.5))
    with window_of(qapp, made, QSize(1920, 1080)) as window:
        for name in ("workspace-long-names", "code-resend-wrong", "login-long-names"):
            put(qapp, window, name)
            for size in (QSize(1080, 1920), QSize(1024, 768), QSize(1920, 1080)):
                window.resize(size)
                settle(qapp)
                assert window.size() == size, name
                check(window, name)


@pytest.mark.parametrize(
    "size",
    drawn(CORNERS, soak=EVERY_SIZE),
    ids=lambda size: f"{size.width()}x{size.height()}",
)
def test_text_twice_as_large_is_twice_as_high(qapp: QApplication, size: QSize) -> None:
    """Up to what fits the longest word."""
    plain: dict[tuple[str, str], int] = {}
    for text in (1.0, 2.0):
        made = look(Scheme.LIGHT, Pitch(room=roominess(size), text=text))
        with window_of(qapp, made, size) as window:
            for name in CRITICAL:
                put(qapp, window, name)
                for words in window.findChildren(Words):
                    if not words.isVisible() or isinstance(words.parent(), Sign):
                        continue  # the sign is as large as fits to begin with
                    pixels = words.font().pixelSize()
                    if text == 1:
                        plain[name, words.text()] = pixels
                    elif (name, words.text()) in plain:
                        wanted = 2 * plain[name, words.text()] - 1
                        assert pixels >= wanted or words.is_full, f"{name}: {words.text()}"


@pytest.mark.parametrize("dpi", [96, 120, 149])
def test_touch_sizes(qapp: QApplication, dpi: int) -> None:
    size = QSize(1920, 1080)
    made = look(Scheme.LIGHT, Pitch(dpi, roominess(size)))
    with window_of(qapp, made, size) as window:
        for name in SCENES:
            put(qapp, window, name)
            for button in window.findChildren(QAbstractButton):
                if not button.isVisible():
                    continue
                rim = 2 * made.token("shadow", "spread") if isinstance(button, Tile) else 0
                least = 25 if isinstance(button, Tile) else 20 if type(button) is Key else 15
                short = (min(button.width(), button.height()) - rim) * MM / dpi
                assert short >= least, f"{name}: {button.accessibleName()} is {short:.1f} mm"


def test_a_small_window_scrolls_to_everything(qapp: QApplication) -> None:
    with window_of(qapp, look(), QSize(720, 480)) as window:
        for name in sorted(set(SCENES) - set(WORKSPACES)):
            put(qapp, window, name)
            assert window.width() <= 720
            for area in window.findChildren(QScrollArea):
                inside = area.widget()
                if inside is None or not area.isVisible():
                    continue
                assert inside.width() <= area.viewport().width(), name
                for child in inside.findChildren(QWidget):
                    if child.isVisible():
                        corner = child.mapTo(inside, child.rect().bottomRight())
                        assert inside.rect().contains(corner), f"{name}: {child}"
