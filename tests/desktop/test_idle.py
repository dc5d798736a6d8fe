"""Idle time of the whole computer, asked of a real X server."""

import os
import subprocess
from datetime import timedelta

import pytest

from kiosk.desktop.idle import MacIdle, Unknowable, WindowsIdle, X11Idle, idle_meter, since_tick
from tests.support.xvfb import private_x_server


def test_input_anywhere_on_the_screen_ends_idleness() -> None:
    with private_x_server() as display:
        meter = X11Idle.open(display)
        assert meter is not None
        env = {**os.environ, "DISPLAY": display}

        def longest() -> timedelta:
            """Wait on the X server itself until it counts 60 ms."""
            while (idle := meter.idle_for()) is not None and idle < timedelta(milliseconds=60):
                pass
            assert idle is not None
            return idle

        before = longest()
        subprocess.run(["xdotool", "mousemove", "100", "100"], env=env, check=True)
        moved = meter.idle_for()
        assert moved is not None
        assert moved < before
        before = longest()
        subprocess.run(["xdotool", "key", "a"], env=env, check=True)
        typed = meter.idle_for()
        assert typed is not None
        assert typed < before
        meter.close()


def test_where_there_is_no_x_server_it_cannot_be_known() -> None:
    assert X11Idle.open(":9999") is None


@pytest.mark.parametrize("platform", ["wayland", "offscreen", "minimal"])
def test_elsewhere_it_is_said_to_be_unknowable(platform: str) -> None:
    meter = idle_meter(platform)
    assert isinstance(meter, Unknowable)
    assert meter.idle_for() is None


def test_the_other_systems_meters_know_nothing_here() -> None:
    assert isinstance(idle_meter("windows"), WindowsIdle)
    assert isinstance(idle_meter("cocoa"), MacIdle)
    assert idle_meter("windows").idle_for() is None
    assert idle_meter("cocoa").idle_for() is None


def test_ticks_that_wrapped_after_49_days() -> None:
    assert since_tick(5, 0xFFFFFFFF) == timedelta(milliseconds=6)
    assert since_tick(1000, 400) == timedelta(milliseconds=600)
