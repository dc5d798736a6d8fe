"""The running kiosk: window, core, lanes and the operating system wired together.

Nothing is decided here. The login screen paints before the keychain, the network and the web
engine are even imported (design.md section 4, Start); everything slow happens on a lane.
"""

import json
import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from importlib import import_module
from typing import assert_never

from PySide6.QtCore import QEvent, QObject, QSize, QSocketNotifier, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from kiosk import __version__
from kiosk.clock import Clock, ComputerReadings
from kiosk.desktop.instance import Instance
from kiosk.desktop.own_input import OwnInput
from kiosk.effects import Effects, Ports, Unopened
from kiosk.lanes import Lanes, Name
from kiosk.log import Log
from kiosk.login_file import keep_painted, read_painted
from kiosk.profile import Profile, replace_file
from kiosk.runtime import Runtime
from kiosk.session.effects import Painted
from kiosk.session.events import (
    ClockJudged,
    Event,
    PageFailed,
    PageShown,
    ScreenLocked,
    Suspended,
)
from kiosk.session.intents import DoneWanted, Ticket
from kiosk.session.state import State
from kiosk.session.step import first
from kiosk.session.view import busy, covers
from kiosk.session.views import View
from kiosk.settings import Settings, SettingsFault, Show, Theme
from kiosk.slots import Slots
from kiosk.ui.collector import Collector
from kiosk.ui.curtain import Curtains
from kiosk.ui.pitch import of_screen
from kiosk.ui.theme import Look, Scheme, install, look, system_scheme
from kiosk.ui.window import KioskWindow

PARTING_SECONDS = 3.0
WINDOW_SIZE = (1280, 800)
SECOND_FRAME_MS = 30
"""The focus ring comes with the second frame, when the window is active."""


class Bridge(QObject):
    """The one way back to the main thread: what any thread posts arrives there, in order."""

    arrived = Signal(object)


