"""The login screen, and the cover of a locked session: the sign of the room, and the tiles."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.session.intents import ThisComputerWanted, TileTapped
from kiosk.session.people import OWN_LOGIN, SOMEONE_ELSE
from kiosk.session.views import LoginView, TileView
from kiosk.ui import labels
from kiosk.ui.button import Button, Weight
from kiosk.ui.notice import NoticeBox
from kiosk.ui.page import Page, Scroll
from kiosk.ui.sign import Sign
from kiosk.ui.theme import Look, TextRole
from kiosk.ui.tile import Tile
from kiosk.ui.words import Words

FEW = 3
NARROWEST = 320
TALLEST = 184
LARGER = 30
"""How much more than the least height, in pixels at 96 dpi, is room for larger words."""


class TileGrid(QWidget):
    """The tiles, in as many columns as are comfortable: one for a few people, three for many."""

    def __init__(
        self,
        look: Look,
        tapped: Callable[[str], None],
        narrowest: int = NARROWEST,
        tall: bool = True,
    ) -> None:
        """``tapped`` is told whose tile it was. ``tall`` tiles take the room that there is."""
        super().__init__()
        self._look = look
        self._tell = tapped
        self._narrowest = narrowest
        self._tall = tall
        self._tiles: list[Tile] = []
        self._views: tuple[TileView, ...] = ()
        self._pressed: str | None = None

    @property
    def tiles(self) -> list[Tile]:
        """The tiles on show, first to last."""
        return self._tiles[: len(self._views)]

    def show_tiles(self, views: tuple[TileView, ...], locked: bool) -> None:
        """Show one tile each, reusing those that are there."""
        changed = len(views) != len(self._views)
        self._views = views
        while len(self._tiles) < len(views):
            self._add()
        for tile, view in zip(self._tiles, views, strict=False):
            trail = ("lock-open" if locked else "chevron-right") if view.own else ""
            tile.draw_picture("user-plus" if view.person_id == SOMEONE_ELSE else "")
            tile.say(
                view.name,
                view.detail,
                marked=view.own,
                personal=view.personal,
                trail=trail,
                waiting=view.waiting,
            )
        for tile in self._tiles[len(views) :]:
            tile.blank()
        if changed:
            self._place()

    def _add(self) -> None:
        tile = Tile(self._look, parent=self)
        place = len(self._tiles)
        tile.pressed.connect(lambda: self._press(place))
        tile.clicked.connect(lambda: self._tapped(place))
        self._tiles.append(tile)

    def _press(self, place: int) -> None:
        self._pressed = self._views[place].person_id if place < len(self._views) else ""

    def _tapped(self, place: int) -> None:
        """Whose tile it was when the finger came down: news may have moved the names since."""
        pressed, self._pressed = self._pressed, None
        if place < len(self._views):
            person_id = self._views[place].person_id
            if pressed in (None, person_id):  # assistive technology clicks without a press
                self._tell(person_id)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Lay the tiles out anew."""
        self._place()

    def _place(self) -> None:
        look, count = self._look, len(self._views)
        gap = look.space("hair")
        columns = max(1, min(3, (self.width() + gap) // (look.length(self._narrowest) + gap)))
        if count <= FEW:
            columns = 1
        elif count <= 2 * FEW + 2:
            columns = min(columns, 2)
        rows = -(-count // columns)
        wide = (self.width() - gap * (columns - 1)) // columns
        high = least = look.touch("tile") + look.length(22)
        above = self.parentWidget()
        if self._tall and above is not None and rows:
            # The height of what scrolls, not our own, which follows from the tiles.
            room = above.height() // max(rows, FEW) - gap
            high = max(least, min(look.length(TALLEST), room))
        for place, tile in enumerate(self.tiles):
            row, column = divmod(place, columns)
            tile.enlarge(high > least + look.length(LARGER))
            tile.setGeometry(QRect(column * (wide + gap), row * (high + gap), wide, high))
        self.setMinimumHeight(max(0, rows * (high + gap) - gap))

    def event(self, event: QEvent) -> bool:
        """As usual; here so that a change of font or style lays the tiles out anew."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._place()
        return super().event(event)

    def sizeHint(self) -> QSize:
        """As tall as the tiles."""
        return QSize(self._look.length(NARROWEST), self.minimumHeight())


class LoginPage(Page):
    """Draws a ``LoginView``."""

    def __init__(self, look: Look) -> None:
        """Without words until a view is shown."""
        super().__init__(look)
        colours = look.colours
        self._sign = Sign(look)
        self._heading = Words(look, TextRole.TITLE, colours.ink)
        self._notice = NoticeBox(look)
        self._grid = TileGrid(look, lambda person_id: self.ask(TileTapped(person_id)))
        self._status = Words(look, TextRole.BODY, colours.quiet_ink)
        self._own = Button(look, Weight.QUIET, "user-key")
        self._own.clicked.connect(lambda: self.ask(TileTapped(OWN_LOGIN)))
        self._more = Button(look, Weight.QUIET, "ellipsis")
        self._more.clicked.connect(lambda: self.ask(ThisComputerWanted()))
        foot = QHBoxLayout()
        foot.addWidget(self._own)
        foot.addWidget(self._status, 1)
        foot.addStretch()
        foot.addWidget(self._more, 0, Qt.AlignmentFlag.AlignRight)
        right = QVBoxLayout()
        wide = look.space("wide")
        # Tiles keep room for their shadow; everything else lines up with their outlines.
        rim = look.token("shadow", "spread")
        head = QVBoxLayout()
        head.setContentsMargins(rim, 0, rim, 0)
        head.setSpacing(look.space("step"))
        head.addWidget(self._heading)
        head.addWidget(self._notice)
        foot.setContentsMargins(rim, 0, 0, 0)
        right.setContentsMargins(wide, wide, wide, look.space("apart"))
        right.setSpacing(look.space("step"))
        right.addLayout(head)
        right.addWidget(Scroll(look, self._grid), 1)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._sign, 36)
        row.addLayout(right, 64)

    def show_view(self, view: LoginView) -> None:
        """Draw ``view``, in place."""
        self._sign.say(view.room, view.location, view.clock, view.date, view.locked)
        self._heading.say(view.heading)
        self._notice.show_notice(view.notice)
        self._grid.show_tiles(view.tiles, view.locked)
        self._status.say(view.status)
        self._own.say(view.own_login)
        self._more.say(labels.MORE if view.more else "")

    def start(self) -> None:
        """The first tile is one's own."""
        tiles = self._grid.tiles
        (tiles[0] if tiles else self._more).setFocus()
