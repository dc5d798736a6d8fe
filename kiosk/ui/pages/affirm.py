"""New computer, third page: an admin affirms where this computer stands (facts.md S14)."""

from kiosk.session.model.intents import SecurePlaceAffirmed
from kiosk.session.pages.views import AffirmView
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.split import SplitPage
from kiosk.ui.widgets.button import Button, Weight
from kiosk.ui.widgets.points import BulletList


class AffirmPage(SplitPage):
    """Draws an ``AffirmView``."""

    def __init__(self, look: Look) -> None:
        """Without words until a view is shown."""
        super().__init__(look, "shield-check")
        self._points = BulletList(look)
        self._affirm = Button(look, Weight.PRIMARY)
        self._affirm.clicked.connect(lambda: self.ask(SecurePlaceAffirmed()))
        self.card.addWidget(self._points)
        self.card.addSpacing(look.space("near"))
        self.card.addWidget(self._affirm)

    def show_view(self, view: AffirmView) -> None:
        """Draw ``view``, in place."""
        self.title.say(view.title)
        self.text.say(view.text)
        self.notice.show_notice(view.notice)
        self._points.say(view.points)
        self._affirm.say(view.action)
        self._affirm.wait(view.busy)
        self.say_back(view.back)
        self._affirm.setEnabled(not view.busy)

    def start(self) -> None:
        """The one thing to do here."""
        self._affirm.setFocus()
