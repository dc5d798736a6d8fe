"""Whether Caps Lock and NumLock are on: a password typed with the wrong one is a try lost.

Owns the questions to the operating system. Must never guess: what cannot be known is ``None``.
"""

import ctypes
import sys
from collections.abc import Callable
from ctypes import byref, c_int, c_uint, c_uint64, c_void_p

from kiosk.session.pages.typing_hints import KeyLocks

CORE_KEYBOARD = 0x100
"""``XkbUseCoreKbd`` of X11/XKBlib.h: the keyboard that programs hear."""
CAPS, NUM = 0x1, 0x2
"""The first two indicators of every keymap that X.Org and XQuartz ship."""
WINDOWS_CAPS, WINDOWS_NUM = 0x14, 0x90
MAC_CAPS = 0x10000
"""``kCGEventFlagMaskAlphaShift``."""


def unknown() -> KeyLocks:
    """Where nobody tells, such as Wayland."""
    return KeyLocks()


class X11Locks:
    """The keyboard's indicators, on a connection of its own."""

    def __init__(self, x11: ctypes.CDLL, display: int) -> None:
        self._x11, self._display = x11, c_void_p(display)

    @classmethod
    def open(cls, display: str | None = None) -> "X11Locks | None":
        """Connect to ``display`` (of the environment if ``None``); ``None``: it cannot be asked."""
        try:
            x11 = ctypes.CDLL("libX11.so.6")
        except OSError:
            return None
        x11.XOpenDisplay.restype = c_void_p
        x11.XCloseDisplay.argtypes = [c_void_p]
        x11.XkbGetIndicatorState.argtypes = [c_void_p, c_uint, ctypes.POINTER(c_uint)]
        x11.XkbGetIndicatorState.restype = c_int
        opened = x11.XOpenDisplay(display.encode() if display is not None else None)
        return cls(x11, opened) if opened else None

    def read(self) -> KeyLocks:
        """Ask the X server: one round trip."""
        state, success = c_uint(), 0
        if self._x11.XkbGetIndicatorState(self._display, CORE_KEYBOARD, byref(state)) != success:
            return KeyLocks()
        return KeyLocks(bool(state.value & CAPS), bool(state.value & NUM))

    def close(self) -> None:
        """Leave the X server; nothing may be asked after."""
        self._x11.XCloseDisplay(self._display)


def windows_locks() -> KeyLocks:
    """Ask user32; the lowest bit is that of the lock."""
    if sys.platform == "win32":
        state = ctypes.windll.user32.GetKeyState
        return KeyLocks(bool(state(WINDOWS_CAPS) & 1), bool(state(WINDOWS_NUM) & 1))
    return KeyLocks()


def mac_locks() -> KeyLocks:
    """Ask CoreGraphics; keyboards of a Mac have no NumLock."""
    try:
        graphics = ctypes.CDLL("/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics")
    except OSError:
        return KeyLocks()
    ask = graphics.CGEventSourceFlagsState
    ask.argtypes, ask.restype = [c_int], c_uint64
    combined_session = 0
    return KeyLocks(caps=bool(ask(combined_session) & MAC_CAPS))


def key_locks(qt_platform: str) -> Callable[[], KeyLocks]:
    """How to ask where Qt draws (``QGuiApplication.platformName()``)."""
    match qt_platform:
        case "windows":
            return windows_locks
        case "cocoa":
            return mac_locks
        case "xcb":
            opened = X11Locks.open()
            return opened.read if opened is not None else unknown
        case _:
            return unknown
