"""This room above the list: one tap each way, how old the list is, and the strip when folded."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.session.pages.board.page import board
from kiosk.session.pages.board.views import Act, BoardView
from kiosk.session.pages.views import DayNote
from kiosk.ui.day.blocks import RowTypesetter
from kiosk.ui.day.head import DayHead, Square, Strip
from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.button import Button
from tests.support import days
from tests.ui.conftest import Stage

NOTE = DayNote("2026-11-23", 10 * 60 + 24, "Op 3")


def head(look: Look, stage: Stage, drawn: BoardView) -> DayHead:
    made = DayHead(RowTypesetter(look))
    made.setFixedWidth(380)
    made.show_board(drawn, 380)
    stage(made)
    return made


def said(made: QWidget) -> list[str]:
    return [label.text() for label in made.findChildren(QLabel) if label.isVisible()]


def test_a_room_that_is_ready(plain: Look, stage: Stage) -> None:
    made = head(plain, stage, board(days.MORNING, NOTE))
    assert said(made) == ["Op 3", "Ready"]
    buttons = [b.text() for b in made.findChildren(Button) if b.isVisible()]
    assert buttons == ["Turn over"]


def test_a_room_to_be_turned_over_and_an_old_list(plain: Look, stage: Stage) -> None:
    note = replace(NOTE, as_of="As of 7:52 am")
    made = head(plain, stage, board(days.TO_TURN_OVER, note))
    assert set(said(made)) == {
        "Op 3",
        "To be turned over",
        "since 10:15 am · 9 min",
        "As of 7:52 am",
    }
    acts: list[Act] = []
    made.acted.connect(acts.append)
    (button,) = (b for b in made.findChildren(Button) if b.isVisible())
    button.click()
    assert [each.text for each in acts] == ["Ready"]


@pytest.mark.parametrize("name", ["Op 3", "Hygiene and Recovery 12"])
def test_a_long_name_takes_the_button_below(plain: Look, stage: Stage, name: str) -> None:
    drawn = board(days.MORNING, NOTE)
    made = head(plain, stage, replace(drawn, room=replace(drawn.room, name=name)))
    (button,) = (b for b in made.findChildren(Button) if b.isVisible())
    (label,) = (each for each in made.findChildren(QLabel) if each.text() == name)
    below = (
        button.mapTo(made, button.rect().topLeft()).y()
        > label.mapTo(made, label.rect().bottomLeft()).y()
    )
    assert below == (name != "Op 3")
    assert button.width() >= button.sizeHint().width()


def test_it_forgets_every_word(plain: Look, stage: Stage) -> None:
    made = head(plain, stage, board(days.TO_TURN_OVER, replace(NOTE, as_of="As of 7:52 am")))
    made.forget()
    assert {label.text() for label in made.findChildren(QLabel)} == {""}
    assert {w.accessibleName() for w in made.findChildren(QWidget)} == {""}


def test_a_square_button_has_a_name_or_is_not_there(plain: Look, stage: Stage) -> None:
    square = Square(plain, "panel-left-close")
    stage(square)
    square.say("Hide day")
    assert (square.accessibleName(), square.isVisible()) == ("Hide day", True)
    square.say("")
    assert (square.accessibleName(), square.toolTip(), square.isVisible()) == ("", "", False)


def test_the_strip_says_how_the_room_stands(plain: Look, stage: Stage) -> None:
    strip = Strip(RowTypesetter(plain))
    strip.resize(strip.width(), 600)
    stage(strip)
    strip.say(board(days.TO_TURN_OVER, NOTE))
    assert strip.accessibleName() == "Show day, Op 3 · To be turned over"
    strip.say(None)
    assert (strip.accessibleName(), strip.text()) == ("", "")
