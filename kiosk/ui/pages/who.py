"""*Change*: who is at the chair, if it is not whom the bar names."""

from PySide6.QtWidgets import QWidget

from kiosk.session.model.intents import TileTapped
from kiosk.session.pages.views import WhoView
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.split import SplitPage
from kiosk.ui.widgets.tiles import TileGrid

NARROW = 220


class ChangePersonPage(SplitPage):
    """Draws a ``WhoView``."""

    def __init__(self, look: Look) -> None:
        """Without words until a view is shown."""
        super().__init__(look, "users")
        self._grid = TileGrid(look, self._tapped, NARROW)
        self.card.addWidget(self._grid)

    def show_view(self, view: WhoView) -> None:
        """Draw ``view``, in place."""
        self.title.say(view.title)
        self.text.say(view.text)
        self.notice.show_notice(None)
        self._grid.show_tiles(view.tiles, locked=False)
        self.say_back(view.back)

    def first_stop(self) -> QWidget:
        """The one whom the bar names."""
        tiles = self._grid.tiles
        return tiles[0] if tiles else self.back

    def _tapped(self, person_id: str) -> None:
        self.ask(TileTapped(person_id))
