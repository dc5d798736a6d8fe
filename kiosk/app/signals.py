"""The system's signals, heard in order: Python sees them only when Qt lets it run."""

import signal
import socket
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication

ENDING = (signal.SIGTERM, signal.SIGINT)


def quit_on_signals(qt: QApplication) -> Callable[[], bool]:
    """SIGTERM and SIGINT end the kiosk in order.

    What is returned is for whoever goes on when the loop is over: from then on they end the process
    as the system has it, and it says whether one came before.
    """
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    for number in ENDING:
        signal.signal(number, lambda *_: None)
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, qt)
    came: list[bytes] = []

    def heed() -> None:
        came.append(ours.recv(64))
        # Not quit(): that asks the windows, and the shell's window never agrees to close.
        qt.exit(0)

    def give_back() -> bool:
        for number in ENDING:
            signal.signal(number, signal.SIG_DFL)
        # Only now: what came before has left its byte, and what comes later ends the process.
        with suppress(BlockingIOError):
            came.append(ours.recv(64))
        return bool(came)

    notifier.activated.connect(heed)
    qt.setProperty("wakeup", (ours, theirs))
    return give_back
