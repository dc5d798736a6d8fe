"""The login screen, and the cover of a locked session: the sign of the room, and the tiles."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.session.model.intents import ThisComputerWanted, TileTapped, WipeWanted
from kiosk.session.model.people import OWN_LOGIN
from kiosk.session.pages.views import LoginView, TileView
from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.pages.page import Page, Scroll
from kiosk.ui.pages.sign import Sign
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.finding import found
from kiosk.ui.widgets.notice import NoticeBox
from kiosk.ui.widgets.tiles import PICTURES, TileGrid
from kiosk.ui.widgets.words import Words

if TYPE_CHECKING:
    from kiosk.ui.pages.search import Search

MANY = 20
"""Up to so many tiles are two screens at most: found sooner by looking than by typing."""
ROOMY = 560
"""Tiles in less than that have less around them."""
BESIDE = 300
"""What a search needs beside the heading."""
STATUS = 160
"""What a quiet line at the foot needs, by its letters, to wrap in a few."""
TILES_IN_SIGHT = 2
HIGHEST = 16_777_215
BESIDE_OR_BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
OTHERWISE_MEANT = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def people_on(view: LoginView) -> set[tuple[str, str, bool]]:
    """Whose tiles they are, as they are told apart."""
    return {(each.person_id, each.name, each.personal) for each in view.tiles}


def keep_still(shown: LoginView | None, view: LoginView) -> LoginView:
    """Keep what is shown, with the pressed tile marked, where ``view`` is of the same people.

    On another's cover a tap leads to the login screen's own order, heading and foot, for the moment
    until the room is there: two hundred tiles would move under the finger, and be waited for.
    """
    pressed = next((each.person_id for each in view.tiles if each.waiting), "")
    if shown is None or view.busy or not pressed:
        return view
    # A disk that hangs may make it long: a clock is never wrong for that.
    if view.clock != shown.clock or people_on(shown) != people_on(view):
        return view
    marked = (
        each
        if each.waiting == (each.person_id == pressed)
        else replace(each, waiting=not each.waiting)
        for each in shown.tiles
    )
    return replace(shown, tiles=tuple(marked))


class LoginPage(Page):
    """Draws a ``LoginView``."""

    def __init__(self, look: Look) -> None:
        """Without words until a view is shown."""
        super().__init__(look)
        colours = look.colours
        self._view: LoginView | None = None
        self._search: Search | None = None
        self._sign = Sign(look)
        self._heading = Words(look, TextRole.TITLE, colours.ink)
        self._notice = NoticeBox(look)
        self._inside = inside = QWidget()
        self._scroll = scroll = Scroll(look, inside)
        self._grid = TileGrid(
            look,
            lambda person_id: self.ask(TileTapped(person_id)),
            room=lambda: scroll.viewport().height(),
        )
        scroll.resized.connect(self._grid.place)
        self._nobody = Words(look, TextRole.BODY, colours.quiet_ink)
        self._status = Words(look, TextRole.BODY, colours.quiet_ink)
        self._own = Button(look, Weight.QUIET, "user-key")
        self._own.clicked.connect(lambda: self.ask(TileTapped(OWN_LOGIN)))
        self._more = Button(look, Weight.QUIET, "ellipsis")
        self._more.clicked.connect(lambda: self.ask(ThisComputerWanted()))
        self._wipe = Button(look, Weight.QUIET, "brush-cleaning")
        self._wipe.clicked.connect(lambda: self.ask(WipeWanted()))
        # Tiles keep room for their shadow; everything else lines up with their outlines.
        rim = look.token("shadow", "spread")
        self._above = QVBoxLayout()
        self._above.setContentsMargins(rim, 0, rim, 0)
        self._above.setSpacing(look.space("step"))
        self._above.addWidget(self._nobody)
        self._tiles = tiles = QVBoxLayout(inside)
        tiles.setContentsMargins(0, 0, 0, 0)
        tiles.setSpacing(look.space("near"))
        tiles.addLayout(self._above)
        tiles.addWidget(self._grid, 1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(look.space("step"))
        self._top.addWidget(self._heading, 1)
        self._heads = QWidget()
        self._head = head = QVBoxLayout(self._heads)
        head.setContentsMargins(rim, 0, rim, 0)
        head.setSpacing(look.space("step"))
        head.addLayout(self._top)
        head.addWidget(self._notice)
        foot = QHBoxLayout()
        foot.setContentsMargins(rim, 0, 0, 0)
        foot.addWidget(self._own)
        foot.addWidget(self._status, 1)
        foot.addStretch()
        foot.addWidget(self._wipe, 0, Qt.AlignmentFlag.AlignRight)
        foot.addWidget(self._more, 0, Qt.AlignmentFlag.AlignRight)
        right = QVBoxLayout()
        wide = look.space("wide")
        right.setContentsMargins(wide, wide, wide, look.space("apart"))
        right.setSpacing(look.space("step"))
        right.addWidget(self._heads)
        right.addWidget(scroll, 1)
        right.addLayout(foot)
        self._right = right
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(0)
        self._parts.addWidget(self._sign, 36)
        self._parts.addLayout(right, 64)

    def show_view(self, view: LoginView) -> None:
        """Draw ``view``, in place; what someone has begun to type stays."""
        self._view = view = keep_still(self._view, view)
        self._sign.say(view.room, view.location, view.clock, view.date, view.locked)
        self._heading.say(view.heading)
        self._notice.show_notice(view.notice)
        if self._search is not None or len(view.tiles) > MANY:
            self._searching().offer(len(view.tiles) > MANY)
            # Tiles keep their width, and their line with the search, however few it leaves.
            rail = self._scroll.keep_rail(len(view.tiles) > MANY)
            rim = self.look.token("shadow", "spread")
            self._head.setContentsMargins(rim, 0, rim + rail, 0)
        self._status.say(view.status)
        self._own.say(view.own_login)
        self._wipe.say(labels.WIPE if view.wipe else "")
        self._more.say(labels.MORE if view.more else "")
        self._arrange()
        self._show_tiles(view)
        for button in (self._own, self._wipe, self._more):
            button.setEnabled(not view.busy)

    def blank(self) -> None:
        """Also nobody to find any more."""
        self._view = None
        super().blank()

    def first_stop(self) -> QWidget:
        """The first tile is one's own."""
        tiles = self._grid.tiles
        return tiles[0] if tiles else self._more

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters find a name wherever the focus is; Space and Return press the tile in focus."""
        typed = event.text()
        if self._search is None or not self._search.isVisible():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Backspace and self._search.typed:
            self._search.line.backspace()
        elif typed.strip() and typed.isprintable() and not event.modifiers() & OTHERWISE_MEANT:
            self._search.add(typed)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sign beside the tiles, or above them where the screen stands upright."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        look, across, down = self.look, *BESIDE_OR_BELOW
        upright = self.height() > self.width()
        self._parts.setDirection(down if upright else across)
        self._sign.stand_across(upright)
        if upright:
            high = self._sign.height_across(self.width())
            self._sign.setFixedHeight(min(high, self.height() * 2 // 5))
        else:
            self._sign.setMaximumHeight(HIGHEST)
            self._sign.setMinimumHeight(0)
        tiles = self.width() if upright else self.width() * 64 // 100
        # A rule of thumb for letters: where they are large, twelve of them are a word.
        roomy = tiles >= look.length(ROOMY) and tiles >= look.letters(ROOMY) * 3 // 4
        side = look.space("wide" if roomy else "step")
        self._right.setContentsMargins(side, side, side, look.space("apart" if roomy else "near"))
        beside = self._heading.whole_width + look.letters(BESIDE) <= tiles - 2 * side
        self._top.setDirection(across if beside else down)
        self._fit_foot(tiles - 2 * side)
        high = self.height() - (self._sign.height() if upright else 0)
        taken = self._heads.heightForWidth(tiles - 2 * side) + 2 * look.touch("other")
        self._let_head_scroll(high - taken < look.touch("tile") * TILES_IN_SIGHT)

    def _fit_foot(self, wide: int) -> None:
        """Words where there is room for them; with large letters some of them are icons alone."""
        shown = [each for each in (self._own, self._wipe, self._more) if each.text()]
        left = wide - sum(each.width_when(False) for each in shown)
        left -= self.look.letters(STATUS) if self._status.text() else 0
        for button in (self._wipe, self._own, self._more):
            bare = left < 0 and button in shown
            left += button.width_when(False) - button.width_when(True) if bare else 0
            button.draw_bare(bare)

    def _let_head_scroll(self, scrolls: bool) -> None:
        """On a low screen a long notice must not hide the tiles: it moves with them."""
        if scrolls == self._inside.isAncestorOf(self._heads):
            return
        (self._tiles if scrolls else self._right).insertWidget(0, self._heads)
        self._heads.show()  # Qt hides what gets another parent

    def _searching(self) -> "Search":
        """Made when it is first needed, and imported late: start paints the login screen."""
        if self._search is None:
            from kiosk.ui.pages.search import Search

            self._search = search = Search(self.look)
            self._top.addWidget(search, 1)
            self._above.insertWidget(0, search.letters)
            search.narrowed.connect(self._narrow)
            search.given.connect(self._give)
            search.left.connect(lambda: self.first_stop().setFocus())
        return self._search

    def _meant(self, view: LoginView) -> list[TileView]:
        """Whom the typed name may mean; the tiles that stand for nobody yet are not among them."""
        typed = self._search.typed if self._search else ""
        people = (tile for tile in view.tiles if tile.person_id not in PICTURES)
        return [tile for tile in people if found(tile.name, typed)]

    def _show_tiles(self, view: LoginView) -> None:
        meant = self._meant(view)
        last = [tile for tile in view.tiles if tile.person_id in PICTURES]
        self._grid.show_tiles((*meant, *last), view.locked, among=len(view.tiles))
        typed = self._search is not None and self._search.typed
        self._nobody.say(view.nobody if typed and not meant else "")

    def _narrow(self) -> None:
        if self._view is not None:
            self._show_tiles(self._view)
            self._scroll.verticalScrollBar().setValue(0)

    def _give(self) -> None:
        if self._view is not None and self._search is not None and self._search.typed:
            meant = self._meant(self._view)
            if len(meant) == 1:
                self.ask(TileTapped(meant[0].person_id))
