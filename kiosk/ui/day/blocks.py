"""How one appointment is set: blocks of text with their places, measured and drawn alike.

A row is measured without a widget, so that five hundred can be laid out and only those in sight
be made. Names come from a server: they are drawn as plain text.
"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from kiosk.session.pages.board.views import Stage, VisitView
from kiosk.session.pages.views import Tone
from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.widgets import icon
from kiosk.ui.widgets.fitting import fitting_size, sized, wrapped_height
from kiosk.ui.widgets.panel import rounded, write

PICTURES = {
    Stage.PLANNED: "circle-dashed",
    Stage.CONFIRMED: "circle",
    Stage.ARRIVED: "circle-dot",
    Stage.SEATED: "armchair",
    Stage.READY: "bell",
    Stage.DOCTOR: "stethoscope",
    Stage.RECOVERY: "bed-double",
    Stage.LEFT: "door-open",
}
UNSENT = "cloud-upload"


class Type:
    """A font with its measures, taken once: they are asked for thousands of times."""

    def __init__(self, font: QFont) -> None:
        """Measure ``font``."""
        self.font = font
        self.measures = QFontMetrics(font)
        self.height = self.measures.height()
        self.ascent = self.measures.ascent()
        self._smaller: dict[int, Type] = {}

    def wide(self, text: str) -> int:
        """How wide a text is, in pixels."""
        return self.measures.horizontalAdvance(text) + 2

    def fit(self, text: str, width: float) -> tuple["Type", int]:
        """This, or a smaller one where a word is wider than ``width`` pixels; and how high it is.

        On as many lines as it takes. Measured once: a list asks for a thousand texts.
        """
        if self.measures.horizontalAdvance(text) < width - 1:
            return self, self.height
        fits = self._at(fitting_size(self.font, text, int(width)))
        return fits, wrapped_height(fits.measures, text, int(width))

    def _at(self, size: int) -> "Type":
        if size == self.font.pixelSize():
            return self
        if size not in self._smaller:
            self._smaller[size] = Type(sized(self.font, size))
        return self._smaller[size]


class Block(NamedTuple):
    """A text in its place, perhaps with a mark before it, perhaps on a ground of its own."""

    area: QRectF
    text: str
    font: Type
    ink: QColor
    wraps: bool = False
    picture: str = ""
    picture_ink: QColor | None = None
    ground: QColor | None = None
    edge: QColor | None = None


class Blocks(NamedTuple):
    """What is drawn of one appointment, and how high it is, in pixels."""

    blocks: tuple[Block, ...]
    height: int


class RowTypesetter:
    """Sets appointments in one look: fonts and their measures are made once."""

    def __init__(self, look: Look) -> None:
        """The fonts of the list."""
        self.look = look
        self.name = Type(look.font(TextRole.STRONG))
        self.small = Type(look.font(TextRole.SMALL))
        self.small_strong = Type(look.font(TextRole.STRONG, look.text_size(TextRole.SMALL)))
        self.body = Type(look.font(TextRole.BODY))
        self.large = Type(look.font(TextRole.NAME))
        self.largest = Type(look.font(TextRole.HEADING))
        self.pad = look.space("near")
        self.tight = look.space("tight")
        self.hair = look.space("hair")
        self.touch = look.touch("other")
        self.mark = look.letters(19)
        self.chevron = look.letters(18) + self.pad
        self.times = self.small_strong.wide("12:00 pm") + self.pad

    def row(self, visit: VisitView, width: int) -> Blocks:
        """A row: the time at the left; name, status, and what is done, below each other."""
        left, right = self.pad + self.times, width - self.pad
        column = _Column(self, left, right - self.chevron)
        colours = self.look.colours
        column.top = self.pad
        drop = self.name.ascent - self.small_strong.ascent
        time = QRectF(self.pad, column.top + drop, self.times, self.small_strong.height)
        column.blocks.append(Block(time, visit.time, self.small_strong, colours.ink))
        gone = visit.stage is Stage.LEFT
        column.add(visit.name, self.name, colours.quiet_ink if gone else colours.ink, wraps=True)
        column.right = right
        column.marked(visit, self.small_strong if not gone else self.small, self.small)
        where = (visit.room,) if visit.room else ()
        column.parts((*where, *visit.about), self.small, colours.quiet_ink)
        column.parts(visit.details, self.small, colours.quiet_ink)
        column.alerts(visit.alerts, self.small_strong, self.hair)
        column.unsent(visit.unsent)
        return Blocks(tuple(column.blocks), max(round(column.top) + self.pad, self.touch))

    def card(self, visit: VisitView, width: int, now: bool) -> Blocks:
        """A card: the name large, the alerts unmistakable."""
        look, colours = self.look, self.look.colours
        column = _Column(self, self.pad, width - self.pad)
        column.top = self.pad
        if not now:
            column.pair(visit.time, self.name, visit.when, self.small)
            column.top += self.hair
        column.add(visit.name, self.largest if now else self.large, colours.ink, wraps=True)
        column.parts(visit.details, self.small, colours.quiet_ink)
        column.top += self.tight
        if visit.alerts:
            column.alerts(visit.alerts, self.name, self.tight)
            column.top += self.tight
        column.parts(visit.about, self.body, colours.ink)
        column.top += self.tight
        column.marked(visit, self.name, self.small, when=now)
        column.unsent(visit.unsent)
        return Blocks(tuple(column.blocks), round(column.top) + look.space("near"))

    def draw(self, painter: QPainter, blocks: tuple[Block, ...]) -> None:
        """Draw blocks where they were set."""
        for block in blocks:
            self._draw(painter, block)

    def _draw(self, painter: QPainter, block: Block) -> None:
        look, room = self.look, self.room(block)
        if block.ground is not None:
            rounded(painter, block.area, look.radius("small"), block.ground, block.edge)
        if block.picture:
            side = self.mark
            line = block.font.height
            top = room.top() + (line - side) / 2
            if block.ground is not None:
                top = room.center().y() - side / 2
            box = QRectF(room.left() - self.tight - side, top, side, side)
            icon.draw(painter, block.picture, box, block.picture_ink or block.ink)
        painter.setFont(block.font.font)
        where = Qt.AlignmentFlag.AlignVCenter
        write(painter, room, block.text, where, block.ink, block.wraps)

    def room(self, block: Block) -> QRectF:
        """Where its words stand: beside the mark, within the ground."""
        area = block.area
        if block.ground is not None:
            area = area.adjusted(self.tight, 0, -self.tight, 0)
        return area.adjusted(self.mark + self.tight, 0, 0, 0) if block.picture else area


class _Column:
    """Texts set below each other between ``left`` and ``right``."""

    def __init__(self, setter: RowTypesetter, left: float, right: float) -> None:
        self._setter = setter
        self._left, self.right = left, right
        self.top: float = 0
        self.blocks: list[Block] = []

    def add(self, text: str, font: Type, ink: QColor, wraps: bool) -> None:
        """A text on lines of its own."""
        if not text:
            return
        width = self.right - self._left
        font, high = font.fit(text, width)
        if not wraps:
            high = font.height
        self.blocks.append(Block(QRectF(self._left, self.top, width, high), text, font, ink, wraps))
        self.top += high + 2

    def parts(self, parts: Sequence[str], font: Type, ink: QColor) -> None:
        """Parts of one line; where they do not fit, the line is broken between them."""
        width, line = self.right - self._left, ""
        for part in parts:
            longer = f"{line} · {part}" if line else part
            if line and font.wide(longer) > width:
                self.add(line, font, ink, wraps=True)
                line = part
            else:
                line = longer
        self.add(line, font, ink, wraps=True)

    def pair(self, first: str, font: Type, second: str, quiet: Type) -> None:
        """Two texts on one line, the second quieter; on two where there is no room."""
        setter, colours = self._setter, self._setter.look.colours
        wide, gap = font.wide(first), setter.tight
        fits = self._left + wide + gap + quiet.wide(second) <= self.right
        top = self.top
        self.add(first, font, colours.ink, wraps=not fits)
        high = round(self.top - top) - 2
        if not second:
            return
        if fits:
            left = self._left + wide + gap
            drop = font.ascent - quiet.ascent
            area = QRectF(left, top + drop, self.right - left, quiet.height)
            self.blocks.append(Block(area, second, quiet, colours.quiet_ink))
            self.top = top + high + 2
        else:
            self.add(second, quiet, colours.quiet_ink, wraps=True)

    def marked(self, visit: VisitView, font: Type, quiet: Type, when: bool = True) -> None:
        """The mark and the word of a status, and since when or until when."""
        setter = self._setter
        shift = setter.mark + setter.tight
        top, left = self.top, self._left
        self._left += shift
        first = len(self.blocks)
        self.pair(visit.status, font, visit.when if when else "", quiet)
        self._left = left
        colours = setter.look.colours
        word = self.blocks[first]
        area = QRectF(left, top, word.area.width() + shift, word.area.height())
        picture = PICTURES[visit.stage]
        tint = colours.quiet_ink if visit.stage is Stage.LEFT else colours.accent
        self.blocks[first] = word._replace(area=area, picture=picture, picture_ink=tint)

    def alerts(self, alerts: tuple[str, ...], font: Type, inset: int) -> None:
        """Each alert on a ground of its own, with the mark of a warning."""
        setter, look = self._setter, self._setter.look
        tone = look.tones[Tone.WARNING]
        shift = setter.mark + 3 * setter.tight
        width = self.right - self._left
        for alert in alerts:
            self.top += 2
            fits, high = font.fit(alert, width - shift)
            high += 2 * inset
            area = QRectF(self._left, self.top, width, high)
            self.blocks.append(
                Block(
                    area,
                    alert,
                    fits,
                    look.colours.ink,
                    True,
                    icon.OF_TONE[Tone.WARNING],
                    tone.mark,
                    tone.wash,
                    tone.mark,
                )
            )
            self.top += high + 2

    def unsent(self, text: str) -> None:
        """The mark of what still waits, with its words."""
        if not text:
            return
        setter, tones = self._setter, self._setter.look.tones
        shift = setter.mark + setter.tight
        room = self.right - self._left - shift
        top, (font, high) = self.top + 2, setter.small_strong.fit(text, room)
        area = QRectF(self._left, top, self.right - self._left, high)
        ink = setter.look.colours.ink
        mark = tones[Tone.INFO].mark
        self.blocks.append(Block(area, text, font, ink, True, UNSENT, mark))
        self.top = top + high + 2
