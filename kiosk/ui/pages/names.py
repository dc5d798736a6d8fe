"""*Names*: who has a tile on this computer, and a way to add one."""

from PySide6.QtWidgets import QWidget

from kiosk.session.model.intents import NameAddWanted, TileTapped
from kiosk.session.pages.views import NamesView
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.split import SplitPage
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.tiles import TileGrid

NARROW = 220


class NamesPage(SplitPage):
    """Draws a ``NamesView``."""

    def __init__(self, look: Look) -> None:
        """Without words until a view is shown."""
        super().__init__(look, "users")
        self._grid = TileGrid(look, self._tapped, NARROW)
        self._add = Button(look, Weight.PRIMARY, "user-plus")
        self._add.clicked.connect(lambda: self.ask(NameAddWanted()))
        # Above the tiles: of many it would be out of sight.
        self.card.addWidget(self._add)
        self.card.addWidget(self._grid)

    def show_view(self, view: NamesView) -> None:
        """Draw ``view``, in place."""
        self.title.say(view.title)
        self.text.say(view.text)
        self.notice.show_notice(view.notice)
        self._grid.show_tiles(view.tiles, locked=False)
        self._grid.setVisible(bool(view.tiles))
        self._add.say(view.action)
        self._add.wait(view.busy)
        self._add.setEnabled(not view.busy)
        self.say_back(view.back)

    def first_stop(self) -> QWidget:
        """The first name; without any the way to one."""
        tiles = self._grid.tiles
        return tiles[0] if tiles else self._add

    def _tapped(self, person_id: str) -> None:
        self.ask(TileTapped(person_id))
