"""How long nobody has touched the computer: the whole of it, not our window (law 3).

Owns the questions to the operating system. Must never guess: what cannot be known is ``None``,
and ``kiosk doctor`` says so.
"""

import ctypes
import sys
from ctypes import POINTER, Structure, byref, c_double, c_int, c_uint32, c_ulong, c_void_p
from datetime import timedelta
from typing import Protocol, Self


class IdleMeter(Protocol):
    """Time since the last key, touch or movement."""

    def idle_for(self) -> timedelta | None:
        """Return it, or ``None`` where it cannot be known."""
        ...


class Unknowable:
    """A desktop that does not tell, such as Wayland."""

    def idle_for(self) -> timedelta | None:
        """Return ``None``."""
        return None


class ScreenSaverInfo(Structure):
    """``XScreenSaverInfo`` of X11/extensions/scrnsaver.h; ``idle`` in milliseconds."""

    _fields_ = [
        ("window", c_ulong),
        ("state", c_int),
        ("kind", c_int),
        ("til_or_since", c_ulong),
        ("idle", c_ulong),
        ("event_mask", c_ulong),
    ]


class X11Saver:
    """The MIT-SCREEN-SAVER extension, on a connection of its own."""

    def __init__(self, x11: ctypes.CDLL, xss: ctypes.CDLL, display: int) -> None:
        self._x11, self._xss, self._display = x11, xss, c_void_p(display)

    @classmethod
    def open(cls, display: str | None = None) -> Self | None:
        """Connect to ``display`` (of the environment if ``None``); ``None``: it cannot be asked."""
        try:
            x11, xss = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXss.so.1")
        except OSError:
            return None
        x11.XOpenDisplay.restype = c_void_p
        x11.XDefaultRootWindow.argtypes = [c_void_p]
        x11.XDefaultRootWindow.restype = c_ulong
        x11.XCloseDisplay.argtypes = [c_void_p]
        xss.XScreenSaverQueryExtension.argtypes = [c_void_p, POINTER(c_int), POINTER(c_int)]
        xss.XScreenSaverQueryInfo.argtypes = [c_void_p, c_ulong, POINTER(ScreenSaverInfo)]
        opened = x11.XOpenDisplay(display.encode() if display is not None else None)
        if not opened:
            return None
        first, error = c_int(), c_int()
        if not xss.XScreenSaverQueryExtension(c_void_p(opened), byref(first), byref(error)):
            x11.XCloseDisplay(c_void_p(opened))
            return None
        return cls(x11, xss, opened)

    def _info(self) -> ScreenSaverInfo | None:
        """Ask the X server: one round trip."""
        info = ScreenSaverInfo()
        root = self._x11.XDefaultRootWindow(self._display)
        if not self._xss.XScreenSaverQueryInfo(self._display, root, byref(info)):
            return None
        return info

    def close(self) -> None:
        """Leave the X server; nothing may be asked after."""
        self._x11.XCloseDisplay(self._display)


class X11Idle(X11Saver):
    """What the X server tells of its input."""

    def idle_for(self) -> timedelta | None:
        """Ask the X server."""
        info = self._info()
        return timedelta(milliseconds=info.idle) if info is not None else None


class _LastInput(Structure):
    """``LASTINPUTINFO`` of winuser.h; ``time`` in milliseconds since boot, 32 bits."""

    _fields_ = [("size", c_uint32), ("time", c_uint32)]


def since_tick(now: int, then: int) -> timedelta:
    """Return the time between two 32-bit tick counts, which wrap every 49.7 days."""
    return timedelta(milliseconds=(now - then) & 0xFFFFFFFF)


class WindowsIdle:
    """GetLastInputInfo: the input of this session."""

    def idle_for(self) -> timedelta | None:
        """Ask user32."""
        if sys.platform == "win32":
            last = _LastInput(ctypes.sizeof(_LastInput), 0)
            if ctypes.windll.user32.GetLastInputInfo(byref(last)):
                return since_tick(ctypes.windll.kernel32.GetTickCount(), last.time)
        return None


class MacIdle:
    """CGEventSourceSecondsSinceLastEventType over the whole login session."""

    def idle_for(self) -> timedelta | None:
        """Ask CoreGraphics."""
        try:
            graphics = ctypes.CDLL("/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics")
        except OSError:
            return None
        ask = graphics.CGEventSourceSecondsSinceLastEventType
        ask.argtypes, ask.restype = [c_int, c_uint32], c_double
        combined_session, any_input = 0, 0xFFFFFFFF
        return timedelta(seconds=float(ask(combined_session, any_input)))


def idle_meter(qt_platform: str) -> IdleMeter:
    """Return the meter for where Qt draws (``QGuiApplication.platformName()``)."""
    match qt_platform:
        case "windows":
            return WindowsIdle()
        case "cocoa":
            return MacIdle()
        case "xcb":
            return X11Idle.open() or Unknowable()
        case _:
            return Unknowable()
