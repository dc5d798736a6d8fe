"""Buttons stand side by side while all their words fit, and below each other where not."""

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.button_row import ButtonRow
from tests.ui.conftest import Stage


@pytest.mark.parametrize("fills", [True, False])
@pytest.mark.parametrize("wide", [600, 200])
def test_they_stand_where_they_fit(plain: Look, stage: Stage, wide: int, fills: bool) -> None:
    one, other = Button(plain, Weight.PLAIN), Button(plain, Weight.PLAIN)
    row = ButtonRow(plain, (one, other), fills)
    row.resize(wide, 300)
    stage(row)
    one.say("Text a new code")
    other.say("Ask someone else")
    row.resize(wide, row.heightForWidth(wide))
    QApplication.processEvents()
    assert (one.y() == other.y()) is (wide == 600)
    assert (row.heightForWidth(wide) > one.height()) is (wide == 200)
    for button in (one, other):
        assert button.height() >= button.heightForWidth(button.width())
        assert row.rect().contains(button.geometry())


def test_a_button_without_words_takes_no_room(plain: Look, stage: Stage) -> None:
    one, other = Button(plain, Weight.PLAIN), Button(plain, Weight.PLAIN)
    row = ButtonRow(plain, (one, other), fills=True)
    stage(row)
    one.say("Ask someone else")
    assert row.sizeHint().width() == one.width_when(False)
