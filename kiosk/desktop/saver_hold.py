"""The X server's own saver and the monitors' power saving held off, where the kiosk is the shell.

Owns one request, XScreenSaverSuspend, on a connection of its own. It stops the one timer that the
saver and DPMS share (MIT-SCREEN-SAVER 1.1), so DPMS is never switched off, and nothing has to be
put back: the server goes on by itself when the connection ends, the process's death included.
"""

from collections.abc import Callable, Mapping
from ctypes import POINTER, byref, c_int, c_void_p

from kiosk.desktop.idle import X11Saver
from kiosk.session.model.awake import Held, Means

NAME = "X server"
SINCE = (1, 1)
"""The version of the extension that can suspend."""


class SuspendableSaver(X11Saver):
    """The X server, asked to leave the screen lit; it does so until ``close``."""

    def suspend(self) -> bool:
        """Whether it will: two round trips. The time since the last input goes on being counted."""
        ask, xss = self._display, self._xss
        xss.XScreenSaverQueryVersion.argtypes = [c_void_p, POINTER(c_int), POINTER(c_int)]
        xss.XScreenSaverSuspend.argtypes = [c_void_p, c_int]
        xss.XScreenSaverSuspend.restype = None
        self._x11.XSync.argtypes = [c_void_p, c_int]
        major, minor = c_int(), c_int()
        if not xss.XScreenSaverQueryVersion(ask, byref(major), byref(minor)):
            return False
        if (major.value, minor.value) < SINCE:
            return False
        xss.XScreenSaverSuspend(ask, 1)
        self._x11.XSync(ask, 0)
        return True


class SaverWay:
    """Blanking, held off at the X server itself; a desktop's saver counts by itself."""

    asks: Mapping[str, Means] = {NAME: Means.BLANKING}

    def __init__(
        self, open_saver: Callable[[], SuspendableSaver | None] = SuspendableSaver.open
    ) -> None:
        self._open = open_saver
        self._saver: SuspendableSaver | None = None

    def hold(self, _why: str, tell: Callable[[str, Held], None]) -> None:
        """Ask, and tell at once."""
        self._saver = self._open()
        held = self._saver is not None and self._saver.suspend()
        tell(NAME, Held.HELD if held else Held.ABSENT)

    def release(self) -> None:
        """Leave the X server, and it counts again."""
        if self._saver is not None:
            self._saver.close()
            self._saver = None

    def settle(self, _seconds: float) -> None:
        """Everything has been told."""
