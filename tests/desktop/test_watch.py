"""Lock and sleep: signals sent by another program over a real private bus, and window messages."""

import ctypes
import importlib
from collections.abc import Iterator
from contextlib import closing
from ctypes import wintypes
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk.desktop.idle import Unknowable
from kiosk.desktop.watch import DesktopWatch, watch_desktop
from kiosk.desktop.windows_messages import MessageFilter, WindowsMessages, tell_of_session
from tests.support.secret_service import PrivateBus


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[PrivateBus]:
    """One private bus in the place of both the session's and the system's."""
    private = PrivateBus.start(tmp_path)
    yield private
    private.stop()


@pytest.fixture
def watch(bus: PrivateBus, qapp: QGuiApplication) -> Iterator[DesktopWatch]:
    name = uuid4().hex
    connection = QDBusConnection.connectToBus(bus.address, name)
    assert connection.isConnected()
    watch = DesktopWatch(Unknowable())
    watch.listen_to_buses(connection, connection)
    yield watch
    del connection
    QDBusConnection.disconnectFromBus(name)


def say(
    bus: PrivateBus, service: str, path: str, interface: str, member: str, *active: bool
) -> Any:
    """Be ``service`` on the bus and emit one signal."""
    jeepney = importlib.import_module("jeepney")
    sender = bus.connect()
    sender.bus_proxy.RequestName(service)
    address = jeepney.DBusAddress(path, interface=interface)
    sender.send(jeepney.new_signal(address, member, "b" if active else None, active))
    return closing(sender)


@pytest.mark.parametrize(
    ("service", "path"),
    [
        ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
        ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
        ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
        ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
    ],
)
def test_a_desktop_that_locks(
    qtbot: QtBot, bus: PrivateBus, watch: DesktopWatch, service: str, path: str
) -> None:
    assert watch.hears_lock
    with (
        qtbot.waitSignal(watch.screen_locked, timeout=5000),
        say(bus, service, path, service, "ActiveChanged", True),
    ):
        pass


def test_logind_that_asks_to_lock(qtbot: QtBot, bus: PrivateBus, watch: DesktopWatch) -> None:
    path = "/org/freedesktop/login1/session/_32"
    with (
        qtbot.waitSignal(watch.screen_locked, timeout=5000),
        say(bus, "org.freedesktop.login1", path, "org.freedesktop.login1.Session", "Lock"),
    ):
        pass


def test_sleep_and_awakening(qtbot: QtBot, bus: PrivateBus, watch: DesktopWatch) -> None:
    assert watch.hears_sleep
    logind = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
    with (
        qtbot.waitSignal(watch.suspending, timeout=5000),
        say(bus, *logind, "PrepareForSleep", True),
    ):
        pass
    with (
        qtbot.waitSignal(watch.resumed, timeout=5000),
        say(bus, *logind, "PrepareForSleep", False),
    ):
        pass


def test_unlocking_is_not_locking(qtbot: QtBot, bus: PrivateBus, watch: DesktopWatch) -> None:
    gnome = ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver")
    heard: list[str] = []
    watch.screen_locked.connect(lambda: heard.append("locked"))
    with say(bus, *gnome, "ActiveChanged", False):
        # Sent after it over the same bus: once this one is heard, that one was.
        logind = ("org.freedesktop.login1", "/org/freedesktop/login1")
        with (
            qtbot.waitSignal(watch.suspending, timeout=5000),
            say(bus, *logind, "org.freedesktop.login1.Manager", "PrepareForSleep", True),
        ):
            pass
    assert heard == []


def test_without_a_bus_nothing_is_claimed(qapp: QGuiApplication) -> None:
    nowhere = QDBusConnection("no such connection")
    watch = DesktopWatch(Unknowable())
    watch.listen_to_buses(nowhere, nowhere)
    assert not watch.hears_lock
    assert not watch.hears_sleep
    assert watch.idle_for() is None


def test_window_messages_of_windows(qapp: QGuiApplication) -> None:
    messages = WindowsMessages()
    heard: list[str] = []
    messages.locked.connect(lambda: heard.append("locked"))
    messages.suspending.connect(lambda: heard.append("suspending"))
    messages.resumed.connect(lambda: heard.append("resumed"))
    passing = MessageFilter(messages)
    for number, wparam in ((0x2B1, 7), (0x2B1, 8), (0x218, 4), (0x218, 0x12), (0x10, 7)):
        msg = wintypes.MSG(message=number, wParam=wparam)
        answer = passing.nativeEventFilter(
            QByteArray(b"windows_generic_MSG"), ctypes.addressof(msg)
        )
        assert answer == (False, 0)
    assert passing.nativeEventFilter(QByteArray(b"xcb_generic_event_t"), 0) == (False, 0)
    assert heard == ["locked", "suspending", "resumed"]
    assert not tell_of_session(0)


def test_the_watch_of_this_computer_can_be_made(qapp: QGuiApplication) -> None:
    watch = watch_desktop(qapp)
    watch.follow(0)
    watch.idle_for()
