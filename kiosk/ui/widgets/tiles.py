"""The tiles of people: one column for a few, more for many, as large as there is room for."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.session.model.people import SOMEONE_ELSE
from kiosk.session.pages.views import TileView
from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.fitting import size_in, word_in
from kiosk.ui.widgets.tile import Tile, faces

PICTURES = {SOMEONE_ELSE: "user-plus"}
"""The tiles that stand for nobody yet."""
FEW = 3
NARROWEST = 320
TALLEST = 184
LARGER = 30
"""How much more than the least height, in pixels at 96 dpi, is room for larger words."""


class TileGrid(QWidget):
    """The tiles, reused from one showing to the next."""

    def __init__(
        self,
        look: Look,
        tapped: Callable[[str], None],
        narrowest: int = NARROWEST,
        room: Callable[[], int] | None = None,
    ) -> None:
        """``tapped`` is told whose tile it was; ``room`` tells how high all tiles may be."""
        super().__init__()
        self._look = look
        self._tell = tapped
        self._narrowest = narrowest
        self._room = room
        self._tiles: list[Tile] = []
        self._views: tuple[TileView, ...] = ()
        self._among = 0
        self._pressed: str | None = None
        self._placed: tuple[object, ...] = ()

    @property
    def tiles(self) -> list[Tile]:
        """The tiles on show, first to last."""
        return self._tiles[: len(self._views)]

    def show_tiles(self, views: tuple[TileView, ...], locked: bool, among: int = 0) -> None:
        """Show one tile each, as large as if they were ``among`` so many."""
        among = max(among, len(views))
        changed = (len(views), among) != (len(self._views), self._among)
        self._views, self._among = views, among
        while len(self._tiles) < len(views):
            self._add()
        told = [tile.told for tile in self.tiles]
        for tile, view in zip(self._tiles, views, strict=False):
            trail = ("lock-open" if locked else "chevron-right") if view.own else ""
            tile.draw_picture(PICTURES.get(view.person_id, ""))
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
        if changed or told != [tile.told for tile in self.tiles]:
            self.place()

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
        self.place()

    def place(self) -> None:
        """Lay the tiles out in the room that there is by now; once for each such room."""
        room = self._room() if self._room is not None else 0
        told = tuple((*tile.told, tile.has_end) for tile in self.tiles)
        placed = (self.width(), room, self._among, told)
        if placed != self._placed:
            self._placed = placed
            self._place(room)

    def _place(self, room: int) -> None:
        look, count = self._look, self._among
        gap = look.space("hair")
        columns = self._columns(gap)
        rows = -(-count // columns)
        wide = (self.width() - gap * (columns - 1)) // columns
        plain = look.touch("tile") + look.length(22)
        high = plain
        if room and rows:
            high = max(plain, min(look.length(TALLEST), room // max(rows, FEW) - gap))
        large = high > plain + look.length(LARGER)
        if large and self._set(wide, large) > high:
            large = False
        high = max(high, self._set(wide, large))
        for place, tile in enumerate(self.tiles):
            row, column = divmod(place, columns)
            tile.setGeometry(QRect(column * (wide + gap), row * (high + gap), wide, high))
        rows = -(-len(self._views) // columns)
        self.setMinimumHeight(max(0, rows * (high + gap) - gap))

    def _columns(self, gap: int) -> int:
        """As many as are comfortable, and as let the longest word stand at its full size."""
        look, count = self._look, self._among
        most = (self.width() + gap) // (look.length(self._narrowest) + gap)
        if count <= FEW:
            most = 1
        elif count <= 2 * FEW + 2:
            most = min(most, 2)
        face = faces(look, large=False)[0]
        longest = max((word_in(face, view.name) for view in self._views), default=0)
        for columns in range(max(1, min(3, most)), 1, -1):
            wide = (self.width() - gap * (columns - 1)) // columns
            if all(tile.room_for_words(wide) >= longest for tile in self.tiles):
                return columns
        return 1

    def _set(self, wide: int, large: bool) -> int:
        """Letters of one size on all tiles; how high the highest then is."""
        for tile in self.tiles:
            tile.enlarge(large)
        face = faces(self._look, large)[0]
        size = min(
            (size_in(face, tile.text(), tile.room_for_words(wide)) for tile in self.tiles),
            default=0,
        )
        for tile in self.tiles:
            tile.draw_name_at(size)
        return max((tile.heightForWidth(wide) for tile in self.tiles), default=0)

    def event(self, event: QEvent) -> bool:
        """As usual; here so that a change of font or style lays the tiles out anew."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._placed = ()
            self.place()
        return super().event(event)

    def sizeHint(self) -> QSize:
        """As tall as the tiles."""
        return QSize(self._look.length(NARROWEST), self.minimumHeight())
