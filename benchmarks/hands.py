"""Hands on a desk: clicks and keys through the XTEST extension, at a known moment."""

import ctypes
import time
from ctypes import c_char_p, c_int, c_uint, c_ulong, c_void_p

LEFT_BUTTON = 1


class Hands:
    """Owns a connection to the X server of one desk."""

    def __init__(self, display: str) -> None:
        """``display`` as in DISPLAY."""
        self._x11 = ctypes.CDLL("libX11.so.6")
        self._test = ctypes.CDLL("libXtst.so.6")
        self._x11.XOpenDisplay.argtypes = [c_char_p]
        self._x11.XOpenDisplay.restype = c_void_p
        self._x11.XStringToKeysym.restype = c_ulong
        self._x11.XKeysymToKeycode.argtypes = [c_void_p, c_ulong]
        self._x11.XFlush.argtypes = [c_void_p]
        self._x11.XCloseDisplay.argtypes = [c_void_p]
        self._test.XTestFakeMotionEvent.argtypes = [c_void_p, c_int, c_int, c_int, c_ulong]
        self._test.XTestFakeButtonEvent.argtypes = [c_void_p, c_uint, c_int, c_ulong]
        self._test.XTestFakeKeyEvent.argtypes = [c_void_p, c_uint, c_int, c_ulong]
        self._display = self._x11.XOpenDisplay(display.encode())

    def close(self) -> None:
        """Leave the X server."""
        self._x11.XCloseDisplay(self._display)

    def click(self, where: tuple[int, int]) -> float:
        """Move there, press and let go; the moment of the press (``time.perf_counter``)."""
        self._test.XTestFakeMotionEvent(self._display, -1, *where, 0)
        at = time.perf_counter()
        self._test.XTestFakeButtonEvent(self._display, LEFT_BUTTON, True, 0)
        self._test.XTestFakeButtonEvent(self._display, LEFT_BUTTON, False, 0)
        self._x11.XFlush(self._display)
        return at

    def badge(self, number: str) -> float:
        """Hold a badge to the reader: its digits one by one, and the moment before the Enter."""
        for digit in number:
            self.keys(digit)
        return self.keys("Return")

    def keys(self, *names: str) -> float:
        """Press keys together, by their X names; the moment before the first."""
        codes = [
            self._x11.XKeysymToKeycode(self._display, self._x11.XStringToKeysym(name.encode()))
            for name in names
        ]
        at = time.perf_counter()
        for code in codes:
            self._test.XTestFakeKeyEvent(self._display, code, True, 0)
        for code in reversed(codes):
            self._test.XTestFakeKeyEvent(self._display, code, False, 0)
        self._x11.XFlush(self._display)
        return at
