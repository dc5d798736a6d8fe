"""Input to our own windows, where the desktop does not tell about the whole computer."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.desktop.own_input import INPUT, OwnInput

LONG = timedelta(milliseconds=40)


def idle_for_long(qtbot: QtBot, qapp: QCoreApplication) -> OwnInput:
    own = OwnInput(qapp)
    qtbot.waitUntil(lambda: own.idle_for() >= LONG)
    return own


@pytest.mark.parametrize("act", ["key", "mouse"])
def test_hands_on_our_window_end_idleness(qtbot: QtBot, qapp: QCoreApplication, act: str) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    own = idle_for_long(qtbot, qapp)
    before = own.idle_for()
    if act == "key":
        QTest.keyClick(widget, Qt.Key.Key_A)
    else:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    assert own.idle_for() < before
    qapp.removeEventFilter(own)


@pytest.mark.parametrize("kind", [QEvent.Type.Timer, QEvent.Type.Paint, QEvent.Type.UpdateRequest])
def test_what_the_computer_does_by_itself_does_not(
    qtbot: QtBot, qapp: QCoreApplication, kind: QEvent.Type
) -> None:
    own = idle_for_long(qtbot, qapp)
    before = own.idle_for()
    assert not own.eventFilter(own, QEvent(kind))
    assert own.idle_for() >= before
    qapp.removeEventFilter(own)


@pytest.mark.parametrize("kind", INPUT)
def test_every_kind_of_input_counts_and_passes(
    qtbot: QtBot, qapp: QCoreApplication, kind: QEvent.Type
) -> None:
    own = idle_for_long(qtbot, qapp)
    assert not own.eventFilter(own, QEvent(kind))
    assert own.idle_for() < LONG
    qapp.removeEventFilter(own)
