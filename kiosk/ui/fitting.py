"""How large words are drawn where they stand: as large as wanted, and never cut.

Text wraps; what cannot wrap is one word, so letters shrink only until the longest word has room
(issue 15: twice as large is twice as high, "up to what fits the longest word").
"""

import re
from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

SMALLEST = 11
"""Letters of fewer pixels are no letters any more: below it a word is cut."""
HIGHEST = 10_000
WORDS = re.compile(r"[^\s-]+-*|-+")


def sized(font: QFont, size: int) -> QFont:
    """The same face at ``size`` pixels."""
    made = QFont(font)
    made.setPixelSize(size)
    return made


def fitting_size(font: QFont, text: str, width: int, wraps: bool = True) -> int:
    """The largest size in pixels, up to the font's own, whose longest word is ``width`` wide.

    All of ``text`` is one word where it does not wrap.
    """
    return _fitting(font.toString(), font.pixelSize(), text, width, wraps)


@lru_cache(maxsize=4096)
def _fitting(key: str, wanted: int, text: str, width: int, wraps: bool) -> int:
    font = QFont()
    font.fromString(key)

    def wide(size: int) -> int:
        metrics = QFontMetrics(sized(font, size))
        return longest_word(metrics, text) if wraps else metrics.horizontalAdvance(text)

    size = wanted
    while size > SMALLEST and (taken := wide(size)) > width:
        size = max(SMALLEST, min(size - 1, size * max(width, 1) // taken))
    # Hinted letters are not quite in proportion: a step too many is taken back.
    while size < wanted and wide(size + 1) <= width:
        size += 1
    return size


def longest_word(metrics: QFontMetrics, text: str) -> int:
    """How wide the widest part is that cannot be wrapped; lines may end after a hyphen."""
    return max((metrics.horizontalAdvance(word) for word in WORDS.findall(text)), default=0)


def wrapped_height(metrics: QFontMetrics, text: str, width: int) -> int:
    """How high ``text`` is, wrapped to ``width`` pixels."""
    if not text:
        return 0
    flags = int(Qt.TextFlag.TextWordWrap.value)
    return metrics.boundingRect(QRect(0, 0, max(width, 1), HIGHEST), flags, text).height()
