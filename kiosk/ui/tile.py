"""A tile: one large thing to tap, with a name, a second line, and a mark at its left.

People on the login screen and approvers are tiles.
"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui import icon, mark
from kiosk.ui.button import UNAVAILABLE, Touchable
from kiosk.ui.panel import rounded, shadow, write
from kiosk.ui.theme import Look, TextRole
from kiosk.ui.turning import Turning


class Tile(Touchable):
    """A tile of at least 25 mm. ``picture`` replaces the initials."""

    def __init__(self, look: Look, picture: str = "", parent: QWidget | None = None) -> None:
        """Hidden until ``say``."""
        super().__init__(look, parent)
        self._picture = picture
        self._detail = ""
        self._marked = False
        self._personal = False
        self._trail = ""
        self._told: tuple[str, str, bool, bool, str, bool] | None = None
        self._waiting: Turning | None = None
        self._large: bool | None = None
        self._margin = look.token("shadow", "spread")
        side = look.touch("tile") + 2 * self._margin
        self.setMinimumSize(2 * side, side)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.enlarge(False)
        self.hide()

    @property
    def detail(self) -> str:
        """The second line."""
        return self._detail

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
        self._detail, self._marked, self._trail = detail, marked, trail
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
        self._name_font = self.look.font(TextRole.HEADING if large else TextRole.NAME)
        self._detail_font = self.look.font(TextRole.BODY if large else TextRole.SMALL)
        self._mark_side = self.look.length(84 if large else 60)
        self.update()

    def blank(self) -> None:
        """Forget the words."""
        self.say("", "")

    def sizeHint(self) -> QSize:
        """Room for the mark and a name of usual length."""
        return QSize(self.look.length(360), self.minimumHeight())

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
            self._waiting = Turning(look, look.length(32), look.colours.accent, self)
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
        side = min(area.height() - 2 * pad, self._mark_side)
        place = QRectF(area.left() + pad, area.center().y() - side / 2, side, side)
        drawn = mark.Mark(self.text(), self._picture, self._marked, self._personal)
        mark.draw(painter, look, place, drawn, ground)
        left = place.right() + look.space("step")
        right = area.right() - pad
        if self._waiting is not None and self._waits:
            right -= self._waiting.width() + look.space("tight")
        elif self._trail:
            side = look.length(26)
            box = QRectF(right - side, area.center().y() - side / 2, side, side)
            icon.draw(painter, self._trail, box, colours.accent)
            right -= side + look.space("tight")
        name, detail = QFontMetrics(self._name_font), QFontMetrics(self._detail_font)
        whole = name.height() + (detail.height() + 2 if self._detail else 0)
        top = area.center().y() - whole / 2
        room = int(right - left)
        for font, metrics, text, ink in (
            (self._name_font, name, self.text(), colours.ink),
            (self._detail_font, detail, self._detail, colours.quiet_ink),
        ):
            painter.setFont(font)
            fitting = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            line = QRectF(left, top, room + 2, metrics.height())
            write(painter, line, fitting, Qt.AlignmentFlag.AlignVCenter, ink)
            top += metrics.height() + 2
