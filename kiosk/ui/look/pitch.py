"""Millimetres to pixels at the screen's real pitch. Owns the doubt about what a screen reports.

A finger does not scale with the resolution: a key of 20 mm is 20 mm (design.md section 4, Touch).
"""

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtGui import QScreen

MM_PER_INCH = 25.4
PLAIN_DPI = 96.0
BELIEVABLE_DPI = (60.0, 260.0)
GREATEST_SCALE = 2.0
PLAIN_SIZE = (1280, 800)
DENSEST = 1.15
"""A fine screen is drawn larger only while as much of a page fits as on 1120 x 700."""


class Pitch(NamedTuple):
    """How fine a screen is, in device-independent pixels an inch, and how much it holds.

    ``room`` is how many times 1280 x 800 a window has, whichever way the screen is turned.
    ``text`` is how many times larger letters someone wants: they alone grow with it, what they
    stand in gives way. Neither changes the least size of what is touched.
    """

    dpi: float = PLAIN_DPI
    room: float = 1.0
    text: float = 1.0

    def px(self, mm: float) -> int:
        """Pixels that are at least ``mm`` millimetres long."""
        return -int(-mm * self.dpi // MM_PER_INCH)

    @property
    def scale(self) -> float:
        """How much larger than at 96 dpi space is drawn: 1 to 2, and only as there is room."""
        return _scale(self)

    @property
    def letters(self) -> float:
        """How much larger than at 96 dpi letters are drawn."""
        return _plain(self) * self.text


@lru_cache(maxsize=8)
def _scale(pitch: Pitch) -> float:
    """Worked out once: every length of every page asks."""
    return max(1.0, min(_plain(pitch), pitch.room * DENSEST))


def _plain(pitch: Pitch) -> float:
    return min(max(pitch.dpi / PLAIN_DPI, pitch.room, 1.0), GREATEST_SCALE)


def believed(reported: float) -> Pitch:
    """The pitch for a reported density; 96 dpi where the screen is evidently wrong about itself.

    Projectors, adapters and virtual screens report sizes of 0 or of another device.
    """
    low, high = BELIEVABLE_DPI
    return Pitch(reported) if low <= reported <= high else Pitch()


def roominess(window: QSize) -> float:
    """How many times the least usual screen ``window`` is, turned either way."""
    long, short = max(PLAIN_SIZE), min(PLAIN_SIZE)
    wide, high = window.width(), window.height()
    return min(max(wide, high) / long, min(wide, high) / short)


def of_screen(
    screen: QScreen, window: QSize, override: float | None = None, text: float = 1.0
) -> Pitch:
    """The pitch for a window of this size on a screen; ``override`` (dots an inch) wins."""
    dpi = override or believed(screen.physicalDotsPerInch()).dpi
    return Pitch(dpi, roominess(window), text)
