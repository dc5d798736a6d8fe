"""The list of the day: every button asks what it says, and nothing of anyone outlives the page."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.session.model.commands import RoomStatus
from kiosk.session.model.day import Day
from kiosk.session.model.intents import Intent, RoomWanted, SeatWanted, StatusWanted, TheirsKept
from kiosk.session.pages.board.views import BoardView, VisitView
from kiosk.session.pages.views import WorkspaceView
from kiosk.ui.day.head import Strip
from kiosk.ui.day.page import UNDO_MS, WIDE, DayPanel
from kiosk.ui.day.row import Face
from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.button import Touchable
from tests.support import days
from tests.support.scenes import DAYS, SCENES, show
from tests.ui.conftest import Kiosk, Stage
from tests.ui.test_window import read


def panel(kiosk: Kiosk) -> DayPanel:
    (found,) = kiosk.window.findChildren(DayPanel)
    return found


def put(kiosk: Kiosk, scene: str) -> DayPanel:
    show(kiosk.window, scene)
    QApplication.processEvents()
    return panel(kiosk)


def set_to(status: str, seen: int, after: str = "") -> StatusWanted:
    """About who is in the chair."""
    return StatusWanted(days.SEATED.id, status, seen, after)


PRESSES: list[tuple[str, str, Intent]] = [
    ("day-morning", "Seat, Linnea Merriweather", StatusWanted(days.NEXT.id, "Seated", 3)),
    ("day-morning", "Turn over, Op 3", RoomWanted(RoomStatus.TURN_OVER, 2)),
    ("day-turn-over", "Ready, Op 3", RoomWanted(RoomStatus.READY, 2)),
    (
        "day-seated",
        "Ready for doctor, Elowen Foxglove",
        StatusWanted("apt-10", "Ready for doctor", 3),
    ),
    (
        "day-unsent",
        "Doctor here, Elowen Foxglove",
        StatusWanted("apt-10", "Doctor here", 4, "cmd-0"),
    ),
    ("day-conflict", "Set Seated, Linnea Merriweather", StatusWanted(days.NEXT.id, "Seated", 4)),
    ("day-conflict", "Keep theirs, Linnea Merriweather", TheirsKept(days.NEXT.id)),
    ("day-conflicts", "Keep theirs, Op 3", TheirsKept("Op 3")),
]


@pytest.mark.parametrize(("scene", "name", "intent"), PRESSES)
@pytest.mark.parametrize("key", [None, Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_button_asks_what_it_says(
    kiosk: Kiosk, scene: str, name: str, intent: Intent, key: Qt.Key | None
) -> None:
    put(kiosk, scene)
    button = kiosk.find(name, Touchable)
    if key is None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(button, key)
    assert kiosk.asked == [intent]


def test_seat_here_moves_someone_to_this_room(kiosk: Kiosk) -> None:
    put(kiosk, "day-morning")
    QTest.keyClick(kiosk.find("Seat, Linnea Merriweather", Touchable), Qt.Key.Key_End)
    button = kiosk.find("Seat here, Anselm Whitlock", Touchable)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert kiosk.asked == [SeatWanted(days.ROOMLESS[0].id, 3)]


def opened(kiosk: Kiosk, name: str) -> None:
    """Press the row that begins with this time and name."""
    faces = [face for face in kiosk.window.findChildren(Face) if face.isVisible()]
    (face,) = (face for face in faces if face.accessibleName().startswith(name))
    QTest.mouseClick(face, Qt.MouseButton.LeftButton)


def test_a_row_opens_and_closes_by_a_tap(kiosk: Kiosk) -> None:
    put(kiosk, "day-morning")
    opened(kiosk, "1:00 pm, Barnaby Ironbark")
    kiosk.press("Seat, Barnaby Ironbark")
    assert kiosk.asked == [StatusWanted(days.LATER[0].id, "Seated", 3)]
    opened(kiosk, "2:15 pm, Isolde Rookwood")
    kiosk.find("Seat, Isolde Rookwood", Touchable)
    opened(kiosk, "2:15 pm, Isolde Rookwood")
    assert "Seat, Isolde Rookwood" not in names(kiosk)


def names(kiosk: Kiosk) -> set[str]:
    return {w.accessibleName() for w in kiosk.window.findChildren(QWidget) if w.isVisible()}


def test_the_day_unfolds_while_someone_is_seated(kiosk: Kiosk) -> None:
    put(kiosk, "day-seated")
    assert not [name for name in names(kiosk) if "Linnea" in name]
    kiosk.press("Show the day")
    assert "Seat, Linnea Merriweather" in names(kiosk)
    kiosk.press("Hide the day")
    assert not [name for name in names(kiosk) if "Linnea" in name]


def test_a_status_is_undone_upon_what_was_set_and_only_for_a_while(kiosk: Kiosk) -> None:
    shown = put(kiosk, "day-morning")
    kiosk.press("Seat, Linnea Merriweather")
    later = replace(days.NEXT, status="Seated", version=4)
    kiosk.window.show_day(days.day((later, *days.REST), (later.id,)))
    QApplication.processEvents()
    shown.settling.stop()
    kiosk.press("Undo Seated, Linnea Merriweather")
    assert kiosk.asked[1:] == [StatusWanted(days.NEXT.id, "Arrived", 4, "cmd-0")]
    assert UNDO_MS == 10_000
    kiosk.window.show_day(days.MORNING)
    shown.settling.stop()
    kiosk.press("Seat, Linnea Merriweather")
    kiosk.window.show_day(days.day((later, *days.REST)))
    assert "Undo Seated, Linnea Merriweather" in names(kiosk)
    shown.undoing.timeout.emit()
    QApplication.processEvents()
    assert "Undo Seated, Linnea Merriweather" not in names(kiosk)


def test_a_finger_that_taps_twice_asks_once(kiosk: Kiosk) -> None:
    """Twice upon one version would come back as a change of someone else's."""
    shown = put(kiosk, "day-seated")
    kiosk.press("Ready for doctor, Elowen Foxglove")
    kiosk.press("Ready for doctor, Elowen Foxglove")
    shown.settling.stop()
    kiosk.press("Ready for doctor, Elowen Foxglove")
    assert kiosk.asked == [set_to("Ready for doctor", 3)]


