"""How large words are drawn where they stand: as large as wanted, and never cut.

Text wraps; what cannot wrap is one word, so letters shrink only until the longest word has room
(issue 15: twice as large is twice as high, "up to what fits the longest word").
"""

import re
from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

SMALLEST = 11
"""Letters of fewer pixels are no letters any more: below it a word is cut."""
HIGHEST = 10_000
MOST_MEASURES = 8192
WORDS = re.compile(r"[^\s-]+-*|-+")


class Lettering:
    """A face with its measures, taken once: two hundred tiles ask for them again and again."""

    def __init__(self, font: QFont) -> None:
        """``font`` is as large as is wanted."""
        self.font = font
        self.wanted = font.pixelSize()
        self._sizes: dict[int, tuple[QFont, QFontMetrics]] = {}

    def at(self, size: int) -> tuple[QFont, QFontMetrics]:
        """The face and its measures at ``size`` pixels."""
        if size not in self._sizes:
            font = QFont(self.font)
            font.setPixelSize(size)
            self._sizes[size] = font, QFontMetrics(font)
        return self._sizes[size]


@lru_cache(maxsize=256)
def _lettering(key: str) -> Lettering:
    font = QFont()
    font.fromString(key)
    return Lettering(font)


def lettering(font: QFont) -> Lettering:
    """The measures of a face, shared by all who draw with it."""
    return _lettering(font.toString())


def sized(font: QFont, size: int) -> QFont:
    """The same face at ``size`` pixels."""
    return lettering(font).at(size)[0]


def fitting_size(font: QFont, text: str, width: int, wraps: bool = True) -> int:
    """The largest size in pixels, up to the font's own, whose longest word is ``width`` wide.

    All of ``text`` is one word where it does not wrap.
    """
    return size_in(lettering(font), text, width, wraps)


class Measures:
    """What was measured, by the words it was measured of.

    While patients are on show nothing new stays: their names would outlive them here, under a
    cover and after *Done* (threats.md T28). What was measured on another page is found then too.
    """

    def __init__(self) -> None:
        self.passing = False
        """Whether what is measured now goes with the page."""
        self._kept: dict[tuple[object, ...], int] = {}
        self._going: dict[tuple[object, ...], int] = {}

    def of(self, measure: Callable[[], int], *words: object) -> int:
        """From memory where it is there."""
        for known in (self._kept, self._going):
            if words in known:
                return known[words]
        known = self._going if self.passing else self._kept
        if len(known) >= MOST_MEASURES:
            known.clear()
        known[words] = found = measure()
        return found

    def let_go(self) -> None:
        """The page is blank."""
        self._going.clear()


MEASURES = Measures()


def line_in(face: Lettering, text: str) -> int:
    """How wide ``text`` is on one line, as large as is wanted."""
    return MEASURES.of(lambda: face.at(face.wanted)[1].horizontalAdvance(text), "line", face, text)


def word_in(face: Lettering, text: str) -> int:
    """How wide its longest word is, as large as is wanted."""
    return MEASURES.of(lambda: longest_word(face.at(face.wanted)[1], text), "word", face, text)


def size_in(face: Lettering, text: str, width: int, wraps: bool = True) -> int:
    """As ``fitting_size``; what is not laid out yet may have no width at all."""
    width = max(width, 1)
    return MEASURES.of(lambda: _size_in(face, text, width, wraps), "size", face, text, width, wraps)


def _size_in(face: Lettering, text: str, width: int, wraps: bool) -> int:
    if line_in(face, text) <= width:
        return face.wanted

    def wide(size: int) -> int:
        metrics = face.at(size)[1]
        return longest_word(metrics, text) if wraps else metrics.horizontalAdvance(text)

    size = face.wanted
    while size > SMALLEST and (taken := wide(size)) > width:
        size = max(SMALLEST, min(size - 1, size * width // taken))
    # Hinted letters are not quite in proportion: a step too many is taken back.
    while size < face.wanted and wide(size + 1) <= width:
        size += 1
    return size


def height_in(face: Lettering, text: str, width: int, size: int = 0) -> int:
    """How high ``text`` is in ``width`` pixels, at ``size`` or at the largest that fits."""
    return MEASURES.of(
        lambda: wrapped_height(face.at(size or size_in(face, text, width))[1], text, width),
        *("height", face, text, width, size),
    )


def longest_word(metrics: QFontMetrics, text: str) -> int:
    """How wide the widest part is that cannot be wrapped; lines may end after a hyphen."""
    return max((metrics.horizontalAdvance(word) for word in WORDS.findall(text)), default=0)


def wrapped_height(metrics: QFontMetrics, text: str, width: int) -> int:
    """How high ``text`` is, wrapped to ``width`` pixels."""
    if not text:
        return 0
    if metrics.horizontalAdvance(text) < width - 1:
        return metrics.height()
    flags = int(Qt.TextFlag.TextWordWrap.value)
    return metrics.boundingRect(QRect(0, 0, max(width, 1), HIGHEST), flags, text).height()
