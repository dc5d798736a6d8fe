"""The list: laid out whole, made only in sight, and every row within reach of the keyboard."""

from itertools import pairwise
from unittest.mock import Mock

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from kiosk.session.pages.board.page import board
from kiosk.session.pages.board.views import HeadingView, SentenceView
from kiosk.session.pages.board.words import clock
from kiosk.session.pages.views import DayNote
from kiosk.ui.day.blocks import RowTypesetter
from kiosk.ui.day.list import DayList, Entry, entries
from kiosk.ui.day.page import DayPanel
from kiosk.ui.day.row import Face
from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.button import Button
from tests.support import days
from tests.ui.conftest import Stage

NOTE = DayNote("2026-11-23", 10 * 60 + 24, "Op 3")


@pytest.fixture
def panel(plain: Look, stage: Stage) -> DayPanel:
    made = DayPanel(plain)
    made.resize(380, 600)
    stage(made)
    made.show_note(NOTE)
    made.show_day(days.full(60, here=True))
    QApplication.processEvents()
    return made


def listed() -> list[str]:
    """What each row says, from top to bottom."""
    drawn = board(days.full(60, here=True), NOTE)
    return [each.view.spoken for each in entries(drawn) if hasattr(each.view, "spoken")]


def focused(panel: QWidget) -> str:
    return at(panel).accessibleName()


def at(panel: QWidget) -> QWidget:
    """What has the keyboard."""
    focus = panel.focusWidget()
    return panel if focus is None else focus


def in_sight(panel: DayPanel) -> bool:
    focus = at(panel)
    (area,) = panel.findChildren(QScrollArea)
    if not area.viewport().isAncestorOf(focus):
        return False
    top = focus.mapTo(area.viewport(), focus.rect().topLeft()).y()
    return 0 <= top < area.viewport().height()


def first_face(panel: DayPanel) -> Face:
    return min(
        (face for face in panel.findChildren(Face) if face.isVisible()),
        key=lambda face: face.mapTo(panel, face.rect().topLeft()).y(),
    )


def test_down_reaches_every_row_and_up_comes_back(panel: DayPanel) -> None:
    rows = listed()
    first_face(panel).setFocus()
    seen = [focused(panel)]
    for _ in rows[1:]:
        QTest.keyClick(at(panel), Qt.Key.Key_Down)
        assert in_sight(panel)
        seen.append(focused(panel))
    assert seen == rows
    for _ in range(3):
        QTest.keyClick(at(panel), Qt.Key.Key_Up)
    assert focused(panel) == rows[-4]
    QTest.keyClick(at(panel), Qt.Key.Key_Home)
    assert focused(panel) == rows[0]
    QTest.keyClick(at(panel), Qt.Key.Key_End)
    assert focused(panel) == rows[-1]


def test_tab_goes_through_every_row_and_button_from_top_to_bottom(panel: DayPanel) -> None:
    rows = listed()
    first_face(panel).setFocus()
    seen = [focused(panel)]
    for _ in range(3 * len(rows)):
        QTest.keyClick(at(panel), Qt.Key.Key_Tab)
        if not in_sight(panel):
            break
        seen.append(focused(panel))
    assert [name for name in seen if name in rows][: len(rows)] == rows
    assert sum(name.startswith("Seat here") for name in seen) == 6


def test_rows_lie_below_each_other_without_overlap(panel: DayPanel) -> None:
    items = [face.parentWidget() for face in panel.findChildren(Face) if face.isVisible()]
    made = sorted((item.geometry() for item in items if item), key=lambda each: each.top())
    assert len(made) > 5
    for above, below in pairwise(made):
        assert above.bottom() < below.top()


def test_what_scrolls_out_of_reach_is_emptied_and_used_again(panel: DayPanel) -> None:
    (area,) = panel.findChildren(QScrollArea)
    bar = area.verticalScrollBar()
    before = {face.accessibleName() for face in panel.findChildren(Face) if face.isVisible()}
    count = len(panel.findChildren(Face))
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    after = [face.accessibleName() for face in panel.findChildren(Face)]
    assert not before & set(after)
    assert len(after) <= 2 * count


def test_a_day_is_measured_once_and_nothing_of_anyone_is_kept_for_it(
    panel: DayPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next tap finds how high every row is; what is kept are numbers (T28)."""
    (rows,) = panel.findChildren(DayList)
    places = list(rows._places)
    panel.forget()
    assert {type(each) for kept in rows._heights.items() for each in kept} == {int}
    measured = Mock(wraps=rows._measure)
    monkeypatch.setattr(rows, "_measure", measured)
    panel.show_note(NOTE)
    panel.show_day(days.full(60, here=True))
    assert (rows._places, measured.call_count) == (places, 0)
    panel.show_note(DayNote("2026-11-23", 10 * 60 + 25, "Op 3"))
    assert measured.call_count > 0, "another minute, other words"


def test_a_heading_is_not_as_high_as_a_sentence_of_the_same_words(plain: Look) -> None:
    """Values of two kinds with the same words have the same hash."""
    rows = DayList(RowTypesetter(plain), QWidget())
    rows.resize(300, 100)
    heights = []
    for kind in (HeadingView, SentenceView):
        rows._entries = (Entry("x", kind("Nobody else today")),)
        rows._lay_out()
        heights.append(rows._places[0][1])
    assert heights[0] < heights[1]


def test_a_list_that_forgets_has_no_height(panel: DayPanel) -> None:
    (made,) = panel.findChildren(DayList)
    assert made.minimumHeight() > 3000
    made.forget()
    assert made.minimumHeight() == 0
    assert {face.accessibleName() for face in made.findChildren(Face)} == {""}


def test_scrolling_away_from_the_keyboard_does_not_come_back(panel: DayPanel) -> None:
    (area,) = panel.findChildren(QScrollArea)
    bar = area.verticalScrollBar()
    first_face(panel).setFocus()
    held = focused(panel)
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    assert bar.value() == bar.maximum()
    assert focused(panel) == held


def test_a_row_that_goes_with_the_keyboard_does_not_scroll_the_list(panel: DayPanel) -> None:
    (area,) = panel.findChildren(QScrollArea)
    bar = area.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    QApplication.processEvents()
    first_face(panel).setFocus()
    held, at_first = focused(panel), bar.value()
    day = days.full(60, here=True)
    gone = next(
        each for each in day.schedule.appointments if clock(each.time) == held.split(",")[0]
    )
    panel.show_day(days.day(each for each in day.schedule.appointments if each is not gone))
    QApplication.processEvents()
    assert focused(panel) not in ("", held)
    assert isinstance(at(panel), Face)
    assert bar.value() == at_first


def test_enter_never_comes_to_mean_someone_else(plain: Look, stage: Stage) -> None:
    """Who had *Seat here* under the finger went: the next Enter must not seat another."""
    panel = DayPanel(plain)
    panel.resize(380, 600)
    stage(panel)
    panel.show_note(NOTE)
    first, second = days.ROOMLESS
    panel.show_day(days.day([first]))
    QApplication.processEvents()
    buttons = [each for each in panel.findChildren(Button) if each.text() == "Seat here"]
    buttons[0].setFocus()
    panel.show_day(days.day([second]))
    QApplication.processEvents()
    assert not at(panel).accessibleName().startswith("Seat here")
