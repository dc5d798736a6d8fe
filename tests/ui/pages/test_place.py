"""New computer, first page: it goes on only when it is complete."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from kiosk.session.model.intents import PlaceGiven
from kiosk.session.model.people import Place
from kiosk.session.pages.views import PlaceView
from kiosk.ui.widgets.button import Button
from tests.ui.conftest import Kiosk

EMPTY = PlaceView("Set up this computer", "", Place("", "", ""))
FULL = PlaceView("Set up this computer", "", Place("https://x.example", "Main Street", ""))


def test_the_place_is_given_whole_and_without_blanks(kiosk: Kiosk) -> None:
    kiosk.show(FULL)
    kiosk.press("Continue")
    assert kiosk.asked == []
    line = kiosk.find("Operatory", QLineEdit)
    QTest.keyClicks(line, " Op 3 ")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert kiosk.asked == [PlaceGiven(Place("https://x.example", "Main Street", "Op 3"))]


@pytest.mark.parametrize("missing", ["Xchart server", "Location", "Operatory"])
def test_one_line_missing_is_enough_to_stay(kiosk: Kiosk, missing: str) -> None:
    kiosk.show(EMPTY)
    for name in ("Xchart server", "Location", "Operatory"):
        QTest.keyClicks(kiosk.find(name, QLineEdit), " " if name == missing else "x")
    assert not kiosk.find("Continue", Button).isEnabled()
    QTest.keyClicks(kiosk.find(missing, QLineEdit), "x")
    assert kiosk.find("Continue", Button).isEnabled()


def test_a_slash_at_the_end_of_the_address_is_dropped(kiosk: Kiosk) -> None:
    kiosk.show(PlaceView("", "", Place("https://x.example/", "Main Street", "Op 3")))
    kiosk.press("Continue")
    assert kiosk.asked == [PlaceGiven(Place("https://x.example", "Main Street", "Op 3"))]


def test_work_begins_at_the_first_empty_line(kiosk: Kiosk) -> None:
    kiosk.show(FULL)
    assert kiosk.window.focusWidget() is kiosk.find("Operatory", QLineEdit)


def test_what_someone_typed_is_not_overwritten(kiosk: Kiosk) -> None:
    kiosk.show(FULL)
    QTest.keyClicks(kiosk.find("Operatory", QLineEdit), "Op 4")
    kiosk.show(PlaceView("", "", Place("https://x.example", "Main Street", "Op 3")))
    assert kiosk.find("Operatory", QLineEdit).text() == "Op 4"


def test_the_other_kind_of_server_is_one_press_with_what_was_typed(kiosk: Kiosk) -> None:
    kiosk.show(replace(FULL, other="Xchart is only a website"))
    kiosk.press("Xchart is only a website")
    place = Place("https://x.example", "Main Street", "")
    assert kiosk.asked == [PlaceGiven(place, at_site=True)]
    kiosk.show(replace(FULL, other="Xchart is only a website", busy=True))
    assert not kiosk.find("Xchart is only a website", Button).isEnabled()


def test_at_a_site_the_place_is_given_as_one(kiosk: Kiosk) -> None:
    kiosk.show(PlaceView("", "", Place("https://x.example", "Main", "Op 3"), at_site=True))
    kiosk.press("Continue")
    assert kiosk.asked == [PlaceGiven(Place("https://x.example", "Main", "Op 3"), at_site=True)]
