"""The page of a kiosk that does not come up: shown by its supervisor, when there is no kiosk.

As plain as can be: whatever ended the kiosk must not end this too. So nothing of the kiosk's own
look is used, no store, no settings.
"""

import signal
import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

TITLE = "The kiosk does not start."
SENTENCE = (
    "It has ended four times within ten minutes. Nothing is lost. Call IT: the log says more."
)
AGAIN = "Start again"
LETTERS = 24
SPACE = 32
BUTTON = (320, 88)
"""Pixels: a gloved finger's on any screen."""
WAKE_MS = 200


class DownPage(QWidget):
    """``again`` is whether somebody asked for another start."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.again = False
        self.setWindowTitle("Operatory Kiosk")
        font = self.font()
        font.setPointSize(LETTERS)
        self.setFont(font)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        rows.setSpacing(SPACE)
        rows.addStretch()
        for words in (TITLE, sentence):
            label = QLabel(words, self)
            label.setWordWrap(True)
            if words is TITLE:
                font.setPointSize(2 * LETTERS)
                font.setBold(True)
                label.setFont(font)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            rows.addWidget(label)
        button = QPushButton(AGAIN, self)
        button.setMinimumSize(*BUTTON)
        # A key that was meant for something else presses nothing.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(self._begin_again)
        rows.addWidget(button, alignment=Qt.AlignmentFlag.AlignCenter)
        rows.addStretch()

    def _begin_again(self) -> None:
        self.again = True
        self.close()


def say_down(sentence: str = SENTENCE) -> bool:
    """Show it until it is closed; whether to start the kiosk again."""
    running = QApplication.instance()
    qt = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    page = DownPage(sentence)
    page.showFullScreen()
    # While nothing happens Qt runs no Python, and a signal's handler is Python: a shutdown waited.
    waking = QTimer(page, interval=WAKE_MS)
    waking.timeout.connect(lambda: None)
    waking.start()
    ends = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(each, lambda *_: page.close()) for each in ends]
    qt.exec()
    for each, handler in zip(ends, before, strict=True):
        signal.signal(each, handler)
    return page.again
