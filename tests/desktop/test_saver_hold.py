"""A real X server that leaves its screen lit while it is asked to, and does not afterwards.

No X server without monitors saves their power; that DPMS waits for the same timer is the server's
own word (os/WaitFor.c, SetScreenSaverTimer), and not tried here.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest

from kiosk.desktop.darkness import X11Darkness
from kiosk.desktop.idle import X11Idle
from kiosk.desktop.saver_hold import NAME, SaverWay, SuspendableSaver
from kiosk.session.model.awake import Held
from tests.support.xvfb import private_x_server

LONG, ENDLESS = timedelta(milliseconds=1300), timedelta(seconds=20)
HOLDER = """
import sys
from kiosk.desktop.saver_hold import SaverWay
way = SaverWay()
way.hold("", lambda name, held: print(held, flush=True))
sys.stdin.read()
"""


class Screen:
    """A screen that goes dark after a second, and what can be seen of it."""

    def __init__(self, display: str) -> None:
        darkness, idle = X11Darkness.open(display), X11Idle.open(display)
        assert darkness is not None
        assert idle is not None
        self.display, self._darkness, self._idle = display, darkness, idle

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "DISPLAY": self.display}

    def begin(self) -> None:
        subprocess.run(["xset", "s", "1", "1"], env=self.environment, check=True)
        subprocess.run(["xdotool", "key", "a"], env=self.environment, check=True)

    def goes_dark_within(self, span: timedelta) -> bool:
        """Wait on the X server itself until it is dark, or nobody was there for that long."""
        while not self._darkness.is_dark():
            idle = self._idle.idle_for()
            assert idle is not None
            if idle > span:
                return False
        return True

    def close(self) -> None:
        self._darkness.close()
        self._idle.close()


@pytest.fixture
def screen() -> Iterator[Screen]:
    with private_x_server() as display:
        made = Screen(display)
        yield made
        made.close()


def test_a_screen_that_is_held_stays_lit_and_goes_dark_once_it_is_given_back(
    screen: Screen,
) -> None:
    answers = list[Held]()
    way = SaverWay(lambda: SuspendableSaver.open(screen.display))
    way.hold("", lambda name, held: answers.append(held))
    assert answers == [Held.HELD]
    screen.begin()
    assert not screen.goes_dark_within(LONG)
    way.release()
    assert screen.goes_dark_within(ENDLESS)
    way.release()


def test_a_process_that_is_killed_holds_no_screen(screen: Screen) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        env=screen.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        screen.begin()
        assert not screen.goes_dark_within(LONG)
        holder.kill()
    assert screen.goes_dark_within(ENDLESS)


def test_without_an_x_server_there_is_nobody_to_ask() -> None:
    answers = dict[str, Held]()
    way = SaverWay(lambda: SuspendableSaver.open(":98765"))
    way.hold("", answers.__setitem__)
    assert answers == {NAME: Held.ABSENT}
    way.release()


class Extension:
    """libXss and libX11 of a server that is too old, or has the extension no more."""

    def __init__(self, minor: int, told: int = 1) -> None:
        self._minor, self._told = minor, told
        self.suspended = 0

    def __getattr__(self, name: str) -> "Request":
        made = Request(self, name)
        setattr(self, name, made)
        return made


class Request:
    """One of its calls, which takes its types as ctypes does."""

    argtypes: list[object]
    restype: object

    def __init__(self, of: Extension, name: str) -> None:
        self._of, self._name = of, name

    def __call__(self, _display: object, *given: object) -> int:
        if self._name == "XScreenSaverQueryVersion":
            major, minor = given
            major._obj.value, minor._obj.value = 1, self._of._minor  # type: ignore[attr-defined]
            return self._of._told
        if self._name == "XScreenSaverSuspend":
            self._of.suspended += 1
        return 1


@pytest.mark.parametrize(
    ("minor", "told", "held"), [(0, 1, False), (1, 0, False), (1, 1, True), (2, 1, True)]
)
def test_an_extension_that_cannot_suspend_is_not_believed(
    minor: int, told: int, held: bool
) -> None:
    extension = Extension(minor, told)
    saver = SuspendableSaver(extension, extension, 1)  # type: ignore[arg-type]
    assert saver.suspend() is held
    assert extension.suspended == held
