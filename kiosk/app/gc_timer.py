"""Python's cycle collector, on the main thread only.

Left alone it runs wherever an allocation happens to trigger it: on a lane it would destroy Qt
objects off the main thread, which ends the process sooner or later.
"""

import gc

from PySide6.QtCore import QObject, Qt, QTimer

EVERY_MS = 10_000


class Collector(QObject):
    """Collects now and then, as the thresholds of ``gc`` ask; lives as long as its parent."""

    def __init__(self, parent: QObject) -> None:
        """Takes automatic collection over from Python."""
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, timerType=Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY_MS)

    def look(self) -> None:
        """Collect the oldest generation whose threshold is passed."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return
