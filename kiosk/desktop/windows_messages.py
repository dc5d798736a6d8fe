"""Lock and sleep, on Windows: window messages that Qt passes by.

Owns their numbers (winuser.h, wtsapi32.h). Must never swallow a message.
"""

import ctypes
import sys
from ctypes import c_void_p, wintypes
from enum import Enum, auto

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QObject, Signal


class Heard(Enum):
    """What a window message means to us."""

    LOCKED = auto()
    SUSPENDING = auto()
    RESUMED = auto()


_MEANINGS = {
    (0x02B1, 0x7): Heard.LOCKED,  # WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK
    (0x0218, 0x4): Heard.SUSPENDING,  # WM_POWERBROADCAST, PBT_APMSUSPEND
    (0x0218, 0x12): Heard.RESUMED,  # WM_POWERBROADCAST, PBT_APMRESUMEAUTOMATIC
}


class WindowsMessages(QObject):
    """The same three signals as on Linux."""

    locked = Signal()
    suspending = Signal()
    resumed = Signal()

    def heard(self, message: int, wparam: int) -> None:
        """Emit what a message means, if it means anything."""
        match _MEANINGS.get((message, wparam)):
            case Heard.LOCKED:
                self.locked.emit()
            case Heard.SUSPENDING:
                self.suspending.emit()
            case Heard.RESUMED:
                self.resumed.emit()
            case None:
                pass


class MessageFilter(QAbstractNativeEventFilter):
    """Installed on the application; reports each message and lets it pass."""

    def __init__(self, messages: WindowsMessages) -> None:
        super().__init__()
        self._messages = messages

    def nativeEventFilter(
        self, eventType: QByteArray | bytes | bytearray | memoryview, message: int, /
    ) -> object:
        """Qt's own hook; ``message`` is the address of a ``MSG``."""
        if QByteArray(eventType).data() == b"windows_generic_MSG":
            msg = wintypes.MSG.from_address(int(message))
            self._messages.heard(msg.message, msg.wParam)
        return False, 0


def tell_of_session(window: int) -> bool:
    """Ask Windows to send lock messages to ``window`` (``QWindow.winId()``); else none come."""
    if sys.platform == "win32":
        this_session = 0
        return bool(
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(c_void_p(window), this_session)
        )
    return False
