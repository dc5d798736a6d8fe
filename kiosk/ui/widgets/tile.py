"""A tile: one large thing to tap, with a name, a second line, and a mark at its left.

People on the login screen and approvers are tiles.
"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.widgets import icon, mark
from kiosk.ui.widgets.button import UNAVAILABLE, Touchable
from kiosk.ui.widgets.fitting import Lettering, height_in, lettering, longest_word, size_in
from kiosk.ui.widgets.panel import rounded, shadow, write
from kiosk.ui.widgets.spinner import Spinner

ABSOLUTE = Qt.AlignmentFlag.AlignAbsolute


def faces(look: Look, large: bool) -> tuple[Lettering, Lettering]:
    """The faces of a name and of the line below it."""
    name, detail = TextRole.NAME, TextRole.SMALL
    if large:
        name, detail = TextRole.HEADING, TextRole.BODY
    return lettering(look.font(name)), lettering(look.font(detail))


class Tile(Touchable):
    """A tile of at least 25 mm. ``picture`` replaces the initials."""

    def __init__(self, look: Look, picture: str = "", parent: QWidget | None = None) -> None:
        """Hidden until ``say``."""
        super().__init__(look, parent)
        self._picture = picture
        self._detail_text = ""
        self._marked = False
        self._personal = False
        self._trail = ""
        self._told: tuple[str, str, bool, bool, str, bool] | None = None
        self._waiting: Spinner | None = None
        self._large: bool | None = None
        self._margin = look.token("shadow", "spread")
        side = look.touch("tile") + 2 * self._margin
        self.setMinimumSize(2 * side, side)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._name_size = 0
        self._near = look.space("near")
        self.enlarge(False)
        self.hide()

    @property
    def detail(self) -> str:
        """The second line."""
        return self._detail_text

    @property
    def told(self) -> tuple[str, str]:
        """The words on it, by which it is measured."""
        return self.text(), self._detail_text

    @property
    def has_end(self) -> bool:
        """Whether something stands at its end, and takes room from the words."""
        return bool(self._trail) or self._waits

    def say(
        self,
        name: str,
        detail: str,
        *,
        marked: bool = False,
        personal: bool = False,
        trail: str = "",
        waiting: bool = False,
    ) -> None:
        """Show a name and a second line.

        ``marked`` for the one that is meant first, ``personal`` for an account of one's own,
        ``trail`` the icon at its end, ``waiting`` while a tap on it is under way.
        """
        told = (name, detail, marked, personal, trail, waiting)
        self.setVisible(bool(name))
        if told == self._told and name == self.text():
            return  # a tap on one tile does not draw the others again
        self._told = told
        self.setText(name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(detail)
        self._detail_text, self._marked, self._trail = detail, marked, trail
        self._personal = personal
        self._wait(waiting)
        self.update()

    def draw_picture(self, picture: str) -> None:
        """Another icon in place of the initials, or the initials again."""
        if picture != self._picture:
            self._picture = picture
            self.update()

    def enlarge(self, large: bool) -> None:
        """Draw name and mark a step larger, where few tiles have a screen to themselves."""
        if large == self._large:
            return
        self._large = large
        self._name_face, self._detail_face = faces(self.look, large)
        self._mark_side = self.look.length(84 if large else 60)
        self._plain_aside = 3 * self.look.space("step") + 8 + self._mark_side
        self.update()

    def draw_name_at(self, size: int) -> None:
        """Draw the name at ``size`` pixels, as those beside it are; 0 for as large as fits."""
        if size != self._name_size:
            self._name_size = size
            self.update()

    def blank(self) -> None:
        """Forget the words."""
        self.say("", "")

    def sizeHint(self) -> QSize:
        """Room for the mark and a name of usual length."""
        wide = self.look.length(360)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Two of a finger's."""
        return self.minimumSize()

    def hasHeightForWidth(self) -> bool:
        """A name that wraps needs more."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the words, and never less than a finger needs."""
        room = self.room_for_words(width)
        words = self._heights(room)
        high = sum(words) + 2 * (self._near + self._margin)
        return max(self.minimumHeight(), high)

    def room_for_words(self, width: int) -> int:
        """How wide the words may be in a tile of ``width`` pixels."""
        return max(1, width - 2 * self._margin - self._aside)

    @property
    def cuts_a_word(self) -> bool:
        """Whether it is too narrow even for the smallest letters."""
        room = self.room_for_words(self.width())
        told = ((self._name(room), self.text()), (self._detail(room), self._detail_text))
        return any(longest_word(QFontMetrics(font), text) > room + 1 for font, text in told)

    @property
    def _aside(self) -> int:
        """What of the width is not for words: the mark, the edges, and what stands at the end."""
        look = self.look
        aside = self._plain_aside
        if self._waiting is not None and self._waits:
            aside += self._waiting.width() + look.space("tight")
        elif self._trail:
            aside += look.length(26) + look.space("tight")
        return aside

    def _name(self, room: int) -> QFont:
        size = self._name_size or size_in(self._name_face, self.text(), room)
        return self._name_face.at(size)[0]

    def _detail(self, room: int) -> QFont:
        face = self._detail_face
        return face.at(size_in(face, self._detail_text, room))[0]

    def _heights(self, room: int) -> tuple[int, int]:
        """How high name and second line are, wrapped."""
        below = height_in(self._detail_face, self._detail_text, room)
        name = height_in(self._name_face, self.text(), room, self._name_size)
        return name, below + 2 if below else 0

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Keep the waiting mark at the end."""
        if self._waiting is not None:
            side = self._waiting.width()
            gap = self._margin + self.look.space("apart")
            self._waiting.move(self.width() - gap - side, (self.height() - side) // 2)

    def _wait(self, waiting: bool) -> None:
        """Turn a mark, made when it is first needed: of two hundred tiles one ever waits."""
        if waiting and self._waiting is None:
            look = self.look
            self._waiting = Spinner(look, look.length(32), look.colours.accent, self)
            self.resizeEvent(QResizeEvent(self.size(), self.size()))
        if self._waiting is not None:
            self._waiting.setVisible(waiting)

    @property
    def _waits(self) -> bool:
        return self._waiting is not None and self._waiting.isVisibleTo(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tile."""
        look, colours = self.look, self.look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        margin = self._margin
        area = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        radius = look.radius("card")
        down = self.isDown() or self._waits
        if not down:
            shadow(painter, area, radius, look)
        edge = colours.accent if self._marked or down else colours.edge
        width = look.stroke("mark") if self._marked else look.stroke("edge")
        ground = colours.wash if down else colours.surface
        rounded(painter, area, radius, ground, edge, width)
        if not self.isEnabled():
            painter.setOpacity(UNAVAILABLE)
        if self.hasFocus():
            # A second line inside: the mark of the first tile has the ring's own colour.
            self.ring(painter, area, radius)
            inset = 2 * look.stroke("focus")
            inner = area.adjusted(inset, inset, -inset, -inset)
            rounded(painter, inner, radius - inset, None, colours.focus, look.stroke("focus") - 1)
        self._write(painter, area, ground)
        painter.end()

    def _write(self, painter: QPainter, area: QRectF, ground: QColor) -> None:
        look, colours = self.look, self.look.colours
        pad = look.space("step") + 4
        side = self._mark_side
        place = QRectF(area.left() + pad, area.center().y() - side / 2, side, side)
        drawn = mark.Mark(self.text(), self._picture, self._marked, self._personal)
        mark.draw(painter, look, place, drawn, ground)
        left = place.right() + look.space("step")
        right = area.right() - pad
        if self._trail and not self._waits:
            side = look.length(26)
            box = QRectF(right - side, area.center().y() - side / 2, side, side)
            icon.draw(painter, self._trail, box, colours.accent)
        room = self.room_for_words(self.width())
        name, detail = self._heights(room)
        top = area.center().y() - (name + detail) / 2
        # To the left also where a name is written to the left: the mark is there.
        where = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | ABSOLUTE
        for font, text, high, ink in (
            (self._name(room), self.text(), name, colours.ink),
            (self._detail(room), self._detail_text, detail, colours.quiet_ink),
        ):
            painter.setFont(font)
            write(painter, QRectF(left, top, room, high), text, where, ink, wraps=True)
            top += high
