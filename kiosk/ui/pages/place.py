"""New computer, first page: which server, which location, which operatory."""

from PySide6.QtWidgets import QLineEdit

from kiosk.session.model.intents import PlaceGiven
from kiosk.session.model.people import Place
from kiosk.session.pages.views import PlaceView
from kiosk.ui.look import labels
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.split import SplitPage
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.field import Field


class PlacePage(SplitPage):
    """Draws a ``PlaceView``."""

    def __init__(self, look: Look) -> None:
        """Without words until a view is shown."""
        super().__init__(look, "map-pin")
        self._at_site = self._busy = False
        self._server = Field(look, QLineEdit())
        self._location = Field(look, QLineEdit())
        self._operatory = Field(look, QLineEdit())
        self._go_on = Button(look, Weight.PRIMARY)
        self._go_on.clicked.connect(lambda: self._give(self._at_site))
        self._other = Button(look, Weight.QUIET)
        self._other.clicked.connect(lambda: self._give(not self._at_site))
        for field in self._fields:
            field.line.returnPressed.connect(self._go_on.click)
            field.line.textChanged.connect(self._complete)
            self.card.addWidget(field)
        self.card.addSpacing(look.space("tight"))
        self.card.addWidget(self._go_on)
        self.card.addWidget(self._other)

    @property
    def _fields(self) -> tuple[Field, Field, Field]:
        return self._server, self._location, self._operatory

    def show_view(self, view: PlaceView) -> None:
        """Draw ``view``; what someone has begun to type stays."""
        self.title.say(view.title)
        self.text.say(view.text)
        self.notice.show_notice(view.notice)
        self._at_site, self._busy = view.at_site, view.busy
        self._server.name(view.server)
        self._location.name(labels.LOCATION)
        self._operatory.name(labels.OPERATORY)
        self._server.offer(view.place.server)
        self._location.offer(view.place.location)
        self._operatory.offer(view.place.operatory)
        self._go_on.say(labels.CONTINUE)
        self._go_on.wait(view.busy)
        self._other.say(view.other)
        self._other.setEnabled(not view.busy)
        self._complete()

    def start(self) -> None:
        """The first line that is still empty."""
        empty = [field.line for field in self._fields if not field.line.text()]
        (empty[0] if empty else self._go_on).setFocus()

    def _complete(self) -> None:
        whole = all(field.line.text().strip() for field in self._fields)
        self._go_on.setEnabled(whole and not self._busy)

    def _give(self, at_site: bool) -> None:
        server, location, operatory = (field.line.text().strip() for field in self._fields)
        self.ask(PlaceGiven(Place(server.rstrip("/"), location, operatory), at_site))
