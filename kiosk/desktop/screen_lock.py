"""The desktop's own screen lock, on Linux: heard from the desktop or from logind.

Owns which D-Bus signals mean it. Must never lock or unlock anything itself.
"""

from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection

_DESKTOPS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
)


class ScreenLock(QObject):
    """``locked`` once for each time the screen is locked; ``watched``: somebody would tell.

    ``is_on`` is the desktop's last word on whether its lock is up now.
    """

    locked = Signal()
    changed = Signal()

    def __init__(
        self, session: QDBusConnection, system: QDBusConnection, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.is_on = False
        # Typed loosely: PySide's stubs ask for bytes, PySide itself takes only what SLOT gives.
        changed: Any = SLOT("active_changed(bool)")
        asked: Any = SLOT("lock_asked()")
        heard = [
            session.connect(service, path, service, "ActiveChanged", self, changed)
            for service, path in _DESKTOPS
        ]
        # Any session's: `loginctl lock-session` of another seat locks us too, which is harmless.
        heard.append(
            system.connect(
                "org.freedesktop.login1",
                "",
                "org.freedesktop.login1.Session",
                "Lock",
                self,
                asked,
            )
        )
        self.watched = any(heard)

    @Slot(bool)
    def active_changed(self, active: bool) -> None:
        """Heard: a screen saver or lock came or went."""
        self.is_on = active
        self.changed.emit()
        if active:
            self.locked.emit()

    @Slot()
    def lock_asked(self) -> None:
        """Heard: logind asks the session to lock."""
        self.locked.emit()
