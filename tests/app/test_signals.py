"""The system's signals end the kiosk in order, in a process of its own."""

import signal
import subprocess
import sys

import pytest

PROGRAM = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from kiosk.app.signals import quit_on_signals
qt = QApplication([])
quit_on_signals(qt)
QTimer.singleShot(0, lambda: print("here", flush=True))
sys.exit(qt.exec() + 7)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_loop_and_not_the_process(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        process.send_signal(number)
        assert process.wait(20) == 7
