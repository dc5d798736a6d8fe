"""A real drag out of a real page, and the keys of a real X server meanwhile.

Needs a screen: the web engine draws on one.
"""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest

from kiosk.session.model.intents import BadgeRead, LockWanted
from tests.support.page_on_show import Opened, opened, sites
from tests.ui.hands.test_hands_on_screen import NUMBER, managed, reads, ready, xdo

__all__ = ["managed", "opened", "sites"]

Act = Callable[[], None]
LET_GO_MS = 2000


class Dragged(QObject):
    """Sees whether something is dragged over a window, and acts once when it begins."""

    def __init__(self, window: QWindow) -> None:
        super().__init__()
        self.act: Act | None = None
        self.moves = 0
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DragMove:
            self.moves += 1
            act, self.act = self.act, None
            if act is not None:
                QTimer.singleShot(0, act)
        return False


@pytest.fixture
def dragged(managed: bool, opened: Opened) -> Iterator[Callable[[Act], Dragged]]:
    """Do something with a piece of the page in the hand, which lets go two seconds later.

    The drag has an event loop of its own: until it is over nothing else comes back.
    """
    opened.puts("<div draggable=true>Sanjay Patel</div>")
    ready(opened.kiosk)
    corner = opened.view.mapToGlobal(QPoint(60, 50))
    seen = Dragged(opened.kiosk.window.windowHandle())
    let_go = QTimer(singleShot=True, interval=LET_GO_MS)
    let_go.timeout.connect(lambda: xdo("mouseup", 1))

    def begin(act: Act) -> Dragged:
        seen.act = act
        let_go.start()
        xdo("mousemove", corner.x(), corner.y(), "mousedown", 1)
        for step in range(1, 6):
            QTest.qWait(50)
            xdo("mousemove_relative", "--", 8 * step, 4 * step)
        return seen

    yield begin
    xdo("mouseup", 1)


def test_a_lock_is_heard(dragged: Callable[[Act], Dragged], opened: Opened) -> None:
    seen = dragged(lambda: xdo("keydown", 37, "key", 46, "keyup", 37))
    opened.kiosk.bot.waitUntil(lambda: bool(opened.kiosk.asked), timeout=10_000)
    assert seen.moves
    assert opened.kiosk.asked == [LockWanted()]


def test_a_badge_is_heard(dragged: Callable[[Act], Dragged], opened: Opened) -> None:
    opened.kiosk.window.hands.read_in_page(True)
    seen = dragged(lambda: reads(NUMBER))
    asked = opened.kiosk.asked
    opened.kiosk.bot.waitUntil(lambda: bool(asked), timeout=10_000)
    opened.kiosk.window.hands.badges.tell(True)
    assert seen.moves
    assert [type(each) for each in asked] == [BadgeRead]


def test_a_modifier_ends_no_drag(dragged: Callable[[Act], Dragged], opened: Opened) -> None:
    """Held, it makes a copy of what would be moved."""
    moves: list[int] = []

    def hold_control() -> None:
        xdo("keydown", 37)
        moves.append(seen.moves)
        QTimer.singleShot(100, lambda: xdo("mousemove_relative", 3, 3, "keyup", 37))

    seen = Dragged(opened.kiosk.window.windowHandle())
    dragged(hold_control)
    opened.kiosk.bot.waitUntil(lambda: bool(moves) and seen.moves > moves[0], timeout=10_000)