class FirstPaint(QObject):
    """Tells once that a window has been painted."""

    def __init__(self, window: KioskWindow, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then: Callable[[], None] | None = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt; lets everything pass."""
        if event.type() == QEvent.Type.Paint and self._then is not None:
            QTimer.singleShot(SECOND_FRAME_MS, self._then)
            self._then = None
            watched.removeEventFilter(self)
        return False


class App:
    """One kiosk, from its first paint to its end."""

    def __init__(self, profile: Profile, settings: Settings, qt: QApplication, log: Log) -> None:
        self._profile = profile
        self._display = settings.display
        self._qt = qt
        self._log = log
        self._clock = Clock(ComputerReadings())
        self._slots = Slots()
        self._bridge = Bridge()
        self._told_idle: Callable[[], timedelta | None] = no_word
        self._own_input: OwnInput | None = None
        self._lanes = Lanes(self._unexpected)
        self._effects = Effects(
            lanes=self._lanes,
            slots=self._slots,
            clock=self._clock,
            open_ports=self._open_ports,
            post=self._bridge.arrived.emit,
            show_page=self._show_page,
            close_page=self._close_page,
            keep_painted=self._keep_painted,
            unexpected=self._unexpected,
        )
        self._timer = QTimer(singleShot=True, timerType=Qt.TimerType.CoarseTimer)
        theme = self._look()
        install(qt, theme)
        self.window = KioskWindow(theme, self._slots.put)
        self._curtains = Curtains(frozenset(self._display.leave_screens), theme, self.window)
        state, self._begin = first(settings.place, read_painted(profile.login_file))
        self.runtime = Runtime(
            state,
            now=self._clock.now,
            idle=self._idle,
            perform=self._effects.perform,
            show=self._show,
            wake=self._wake,
            unexpected=self._unexpected,
        )
        self._told_status = ""
        # The server whose page the engine is confined to: the joined one, once it is known.
        self._expected = ""
        self._proxy = settings.proxy
        self._ending = False
        self._connect()

    def start(self) -> None:
        """Show the login screen; everything else begins when it is painted."""
        FirstPaint(self.window, self._painted)
        if self._display.show is Show.FULLSCREEN:
            # As the shell there is no window manager to do it.
            self.window.setGeometry(self._qt.primaryScreen().geometry())
            self.window.showFullScreen()
        else:
            self.window.resize(*WINDOW_SIZE)
            self.window.show()
        self.runtime.begin(self._begin)

    def finish(self) -> None:
        """End what is open, and let the lanes do what they have."""
        self._ending = True
        self.runtime.ask(DoneWanted())
        self.window.xchart.close_page()
        # The engine's profile must be gone before Qt is: nothing else empties this queue now.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._lanes.finish(PARTING_SECONDS)
        self._profile.status.unlink(missing_ok=True)

    def _connect(self) -> None:
        self._bridge.arrived.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self._timer.timeout.connect(self.runtime.tick)
        self.window.asked.connect(self.runtime.ask)
        self.window.closing.connect(self._closing)

    def _look(self) -> Look:
        match self._display.theme:
            case Theme.LIGHT:
                scheme = Scheme.LIGHT
            case Theme.DARK:
                scheme = Scheme.DARK
            case Theme.AUTO:
                scheme = system_scheme()
            case _:
                assert_never(self._display.theme)
        screen = self._qt.primaryScreen()
        as_shell = self._display.show is Show.FULLSCREEN
        pitch = of_screen(screen, screen.size() if as_shell else QSize(*WINDOW_SIZE))
        larger = self._display.text_scale
        return look(scheme, pitch._replace(dpi=pitch.dpi * larger, room=pitch.room * larger))

    def _painted(self) -> None:
        Collector(self.window)
        self._lanes.start()
        # The buses and the local socket cost a tenth of the way to the first paint.
        from kiosk.desktop.front_door import FrontDoor
        from kiosk.desktop.watch import watch_desktop

        door = FrontDoor(self._profile.id, self.window)
        door.wanted.connect(self._come_to_front)
        watch = watch_desktop(self._qt, self.window)
        self._told_idle = watch.idle_for
        watch.follow(self.window.winId())
        watch.screen_locked.connect(lambda: self.runtime.post(ScreenLocked(self._now())))
        watch.suspending.connect(lambda: self.runtime.post(Suspended(self._now())))
        watch.resumed.connect(lambda: self.runtime.post(Suspended(self._now())))

    def _idle(self) -> timedelta:
        told = self._told_idle()
        if told is not None:
            return told
        if self._own_input is None:
            self._own_input = OwnInput(self._qt)
        return self._own_input.idle_for()

    def _come_to_front(self) -> None:
        if self.window.isMinimized():
            self.window.showNormal()
        self.window.raise_()
        self.window.activateWindow()

    def _open_ports(self) -> Ports | Unopened:
        # Half a second of libraries, imported on the local lane.
        opening = import_module("kiosk.opening")
        opened: Ports | Unopened = opening.open_ports(
            self._profile, self._clock, self._heard, lambda job: self._lanes.do(Name.LOCAL, job)
        )
        if not isinstance(opened, Unopened):
            self._bridge.arrived.emit(None)
        return opened

    def _heard(self, at: datetime) -> None:
        self._clock.heard(at)
        off = self._clock.disagreement()
        if off is not None:
            self._bridge.arrived.emit(ClockJudged(self._now(), off))

    def _arrived(self, event: Event | None) -> None:
        if event is None:
            xchart = self.window.xchart
            xchart.shown.connect(lambda: self.runtime.post(PageShown(self._now())))
            xchart.failed.connect(lambda _why: self.runtime.post(PageFailed(self._now())))
        else:
            self.runtime.post(event)

    def _now(self) -> datetime:
        return self._clock.now()

    def _wake(self, after: timedelta) -> None:
        self._timer.start(int(after / timedelta(milliseconds=1)) + 1)

    def _show(self, view: View, state: State) -> None:
        cover = covers(state) and self._display.show is Show.FULLSCREEN
        if cover != self._curtains.covered:
            if cover:
                self._curtains.cover()
            else:
                self._curtains.uncover()
        self.window.show_view(view)
        self._tell_status(state)
        if state.known.account is not None and not self._expected:
            self._expected = state.known.place.server
            self.window.xchart.expect(self._expected, self._proxy)
            QTimer.singleShot(0, self.window.xchart.warm)

    def _tell_status(self, state: State) -> None:
        told = {
            "pid": os.getpid(),
            "version": __version__,
            "phase": type(state.phase).__name__,
            "busy": busy(state),
        }
        text = json.dumps(told)
        if text != self._told_status:
            self._told_status = text
            self._lanes.do(Name.LOCAL, lambda: replace_file(self._profile.status, text))

    def _show_page(self, ticket: Ticket) -> None:
        address = self._slots.take(ticket)
        if address is not None:
            self.window.xchart.open(address)

    def _close_page(self) -> None:
        xchart = self.window.xchart
        xchart.close_page()
        if not self._ending:
            # The next tap finds an empty page ready; the login screen is drawn first.
            QTimer.singleShot(0, xchart.warm)

    def _keep_painted(self, painted: Painted) -> None:
        self._lanes.do(Name.LOCAL, lambda: keep_painted(self._profile.login_file, painted))

    def _closing(self) -> None:
        if self._display.show is not Show.FULLSCREEN:
            self._qt.quit()

    def _unexpected(self, error: BaseException) -> None:
        self._log.crash(error)


def no_word() -> timedelta | None:
    """What the desktop tells before it is asked."""
    return None


def quit_on_signals(qt: QApplication) -> None:
    """SIGTERM and SIGINT end the kiosk in order: Python sees them only when Qt lets it run."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, qt)
    # Not quit(): that asks the windows, and the shell's window never agrees to close.
    notifier.activated.connect(lambda: (ours.recv(64), qt.exit(0)))
    qt.setProperty("wakeup", (ours, theirs))


def run(profile: Profile, settings: Settings | SettingsFault, show: Show | None, log: Log) -> int:
    """Run until the end; ``show`` overrides the settings'. 0 when it ended in order.

    A second start for the same profile brings the first to the front: 0 too, 1 if it is deaf.
    """
    instance = Instance.take(profile.lock)
    if instance is None:
        from kiosk.desktop.front_door import ask_to_front

        if ask_to_front(profile.id):
            print("The kiosk is running already; it comes to the front.", file=sys.stderr)
            return 0
        print("The kiosk is running already, and does not answer.", file=sys.stderr)
        return 1
    known = settings if isinstance(settings, Settings) else Settings()
    if show is not None:
        known = replace(known, display=replace(known.display, show=show))
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    qt = QApplication([])
    qt.setApplicationName("Operatory Kiosk")
    qt.setDesktopFileName("operatory-kiosk")
    quit_on_signals(qt)
    app = App(profile, known, qt, log)
    app.start()
    code = qt.exec()
    app.finish()
    instance.give_up()
    return code
