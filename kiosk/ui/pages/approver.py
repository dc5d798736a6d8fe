"""Whose code: the first way is the primary action, the others stand below."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.session.model.intents import ApproverChosen
from kiosk.session.pages.views import ApproverOption, ApproverView
from kiosk.ui.look.theme import Look, TextRole
from kiosk.ui.pages.split import SplitPage
from kiosk.ui.widgets.tile import Tile
from kiosk.ui.widgets.words import Words

TEXT = "message-square-text"
APP = "shield-check"


class ApproverPage(SplitPage):
    """Draws an ``ApproverView``."""

    def __init__(self, look: Look) -> None:
        """Without words until a view is shown."""
        super().__init__(look, "message-square-text")
        self._others = Words(look, TextRole.STRONG, look.colours.quiet_ink)
        self._others.setIndent(look.token("shadow", "spread"))
        self._tiles: list[Tile] = []
        self._options: tuple[ApproverOption, ...] = ()
        self._rest = QVBoxLayout()
        self._rest.setSpacing(0)
        self.card.setSpacing(look.space("near"))
        self._first = self._add()
        self.card.addWidget(self._first)
        self.card.addSpacing(look.space("tight"))
        self.card.addWidget(self._others)
        self.card.addLayout(self._rest)

    def show_view(self, view: ApproverView) -> None:
        """Draw ``view``, in place."""
        self._options = view.options
        self.title.say(view.title)
        self.text.say(view.text)
        self.notice.show_notice(view.notice)
        self._others.say(view.others_heading if len(view.options) > 1 else "")
        self.say_back(view.back)
        while len(self._tiles) < len(view.options):
            self._rest.addWidget(self._add())
        for place, tile in enumerate(self._tiles):
            if place < len(view.options):
                option = view.options[place]
                waiting = view.busy and place == 0
                tile.draw_picture(APP if option.app else TEXT)
                tile.say(option.action, option.detail, marked=place == 0, waiting=waiting)
                tile.setEnabled(not view.busy)
            else:
                tile.blank()

    def first_stop(self) -> QWidget:
        """The first approver."""
        return self._first

    def _add(self) -> Tile:
        tile = Tile(self.look, picture=TEXT)
        place = len(self._tiles)
        tile.clicked.connect(lambda: self._choose(place))
        self._tiles.append(tile)
        return tile

    def _choose(self, place: int) -> None:
        if place < len(self._options):
            option = self._options[place]
            self.ask(ApproverChosen(option.approver_id, app=option.app))
