"""Hands on the kiosk's windows: what acts, what only wakes, and what locks from everywhere."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPointingDevice, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from kiosk.session.model.intents import BadgeRead, LockWanted, TileTapped
from kiosk.session.pages.views import LoginView, NamingView, PasswordView, TileView
from kiosk.ui.widgets.tile import Tile
from tests.ui.conftest import Kiosk
from tests.ui.workspace.test_workspace import SHOWN

MARIA = TileView("p1", "Maria Lopez", "Office Assistant", own=True)
JAMES = TileView("p2", "James Carter", "Office Assistant")
LOGIN = LoginView("Op 3", "Main Street", "7:52 am", "Monday", "Tap your name", (MARIA, JAMES))
COVER = replace(LOGIN, heading="Locked for Maria Lopez", locked=True)


class Clock:
    """The program's time, as the test says."""

    def __init__(self) -> None:
        self.ms = 10_000

    def __call__(self) -> int:
        return self.ms


@pytest.fixture
def clock(kiosk: Kiosk) -> Clock:
    made = Clock()
    kiosk.window.hands._now = made
    return made


def window(kiosk: Kiosk) -> QWindow:
    handle = kiosk.window.windowHandle()
    assert handle is not None
    return handle


def centre(kiosk: Kiosk, widget: QWidget) -> QPoint:
    return widget.mapTo(kiosk.window, widget.rect().center())


def tap(kiosk: Kiosk, clock: Clock, where: QPoint) -> None:
    """A finger comes down and up, as the system would hand it in."""
    handle = window(kiosk)
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, held in (
        (QEvent.Type.MouseButtonPress, left),
        (QEvent.Type.MouseButtonRelease, none),
    ):
        place = QPointF(where)
        plain = Qt.KeyboardModifier.NoModifier
        glob = QPointF(handle.mapToGlobal(where))
        device = QPointingDevice.primaryPointingDevice()
        event = QMouseEvent(kind, place, place, glob, left, held, plain, device)
        event.setTimestamp(clock.ms)
        QCoreApplication.sendEvent(handle, event)


def key(kiosk: Kiosk, clock: Clock, code: Qt.Key, text: str = "", *, repeat: bool = False) -> None:
    """A key goes down, or says again that it is."""
    event = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, text, repeat)
    event.setTimestamp(clock.ms)
    QCoreApplication.sendEvent(window(kiosk), event)


def turned_by_a_tap(kiosk: Kiosk, clock: Clock) -> QPoint:
    """The tap that led from the workspace to a cover, on what is a tile there."""
    kiosk.show(LOGIN)
    where = centre(kiosk, kiosk.find("Maria Lopez", Tile))
    kiosk.show(SHOWN)
    clock.ms += 5_000
    tap(kiosk, clock, where)
    kiosk.asked.clear()
    kiosk.show(COVER)
    QApplication.processEvents()
    return where


@pytest.mark.parametrize("after", [150, 300, 450, 600, 699])
def test_the_second_tap_of_a_slow_double_tap_opens_nothing(
    kiosk: Kiosk, clock: Clock, after: int
) -> None:
    where = turned_by_a_tap(kiosk, clock)
    clock.ms += after
    tap(kiosk, clock, where)
    assert kiosk.asked == []


def test_another_place_and_a_later_tap_count(kiosk: Kiosk, clock: Clock) -> None:
    where = turned_by_a_tap(kiosk, clock)
    clock.ms += 250
    tap(kiosk, clock, centre(kiosk, kiosk.find("James Carter", Tile)))
    clock.ms += 500
    tap(kiosk, clock, where)
    assert kiosk.asked == [TileTapped("p2"), TileTapped("p1")]


def test_assistive_technology_counts_at_once(kiosk: Kiosk, clock: Clock) -> None:
    turned_by_a_tap(kiosk, clock)
    kiosk.find("Maria Lopez", Tile).click()
    assert kiosk.asked == [TileTapped("p1")]


def test_lock_counts_at_once(kiosk: Kiosk, clock: Clock) -> None:
    kiosk.show(SHOWN)
    where = centre(kiosk, kiosk.find("Lock", QWidget))
    kiosk.show(LOGIN)
    QApplication.processEvents()
    clock.ms += 5_000
    tap(kiosk, clock, where)
    kiosk.show(SHOWN)
    clock.ms += 100
    tap(kiosk, clock, where)
    assert kiosk.asked == [LockWanted()]


