"""In the room: what stands in the page's place, and Lock by key from anywhere."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kiosk.session.model.intents import LockWanted, RetryWanted, Ticket, WordsRead
from kiosk.session.pages.views import Notice, RoomState, SayingNote, Tone, WorkspaceView
from kiosk.ui.hands.first_moment import FirstMoment
from kiosk.ui.look.pitch import PLAIN_DPI, Pitch, roominess
from kiosk.ui.look.theme import look
from kiosk.ui.widgets.button import Button
from kiosk.ui.widgets.spinner import Spinner
from kiosk.ui.window import KioskWindow
from kiosk.ui.workspace.bar import Bar
from kiosk.ui.workspace.workspace import Telling
from kiosk.ui.xchart.place import XchartPlace
from tests.support.scenes import said, show
from tests.ui.conftest import Kiosk

SHOWN = WorkspaceView(
    "Maria Lopez", "Office Assistant", "Op 3 · Main Street", "10:24 am", RoomState.SHOWN
)
OPENING = replace(SHOWN, page=RoomState.OPENING, telling=Notice(Tone.INFO, "Opening Xchart…"))
AWAY = replace(
    SHOWN,
    page=RoomState.AWAY,
    telling=Notice(Tone.WARNING, "No internet.", "Check the cable."),
    retry=True,
)


def telling(kiosk: Kiosk) -> Telling:
    (found,) = kiosk.window.findChildren(Telling)
    return found


def test_what_is_told_goes_when_the_page_comes(kiosk: Kiosk) -> None:
    kiosk.show(AWAY)
    said = [label.text() for label in telling(kiosk).findChildren(QLabel) if label.isVisible()]
    assert said == ["No internet.", "Check the cable."]
    kiosk.press("Try again")
    assert kiosk.asked == [RetryWanted()]
    kiosk.show(SHOWN)
    assert not telling(kiosk).isVisible()
    assert [label.text() for label in telling(kiosk).findChildren(QLabel)] == ["", ""]


def test_something_turns_only_while_the_page_is_opening(kiosk: Kiosk) -> None:
    kiosk.show(OPENING)
    (turning,) = telling(kiosk).findChildren(Spinner)[:1]
    assert turning.isVisible()
    kiosk.show(AWAY)
    assert not turning.isVisible()


def test_without_a_page_the_focus_is_on_the_way_out(kiosk: Kiosk) -> None:
    kiosk.show(AWAY)
    assert kiosk.window.focusWidget() is kiosk.find("Lock", Button)


@pytest.mark.parametrize("view", [SHOWN, OPENING, AWAY], ids=["shown", "opening", "away"])
def test_lock_by_key(kiosk: Kiosk, view: WorkspaceView) -> None:
    kiosk.show(view)
    handle = kiosk.window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert kiosk.asked == [LockWanted()]


def test_ctrl_0_draws_the_page_as_large_as_the_kiosk(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []
    kiosk.show(SHOWN)
    monkeypatch.setattr(XchartPlace, "keep_scale", lambda _: kept.append("scale"))
    focus = kiosk.window.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert kept == ["scale"]


@pytest.mark.parametrize("by_key", [False, True])
def test_behind_ok_no_other_button_has_the_keys(kiosk: Kiosk, by_key: bool) -> None:
    """Qt hands the focus of what goes to the next button, and the next Enter would press it."""
    kiosk.show(replace(SHOWN, saying=SayingNote("Xchart says", Ticket(1))))
    (moment,) = [each for each in kiosk.window.findChildren(FirstMoment) if each.isActive()]
    moment.stop()
    moment.timeout.emit()
    ok = kiosk.find("OK", Button)
    if by_key:
        ok.setFocus()
        QTest.keyClick(ok, Qt.Key.Key_Return)
    else:
        QTest.mouseClick(ok, Qt.MouseButton.LeftButton)
    assert kiosk.asked == [WordsRead(Ticket(1))]
    kiosk.show(replace(SHOWN, saying=SayingNote("Xchart says", Ticket(2))))
    focus = kiosk.window.focusWidget()
    assert not isinstance(focus, Button)
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert kiosk.asked == [WordsRead(Ticket(1))]
    kiosk.show(SHOWN)
    assert kiosk.window.focusWidget() is kiosk.find("Lock", Button), "where no page is open"


def test_a_question_that_is_not_put_takes_no_room_from_the_bar(qtbot: QtBot) -> None:
    """Nor from what else is said, on the smallest screen with the largest letters."""
    size = QSize(1024, 768)
    large = look(pitch=Pitch(PLAIN_DPI, roominess(size), 2.0))
    window = KioskWindow(large, lambda _: Ticket(0), said)
    qtbot.addWidget(window)
    window.resize(size)
    window.show()
    show(window, "page-says-all")
    (bar,) = window.findChildren(Bar)
    qtbot.waitUntil(lambda: bar.height() == bar.heightForWidth(bar.width()))
