"""From the core's word to the computer and back."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.app import case_guard
from kiosk.app.case_guard import WHY, CaseGuard
from kiosk.desktop.awake import Awake
from kiosk.session.model.awake import Held, Means
from kiosk.session.model.events import AwakeJudged, Event, PageAlive
from kiosk.session.model.intents import Ticket
from kiosk.ui.look.theme import look
from kiosk.ui.window import KioskWindow
from tests.support import worlds as w

HELD = tuple((means, Held.HELD) for means in Means)


class Asked(Awake):
    """Says what it was asked for, and that everybody agreed."""

    def __init__(self) -> None:
        super().__init__(())
        self.asked: list[str] = []

    def hold(self, why: str) -> None:
        self.asked.append(why)
        self.judged.emit(dict(HELD))

    def release(self) -> None:
        self.asked.append("release")


def test_the_page_runs_on_and_its_signs_of_life_are_told_as_long_as_a_case_is_on(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, kept = list[Event](), list[bool]()
    monkeypatch.setattr(case_guard, "open_awake", lambda *_: Awake(()))
    window = KioskWindow(look(), lambda _: Ticket(0))
    qtbot.addWidget(window)
    monkeypatch.setattr(window.xchart, "keep_running", kept.append)
    guard = CaseGuard(window, qapp.platformName(), lambda: w.NOON, told.append)
    guard.protect(True)
    window.xchart.alive.emit()
    guard.protect(False)
    window.xchart.alive.emit()
    assert kept == [True, False]
    assert [each for each in told if isinstance(each, PageAlive)] == [PageAlive(w.NOON)]


def test_the_computer_is_held_awake_from_the_first_case_on_and_given_back(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, told = Asked(), list[Event]()
    monkeypatch.setattr(case_guard, "open_awake", lambda *_: asked)
    window = KioskWindow(look(), lambda _: Ticket(0))
    qtbot.addWidget(window)
    guard = CaseGuard(window, qapp.platformName(), lambda: w.NOON, told.append)
    guard.protect(False)
    assert asked.asked == [], "nothing was ever asked for"
    guard.protect(True)
    guard.protect(False)
    assert asked.asked == [WHY, "release"]
    assert told == [AwakeJudged(w.NOON, HELD)]