def test_the_second_tap_does_not_ask_for_the_step_after(kiosk: Kiosk) -> None:
    shown = put(kiosk, "day-seated")
    kiosk.press("Ready for doctor, Elowen Foxglove")
    later = replace(days.SEATED, status="Ready for doctor", version=4)
    kiosk.window.show_day(days.day((later,)))
    QApplication.processEvents()
    kiosk.press("Doctor here, Elowen Foxglove")
    assert kiosk.asked == [set_to("Ready for doctor", 3)]
    shown.settling.stop()
    kiosk.press("Doctor here, Elowen Foxglove")
    assert kiosk.asked[1:] == [set_to("Doctor here", 4)]


def test_the_keyboard_stays_on_the_step_as_it_changes(kiosk: Kiosk) -> None:
    put(kiosk, "day-seated")
    kiosk.find("Ready for doctor, Elowen Foxglove", Touchable).setFocus()
    later = replace(days.SEATED, status="Ready for doctor", version=4)
    kiosk.window.show_day(days.day((later, days.NEXT)))
    QApplication.processEvents()
    focus = kiosk.window.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Doctor here, Elowen Foxglove"


def held(value: object, seen: set[int]) -> Iterator[object]:
    """Everything a widget of ours holds, however deep."""
    if id(value) in seen:
        return
    seen.add(id(value))
    yield value
    if isinstance(value, dict):
        for item in (*value.keys(), *value.values()):
            yield from held(item, seen)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from held(item, seen)
    elif isinstance(value, QWidget):
        yield from held(vars(value), seen)


