"""What the desktop tells the kiosk: locked, about to sleep, awake again, and how long idle.

Owns the choice of listeners for this operating system. Must never decide what follows: the core
does (law 3).
"""

import os
from datetime import timedelta

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QGuiApplication

from kiosk.desktop.idle import IdleMeter, idle_meter
from kiosk.desktop.screen_lock import ScreenLock
from kiosk.desktop.stacking import Stacking, Untold
from kiosk.desktop.suspend import Suspend
from kiosk.desktop.windows_messages import MessageFilter, WindowsMessages, tell_of_session
from kiosk.desktop.x11 import X11


class DesktopWatch(QObject):
    """Signals of the desktop, each emitted on the main thread.

    ``hears_lock`` and ``hears_sleep`` say whether anybody would tell (``kiosk doctor`` asks).
    """

    screen_locked = Signal()
    suspending = Signal()
    resumed = Signal()

    def __init__(self, idle: IdleMeter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._idle = idle
        self._lock: ScreenLock | None = None
        self._sleep: Suspend | None = None
        self.hears_lock = False
        self.hears_sleep = False
        self._filter: MessageFilter | None = None

    def listen_to_buses(self, session: QDBusConnection, system: QDBusConnection) -> None:
        """Linux: the desktop on the session bus, logind on the system bus."""
        self._lock = lock = ScreenLock(session, system, self)
        lock.locked.connect(self.screen_locked)
        self._sleep = sleep = Suspend(system, self)
        sleep.suspending.connect(self.suspending)
        sleep.resumed.connect(self.resumed)
        self.hears_lock, self.hears_sleep = lock.watched, sleep.watched

    def listen_to_messages(self, application: QCoreApplication) -> None:
        """Windows: messages to our windows; ``follow`` has to name one of them."""
        messages = WindowsMessages(self)
        messages.locked.connect(self.screen_locked)
        messages.suspending.connect(self.suspending)
        messages.resumed.connect(self.resumed)
        # Qt does not own a filter: it has to live as long as we do.
        self._filter = MessageFilter(messages)
        application.installNativeEventFilter(self._filter)
        self.hears_sleep = True

    def follow(self, window: int) -> None:
        """Windows: have lock messages sent to this window (``winId``). Elsewhere: nothing."""
        if self._filter is not None:
            self.hears_lock = tell_of_session(window)

    def let_sleep(self) -> None:
        """Everything is covered: sleep is held back no longer."""
        if self._sleep is not None:
            self._sleep.let_sleep()

    def see_above(self, platform: str) -> Stacking | Untold | None:
        """What lies above our windows, where Qt draws on that; None: nobody could raise them."""
        if platform in ("windows", "cocoa"):
            return Untold(self)
        x11 = X11.open() if platform == "xcb" else None
        if x11 is None:
            return None
        stacking = Stacking(x11, self._lock_is_on, self)
        if self._lock is not None:
            self._lock.changed.connect(stacking.changed)
        return stacking

    def _lock_is_on(self) -> bool:
        return self._lock is not None and self._lock.is_on

    def idle_for(self) -> timedelta | None:
        """Return how long nobody touched the computer; ``None``: it cannot be known."""
        return self._idle.idle_for()


def watch_desktop(application: QGuiApplication, parent: QObject | None = None) -> DesktopWatch:
    """Return the watch for this computer. On macOS lock and sleep are not heard yet."""
    platform = QGuiApplication.platformName()
    watch = DesktopWatch(idle_meter(platform), parent)
    if platform == "windows":
        watch.listen_to_messages(application)
    elif os.name == "posix" and platform != "cocoa":
        watch.listen_to_buses(QDBusConnection.sessionBus(), QDBusConnection.systemBus())
    return watch