def test_a_tap_on_a_dark_screen_only_wakes(kiosk: Kiosk, clock: Clock) -> None:
    kiosk.show(LOGIN)
    QApplication.processEvents()
    clock.ms += 5_000
    kiosk.window.hands.see_dark(True)
    where = centre(kiosk, kiosk.find("Maria Lopez", Tile))
    tap(kiosk, clock, where)
    assert kiosk.asked == []
    clock.ms += 900
    tap(kiosk, clock, where)
    assert kiosk.asked == [TileTapped("p1")]


def test_a_touch_on_a_dark_screen_only_wakes(kiosk: Kiosk) -> None:
    kiosk.show(LOGIN)
    QApplication.processEvents()
    kiosk.window.hands.see_dark(True)
    device = QTest.createTouchDevice()
    where = centre(kiosk, kiosk.find("Maria Lopez", Tile))

    def touch() -> None:
        QTest.touchEvent(window(kiosk), device).press(0, where, window(kiosk)).commit()
        QTest.touchEvent(window(kiosk), device).release(0, where, window(kiosk)).commit()
        QApplication.processEvents()

    touch()
    assert kiosk.asked == []
    touch()
    assert kiosk.asked == [TileTapped("p1")]


def test_a_key_on_a_dark_screen_only_wakes(kiosk: Kiosk, clock: Clock) -> None:
    kiosk.show(LOGIN)
    QApplication.processEvents()
    kiosk.find("Maria Lopez", Tile).setFocus()
    clock.ms += 5_000
    kiosk.window.hands.see_dark(True)
    key(kiosk, clock, Qt.Key.Key_Return, "\r")
    assert kiosk.asked == []


def test_a_badge_enters_from_the_dark_too(kiosk: Kiosk) -> None:
    kiosk.show(LOGIN)
    kiosk.window.hands.see_dark(True)
    for number, sign in enumerate("40917\r"):
        code = Qt.Key.Key_Return if sign == "\r" else ord(sign)
        event = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, sign)
        event.setTimestamp(1_000 + 8 * number)
        QCoreApplication.sendEvent(window(kiosk), event)
    assert [type(each) for each in kiosk.asked] == [BadgeRead]


def test_a_key_that_is_held_through_a_page_does_nothing_on_the_next(
    kiosk: Kiosk, clock: Clock
) -> None:
    kiosk.show(LOGIN)
    QApplication.processEvents()
    key(kiosk, clock, Qt.Key.Key_Return, "\r")
    kiosk.show(PasswordView("New password", "", None))
    QApplication.processEvents()
    kiosk.find("New password", QLineEdit).setText("four quiet herons")
    kiosk.asked.clear()
    for _ in range(21):
        clock.ms += 30
        key(kiosk, clock, Qt.Key.Key_Return, "\r", repeat=True)
    assert kiosk.asked == []


def test_a_letter_that_is_held_down_is_typed_once(kiosk: Kiosk, clock: Clock) -> None:
    kiosk.show(NamingView("Who are you?", "", None))
    QApplication.processEvents()
    line = kiosk.find("First name", QLineEdit)
    line.setFocus()
    clock.ms += 100
    key(kiosk, clock, Qt.Key.Key_A, "a")
    kiosk.bot.waitUntil(lambda: line.text() == "a")
    for _ in range(5):
        clock.ms += 30
        key(kiosk, clock, Qt.Key.Key_A, "a", repeat=True)
    assert line.text() == "a"


def control_l(where: QWindow) -> None:
    QTest.keyClick(where, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_lock_by_key_from_a_popup_and_from_another_window(kiosk: Kiosk) -> None:
    kiosk.show(SHOWN)
    other = QWidget()
    other.show()
    other.activateWindow()
    handle = other.windowHandle()
    assert handle is not None
    kiosk.bot.waitUntil(lambda: QApplication.focusWindow() is handle)
    control_l(handle)
    menu = QMenu(kiosk.window)
    menu.addAction("An entry")
    menu.popup(kiosk.window.mapToGlobal(QPoint(300, 300)))
    popped = menu.windowHandle()
    assert popped is not None
    kiosk.window.hands.listen_to(popped)
    control_l(popped)
    assert kiosk.asked == [LockWanted(), LockWanted()]
    assert QApplication.activePopupWidget() is None
    other.close()


def test_no_lock_where_nobody_is_at_work(kiosk: Kiosk) -> None:
    kiosk.show(LOGIN)
    control_l(window(kiosk))
    assert kiosk.asked == []
