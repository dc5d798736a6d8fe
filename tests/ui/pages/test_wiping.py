"""The glass is being wiped: a countdown, nothing to press, and no press that outlives it."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from kiosk.session.model.intents import TileTapped, WentBack
from kiosk.session.pages.views import WipeView
from kiosk.ui.pages.wiping import Ring, WipePage
from kiosk.ui.widgets.tile import Tile
from tests.ui.conftest import Kiosk
from tests.ui.hands.test_hands import COVER, LOGIN, Clock, centre, clock, key, tap, window

__all__ = ["clock"]

WIPE = WipeView("Wipe the screen now", "Touching it does nothing now.", 27, 30, "seconds")


def mouse(kiosk: Kiosk, clock: Clock, kind: QEvent.Type, where: QPoint) -> None:
    """One half of a press, as the system would hand it in."""
    handle, place = window(kiosk), QPointF(where)
    held = Qt.MouseButton.NoButton
    if kind == QEvent.Type.MouseButtonPress:
        held = Qt.MouseButton.LeftButton
    event = QMouseEvent(
        kind,
        place,
        place,
        QPointF(handle.mapToGlobal(where)),
        Qt.MouseButton.LeftButton,
        held,
        Qt.KeyboardModifier.NoModifier,
        QPointingDevice.primaryPointingDevice(),
    )
    event.setTimestamp(clock.ms)
    QCoreApplication.sendEvent(handle, event)


def wiped(kiosk: Kiosk, clock: Clock) -> QPoint:
    """The page is on the glass; where a tile will lie when it is over."""
    kiosk.show(LOGIN)
    where = centre(kiosk, kiosk.find("James Carter", Tile))
    kiosk.show(WIPE)
    QApplication.processEvents()
    clock.ms += 20_000
    return where


def test_there_is_nothing_on_it_to_press_or_to_read_of_anybody(kiosk: Kiosk) -> None:
    kiosk.show(COVER)
    kiosk.show(WIPE)
    page = kiosk.window.page
    assert isinstance(page, WipePage)
    assert page.findChildren(QAbstractButton) == []
    words = {each.text() for each in kiosk.window.findChildren(QLabel) if each.text()}
    names = {each.accessibleName() for each in kiosk.window.findChildren(QWidget)}
    assert words == {WIPE.title, WIPE.text}
    assert not names & {"Maria Lopez", "James Carter"}


def test_touches_all_over_it_ask_for_nothing(kiosk: Kiosk, clock: Clock) -> None:
    wiped(kiosk, clock)
    for across in range(40, 1280, 120):
        for down in range(40, 800, 120):
            clock.ms += 90
            tap(kiosk, clock, QPoint(across, down))
    assert kiosk.asked == []


@pytest.mark.parametrize("again", [LOGIN, COVER], ids=["login", "cover"])
@pytest.mark.parametrize("held_ms", [30, 500, 4_000])
def test_a_press_that_is_held_while_it_ends_is_no_tap(
    kiosk: Kiosk, clock: Clock, again: object, held_ms: int
) -> None:
    """Law 13; and the next tap counts."""
    where = wiped(kiosk, clock)
    mouse(kiosk, clock, QEvent.Type.MouseButtonPress, where)
    kiosk.show(LOGIN if again is LOGIN else COVER)
    QApplication.processEvents()
    clock.ms += held_ms
    mouse(kiosk, clock, QEvent.Type.MouseButtonRelease, where)
    assert kiosk.asked == []
    clock.ms += 800
    tap(kiosk, clock, where)
    assert kiosk.asked == [TileTapped("p2")]


def test_a_finger_that_is_held_while_it_ends_is_no_tap(kiosk: Kiosk, clock: Clock) -> None:
    where = wiped(kiosk, clock)
    glass = QTest.createTouchDevice()
    QTest.touchEvent(window(kiosk), glass).press(0, where).commit()
    kiosk.show(LOGIN)
    QApplication.processEvents()
    clock.ms += 3_000
    QTest.touchEvent(window(kiosk), glass).release(0, where).commit()
    QApplication.processEvents()
    assert kiosk.asked == []


@pytest.mark.parametrize(
    "code", [Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_A, Qt.Key.Key_Shift]
)
def test_any_key_ends_it(kiosk: Kiosk, clock: Clock, code: Qt.Key) -> None:
    wiped(kiosk, clock)
    key(kiosk, clock, code)
    QTest.qWait(0)
    kiosk.bot.waitUntil(lambda: kiosk.asked == [WentBack()])


def test_a_key_that_is_held_has_ended_it_once_and_presses_no_tile(
    kiosk: Kiosk, clock: Clock
) -> None:
    wiped(kiosk, clock)
    key(kiosk, clock, Qt.Key.Key_Return)
    kiosk.bot.waitUntil(lambda: kiosk.asked == [WentBack()])
    kiosk.show(LOGIN)
    kiosk.find("James Carter", Tile).setFocus()
    QApplication.processEvents()
    clock.ms += 400
    key(kiosk, clock, Qt.Key.Key_Return, repeat=True)
    QTest.qWait(50)
    assert kiosk.asked == [WentBack()]


def test_a_repetition_alone_ends_nothing(kiosk: Kiosk) -> None:
    kiosk.show(WIPE)
    page = kiosk.window.page
    assert page is not None
    plain = Qt.KeyboardModifier.NoModifier
    QCoreApplication.sendEvent(
        page, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, plain, "a", True)
    )
    assert kiosk.asked == []


def test_the_ring_empties_with_the_seconds(kiosk: Kiosk) -> None:
    """Less than a third is left: what was full is faint, and the number is another."""
    kiosk.show(WipeView("Wipe the screen now", "", 30, 30, "seconds"))
    ring = kiosk.window.findChild(Ring)
    assert isinstance(ring, Ring)
    full = ring.grab().toImage()
    kiosk.show(WipeView("Wipe the screen now", "", 9, 30, "seconds"))
    rest = ring.grab().toImage()
    kiosk.show(WipeView("Finished.", "", 0, 30))
    empty = ring.grab().toImage()
    middle, edge = full.width() // 2, round(full.width() / 24)
    right = QPoint(full.width() - edge, middle)
    left = QPoint(edge, middle)
    assert full.pixelColor(right).lightness() > rest.pixelColor(right).lightness()
    assert full.pixelColor(left) == rest.pixelColor(left)
    assert rest.pixelColor(left).lightness() > empty.pixelColor(left).lightness()
