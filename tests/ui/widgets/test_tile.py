"""A tile: what it tells assistive technology, and that it is one large thing."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.spinner import Spinner
from kiosk.ui.widgets.tile import Tile
from tests.ui.conftest import Stage


@pytest.mark.parametrize("corner", ["left", "right"])
def test_it_can_be_tapped_anywhere(plain: Look, stage: Stage, corner: str) -> None:
    tile, tapped = Tile(plain), list[int]()
    tile.clicked.connect(lambda: tapped.append(1))
    tile.resize(400, 120)
    stage(tile)
    tile.say("Maria Lopez", "Office Assistant")
    x = 12 if corner == "left" else 388
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton, pos=QPoint(x, 60))
    assert tapped == [1]


def test_assistive_technology_reads_both_lines(plain: Look, stage: Stage) -> None:
    tile = Tile(plain)
    stage(tile)
    tile.say("Maria Lopez", "Dr. Rivera's code needed")
    assert tile.accessibleName() == "Maria Lopez"
    assert tile.accessibleDescription() == tile.detail == "Dr. Rivera's code needed"
    tile.blank()
    assert tile.accessibleName() == tile.accessibleDescription() == tile.detail == ""
    assert not tile.isVisible()


def test_the_mark_turns_while_a_tap_is_under_way(plain: Look, stage: Stage) -> None:
    tile = Tile(plain)
    stage(tile)
    tile.say("Maria Lopez", "", waiting=True)
    (turning,) = tile.findChildren(Spinner)
    assert turning.isVisible()
    assert tile.rect().contains(turning.geometry())
    tile.say("Maria Lopez", "")
    assert not turning.isVisible()


def test_a_marked_tile_looks_different(plain: Look, stage: Stage) -> None:
    tile = Tile(plain)
    stage(tile)
    tile.clearFocus()
    tile.say("Maria Lopez", "")
    before = tile.grab().toImage()
    tile.say("Maria Lopez", "", marked=True)
    assert tile.grab().toImage() != before


def test_a_personal_tile_looks_different(plain: Look, stage: Stage) -> None:
    tile = Tile(plain)
    stage(tile)
    tile.clearFocus()
    tile.say("Maria Lopez", "")
    before = tile.grab().toImage()
    tile.say("Maria Lopez", "", personal=True)
    assert tile.grab().toImage() != before
    tile.say("Maria Lopez", "")
    assert tile.grab().toImage() == before