@pytest.mark.parametrize("scene", sorted(DAYS))
@pytest.mark.parametrize("after", ["locked", "this-computer"])
def test_nothing_of_anyone_is_left_when_the_page_goes(kiosk: Kiosk, scene: str, after: str) -> None:
    """T17: not in a widget, nor in what one holds, nor in what a screen reader is told."""
    shown = put(kiosk, scene)
    QTest.keyClick(shown, Qt.Key.Key_End)
    for name in ("Show the day", "Other rooms, 5"):
        for button in shown.findChildren(Touchable):
            if button.isVisible() and button.accessibleName() == name:
                button.click()
    patients = [each.patient for each in DAYS[scene].schedule.appointments]
    everything = str(read(QAccessible.queryAccessibleInterface(kiosk.window)))
    assert [name for name in patients if name in everything]
    kiosk.show(SCENES[after])
    everything = str(read(QAccessible.queryAccessibleInterface(kiosk.window)))
    for widget in kiosk.window.findChildren(QWidget):
        everything += widget.toolTip() + widget.statusTip() + widget.whatsThis()
    seen: set[int] = set()
    found = [
        value for widget in shown.findChildren(QWidget) for value in held(widget, seen)
    ] + list(held(shown, seen))
    assert not [each for each in found if isinstance(each, Day | BoardView | VisitView)]
    everything += str([each for each in found if isinstance(each, str)])
    everything += str(
        [each.text for each in found if hasattr(each, "text") and isinstance(each.text, str)]
    )
    assert [name for name in patients if name in everything] == []


def test_after_the_page_was_gone_nothing_is_unfolded(kiosk: Kiosk) -> None:
    put(kiosk, "day-seated")
    kiosk.press("Show the day")
    kiosk.show(SCENES["locked"])
    put(kiosk, "day-seated")
    assert "Show the day" in names(kiosk)
    kiosk.press("Hide day")
    kiosk.show(SCENES["locked"])
    put(kiosk, "day-seated")
    assert "Show the day" in names(kiosk)


def test_where_there_is_no_room_it_begins_folded_and_can_be_unfolded(
    plain: Look, stage: Stage
) -> None:
    made = DayPanel(plain)
    stage(made)
    (strip,) = made.findChildren(Strip)
    made.give_room(1280, 800)
    assert not strip.isVisible()
    made.give_room(760, 800)
    assert strip.isVisible()
    strip.click()
    made.give_room(740, 800)
    assert not strip.isVisible()
    made.forget()
    assert strip.isVisible()


def test_it_folds_to_a_strip_and_leaves_xchart_the_room(kiosk: Kiosk) -> None:
    shown = put(kiosk, "day-morning")
    assert shown.width() == WIDE
    assert kiosk.window.xchart.width() >= 800
    kiosk.press("Hide day")
    QApplication.processEvents()
    (strip,) = kiosk.window.findChildren(Strip)
    assert strip.isVisible()
    assert strip.height() == shown.height() > 600
    assert shown.width() == strip.width() < 80
    assert kiosk.window.xchart.width() >= 1200
    assert not [name for name in names(kiosk) if "Linnea" in name]
    kiosk.press("Show day, Op 3 · Ready")
    assert "Seat, Linnea Merriweather" in names(kiosk)


@pytest.mark.parametrize("width", [1280, 1180, 1024])
def test_xchart_keeps_its_room_in_a_smaller_window(kiosk: Kiosk, width: int) -> None:
    kiosk.window.resize(width, 800)
    shown = put(kiosk, "day-morning")
    least = 800 if width - 300 >= 800 else width - 380
    assert kiosk.window.xchart.width() >= least
    assert shown.width() <= WIDE


def test_the_minute_moves_the_words_and_nothing_else(kiosk: Kiosk) -> None:
    put(kiosk, "day-morning")
    view = SCENES["day-morning"]
    assert isinstance(view, WorkspaceView)
    assert view.day is not None
    (face,) = (f for f in kiosk.window.findChildren(Face) if "Linnea" in f.accessibleName())
    assert "in 6 min" in face.accessibleName()
    kiosk.show(replace(view, day=replace(view.day, minute=view.day.minute + 1)))
    assert "in 5 min" in face.accessibleName()


@pytest.mark.parametrize("here", [True, False], ids=["one room", "ten rooms"])
def test_of_five_hundred_only_those_in_sight_are_made(kiosk: Kiosk, here: bool) -> None:
    """What keeps a tap as quick on a full day as on an empty one."""
    shown = put(kiosk, "day-morning")
    kiosk.window.show_day(days.full(500, here))
    QApplication.processEvents()
    assert len(shown.findChildren(Face)) < 40
