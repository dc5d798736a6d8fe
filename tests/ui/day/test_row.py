"""Cards, rows, headings and folds: as high as measured, and empty when told to forget."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kiosk.session.model.commands import Kind
from kiosk.session.pages.board.page import board
from kiosk.session.pages.board.views import FoldView, HeadingView, ListUiState, VisitView
from kiosk.session.pages.views import ConflictNote, DayNote
from kiosk.ui.day.blocks import RowTypesetter
from kiosk.ui.day.row import Face, FoldItem, LineItem, Shape, VisitItem
from kiosk.ui.look.theme import Look
from tests.support import days
from tests.ui.conftest import Stage

TOLD = ConflictNote(
    days.SEATED.id, "Op 2 set Left, 9:14 am", "Set Seated", Kind.STATUS, "Seated", 7
)
NOTE = DayNote("2026-11-23", 10 * 60 + 24, "Op 3")


def visit(conflict: bool = False, opened: bool = False) -> VisitView:
    """Who is in the chair."""
    note = replace(NOTE, conflicts=(TOLD,) if conflict else ())
    looking = ListUiState(frozenset({days.SEATED.id}) if opened else frozenset())
    (now,) = board(days.IN_THE_CHAIR, note, looking).now
    return now


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize(("conflict", "opened"), [(False, False), (True, False), (False, True)])
def test_an_appointment_is_as_high_as_measured_and_holds_its_parts(
    plain: Look, stage: Stage, shape: Shape, conflict: bool, opened: bool
) -> None:
    setter = RowTypesetter(plain)
    item = VisitItem(setter)
    shown = visit(conflict, opened)
    item.resize(347, VisitItem.measure(setter, shown, shape, 347))
    item.show_visit(shown, shape, True, 347)
    stage(item)
    parts = [part for part in item.findChildren(QWidget) if part.isVisible()]
    for part in parts:
        corner = part.mapTo(item, part.rect().bottomRight())
        assert item.rect().contains(corner), part
    low = max(part.mapTo(item, part.rect().bottomLeft()).y() for part in parts)
    assert item.height() - low <= plain.space("step") + 1


def test_an_appointment_forgets_everything(plain: Look, stage: Stage) -> None:
    item = VisitItem(RowTypesetter(plain))
    item.resize(347, 600)
    item.show_visit(visit(opened=True), Shape.NOW, True, 347)
    stage(item)
    item.forget()
    assert {w.accessibleName() for w in item.findChildren(QWidget)} == {""}
    assert not item.isVisible()
    pressed: list[str] = []
    item.pressed.connect(pressed.append)
    item.face.click()
    assert pressed == [""]


def test_a_face_is_pressed_by_key_and_says_everything(plain: Look, stage: Stage) -> None:
    setter = RowTypesetter(plain)
    face, shown = Face(setter), visit()
    face.resize(347, 120)
    face.show_blocks(setter.row(shown, 347).blocks, shown.spoken)
    stage(face)
    assert face.accessibleName() == shown.spoken
    pressed: list[Face] = []
    face.clicked.connect(lambda: pressed.append(face))
    QTest.keyClick(face, Qt.Key.Key_Return)
    assert pressed == [face]


def test_a_fold_says_what_it_unfolds_and_forgets_it(plain: Look, stage: Stage) -> None:
    fold = FoldItem(RowTypesetter(plain))
    fold.resize(347, 57)
    stage(fold)
    fold.show_fold(FoldView("elsewhere", "Other rooms, 9", False))
    assert (fold.id, fold.accessibleName()) == ("elsewhere", "Other rooms, 9")
    fold.forget()
    assert (fold.id, fold.text(), fold.accessibleName()) == ("", "", "")


def test_a_heading_is_read_aloud_and_forgotten(plain: Look, stage: Stage) -> None:
    line = LineItem(RowTypesetter(plain))
    line.show_line(HeadingView("No room yet"))
    stage(line)
    assert line.accessibleName() == "No room yet"
    line.forget()
    assert line.accessibleName() == ""
