"""The mark at the left of a tile: a person's initials, or an icon.

Round where people share an account. A personal account's is a square with a key at its corner:
told apart by its shape, without colour, from across the room.
"""

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.widgets import icon
from kiosk.ui.widgets.panel import rounded, write

TITLES = frozenset({"dr", "mr", "mrs", "ms", "prof"})
NOBODY = "users"
"""Instead of the initials of a name without letters."""
CORNER = 0.22
KEY = 0.42
"""The round behind the key, as a share of the mark's side."""


class Mark(NamedTuple):
    """What is drawn. ``solid`` for whoever is meant first; ``picture`` replaces the initials."""

    name: str
    picture: str = ""
    solid: bool = False
    personal: bool = False


def initials(name: str) -> str:
    """One or two letters that stand for a name: "Maria Lopez" ML, "Dr. Rivera" R."""
    parts = [part for part in name.split() if part.rstrip(".").lower() not in TITLES]
    letters = [part[0].upper() for part in parts if part[0].isalpha()]
    return "".join(letters[:1] + letters[-1:]) if len(letters) > 1 else "".join(letters)


def draw(painter: QPainter, look: Look, area: QRectF, mark: Mark, ground: QColor) -> None:
    """Draw ``mark`` into ``area``, which is square; ``ground`` is the colour around it."""
    colours, side = look.colours, area.height()
    fill = colours.accent if mark.solid else colours.wash
    ink = colours.on_accent if mark.solid else colours.accent
    rounded(painter, area, side * CORNER if mark.personal else side / 2, fill)
    letters = initials(mark.name)
    if mark.picture or not letters:
        inset = side * 0.28
        icon.draw(painter, mark.picture or NOBODY, area.adjusted(inset, inset, -inset, -inset), ink)
    else:
        painter.setFont(look.font(TextRole.NAME, round(side * 0.36)))
        write(painter, area, letters, Qt.AlignmentFlag.AlignCenter, ink)
    if mark.personal:
        _draw_key(painter, look, area, ground)


def _draw_key(painter: QPainter, look: Look, area: QRectF, ground: QColor) -> None:
    """A key on a round of its own, over the lower right corner."""
    side = area.height() * KEY
    out = side * 0.24
    round_ = QRectF(area.right() + out - side, area.bottom() + out - side, side, side)
    rim = look.stroke("mark")
    rounded(painter, round_.adjusted(-rim, -rim, rim, rim), side / 2 + rim, ground)
    rounded(painter, round_, side / 2, look.colours.accent)
    inset = side * 0.24
    inner = round_.adjusted(inset, inset, -inset, -inset)
    icon.draw(painter, "key-round", inner, look.colours.on_accent)
