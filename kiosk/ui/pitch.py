"""Millimetres to pixels at the screen's real pitch. Owns the doubt about what a screen reports.

A finger does not scale with the resolution: a key of 20 mm is 20 mm (design.md section 4, Touch).
"""

from typing import NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtGui import QScreen

MM_PER_INCH = 25.4
PLAIN_DPI = 96.0
BELIEVABLE_DPI = (60.0, 260.0)
GREATEST_SCALE = 1.5
PLAIN_SIZE = (1280, 800)
GREATEST_ROOM = 1.3


class Pitch(NamedTuple):
    """How fine a screen is, in device-independent pixels an inch.

    ``room`` is how much more than 1280 x 800 a window has; it enlarges what is read, never the
    least size of what is touched.
    """

    dpi: float = PLAIN_DPI
    room: float = 1.0

    def px(self, mm: float) -> int:
        """Pixels that are at least ``mm`` millimetres long."""
        return -int(-mm * self.dpi // MM_PER_INCH)

    @property
    def scale(self) -> float:
        """How much larger than at 96 dpi text and space are drawn: 1 to 1.5."""
        return min(max(self.dpi / PLAIN_DPI, self.room, 1.0), GREATEST_SCALE)


def believed(reported: float) -> Pitch:
    """The pitch for a reported density; 96 dpi where the screen is evidently wrong about itself.

    Projectors, adapters and virtual screens report sizes of 0 or of another device.
    """
    low, high = BELIEVABLE_DPI
    return Pitch(reported) if low <= reported <= high else Pitch()


def roominess(window: QSize) -> float:
    """How much larger than the least usual screen ``window`` is: 1 to 1.3."""
    least = min(window.width() / PLAIN_SIZE[0], window.height() / PLAIN_SIZE[1])
    return min(max(least, 1.0), GREATEST_ROOM)


def of_screen(screen: QScreen, window: QSize, override: float | None = None) -> Pitch:
    """The pitch for a window of this size on a screen; ``override`` (dots an inch) wins."""
    dpi = override or believed(screen.physicalDotsPerInch()).dpi
    return Pitch(dpi, roominess(window))
