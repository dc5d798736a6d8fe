"""Held awake: one contract for every system's way, and what their answers come to."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from kiosk.desktop.awake import Awake, SeenAwake, Tell, Way, open_awake, see_awake, ways_of
from kiosk.desktop.execution_state import ExecutionWay, ShutdownWay
from kiosk.desktop.inhibitions import SESSION, SYSTEM
from kiosk.desktop.inhibitors import BusWay
from kiosk.desktop.power_assertions import AssertionWay
from kiosk.desktop.saver_hold import SaverWay, SuspendableSaver
from kiosk.session.model.awake import Held, Means
from tests.desktop.test_execution_state import Kernel, User
from tests.desktop.test_power_assertions import Power, Strings
from tests.support.inhibitors import LOGIND, SAVER, services
from tests.support.xvfb import private_x_server

WHY = "A patient is being treated."
FOR_EVER_MS = 600_000


@dataclass
class Kept:
    """A way, and whether its system has anything held for it."""

    way: Way
    holds: Callable[[], bool]


def kept_by(kind: str, home: Path, stack: ExitStack) -> Kept:
    match kind:
        case "logind":
            logind = stack.enter_context(services(home, (LOGIND,)))
            return Kept(BusWay(logind.bus.address, SYSTEM), lambda: bool(logind.held))
        case "desktop":
            desktop = stack.enter_context(services(home))
            return Kept(BusWay(desktop.bus.address, SESSION), lambda: bool(desktop.held))
        case "execution state":
            kernel = Kernel()
            return Kept(ExecutionWay(kernel), lambda: kernel.state != 0x80000000)
        case "shutdown reason":
            user = User()
            return Kept(ShutdownWay(user, lambda: 7), lambda: bool(user.reasons))
        case "power assertions":
            power = Power()
            return Kept(AssertionWay(power, Strings()), lambda: bool(power.held))
        case _:
            return kept_by_x_server(stack.enter_context(private_x_server()))


def kept_by_x_server(display: str) -> Kept:
    savers = list[SuspendableSaver]()

    class Counted(SuspendableSaver):
        def close(self) -> None:
            savers.remove(self)
            super().close()

    def open_saver() -> SuspendableSaver | None:
        saver = Counted.open(display)
        if saver is not None:
            savers.append(saver)
        return saver

    return Kept(SaverWay(open_saver), lambda: bool(savers))


KINDS = (
    "logind",
    "desktop",
    "X server",
    "execution state",
    "shutdown reason",
    "power assertions",
)


@pytest.fixture(params=KINDS)
def kept(request: pytest.FixtureRequest, tmp_path: Path, qapp: QCoreApplication) -> Iterator[Kept]:
    with ExitStack() as stack:
        made = kept_by(request.param, tmp_path, stack)
        yield made
        made.way.release()


def every_one_held(way: Way, answers: dict[str, Held]) -> bool:
    return answers == dict.fromkeys(way.asks, Held.HELD)


def test_nothing_is_held_before_it_is_asked_for(kept: Kept) -> None:
    assert kept.way.asks
    kept.way.release()
    assert not kept.holds()


def test_whatever_is_asked_for_is_answered_held_and_given_back(kept: Kept, qtbot: QtBot) -> None:
    for _ in range(2):
        answers = dict[str, Held]()
        kept.way.hold(WHY, answers.__setitem__)
        qtbot.waitUntil(partial(every_one_held, kept.way, answers))
        assert kept.holds()
        kept.way.release()
        qtbot.waitUntil(lambda: not kept.holds())
        kept.way.release()


def test_it_is_tried_without_an_event_loop(kept: Kept, qtbot: QtBot) -> None:
    seen = see_awake((kept.way,), 5)
    of = set(kept.way.asks.values())
    assert seen.report == {m: Held.HELD if m in of else Held.ABSENT for m in Means}
    assert not any(seen.refusing.values())
    qtbot.waitUntil(lambda: not kept.holds())


def test_held_twice_it_is_given_back_once(kept: Kept, qtbot: QtBot) -> None:
    awake = Awake((kept.way,), None, FOR_EVER_MS)
    awake.hold(WHY)
    awake.hold("Another reason.")
    qtbot.waitUntil(lambda: awake.report is not None)
    assert kept.holds()
    awake.release()
    qtbot.waitUntil(lambda: not kept.holds())
    awake.release()


class Asked:
    """A way that answers when the test says so."""

    def __init__(self, **asks: Means) -> None:
        self.asks: Mapping[str, Means] = asks
        self.tell: Tell | None = None
        self.reasons = list[str]()
        self.at_once = dict[str, Held]()

    def hold(self, why: str, tell: Tell) -> None:
        self.reasons.append(why)
        self.tell = tell
        for name, held in self.at_once.items():
            tell(name, held)

    def release(self) -> None:
        self.tell = None

    def settle(self, seconds: float) -> None:
        pass

    def says(self, name: str, held: Held) -> None:
        assert self.tell is not None
        self.tell(name, held)


def judging(awake: Awake) -> list[Mapping[Means, Held]]:
    heard = list[Mapping[Means, Held]]()
    awake.judged.connect(heard.append)
    return heard


def report(sleep: Held, blanking: Held, shutdown: Held) -> dict[Means, Held]:
    return {Means.SLEEP: sleep, Means.BLANKING: blanking, Means.SHUTDOWN: shutdown}


def test_it_is_judged_once_everybody_has_answered_and_again_when_one_changes(
    qapp: QCoreApplication, qtbot: QtBot
) -> None:
    way = Asked(a=Means.SLEEP, b=Means.BLANKING)
    awake = Awake((way,), None, FOR_EVER_MS)
    heard = judging(awake)
    awake.hold(WHY)
    way.says("a", Held.HELD)
    QCoreApplication.processEvents()
    assert heard == []
    assert awake.report is None
    way.says("b", Held.DENIED)
    first = report(Held.HELD, Held.DENIED, Held.ABSENT)
    qtbot.waitUntil(lambda: heard == [first])
    assert awake.report == first
    way.says("b", Held.DENIED)
    way.says("a", Held.HELD)
    QCoreApplication.processEvents()
    assert heard == [first], "nothing has changed"
    way.says("b", Held.HELD)
    second = report(Held.HELD, Held.HELD, Held.ABSENT)
    qtbot.waitUntil(lambda: heard == [first, second])
    awake.release()


def test_nothing_is_judged_within_the_call_that_asks(qapp: QCoreApplication, qtbot: QtBot) -> None:
    """The core is in the middle of a step there."""
    way = Asked(a=Means.SLEEP)
    way.at_once = {"a": Held.HELD}
    awake = Awake((way,), None, FOR_EVER_MS)
    heard = judging(awake)
    awake.hold(WHY)
    assert heard == []
    qtbot.waitUntil(lambda: heard == [report(Held.HELD, Held.ABSENT, Held.ABSENT)])
    awake.release()


def test_who_does_not_answer_in_time_refuses_until_they_do(
    qapp: QCoreApplication, qtbot: QtBot
) -> None:
    way = Asked(a=Means.SLEEP, b=Means.SHUTDOWN)
    way.at_once = {"a": Held.HELD}
    awake = Awake((way,), None, 0)
    awake.hold(WHY)
    qtbot.waitUntil(lambda: awake.report == report(Held.HELD, Held.ABSENT, Held.DENIED))
    way.says("b", Held.HELD)
    qtbot.waitUntil(lambda: awake.report == report(Held.HELD, Held.ABSENT, Held.HELD))
    awake.release()


def test_one_that_holds_again_in_time_is_not_told_of(qapp: QCoreApplication, qtbot: QtBot) -> None:
    way = Asked(a=Means.SLEEP, b=Means.SHUTDOWN)
    way.at_once = {"a": Held.HELD, "b": Held.HELD}
    awake = Awake((way,), None, FOR_EVER_MS)
    heard = judging(awake)
    awake.hold(WHY)
    both = report(Held.HELD, Held.ABSENT, Held.HELD)
    qtbot.waitUntil(lambda: heard == [both])
    way.says("a", Held.ABSENT)
    way.says("b", Held.ABSENT)
    way.says("a", Held.HELD)
    QCoreApplication.processEvents()
    assert heard == [both], "the other is still to come"
    way.says("b", Held.HELD)
    QCoreApplication.processEvents()
    assert heard == [both]
    assert awake.report == both
    awake.release()


@pytest.mark.parametrize("held", [Held.ABSENT, Held.DENIED])
def test_one_that_does_not_hold_again_is_told_of_as_it_said(
    qapp: QCoreApplication, qtbot: QtBot, held: Held
) -> None:
    way = Asked(a=Means.SLEEP)
    way.at_once = {"a": Held.HELD}
    awake = Awake((way,), None, 1)
    awake.hold(WHY)
    qtbot.waitUntil(lambda: awake.report == report(Held.HELD, Held.ABSENT, Held.ABSENT))
    way.says("a", Held.ABSENT)
    way.says("a", held)
    qtbot.waitUntil(lambda: awake.report == report(held, Held.ABSENT, Held.ABSENT))
    way.says("a", Held.HELD)
    qtbot.waitUntil(lambda: awake.report == report(Held.HELD, Held.ABSENT, Held.ABSENT))
    awake.release()


def test_after_the_end_nothing_is_judged(qapp: QCoreApplication) -> None:
    way = Asked(a=Means.SLEEP)
    way.at_once = {"a": Held.HELD}
    awake = Awake((way,), None, 0)
    heard = judging(awake)
    awake.hold(WHY)
    awake.release()
    QCoreApplication.processEvents()
    assert heard == []
    assert awake.report is None


def test_held_again_it_is_judged_again(qapp: QCoreApplication, qtbot: QtBot) -> None:
    way = Asked(a=Means.SLEEP)
    way.at_once = {"a": Held.HELD}
    awake = Awake((way,), None, FOR_EVER_MS)
    heard = judging(awake)
    for _ in range(2):
        awake.hold(WHY)
        qtbot.waitUntil(lambda: awake.report is not None)
        awake.release()
    assert heard == [report(Held.HELD, Held.ABSENT, Held.ABSENT)] * 2
    assert way.reasons == [WHY, WHY]


def test_what_was_answered_before_counts_no_more(qapp: QCoreApplication, qtbot: QtBot) -> None:
    way = Asked(a=Means.SLEEP)
    way.at_once = {"a": Held.HELD}
    awake = Awake((way,), None, FOR_EVER_MS)
    awake.hold(WHY)
    qtbot.waitUntil(lambda: awake.report is not None)
    awake.release()
    way.at_once = {}
    awake.hold(WHY)
    QCoreApplication.processEvents()
    assert awake.report is None
    awake.release()


def test_with_nobody_to_ask_nothing_is_judged_after_the_end(qapp: QCoreApplication) -> None:
    awake = Awake(())
    heard = judging(awake)
    awake.hold(WHY)
    awake.release()
    QCoreApplication.processEvents()
    assert heard == []


def test_where_there_is_nobody_to_ask_that_is_said(qapp: QCoreApplication, qtbot: QtBot) -> None:
    awake = Awake(())
    awake.hold(WHY)
    qtbot.waitUntil(lambda: awake.report == dict.fromkeys(Means, Held.ABSENT))
    awake.release()


@pytest.mark.parametrize(
    ("answers", "held"),
    [
        ((Held.HELD, Held.HELD), Held.HELD),
        ((Held.HELD, Held.ABSENT), Held.HELD),
        ((Held.ABSENT, Held.ABSENT), Held.ABSENT),
        ((Held.HELD, Held.DENIED), Held.DENIED),
        ((Held.ABSENT, Held.DENIED), Held.DENIED),
    ],
)
def test_one_who_refuses_is_enough_and_who_is_not_there_counts_not(
    answers: tuple[Held, Held], held: Held
) -> None:
    way = Asked(a=Means.SLEEP, b=Means.SLEEP)
    way.at_once = dict(zip("ab", answers, strict=True))
    assert see_awake((way,), 0).report == report(held, Held.ABSENT, Held.ABSENT)


def test_whoever_refuses_or_does_not_answer_is_named(tmp_path: Path) -> None:
    with services(tmp_path) as desk:
        desk.refuses = {"sleep": "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired"}
        desk.silent = {SAVER}
        buses = (BusWay(desk.bus.address, SYSTEM), BusWay(desk.bus.address, SESSION))
        assert see_awake(buses, 1.5) == SeenAwake(
            report(Held.DENIED, Held.DENIED, Held.HELD),
            {
                Means.SLEEP: ("org.freedesktop.login1.inhibit-block-sleep",),
                Means.BLANKING: (SAVER,),
                Means.SHUTDOWN: (),
            },
        )


@pytest.mark.parametrize(
    ("platform", "asks"), [("xcb", 9), ("offscreen", 8), ("windows", 0), ("cocoa", 0)]
)
def test_the_one_of_each_system_can_be_opened_here(
    platform: str, asks: int, qapp: QCoreApplication
) -> None:
    open_awake(platform)
    assert sum(len(way.asks) for way in ways_of(platform)) == asks
