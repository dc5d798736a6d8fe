"""The waiting mark: its timer runs only while someone can see it turn."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.spinner import STILL_MS, Spinner
from tests.ui.conftest import Stage


def test_it_turns_only_while_it_is_on_show(plain: Look, stage: Stage) -> None:
    turning = Spinner(plain, 40, QColor("#1f6f5c"))
    (frames,) = turning.findChildren(QTimer)
    assert not frames.isActive()
    stage(turning)
    assert frames.isActive()
    turning.hide()
    assert not frames.isActive()


def test_a_short_wait_costs_no_frame(plain: Look, stage: Stage) -> None:
    turning = Spinner(plain, 40, QColor("#1f6f5c"))
    (frames,) = turning.findChildren(QTimer)
    stage(turning)
    assert frames.interval() == STILL_MS
    frames.timeout.emit()
    assert frames.interval() == plain.token("motion", "frame")
    turning.hide()
    turning.show()
    assert frames.interval() == STILL_MS


def test_a_page_that_is_turned_away_stops_it(plain: Look, stage: Stage) -> None:
    page = QWidget()
    turning = Spinner(plain, 40, QColor("#1f6f5c"))
    QVBoxLayout(page).addWidget(turning)
    turning.show()
    stage(page)
    (frames,) = turning.findChildren(QTimer)
    assert frames.isActive()
    page.hide()
    assert not frames.isActive()
    page.show()
    assert frames.isActive()
