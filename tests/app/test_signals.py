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


GOES_ON = """
import os, signal, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from kiosk.app.signals import quit_on_signals
qt = QApplication([])
give_back = quit_on_signals(qt)
number, when = signal.Signals[sys.argv[1]], sys.argv[2]
def comes():
    os.kill(os.getpid(), number)
def ends():
    qt.exit(4)
QTimer.singleShot(0, {"heard": comes, "just before": lambda: (comes(), ends())}.get(when, ends))
qt.exec()
if when == "behind":
    comes()
print(give_back(), flush=True)
if when == "later":
    comes()
print("goes on", flush=True)
"""


def goes_on(number: signal.Signals, when: str) -> tuple[list[str], int]:
    """What it prints whose loop is over, and how it ends."""
    command = [sys.executable, "-c", GOES_ON, number.name, when]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    return done.stdout.splitlines(), done.returncode


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("when", ["heard", "just before", "behind"])
def test_one_that_comes_before_is_told_to_whoever_goes_on(
    number: signal.Signals, when: str
) -> None:
    assert goes_on(number, when) == (["True", "goes on"], 0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_that_comes_later_ends_the_process(number: signal.Signals) -> None:
    assert goes_on(number, "later") == (["False"], -number)
    assert goes_on(number, "never") == (["False", "goes on"], 0)
