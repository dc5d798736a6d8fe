"""Law 14 on a real X server, with openbox and without: seen, on top, at home, and heard."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.desktop.stacking import Untold
from kiosk.desktop.x11 import Rect
from kiosk.ui.covering.covering import AGAIN_MS, INSISTED_MS, RAISES, Covering
from kiosk.ui.look.theme import look
from tests.support.room import SOON_SECONDS, Room, Served, Watcher

LEFT, RIGHT = Rect(0, 0, 1280, 800), Rect(1280, 0, 1280, 800)


@pytest.fixture(params=[False, True], ids=["alone", "openbox"])
def room(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Room]:
    """A locked kiosk on two monitors."""
    with Room(tmp_path, managed=request.param) as made:
        made.lock()
        yield made


def test_every_monitor_is_covered_and_the_kiosk_heard(room: Room) -> None:
    assert room.is_covered()
    assert room.taps_are_heard()


def test_its_own_monitor_asleep_and_awake(room: Room) -> None:
    room.switch_output(False)
    room.switch_output(True)
    assert room.until(room.is_covered, SOON_SECONDS)
    assert room.taps_are_heard()


def test_its_own_monitor_unplugged_and_back(room: Room) -> None:
    room.set_monitors({"monitor-1": RIGHT})
    assert room.until(room.is_covered, SOON_SECONDS)
    assert room.taps_are_heard()
    room.set_monitors({"monitor-0": LEFT, "monitor-1": RIGHT})
    assert room.until(room.is_covered, SOON_SECONDS)
    assert room.taps_are_heard()
    assert room.is_kiosk_at(LEFT)


def test_mirrored(room: Room) -> None:
    room.set_monitors({"monitor-0": LEFT, "monitor-1": LEFT})
    assert room.until(room.is_covered, SOON_SECONDS)
    assert room.taps_are_heard()


def test_another_resolution_and_turned(room: Room) -> None:
    for place in (Rect(0, 0, 1024, 768), Rect(0, 0, 600, 800)):
        room.set_monitors({"monitor-0": place, "monitor-1": RIGHT})
        assert room.until(partial(room.is_kiosk_at, place), SOON_SECONDS)
        assert room.until(room.is_covered, SOON_SECONDS)
        assert room.taps_are_heard()


@pytest.mark.parametrize("words", ["plain", "full", "top", "top full", "unmanaged"])
def test_no_other_program_stays_above(room: Room, words: str) -> None:
    with room.another(*words.split(" ")):
        assert room.until(room.is_covered, SOON_SECONDS)
        assert room.taps_are_heard()


@pytest.mark.parametrize("words", ["full", "top full", "unmanaged"])
def test_a_lock_comes_to_the_front(room: Room, words: str) -> None:
    room.tell("unlock")
    room.hear("unlocked")
    with room.another(*words.split(" ")):
        room.lock()
        assert room.is_covered()
        assert room.taps_are_heard()


def test_a_minimised_kiosk_comes_back_for_a_lock(room: Room) -> None:
    room.tell("unlock")
    room.tell("minimise")
    room.lock()
    assert room.until(room.is_covered, SOON_SECONDS)
    assert room.taps_are_heard()


def test_who_insists_is_named_and_let_be(room: Room) -> None:
    with room.another("unmanaged", "insists"):
        assert room.hear("above") == "above Imaging"
    assert room.hear("above") == "above nothing"
    assert room.until(room.is_covered, SOON_SECONDS)


def test_sleep_waits_until_the_cover_is_seen(room: Room) -> None:
    room.tell("sleep")
    room.hear("sleeps")
    room.tell("unlock")
    room.tell("sleep")
    room.hear("sleeps")
    room.tell("lock sleep")
    assert room.hear("seen", "sleeps") == "seen"
    room.hear("sleeps")


def test_below_the_desktops_own_lock_sleep_waits_for_nothing(room: Room) -> None:
    room.tell("unlock")
    with room.another("unmanaged", "full", "grabs"):
        room.tell("lock sleep")
        room.hear("sleeps")
        assert not room.until(lambda: room.is_on_top(640, 400), SOON_SECONDS)


def test_the_desktops_own_screen_lock_stays_above(room: Room) -> None:
    with room.another("unmanaged", "full", "grabs"):
        assert not room.until(room.is_covered, SOON_SECONDS)
    assert room.until(room.is_covered, SOON_SECONDS)


def test_uncovered_it_yields_to_radiographs_and_to_an_on_screen_keyboard(room: Room) -> None:
    room.tell("unlock")
    room.hear("unlocked")
    words = ("plain",) if room.is_managed else ("unmanaged", "shy")
    with room.another(*words):
        if room.is_managed:
            room.bring_forward("Imaging")
        assert not room.until(lambda: room.is_on_top(200, 200), SOON_SECONDS)


class Counting(Untold):
    """Counts how often it is looked at, and raised; a test sets what lies above."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = self.raises = 0
        self.who: str | None = None
        self.is_lock, self.is_ours = False, True

    def above(self, _windows: Sequence[int], *, keyboards: bool = False) -> str | None:
        return self.who

    def yields(self, _windows: Sequence[int]) -> bool:
        return self.is_lock

    def has_keyboard(self, _windows: Sequence[int]) -> bool:
        return self.is_ours

    def put_on_top(
        self, window: int, *, keyboard: bool = False, keep_keyboards: bool = False
    ) -> None:
        self.raises += 1

    def monitors(self) -> tuple[tuple[str, tuple[int, int, int, int]], ...]:
        self.looks += 1
        return ()


