"""The floor: the least that a PySide6 program with as many buttons can be.

``python -m benchmarks.bare_window --buttons 4 --import requests``. A full-screen window with
buttons, and nothing else; the libraries named are imported after it is shown, as the kiosk does.
"""

import argparse
import signal
import sys
from importlib import import_module

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget


def main() -> int:
    """Show the window until SIGTERM ends the process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--buttons", type=int, default=4)
    parser.add_argument("--import", dest="libraries", nargs="*", default=[], metavar="MODULE")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    app = QApplication([])
    window = QWidget()
    column = QVBoxLayout(window)
    for number in range(given.buttons):
        column.addWidget(QPushButton(f"Button {number + 1}"))
    window.showFullScreen()
    if given.libraries:
        QTimer.singleShot(0, lambda: [import_module(name) for name in given.libraries])
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
