"""The system's signals, heard in order: Python sees them only when Qt lets it run."""

import signal
import socket

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication


def quit_on_signals(qt: QApplication) -> None:
    """SIGTERM and SIGINT end the kiosk in order: Python sees them only when Qt lets it run."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, qt)
    # Not quit(): that asks the windows, and the shell's window never agrees to close.
    notifier.activated.connect(lambda: (ours.recv(64), qt.exit(0)))
    qt.setProperty("wakeup", (ours, theirs))
