"""The first moment of something that appears by itself: what is pressed then was meant for another.

A tap in Xchart's page makes the page speak or ask, and its second half would land on what has
appeared under the finger (law 13).
"""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractButton

GUARD_MS = 700


class FirstMoment(QTimer):
    """Keeps buttons from being pressed for a moment."""

    def __init__(self, parent: QObject, *buttons: QAbstractButton) -> None:
        """They can be pressed until ``begin``."""
        super().__init__(parent, interval=GUARD_MS, singleShot=True)
        self._buttons = buttons
        self.timeout.connect(lambda: self._let_press(True))

    def begin(self) -> None:
        """Something else stands there now."""
        self._let_press(False)
        self.start()

    def _let_press(self, allowed: bool) -> None:
        for button in self._buttons:
            button.setEnabled(allowed)
