"""logind and the desktop, asked over a real bus: held, refused, gone, come back, and given back."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from kiosk.desktop.awake import Awake
from kiosk.desktop.inhibitions import SESSION, SYSTEM
from kiosk.desktop.inhibitors import BusWay
from kiosk.session.model.awake import Held, Means
from tests.support.inhibitors import (
    EVERYBODY,
    EVERYTHING,
    LOGIND,
    POWER,
    SAVER,
    Services,
    services,
)
from tests.support.inhibitors import SESSION as MANAGER

WHY = "A patient is being treated."
REFUSED = "org.freedesktop.DBus.Error.AccessDenied"
ALL_HELD = dict.fromkeys(Means, Held.HELD)
NOBODY = dict.fromkeys(Means, Held.ABSENT)
FOR_EVER_MS = 600_000


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Services]:
    with services(tmp_path) as made:
        yield made


@contextmanager
def held(desk: Services, within_ms: int = FOR_EVER_MS) -> Iterator[Awake]:
    """Both buses are this one; it is released in any case."""
    awake = over(desk, within_ms)
    awake.hold(WHY)
    try:
        yield awake
    finally:
        awake.release()


def over(desk: Services, within_ms: int = FOR_EVER_MS) -> Awake:
    address = desk.bus.address
    return Awake((BusWay(address, SYSTEM), BusWay(address, SESSION)), None, within_ms)


def test_everybody_is_asked_by_the_signature_that_is_theirs_and_holds(
    desk: Services, qapp: QCoreApplication, qtbot: QtBot
) -> None:
    with held(desk) as awake:
        qtbot.waitUntil(lambda: awake.report == ALL_HELD)
        assert desk.held == EVERYTHING
        assert desk.reasons == {WHY}
        assert len(desk.asked) == len(EVERYTHING)


def test_everything_is_given_back(desk: Services, qapp: QCoreApplication, qtbot: QtBot) -> None:
    with held(desk) as awake:
        qtbot.waitUntil(lambda: awake.report == ALL_HELD)
        awake.release()
        qtbot.waitUntil(lambda: not desk.held)
        assert sorted(desk.told_back) == sorted(EVERYTHING - {"sleep", "idle", "shutdown"})
        assert awake.report is None


def test_a_lock_is_handed_to_no_program_that_is_started_meanwhile(
    desk: Services, qapp: QCoreApplication, qtbot: QtBot
) -> None:
    with held(desk) as awake:
        qtbot.waitUntil(lambda: awake.report == ALL_HELD)
        child = subprocess.Popen(["sleep", "infinity"], close_fds=False)
        try:
            awake.release()
            qtbot.waitUntil(lambda: not desk.held)
        finally:
            child.kill()
            child.wait()


@pytest.mark.parametrize(
    ("what", "means"),
    [
        ("sleep", Means.SLEEP),
        ("idle", Means.SLEEP),
        ("shutdown", Means.SHUTDOWN),
        (SAVER, Means.BLANKING),
        (POWER, Means.SLEEP),
        ("LOGOUT", Means.SHUTDOWN),
    ],
)
def test_each_can_be_refused_by_itself(
    desk: Services, qapp: QCoreApplication, qtbot: QtBot, what: str, means: Means
) -> None:
    desk.refuses[what] = REFUSED
    with held(desk) as awake:
        qtbot.waitUntil(lambda: awake.report == {**ALL_HELD, means: Held.DENIED})
        assert desk.held == EVERYTHING - {what}


def test_a_service_that_has_no_such_method_is_nobody_to_ask(
    desk: Services, qapp: QCoreApplication, qtbot: QtBot
) -> None:
    desk.refuses[SAVER] = "org.freedesktop.DBus.Error.UnknownMethod"
    desk.refuses["IDLE"] = "org.freedesktop.DBus.Error.UnknownObject"
    with held(desk) as awake:
        qtbot.waitUntil(lambda: awake.report == {**ALL_HELD, Means.BLANKING: Held.ABSENT})


def test_on_a_bus_without_any_of_them_nothing_is_held(
    tmp_path: Path, qapp: QCoreApplication, qtbot: QtBot
) -> None:
    with services(tmp_path, ()) as desk, held(desk) as awake:
        qtbot.waitUntil(lambda: awake.report == NOBODY)


@pytest.mark.parametrize("bus", ["unix:path=/nowhere/bus", "tcp:host=x", "not an address", ""])
def test_without_a_bus_nothing_is_held(bus: str, qapp: QCoreApplication, qtbot: QtBot) -> None:
    awake = Awake((BusWay(bus, SYSTEM), BusWay(bus, SESSION)), None, FOR_EVER_MS)
    awake.hold(WHY)
    qtbot.waitUntil(lambda: awake.report == NOBODY)
    awake.release()


def test_where_the_environment_names_no_session_bus_nothing_is_held(
    monkeypatch: pytest.MonkeyPatch, qapp: QCoreApplication, qtbot: QtBot
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    awake = Awake((BusWay("SESSION", SESSION),), None, FOR_EVER_MS)
    awake.hold(WHY)
    qtbot.waitUntil(lambda: awake.report == NOBODY)
    awake.release()


@pytest.mark.parametrize("name", EVERYBODY)
def test_one_that_is_started_again_is_asked_again(
    desk: Services, qapp: QCoreApplication, qtbot: QtBot, name: str
) -> None:
    with held(desk) as awake:
        heard = list[object]()
        awake.judged.connect(heard.append)
        qtbot.waitUntil(lambda: awake.report == ALL_HELD)
        asked = len(desk.asked)
        desk.go(name)
        desk.come(name)
        qtbot.waitUntil(lambda: len(desk.asked) > asked)
        qtbot.waitUntil(lambda: desk.held == EVERYTHING)
        assert heard == [ALL_HELD], "it was back at once, and told of all the same"
        assert desk.open_files("sleep") == 1
    qtbot.waitUntil(lambda: not desk.held)


def test_one_that_leaves_holds_nothing_any_more(
    desk: Services, qapp: QCoreApplication, qtbot: QtBot
) -> None:
    with held(desk, within_ms=50) as awake:
        qtbot.waitUntil(lambda: awake.report == ALL_HELD)
        desk.go(*EVERYBODY)
        qtbot.waitUntil(lambda: awake.report == NOBODY)


def test_only_the_bus_is_believed_that_one_has_left(
    desk: Services, qapp: QCoreApplication, qtbot: QtBot
) -> None:
    with held(desk, within_ms=50) as awake:
        qtbot.waitUntil(lambda: awake.report == ALL_HELD)
        desk.pretend(SAVER)
        # Sent after it: once this is known, that was heard.
        desk.go(LOGIND, POWER, MANAGER)
        expected = {**dict.fromkeys(Means, Held.ABSENT), Means.BLANKING: Held.HELD}
        qtbot.waitUntil(lambda: awake.report == expected)


def test_one_that_comes_during_a_case_is_asked(
    tmp_path: Path, qapp: QCoreApplication, qtbot: QtBot
) -> None:
    with services(tmp_path, ()) as desk, held(desk) as awake:
        qtbot.waitUntil(lambda: awake.report == NOBODY)
        desk.come(LOGIND, SAVER)
        qtbot.waitUntil(lambda: awake.report == ALL_HELD)
        assert desk.held == {"sleep", "idle", "shutdown", SAVER}


def test_one_that_does_not_answer_is_not_waited_for_and_taken_when_it_does(
    desk: Services, qapp: QCoreApplication, qtbot: QtBot
) -> None:
    desk.silent = {"sleep"}
    with held(desk, within_ms=200) as awake:
        qtbot.waitUntil(lambda: awake.report == {**ALL_HELD, Means.SLEEP: Held.DENIED})
        desk.answer_late()
        qtbot.waitUntil(lambda: awake.report == ALL_HELD)


def test_an_answer_after_the_end_is_given_back(
    desk: Services, qapp: QCoreApplication, qtbot: QtBot
) -> None:
    desk.silent = {"sleep", SAVER}
    with held(desk) as awake:
        qtbot.waitUntil(lambda: len(desk.asked) == len(EVERYTHING))
        awake.release()
        qtbot.waitUntil(lambda: not desk.held)
        desk.answer_late()
        qtbot.waitUntil(lambda: SAVER in desk.told_back and not desk.held)
        assert awake.report is None


def test_it_can_be_held_and_given_back_again_and_again(
    desk: Services, qapp: QCoreApplication, qtbot: QtBot
) -> None:
    awake = over(desk)
    for _ in range(3):
        awake.hold(WHY)
        awake.release()
    awake.hold(WHY)
    qtbot.waitUntil(lambda: awake.report == ALL_HELD)
    qtbot.waitUntil(lambda: desk.open_files("sleep") == 1)
    awake.release()
    qtbot.waitUntil(lambda: not desk.held)


def test_a_bus_that_hangs_keeps_nobody_waiting(
    desk: Services, qapp: QCoreApplication, qtbot: QtBot
) -> None:
    """Had it been asked here, this test would hang as well."""
    asking = import_module("jeepney.io.blocking").open_dbus_connection(desk.bus.address)
    daemon = asking.bus_proxy.GetConnectionUnixProcessID("org.freedesktop.DBus")[0]
    asking.close()
    os.kill(daemon, signal.SIGSTOP)
    try:
        with held(desk, within_ms=0) as awake:
            qtbot.waitUntil(lambda: awake.report == dict.fromkeys(Means, Held.DENIED))
            awake.release()
            awake.hold(WHY)
            os.kill(daemon, signal.SIGCONT)
            qtbot.waitUntil(lambda: awake.report == ALL_HELD)
    finally:
        os.kill(daemon, signal.SIGCONT)
    # The first holding was over before it began.
    qtbot.waitUntil(lambda: not desk.held)


def test_a_bus_that_ends_holds_nothing_any_more(
    tmp_path: Path, qapp: QCoreApplication, qtbot: QtBot
) -> None:
    with services(tmp_path) as desk, held(desk, within_ms=50) as awake:
        qtbot.waitUntil(lambda: awake.report == ALL_HELD)
        desk.quit()
        qtbot.waitUntil(lambda: awake.report == NOBODY)


HOLDER = """
import sys
from PySide6.QtCore import QCoreApplication
from kiosk.desktop.awake import Awake
from kiosk.desktop.inhibitions import SESSION, SYSTEM
from kiosk.desktop.inhibitors import BusWay
application = QCoreApplication([])
awake = Awake((BusWay(sys.argv[1], SYSTEM), BusWay(sys.argv[1], SESSION)))
awake.judged.connect(lambda report: print(*report.values(), flush=True))
awake.hold("A patient is being treated.")
application.exec()
"""


def test_a_process_that_is_killed_has_given_everything_back(
    desk: Services, qapp: QCoreApplication, qtbot: QtBot
) -> None:
    """Files are closed by the system; cookies are those of a program that has left the bus."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, desk.bus.address], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held held held\n"
        assert desk.held == EVERYTHING
        senders = set(desk.senders)
        holder.kill()
    qtbot.waitUntil(lambda: desk.open_files("sleep") == desk.open_files("shutdown") == 0)
    asking = import_module("jeepney.io.blocking").open_dbus_connection(desk.bus.address)
    qtbot.waitUntil(lambda: not any(asking.bus_proxy.NameHasOwner(each)[0] for each in senders))
    asking.close()
