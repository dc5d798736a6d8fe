"""Millimetres to pixels at the screen's real pitch. Owns the doubt about what a screen reports.

A finger does not scale with the resolution: a key of 20 mm is 20 mm (design.md section 4, Touch).
"""

from dataclasses import dataclass

from PySide6.QtGui import QScreen

MM_PER_INCH = 25.4
PLAIN_DPI = 96.0
BELIEVABLE_DPI = (60.0, 260.0)
GREATEST_SCALE = 1.5


@dataclass(frozen=True, slots=True)
class Pitch:
    """How fine a screen is, in device-independent pixels an inch."""

    dpi: float = PLAIN_DPI

    def px(self, mm: float) -> int:
        """Pixels that are at least ``mm`` millimetres long."""
        return -int(-mm * self.dpi // MM_PER_INCH)

    @property
    def scale(self) -> float:
        """How much larger than at 96 dpi text and space are drawn: 1 to 1.5."""
        return min(max(self.dpi / PLAIN_DPI, 1.0), GREATEST_SCALE)


def believed(reported: float) -> Pitch:
    """The pitch for a reported density; 96 dpi where the screen is evidently wrong about itself.

    Projectors, adapters and virtual screens report sizes of 0 or of another device.
    """
    low, high = BELIEVABLE_DPI
    return Pitch(reported) if low <= reported <= high else Pitch()


def of_screen(screen: QScreen, override: float | None = None) -> Pitch:
    """The pitch of a screen; ``override`` (dots an inch, from the settings) wins."""
    return Pitch(override) if override else believed(screen.physicalDotsPerInch())
