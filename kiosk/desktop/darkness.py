"""Whether the screen is dark: whoever touches it then wants light, and nothing else (law 13).

Owns the questions to the operating system. Must never guess: what cannot be known is ``None``, and
then every touch counts. A monitor that is switched off by its own button tells nobody.
"""

import ctypes
from collections.abc import Callable
from ctypes import POINTER, byref, c_int, c_ubyte, c_uint16, c_void_p
from datetime import timedelta
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kiosk.desktop.idle import X11Saver

SAVER_ON = 1
DPMS_ON = 0
AFTER = timedelta(seconds=30)
"""No screen goes dark sooner than that after a touch."""
AGAIN = timedelta(seconds=1)


class Darkness(Protocol):
    """What is known of the screen."""

    def is_dark(self) -> bool | None:
        """Whether it shows nothing; ``None`` where it cannot be known."""
        ...


class Unseen:
    """A desktop that does not tell: Wayland, Windows and macOS wake without the first touch."""

    def is_dark(self) -> bool | None:
        """Return ``None``."""
        return None


class Power(Protocol):
    """libXext, as far as it is asked."""

    def DPMSInfo(self, display: Any, level: Any, state: Any) -> int:
        """Fill in the power's level and whether it is saved at all; 0: nobody tells."""
        ...


class X11Darkness(X11Saver):
    """The X server's saver, and the monitors' power (DPMS) where the server knows of it."""

    def __init__(self, x11: ctypes.CDLL, xss: ctypes.CDLL, display: int) -> None:
        super().__init__(x11, xss, display)
        self._power = power(display)

    def is_dark(self) -> bool | None:
        """Ask the X server: one round trip, or two."""
        info = self._info()
        if info is None:
            return None
        if info.state == SAVER_ON or self._power is None:
            return bool(info.state == SAVER_ON)
        level, enabled = c_uint16(), c_ubyte()
        told = self._power.DPMSInfo(self._display, byref(level), byref(enabled))
        return bool(told and enabled.value and level.value != DPMS_ON)


def power(display: int) -> Power | None:
    """The library that asks for DPMS, where the server has it."""
    try:
        xext = ctypes.CDLL("libXext.so.6")
    except OSError:
        return None
    xext.DPMSQueryExtension.argtypes = [c_void_p, POINTER(c_int), POINTER(c_int)]
    xext.DPMSInfo.argtypes = [c_void_p, POINTER(c_uint16), POINTER(c_ubyte)]
    first, error = c_int(), c_int()
    there = xext.DPMSQueryExtension(c_void_p(display), byref(first), byref(error))
    return xext if there else None


def darkness(qt_platform: str) -> Darkness:
    """What can be asked where Qt draws (``QGuiApplication.platformName()``)."""
    return (X11Darkness.open() if qt_platform == "xcb" else None) or Unseen()


class DarkWatch(QObject):
    """Looks every second while nobody has touched the computer for a while; ``seen`` tells."""

    seen = Signal(bool)

    def __init__(
        self,
        darkness: Darkness,
        idle_for: Callable[[], timedelta | None],
        parent: QObject | None = None,
        after: timedelta = AFTER,
    ) -> None:
        """``idle_for`` is of the whole computer; ``after`` so long it is worth looking."""
        super().__init__(parent)
        self._darkness = darkness
        self._idle_for = idle_for
        self._after = after
        self._was_dark = False
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.look)
        if darkness.is_dark() is not None:
            self.look()

    def look(self) -> None:
        """Look now, and say when to look again."""
        idle = self._idle_for()
        left = self._after if idle is None else self._after - idle
        dark = left <= timedelta(0) and bool(self._darkness.is_dark())
        if dark != self._was_dark:
            self._was_dark = dark
            self.seen.emit(dark)
        self._timer.start(int(max(left, AGAIN) / timedelta(milliseconds=1)))
