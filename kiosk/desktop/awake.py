"""The computer held awake while a patient is being treated, and given back afterwards (law 9).

Owns who is asked on this system, and what their answers come to. Must never decide when: it is
told. Nothing here waits: whoever does not answer is told of as such, and taken when they do. With
the process everything is given back, however it ends.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.session.model.awake import Held, Means, Report

JUDGED_WITHIN_MS = 2000
"""So long everybody has to answer; who has not by then is told of as one who refuses. So long, too,
one that stopped holding has to be started again, before anything is told of it."""
TRYING = "The kiosk tries whether it could hold this computer awake."
"""What the system shows meanwhile as the reason, for ``kiosk doctor``."""

Tell = Callable[[str, Held], None]
"""Told of an answer: by whom of ``asks``, and which. On the main thread."""


class Way(Protocol):
    """One of a system's ways to be held awake."""

    @property
    def asks(self) -> Mapping[str, Means]:
        """What it asks for, each by a name that IT can act on."""
        ...

    def hold(self, why: str, tell: Tell) -> None:
        """Ask for all of it, without waiting; ``tell`` each answer, and each change of one.

        Never asked twice without a ``release`` between.
        """
        ...

    def release(self) -> None:
        """Give all of it back, and tell nothing any more, until it is held again."""
        ...

    def settle(self, seconds: float) -> None:
        """Wait at most so long for the answers, and tell them: only where no event loop runs."""
        ...


class Awake(QObject):
    """Holds the computer awake from ``hold`` to ``release``.

    ``judged`` carries a ``Report``: once everybody has answered or had ``within_ms`` for it, and
    again whenever it changes while it is held. It comes from the event loop, never within ``hold``.
    """

    judged = Signal(object)

    def __init__(
        self,
        ways: Sequence[Way],
        parent: QObject | None = None,
        within_ms: int = JUDGED_WITHIN_MS,
    ) -> None:
        super().__init__(parent)
        self._ways = tuple(ways)
        self._answers: dict[str, Held] = {}
        self._lost: dict[str, Held] = {}
        self._report: Report | None = None
        self._is_held = False
        # Answers that come together are one report.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._judge)
        self._overdue = QTimer(self, singleShot=True, interval=within_ms)
        self._overdue.timeout.connect(self._wait_no_longer)

    @property
    def report(self) -> Report | None:
        """What is held now; None while nothing is asked for, and until it is known."""
        return self._report

    def hold(self, why: str) -> None:
        """Hold it awake; ``why`` is shown by the system to whoever wants it otherwise.

        No patient and no name belongs into ``why`` (law 10). While it is held nothing is done.
        """
        if self._is_held:
            return
        self._is_held = True
        self._overdue.start()
        for way in self._ways:
            way.hold(why, self._answered)
        self._soon.start()

    def release(self) -> None:
        """Give everything back at once, also what is still on its way."""
        if not self._is_held:
            return
        self._is_held = False
        for way in self._ways:
            way.release()
        self._soon.stop()
        self._overdue.stop()
        self._answers.clear()
        self._lost.clear()
        self._report = None

    def _answered(self, name: str, held: Held) -> None:
        if held is not Held.HELD and (name in self._lost or self._answers.get(name) is Held.HELD):
            # Mostly it is only started again, and asked again in a moment.
            self._answers.pop(name, None)
            self._lost[name] = held
            if not self._overdue.isActive():
                self._overdue.start()
            return
        self._lost.pop(name, None)
        self._answers[name] = held
        self._soon.start()

    def _wait_no_longer(self) -> None:
        for name in asked_of(self._ways):
            self._answers.setdefault(name, self._lost.pop(name, Held.DENIED))
        self._judge()

    def _judge(self) -> None:
        asked = asked_of(self._ways)
        if len(self._answers) < len(asked):
            return
        report = together(asked, self._answers)
        if report != self._report:
            self._report = report
            self.judged.emit(report)


@dataclass(frozen=True, slots=True)
class SeenAwake:
    """What became of it when it was tried; ``refusing`` are the names of those who did not agree.

    A name beginning ``org.freedesktop.login1.inhibit-block-`` is the polkit action that is missing.
    """

    report: Report
    refusing: Mapping[Means, tuple[str, ...]]


def see_awake(ways: Sequence[Way], seconds: float = JUDGED_WITHIN_MS / 1000) -> SeenAwake:
    """Hold the computer awake for a moment, wait for the answers, and give it back.

    For ``kiosk doctor``, which has no event loop; each way takes at most ``seconds``.
    """
    answers: dict[str, Held] = {}
    for way in ways:
        way.hold(TRYING, answers.__setitem__)
    for way in ways:
        way.settle(seconds)
    for way in ways:
        way.release()
    asked = asked_of(ways)
    answers = {name: answers.get(name, Held.DENIED) for name in asked}
    refusing = {
        means: tuple(n for n, its in asked.items() if its is means and answers[n] is Held.DENIED)
        for means in Means
    }
    return SeenAwake(together(asked, answers), refusing)


def asked_of(ways: Iterable[Way]) -> dict[str, Means]:
    """Everything that they ask for, by its name."""
    return {name: means for way in ways for name, means in way.asks.items()}


def together(asked: Mapping[str, Means], answers: Mapping[str, Held]) -> Report:
    """What the answers come to for each: one who refuses is enough, who is not there counts not."""
    report = dict[Means, Held]()
    for means in Means:
        its = {answers[name] for name, of in asked.items() if of is means}
        worst = (Held.DENIED, Held.HELD, Held.ABSENT)
        report[means] = next((held for held in worst if held in its), Held.ABSENT)
    return report


def ways_of(platform: str, window: Callable[[], int | None] = lambda: None) -> tuple[Way, ...]:
    """Whoever can be asked where Qt draws (``QGuiApplication.platformName()``).

    ``window`` gives the handle of a window of ours, for Windows alone, which objects by it.
    """
    # Each system's own when it is asked for: no other has its libraries.
    if platform == "windows":
        from kiosk.desktop.execution_state import windows_ways

        return windows_ways(window) or ()
    if platform == "cocoa":
        from kiosk.desktop.power_assertions import mac_way

        way = mac_way()
        return (way,) if way is not None else ()
    if os.name != "posix":
        return ()
    from kiosk.desktop.inhibitions import SESSION, SYSTEM
    from kiosk.desktop.inhibitors import BusWay
    from kiosk.desktop.saver_hold import SaverWay

    buses = (BusWay("SYSTEM", SYSTEM), BusWay("SESSION", SESSION))
    return (*buses, SaverWay()) if platform == "xcb" else buses


def open_awake(
    platform: str,
    window: Callable[[], int | None] = lambda: None,
    parent: QObject | None = None,
) -> Awake:
    """The one of this system; see ``ways_of``. Nothing is asked before ``hold``."""
    return Awake(ways_of(platform, window), parent)
