"""Letters to tap: into the line that has the keyboard, and never in the keyboard's way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from kiosk.session.model.intents import NameGiven
from kiosk.session.pages.views import NamingView
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.letters import Letter, Letters
from tests.ui.conftest import Kiosk, Stage

VIEW = NamingView("Who are you?", "")
FIRST, INITIAL = "First name", "Last initial"


def test_gloved_hands_tap_a_name(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    for letter in "ANNA-LO":
        kiosk.press(letter)
    kiosk.press("Delete")
    kiosk.press("U")
    kiosk.find(INITIAL, QLineEdit).setFocus()
    kiosk.press("P")
    kiosk.press("Continue")
    assert kiosk.asked == [NameGiven("Anna-Lu", "P")]


def test_a_letter_goes_where_the_keyboard_is_and_to_the_first_line_otherwise(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    kiosk.find(INITIAL, QLineEdit).setFocus()
    kiosk.press("Q")
    assert kiosk.find(INITIAL, QLineEdit).text() == "Q"
    kiosk.find(INITIAL, QLineEdit).clearFocus()
    kiosk.press("M")
    assert kiosk.find(FIRST, QLineEdit).text() == "M"


@pytest.mark.parametrize("width", [1280, 720])
def test_they_take_more_rows_where_there_is_no_room_for_fewer(kiosk: Kiosk, width: int) -> None:
    kiosk.window.resize(width, 800)
    kiosk.show(VIEW)
    QApplication.processEvents()
    keys = kiosk.window.findChildren(Letter)
    areas = [key.geometry() for key in keys]
    whole = kiosk.find("Letters", QWidget).rect()
    assert all(whole.contains(area) for area in areas)
    assert not [1 for n, area in enumerate(areas) if any(area.intersects(b) for b in areas[:n])]


def test_they_fit_into_a_narrow_place(plain: Look, stage: Stage) -> None:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(Letters(plain, (QLineEdit(),)))
    column.addStretch(1)
    inside.resize(330, 900)
    stage(inside)
    keys = inside.findChildren(Letter)
    assert len({key.y() for key in keys}) == 6
    assert min(key.width() for key in keys) >= plain.touch("other")
    assert all(key.height() == plain.touch("other") for key in keys)


def test_tab_goes_from_line_to_line_past_the_letters(kiosk: Kiosk) -> None:
    kiosk.show(VIEW)
    QTest.keyClick(kiosk.find(FIRST, QLineEdit), Qt.Key.Key_Tab)
    assert kiosk.window.focusWidget() is kiosk.find(INITIAL, QLineEdit)
    assert kiosk.find("A", Letter).focusPolicy() is Qt.FocusPolicy.NoFocus
