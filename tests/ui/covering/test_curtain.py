"""Curtains: one for each place to cover, painted, and closed by nobody."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.ui.covering.curtain import Curtains
from kiosk.ui.look.theme import Look

WALL, CEILING = QRect(1280, 0, 1920, 1080), QRect(0, 0, 640, 480)


def test_what_is_covered_is_covered_whole_and_uncovered_again(plain: Look, qtbot: QtBot) -> None:
    curtains = Curtains(plain)
    curtains.cover({"wall": QRegion(WALL), "ceiling": QRegion(CEILING)})
    QApplication.processEvents()
    assert {each.geometry().getRect() for each in curtains.drawn} == {
        WALL.getRect(),
        CEILING.getRect(),
    }
    assert all(each.is_painted for each in curtains.drawn)
    curtains.uncover()
    assert not curtains.drawn
    curtains.hang({})


def test_no_window_command_closes_one_but_a_monitor_that_is_gone(plain: Look) -> None:
    curtains = Curtains(plain)
    curtains.cover({"wall": QRegion(WALL)})
    (wall,) = curtains.drawn
    wall.close()
    assert wall.isVisible()
    curtains.cover({})
    assert not curtains.drawn


def test_a_larger_monitor_is_painted_anew(plain: Look) -> None:
    curtains = Curtains(plain)
    curtains.cover({"wall": QRegion(CEILING)})
    QApplication.processEvents()
    curtains.cover({"wall": QRegion(WALL)})
    (wall,) = curtains.drawn
    assert not wall.is_painted
    QApplication.processEvents()
    assert wall.is_painted
    curtains.cover({})


@pytest.mark.qt_log_ignore("window masks", extend=True)
def test_of_a_monitor_that_shows_the_kiosk_in_part_only_the_rest_is_covered(plain: Look) -> None:
    rest = QRegion(WALL).subtracted(QRect(1280, 0, 1280, 800))
    curtains = Curtains(plain)
    curtains.cover({"wall": rest})
    (wall,) = curtains.drawn
    assert wall.mask().translated(WALL.topLeft()) == rest
    curtains.cover({"wall": QRegion(WALL)})
    assert wall.mask().isEmpty()
    curtains.cover({})


def test_it_takes_every_touch_and_no_key(plain: Look) -> None:
    curtains = Curtains(plain)
    curtains.cover({"wall": QRegion(WALL)})
    (wall,) = curtains.drawn
    flags = wall.windowFlags()
    assert flags & Qt.WindowType.WindowDoesNotAcceptFocus
    assert not flags & Qt.WindowType.WindowTransparentForInput
    curtains.cover({})
