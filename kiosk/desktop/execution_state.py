"""Sleep and blanking held off and a shutdown objected to, on Windows.

Owns the numbers of winbase.h and winuser.h. All of it belongs to the main thread, and ends with it.
What a person chooses (Sleep in the start menu, *Shut down anyway*) Windows does all the same.
"""

import ctypes
import sys
from collections.abc import Callable, Mapping
from ctypes import c_uint32, c_void_p, c_wchar_p, wintypes
from typing import Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

from kiosk.session.model.awake import Held, Means

ES_SYSTEM_REQUIRED, ES_DISPLAY_REQUIRED, ES_CONTINUOUS = 0x1, 0x2, 0x80000000
WM_QUERYENDSESSION = 0x0011
SYSTEM, DISPLAY = "power request for the system", "power request for the display"
SHUTDOWN = "reason to block a shutdown"


class Kernel(Protocol):
    """kernel32, as far as it is asked."""

    def SetThreadExecutionState(self, flags: int) -> int:
        """Set what this thread needs; 0: it was refused."""
        ...


class User(Protocol):
    """user32, as far as it is asked."""

    def ShutdownBlockReasonCreate(self, window: int, reason: str) -> int:
        """Have that sentence shown to whoever shuts down; 0: it was refused."""
        ...

    def ShutdownBlockReasonDestroy(self, window: int) -> int:
        """Take it back."""
        ...


class ExecutionWay:
    """Sleep and blanking, held off by one request of the main thread."""

    asks: Mapping[str, Means] = {SYSTEM: Means.SLEEP, DISPLAY: Means.BLANKING}

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def hold(self, _why: str, tell: Callable[[str, Held], None]) -> None:
        """Ask, and tell at once."""
        flags = ES_CONTINUOUS | ES_SYSTEM_REQUIRED | ES_DISPLAY_REQUIRED
        held = Held.HELD if self._kernel.SetThreadExecutionState(flags) else Held.DENIED
        for name in self.asks:
            tell(name, held)

    def release(self) -> None:
        """This thread needs nothing any more."""
        self._kernel.SetThreadExecutionState(ES_CONTINUOUS)

    def settle(self, _seconds: float) -> None:
        """Everything has been told."""


class ShutdownWay:
    """A shutdown, objected to with a reason that Windows shows, for a window of ours."""

    asks: Mapping[str, Means] = {SHUTDOWN: Means.SHUTDOWN}

    def __init__(self, user: User, window: Callable[[], int | None]) -> None:
        """``window`` gives the handle (``winId``) of one made by this thread; None: there is none.

        Needs a running application for its messages.
        """
        self._user, self._window = user, window
        self._named: int | None = None
        # Qt does not own a filter: it has to live as long as we do.
        self._refusal = EndSessionFilter()
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self._refusal)

    def hold(self, why: str, tell: Callable[[str, Held], None]) -> None:
        """Ask, and tell at once."""
        window = self._window()
        if window is None:
            tell(SHUTDOWN, Held.ABSENT)
            return
        if not self._user.ShutdownBlockReasonCreate(window, why):
            tell(SHUTDOWN, Held.DENIED)
            return
        self._named, self._refusal.refuses = window, True
        tell(SHUTDOWN, Held.HELD)

    def release(self) -> None:
        """Shutdowns are let again."""
        self._refusal.refuses = False
        if self._named is not None:
            self._user.ShutdownBlockReasonDestroy(self._named)
            self._named = None

    def settle(self, _seconds: float) -> None:
        """Everything has been told."""


class EndSessionFilter(QAbstractNativeEventFilter):
    """Answers No while it ``refuses``: who answers Yes is ended, whatever reason it gave."""

    def __init__(self) -> None:
        super().__init__()
        self.refuses = False

    def nativeEventFilter(
        self, eventType: QByteArray | bytes | bytearray | memoryview, message: int, /
    ) -> object:
        """Qt's own hook; ``message`` is the address of a ``MSG``. (True, 0) is No."""
        if self.refuses and QByteArray(eventType).data() == b"windows_generic_MSG":
            msg = wintypes.MSG.from_address(int(message))
            return msg.message == WM_QUERYENDSESSION, 0
        return False, 0


def windows_ways(window: Callable[[], int | None]) -> tuple[ExecutionWay, ShutdownWay] | None:
    """Both, asked of Windows itself; None: this is not Windows."""
    if sys.platform == "win32":
        kernel, user = ctypes.windll.kernel32, ctypes.windll.user32
        kernel.SetThreadExecutionState.argtypes = [c_uint32]
        kernel.SetThreadExecutionState.restype = c_uint32
        user.ShutdownBlockReasonCreate.argtypes = [c_void_p, c_wchar_p]
        user.ShutdownBlockReasonDestroy.argtypes = [c_void_p]
        return ExecutionWay(kernel), ShutdownWay(user, window)
    return None
