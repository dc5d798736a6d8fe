"""Sleep and blanking held off, on macOS: power assertions, which end with the process.

Owns the calls of IOKit (IOPMLib.h). Nothing objects to a shutdown here.
"""

import ctypes
from collections.abc import Callable, Mapping
from ctypes import POINTER, byref, c_char_p, c_int, c_uint32, c_void_p
from typing import Any, Protocol

from kiosk.session.model.awake import Held, Means

LEVEL_ON = 255
UTF8 = 0x08000100
SLEEP, BLANKING = "PreventUserIdleSystemSleep", "PreventUserIdleDisplaySleep"


class Power(Protocol):
    """IOKit, as far as it is asked."""

    def IOPMAssertionCreateWithName(self, kind: Any, level: int, name: Any, number: Any) -> int:
        """Fill in the assertion's number; 0: it holds."""
        ...

    def IOPMAssertionRelease(self, number: int) -> int:
        """Take it back."""
        ...


class Strings(Protocol):
    """CoreFoundation, as far as it is asked."""

    def CFStringCreateWithCString(self, allocator: Any, text: bytes, encoding: int) -> Any:
        """Make a string of the system's own."""
        ...

    def CFRelease(self, made: Any) -> None:
        """Give one back."""
        ...


class AssertionWay:
    """Sleep and blanking, an assertion each."""

    asks: Mapping[str, Means] = {SLEEP: Means.SLEEP, BLANKING: Means.BLANKING}

    def __init__(self, power: Power, strings: Strings) -> None:
        self._power, self._strings = power, strings
        self._numbers: list[int] = []

    def hold(self, why: str, tell: Callable[[str, Held], None]) -> None:
        """Ask, and tell at once."""
        for kind in self.asks:
            number = c_uint32()
            of = (self._string(kind), self._string(why))
            refused = self._power.IOPMAssertionCreateWithName(of[0], LEVEL_ON, of[1], byref(number))
            for each in of:
                self._strings.CFRelease(each)
            if not refused:
                self._numbers.append(number.value)
            tell(kind, Held.DENIED if refused else Held.HELD)

    def release(self) -> None:
        """Take both back."""
        for number in self._numbers:
            self._power.IOPMAssertionRelease(number)
        self._numbers.clear()

    def settle(self, _seconds: float) -> None:
        """Everything has been told."""

    def _string(self, text: str) -> Any:
        return self._strings.CFStringCreateWithCString(None, text.encode(), UTF8)


def mac_way() -> AssertionWay | None:
    """The one of this Mac; None: this is none."""
    frameworks = "/System/Library/Frameworks"
    try:
        power = ctypes.CDLL(f"{frameworks}/IOKit.framework/IOKit")
        strings = ctypes.CDLL(f"{frameworks}/CoreFoundation.framework/CoreFoundation")
    except OSError:
        return None
    strings.CFStringCreateWithCString.argtypes = [c_void_p, c_char_p, c_uint32]
    strings.CFStringCreateWithCString.restype = c_void_p
    strings.CFRelease.argtypes = [c_void_p]
    strings.CFRelease.restype = None
    create = power.IOPMAssertionCreateWithName
    create.argtypes = [c_void_p, c_uint32, c_void_p, POINTER(c_uint32)]
    create.restype = c_int
    power.IOPMAssertionRelease.argtypes = [c_uint32]
    return AssertionWay(power, strings)
