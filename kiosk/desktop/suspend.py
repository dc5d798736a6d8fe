"""Sleep, on Linux: heard from logind, and held back for the moment that a cover takes.

Owns what its one signal means (org.freedesktop.login1.Manager.PrepareForSleep) and the delay lock
that belongs to it. Must never forbid a sleep: a delay lock ends by itself after logind's five
seconds (InhibitDelayMaxSec), and where none can be had nothing waits.
"""

import os
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
)

SERVICE, PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
MANAGER = "org.freedesktop.login1.Manager"
WHO, WHY = "Operatory Kiosk", "What is on the screen is covered first."


class Suspend(QObject):
    """``suspending`` before the computer sleeps, ``resumed`` after; ``watched``: logind tells."""

    suspending = Signal()
    resumed = Signal()

    def __init__(self, system: QDBusConnection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._system = system
        self._delay: int | None = None
        self._asking: QDBusPendingCallWatcher | None = None
        # Typed loosely: PySide's stubs ask for bytes, PySide itself takes only what SLOT gives.
        slot: Any = SLOT("prepare_for_sleep(bool)")
        self.watched = system.connect(SERVICE, PATH, MANAGER, "PrepareForSleep", self, slot)
        if self.watched:
            self._hold_back()

    @Slot(bool)
    def prepare_for_sleep(self, about_to: bool) -> None:
        """Heard: about to sleep, or back from it."""
        if about_to:
            self.suspending.emit()
        else:
            self._hold_back()
            self.resumed.emit()

    @property
    def holds_back(self) -> bool:
        """Whether the next sleep waits until it is let."""
        return self._delay is not None

    def let_sleep(self) -> None:
        """Everything is covered: nothing is waited for any more, until the next time."""
        # An answer that is still on its way comes too late to hold anything back.
        self._asking = None
        if self._delay is not None:
            os.close(self._delay)
            self._delay = None

    def _hold_back(self) -> None:
        """Take the delay lock for the next sleep; logind gives it as an open file."""
        if self._delay is not None or self._asking is not None:
            return
        call = QDBusMessage.createMethodCall(SERVICE, PATH, MANAGER, "Inhibit")
        call.setArguments(["sleep", WHO, WHY, "delay"])
        self._asking = QDBusPendingCallWatcher(self._system.asyncCall(call), self)
        self._asking.finished.connect(self._held_back)

    def _held_back(self, asked: QDBusPendingCallWatcher) -> None:
        wanted = asked is self._asking
        self._asking = None if wanted else self._asking
        given = asked.reply().arguments()
        asked.deleteLater()
        if (
            wanted
            and given
            and isinstance(given[0], QDBusUnixFileDescriptor)
            and given[0].isValid()
        ):
            # Qt's own ends with the message.
            self._delay = os.dup(given[0].fileDescriptor())
