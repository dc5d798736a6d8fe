"""Whether the screen is dark: a contract for every desktop, and a real X server's own word."""

import os
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.desktop.darkness import Darkness, DarkWatch, Unseen, X11Darkness, darkness
from tests.support.xvfb import private_x_server

LONG, SHORT = timedelta(minutes=5), timedelta(seconds=2)


def xset(display: str, *what: str) -> None:
    subprocess.run(["xset", *what], env={**os.environ, "DISPLAY": display}, check=True)


@pytest.fixture
def server() -> Iterator[str]:
    with private_x_server() as display:
        yield display


def test_a_saver_that_is_on_is_dark_until_somebody_is_there(server: str) -> None:
    screen = X11Darkness.open(server)
    assert screen is not None
    assert screen.is_dark() is False
    xset(server, "s", "activate")
    assert screen.is_dark() is True
    subprocess.run(["xdotool", "key", "a"], env={**os.environ, "DISPLAY": server}, check=True)
    assert screen.is_dark() is False
    screen.close()


class Power:
    """What libXext answers: Xvfb has no monitors whose power could be cut."""

    def __init__(self, level: int, enabled: bool, told: bool = True) -> None:
        self.level, self.enabled, self.told = level, enabled, told

    def DPMSInfo(self, _display: object, level: Any, state: Any) -> int:
        level._obj.value, state._obj.value = self.level, self.enabled
        return int(self.told)


@pytest.mark.parametrize("level", [0, 1, 2, 3], ids=["on", "standby", "suspend", "off"])
@pytest.mark.parametrize("enabled", [True, False])
def test_monitors_without_power_are_dark(server: str, level: int, enabled: bool) -> None:
    screen = X11Darkness.open(server)
    assert screen is not None
    screen._power = Power(level, enabled)
    assert screen.is_dark() is (enabled and level != 0)
    xset(server, "s", "activate")
    assert screen.is_dark() is True
    screen.close()


def test_where_nobody_tells_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    for platform in ("xcb", "wayland", "windows", "cocoa", "offscreen"):
        assert darkness(platform).is_dark() is None


def test_a_display_that_is_not_there_cannot_be_asked() -> None:
    assert X11Darkness.open(":98765") is None


class Screen:
    """A screen as the port tells it."""

    def __init__(self, *, dark: bool | None = False) -> None:
        self.dark = dark
        self.asked = 0

    def is_dark(self) -> bool | None:
        self.asked += 1
        return self.dark


class Room:
    """A screen, somebody before it, and the watch."""

    def __init__(self, screen: Darkness) -> None:
        self.idle: timedelta | None = SHORT
        self.seen: list[bool] = []
        self.watch = DarkWatch(screen, lambda: self.idle)
        self.watch.seen.connect(self.seen.append)

    @property
    def wait_ms(self) -> int:
        return self.watch._timer.interval()


@pytest.fixture
def screen(qapp: QApplication) -> Screen:
    return Screen()


def test_it_is_told_once_when_it_goes_dark_and_once_when_it_is_lit(screen: Screen) -> None:
    room = Room(screen)
    room.idle, screen.dark = LONG, True
    room.watch.look()
    room.watch.look()
    assert room.seen == [True]
    room.idle, screen.dark = SHORT, False
    room.watch.look()
    assert room.seen == [True, False]


def test_a_screen_that_somebody_sits_before_is_not_asked(screen: Screen) -> None:
    room = Room(screen)
    before = screen.asked
    room.watch.look()
    assert screen.asked == before
    assert room.wait_ms == 28_000


def test_it_is_looked_at_every_second_once_nobody_was_there_for_a_while(screen: Screen) -> None:
    room = Room(screen)
    room.idle = LONG
    room.watch.look()
    assert room.wait_ms == 1_000


def test_a_lit_screen_is_lit_however_long_nobody_was_there(screen: Screen) -> None:
    room = Room(screen)
    room.idle = timedelta(hours=3)
    room.watch.look()
    assert room.seen == []


def test_a_desktop_that_does_not_tell_costs_nothing(qapp: QApplication) -> None:
    room = Room(Unseen())
    assert not room.watch._timer.isActive()
