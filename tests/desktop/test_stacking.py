"""What lies above, on a real X server: named by program, never by title."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk.desktop.stacking import NAMELESS, NOWHERE, Stacking, Untold
from kiosk.desktop.x11 import X11, Rect
from tests.support.xvfb import private_x_server

WINDOW = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([sys.argv[1]])
flags = Qt.WindowType.Window
if "shy" in sys.argv:
    flags |= Qt.WindowType.WindowDoesNotAcceptFocus
window = QWidget(None, flags)
window.setWindowTitle("Ana Diaz, born 1990-04-02")
window.setGeometry(10, 10, 200, 100)
window.show()
app.processEvents()
print(int(window.winId()), flush=True)
app.exec()
"""


@contextmanager
def window(display: str, program: str, *words: str) -> Iterator[int]:
    """A window of another program; its id."""
    running = subprocess.Popen(
        [sys.executable, "-c", WINDOW, program, *words],
        env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert running.stdout is not None
    try:
        yield int(running.stdout.readline())
    finally:
        running.terminate()
        running.wait(10)
        running.stdout.close()


@pytest.fixture
def desk(qapp: QGuiApplication) -> Iterator[tuple[str, Stacking]]:
    with private_x_server() as display:
        x11 = X11.open(display)
        assert x11 is not None
        with closing(x11):
            yield display, Stacking(x11, lambda: False)


def test_who_is_above_is_named_by_program(desk: tuple[str, Stacking], qtbot: QtBot) -> None:
    display, stacking = desk
    with window(display, "kiosk") as ours, window(display, "Imaging"):
        qtbot.waitUntil(lambda: stacking.above((ours,)) == "Imaging")
        stacking.put_on_top(ours, keyboard=True)
        assert stacking.above((ours,)) is None
        assert stacking.place_of(ours) == (10, 10, 200, 100)
    assert stacking.place_of(ours) == NOWHERE


def test_a_name_is_plain_and_short(desk: tuple[str, Stacking], qtbot: QtBot) -> None:
    display, stacking = desk
    with window(display, "kiosk") as ours, window(display, "Überwachung der Narkose ;rm -rf 00000"):
        qtbot.waitUntil(lambda: stacking.above((ours,)) is not None)
        assert stacking.above((ours,)) == "berwachung der Narkose rm -rf "[:30]
    with window(display, "kiosk") as ours, window(display, "ß"):
        qtbot.waitUntil(lambda: stacking.above((ours,)) == NAMELESS)


def test_who_has_the_keyboard(desk: tuple[str, Stacking], qtbot: QtBot) -> None:
    display, stacking = desk
    x11 = X11.open(display)
    assert x11 is not None
    with closing(x11), window(display, "Imaging") as theirs, window(display, "kiosk") as ours:
        qtbot.waitUntil(lambda: stacking.place_of(ours) != NOWHERE)
        for holder in (theirs, ours, 0):
            x11.focus(holder)
            x11.flush()
            qtbot.waitUntil(partial(lambda held: x11.focused() == held, holder))
            assert stacking.has_keyboard((ours,)) == (holder == ours)
            assert not stacking.is_typed_beside((ours,)), "it lies below ours"


def test_the_frame_of_a_window_manager_is_ours_too(
    desk: tuple[str, Stacking], qtbot: QtBot
) -> None:
    """Some give the keyboard to the frame; nobody is to be fought over it."""
    display, stacking = desk
    x11 = X11.open(display)
    assert x11 is not None
    manager = subprocess.Popen(["openbox"], env={**os.environ, "DISPLAY": display})
    try:
        with closing(x11), window(display, "kiosk") as ours:
            qtbot.waitUntil(lambda: x11.child_of_root(ours) != ours)
            frame = x11.child_of_root(ours)
            qtbot.waitUntil(lambda: x11.is_viewable(frame))

            def ours_by_the_frame() -> bool:
                # The manager is still at it with a new window, and may give the keyboard on.
                x11.focus(frame)
                x11.flush()
                before, seen, after = (
                    x11.focused(),
                    stacking.has_keyboard((ours,)),
                    x11.focused(),
                )
                return before == after == frame and seen

            qtbot.waitUntil(ours_by_the_frame, timeout=20_000)
    finally:
        manager.terminate()
        manager.wait(10)


def test_an_on_screen_keyboard_may_stay_where_nothing_is_covered(
    desk: tuple[str, Stacking], qtbot: QtBot
) -> None:
    display, stacking = desk
    with window(display, "kiosk") as ours, window(display, "Onboard", "shy"):
        qtbot.waitUntil(lambda: stacking.above((ours,)) == "Onboard")
        assert stacking.above((ours,), keyboards=True) is None


def test_every_change_is_told(desk: tuple[str, Stacking], qtbot: QtBot) -> None:
    display, stacking = desk
    with (
        qtbot.waitSignal(stacking.changed, timeout=10_000),
        window(display, "Imaging"),
    ):
        pass


def test_what_we_ask_of_a_window_manager_is_no_change(
    desk: tuple[str, Stacking], qtbot: QtBot
) -> None:
    """Every tap asks for it: each look at the windows costs the tap a millisecond or two."""
    display, stacking = desk
    with window(display, "kiosk") as ours:
        qtbot.waitUntil(lambda: stacking.place_of(ours) != NOWHERE)
        QGuiApplication.processEvents()
        with qtbot.assertNotEmitted(stacking.changed):
            stacking.let_down(ours)
            assert stacking.place_of(ours) != NOWHERE, "the server has told what it was sent"
            QGuiApplication.processEvents()


def test_what_the_server_told_with_an_answer_is_heard_too(
    desk: tuple[str, Stacking], qtbot: QtBot
) -> None:
    """Bytes that were read for an answer make no descriptor readable again."""
    display, stacking = desk
    with window(display, "Imaging") as theirs, qtbot.waitSignal(stacking.changed, timeout=10_000):
        # No event loop runs in between: the answer brings everything along.
        while stacking.place_of(theirs) != (10, 10, 200, 100):
            pass


def test_monitors_by_the_servers_own_word(desk: tuple[str, Stacking]) -> None:
    assert desk[1].monitors() == (("screen", Rect(0, 0, 640, 480)),)
    assert not desk[1].is_managed


def test_the_desktops_word_for_its_lock_is_enough(qapp: QGuiApplication) -> None:
    with private_x_server() as display:
        x11 = X11.open(display)
        assert x11 is not None
        with closing(x11):
            assert Stacking(x11, lambda: True).yields(())
            assert not Stacking(x11, lambda: False).yields(())


def test_where_nobody_tells_qt_is_believed(qapp: QGuiApplication) -> None:
    untold = Untold()
    assert untold.is_managed
    assert untold.monitors() == ()
    assert untold.above((1,)) is None
    assert untold.place_of(1) is None
    assert not untold.yields((1,))
    assert untold.has_keyboard((1,))
    untold.put_on_top(1, keyboard=True)
    untold.let_down(1)
