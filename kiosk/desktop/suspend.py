"""Sleep, on Linux: heard from logind.

Owns what its one signal means (org.freedesktop.login1.Manager.PrepareForSleep). Must never delay
or forbid a sleep; inhibiting is another matter.
"""

from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection


class Suspend(QObject):
    """``suspending`` before the computer sleeps, ``resumed`` after; ``watched``: logind tells."""

    suspending = Signal()
    resumed = Signal()

    def __init__(self, system: QDBusConnection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Typed loosely: PySide's stubs ask for bytes, PySide itself takes only what SLOT gives.
        slot: Any = SLOT("prepare_for_sleep(bool)")
        self.watched = system.connect(
            "org.freedesktop.login1",
            "/org/freedesktop/login1",
            "org.freedesktop.login1.Manager",
            "PrepareForSleep",
            self,
            slot,
        )

    @Slot(bool)
    def prepare_for_sleep(self, about_to: bool) -> None:
        """Heard: about to sleep, or back from it."""
        (self.suspending if about_to else self.resumed).emit()
