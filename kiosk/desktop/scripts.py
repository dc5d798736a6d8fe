"""Which scripts of people's names no font of this computer can draw: such a name is boxes.

Owns the looking, glyph by glyph. Must never name a person: the script is all that is told.
"""

import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from PySide6.QtGui import QFont, QTextLayout

FIRST_PICTURE = 0x1F000
"""Emoji begin there, apart from a few older symbols."""
UNSEEN = ("C", "M", "Z")
"""Categories that need no picture of their own: controls, marks on a letter, blanks."""


class Script(StrEnum):
    """A family of scripts that one package of fonts draws."""

    EAST_ASIAN = "Chinese, Japanese or Korean"
    EMOJI = "emoji"
    OTHER = "other letters than Latin"


def script_of(sign: str) -> Script:
    """Which family a sign belongs to."""
    name = unicodedata.name(sign, "")
    if name.startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC")):
        return Script.EAST_ASIAN
    if ord(sign) >= FIRST_PICTURE or unicodedata.category(sign) == "So":
        return Script.EMOJI
    return Script.OTHER


def drawable(sign: str) -> bool:
    """Whether some font here has a glyph for it, as Qt looks for one."""
    layout = QTextLayout(sign, QFont())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    glyphs = [glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()]
    return bool(glyphs) and all(glyphs)


def lost_scripts(names: Iterable[str]) -> tuple[Script, ...]:
    """What of these names cannot be drawn. A Qt application has to be there."""
    signs = {sign for name in names for sign in name}
    seen = (sign for sign in signs if unicodedata.category(sign)[0] not in UNSEEN)
    lost = {script_of(sign) for sign in seen if not drawable(sign)}
    return tuple(script for script in Script if script in lost)