@pytest.mark.parametrize("is_lock", [True, False])
def test_what_comes_above_a_seen_cover_has_a_moment_to_show_itself_a_screen_lock(
    qtbot: QtBot, is_lock: bool
) -> None:
    """Some come first, and take the keyboard a moment later."""
    window = QWidget()
    qtbot.addWidget(window)
    window.showFullScreen()
    covering = Covering(window, look(), frozenset(), full_screen=True)
    above = Counting()
    covering.ask(above)
    with qtbot.waitSignal(covering.seen):
        covering.cover()
    raised, above.who = above.raises, "xsecurelock"
    covering.look()
    covering._again.stop()
    assert above.raises == raised
    above.is_lock = is_lock
    covering.look()
    assert (above.raises == raised) == is_lock


def test_who_keeps_the_keyboard_for_good_is_asked_less_often(qtbot: QtBot) -> None:
    """A window manager that does not give it would be asked five times a second all night."""
    window = QWidget()
    qtbot.addWidget(window)
    window.showFullScreen()
    covering = Covering(window, look(), frozenset(), full_screen=True)
    above = Counting()
    covering.ask(above)
    with qtbot.waitSignal(covering.seen):
        covering.cover()
    above.is_ours = False
    waits = []
    for _ in range(RAISES + 2):
        covering._keeping.stop()
        covering.look()
        waits.append(covering._keeping.interval())
    assert waits == [AGAIN_MS] * RAISES + [INSISTED_MS] * 2
    raised, above.is_lock = above.raises, True
    covering._keeping.stop()
    covering.look()
    assert above.raises == raised, "the desktop's own lock keeps it"


def test_whoever_drags_windows_about_is_looked_at_now_and_then(qtbot: QtBot) -> None:
    """And at once, if nothing changed for a while; and once more, when it is over."""
    window = QWidget()
    qtbot.addWidget(window)
    covering = Covering(window, look(), frozenset(), full_screen=True)
    above = Counting()
    covering.ask(above)
    qtbot.waitUntil(lambda: above.looks == 1)
    covering._pace.start(60_000)
    covering._settling.setInterval(60_000)
    for _ in range(10):
        covering.look_soon()
        QApplication.processEvents()
    assert above.looks == 1
    covering._pace.timeout.emit()
    assert above.looks == 2
    covering._pace.timeout.emit()
    assert above.looks == 2
    assert covering._settling.isActive(), "what moves last may tell of nothing"
    covering._settling.timeout.emit()
    assert above.looks == 3


@pytest.mark.parametrize("managed", [False, True], ids=["alone", "openbox"])
def test_who_works_on_a_monitor_that_is_left_keeps_the_keyboard(
    tmp_path: Path, managed: bool
) -> None:
    with Room(tmp_path, managed=managed, leave="monitor-1") as room:
        room.lock()
        assert room.until(room.has_keyboard)
        with room.another("beside"):
            assert room.until(lambda: not room.has_keyboard())
            with room.another("corner", "unmanaged", "shy", "blinks"):
                assert room.until(lambda: not room.is_on_top(1100, 60))
                assert room.until(lambda: room.is_on_top(1100, 60)), "it is raised against"
                assert not room.until(room.has_keyboard, SOON_SECONDS)
        with room.another("corner", "takes"):
            assert room.until(room.has_keyboard), "what is opened below the cover types nothing"


def test_as_the_shell_it_is_on_top_uncovered_too(tmp_path: Path) -> None:
    with Room(tmp_path, managed=False) as room, room.another("corner", "unmanaged", "takes"):
        assert room.until(lambda: room.is_on_top(1100, 60))


def test_what_else_comes_and_goes_leaves_an_on_screen_keyboard_on_top(tmp_path: Path) -> None:
    with (
        Room(tmp_path, managed=False) as room,
        room.another("unmanaged", "shy"),
        room.another("corner", "unmanaged", "blinks"),
    ):
        assert room.until(lambda: not room.is_on_top(1100, 60))
        assert not room.until(lambda: room.is_on_top(200, 200), SOON_SECONDS)
        assert room.until(lambda: room.is_on_top(1100, 60))


def test_asleep_while_the_monitors_change_it_is_right_within_a_second(tmp_path: Path) -> None:
    """After xsecurelock's own test: stopped, changed, seen to be bare, gone on, all covered."""
    with Served() as page, Room(tmp_path, managed=False, page=page) as room:
        room.lock()
        with Watcher(room.desk) as watcher:
            room.set_monitors({"monitor-1": RIGHT})
            assert room.until(lambda: not room.is_on_top(640, 400), SOON_SECONDS)
            room.stop()
            room.set_monitors({"monitor-0": LEFT, "monitor-1": RIGHT})
            assert not room.is_covered(), "the test would not notice a bare monitor"
            room.go_on()
            assert room.until(room.is_covered, SOON_SECONDS)
        assert (watcher.frames > 0, watcher.bare) == (True, 0)
        room.tell("unlock")
        assert room.until(lambda: room.is_page_shown()), "the test would not notice the page"
