"""Sleep: what logind's one signal means. The bus itself is in ``test_watch``."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from kiosk.desktop.suspend import Suspend
from tests.support.logind import Logind


def test_before_and_after_are_told_apart(qapp: QCoreApplication) -> None:
    sleep, heard = Suspend(QDBusConnection("no such connection")), list[str]()
    sleep.suspending.connect(lambda: heard.append("suspending"))
    sleep.resumed.connect(lambda: heard.append("resumed"))
    sleep.prepare_for_sleep(True)
    sleep.prepare_for_sleep(False)
    assert heard == ["suspending", "resumed"]


def test_without_a_bus_nobody_would_tell(qapp: QCoreApplication) -> None:
    assert not Suspend(QDBusConnection("no such connection")).watched


@pytest.fixture
def logind(tmp_path: Path) -> Iterator[Logind]:
    with Logind(tmp_path) as made:
        yield made


def test_sleep_is_held_back_until_it_is_let(
    logind: Logind, qapp: QCoreApplication, qtbot: QtBot
) -> None:
    sleep = Suspend(logind.connection)
    qtbot.waitUntil(lambda: logind.asked == [("sleep", "delay")])
    qtbot.waitUntil(lambda: logind.waits)
    qtbot.waitUntil(lambda: sleep.holds_back)
    sleep.prepare_for_sleep(True)
    assert logind.waits
    sleep.let_sleep()
    qtbot.waitUntil(lambda: not logind.waits)
    sleep.let_sleep()
    sleep.prepare_for_sleep(False)
    qtbot.waitUntil(lambda: len(logind.asked) == 2)
    qtbot.waitUntil(lambda: logind.waits)
    sleep.let_sleep()


def test_a_delay_that_comes_too_late_holds_nothing_back(
    logind: Logind, qapp: QCoreApplication, qtbot: QtBot
) -> None:
    sleep = Suspend(logind.connection)
    # No event loop has run yet: the answer is still to come.
    sleep.let_sleep()
    qtbot.waitUntil(lambda: logind.asked == [("sleep", "delay")])
    qtbot.waitUntil(lambda: not logind.waits)
    assert not sleep.holds_back


def test_a_logind_that_refuses_keeps_nobody_waiting(
    logind: Logind, qapp: QCoreApplication, qtbot: QtBot
) -> None:
    logind.refuses = True
    sleep = Suspend(logind.connection)
    qtbot.waitUntil(lambda: len(logind.asked) == 1)
    sleep.prepare_for_sleep(True)
    sleep.let_sleep()
    assert not logind.waits
