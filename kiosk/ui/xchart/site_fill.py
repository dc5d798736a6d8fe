"""Filling a site's page in, and pressing: once, or not at all.

The secret is in one call of the script, and in the fence, which lets no address carry it; both
forget it. Nothing here tries a second time.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWebEngineCore import QWebEngineUrlRequestInfo, QWebEngineUrlRequestInterceptor

from kiosk.session.model.site import Part, Press
from kiosk.ui.xchart.fence import Fence
from kiosk.ui.xchart.own_world import Told
from kiosk.ui.xchart.site_load import Arrival
from kiosk.ui.xchart.site_script import Caller

SETTLE_MS = 80
"""A page draws anew what was typed, and says then whether its button is to be pressed."""
CODE_SETTLE_MS = 500
"""Longer: a page that sends a whole code by itself has begun by then, and is not pressed too."""
PRESS_EVERY_MS = 100
PRESS_TRIES = 30
CAUGHT_WITHIN_MS = 200
"""A press is answered before the request that it makes is seen."""
WATCHED_MS = 15_000
"""How long after a press no address may carry the password."""
READING = frozenset({b"GET", b"HEAD", b"OPTIONS"})

Then = Callable[[Press], None]


class Outgoing(QWebEngineUrlRequestInterceptor):
    """Counts what a page sends; stops nothing, which is the fence's."""

    def __init__(self, parent: QObject) -> None:
        """Nothing was sent yet."""
        super().__init__(parent)
        self.sent = 0

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Count it, if it is more than a question."""
        self.sent += bytes(info.requestMethod().data()) not in READING


class Filling(QObject):
    """One filling in, from the first letter to the press. It tells how it ended, once."""

    def __init__(
        self, caller: Caller, fence: Fence, arrival: Arrival, outgoing: Outgoing, then: Then
    ) -> None:
        """Nothing is done before ``begin``."""
        super().__init__(caller)
        self._caller = caller
        self._fence = fence
        self._arrival = arrival
        self._outgoing = outgoing
        self._then: Then | None = then
        self._told: Told = {}
        self._load = arrival.load
        self._sent = outgoing.sent
        self._tries = PRESS_TRIES
        self._is_code = False
        self._caught = False
        fence.caught.connect(self._note_caught)

    def begin(self, told: Told, typed: Mapping[Part, str], doc: int) -> None:
        """Fill that in, if the document is still that one."""
        self._told = told
        self._is_code = set(typed) == {Part.CODE}
        secret = typed.get(Part.PASSWORD, "")
        self._fence.watch_for(secret)
        # The fence's own timer: it forgets even where the page is gone by then.
        QTimer.singleShot(WATCHED_MS, self._fence, lambda: self._fence.forget(secret))
        values = {str(part): value for part, value in typed.items()}
        self._caller.call("fill", told, values, doc, then=self._filled)

    def _filled(self, answer: Told) -> None:
        if answer.get("end") == "filled":
            QTimer.singleShot(CODE_SETTLE_MS if self._is_code else SETTLE_MS, self, self._press)
        else:
            self._give_up(press_of(answer))

    def _press(self) -> None:
        sent_itself = self._is_code and self._outgoing.sent > self._sent
        if self._caught:
            self._give_up(Press.UNSAFE)
        elif sent_itself or self._arrival.load != self._load:
            self._end(Press.PRESSED)
        elif self._tries == 0:
            self._give_up(Press.NOT_TAKEN)
        else:
            self._tries -= 1
            self._caller.call("press", self._told, then=self._pressed)

    def _pressed(self, answer: Told) -> None:
        if answer.get("end") == "wait":
            QTimer.singleShot(PRESS_EVERY_MS, self, self._press)
        elif answer.get("end") == "pressed" or self._arrival.load != self._load:
            QTimer.singleShot(CAUGHT_WITHIN_MS, self, self._see_it_off)
        else:
            self._give_up(press_of(answer))

    def _see_it_off(self) -> None:
        if self._caught:
            self._give_up(Press.UNSAFE)
        else:
            self._end(Press.PRESSED)

    def _give_up(self, how: Press) -> None:
        """Nothing is left in the field before anybody hears of it."""
        self._caller.call("clear", then=lambda _: self._end(how))

    def _end(self, how: Press) -> None:
        then, self._then = self._then, None
        self._fence.caught.disconnect(self._note_caught)
        self.deleteLater()
        if then is not None:
            then(how)

    def _note_caught(self) -> None:
        self._caught = True


def press_of(answer: Told) -> Press:
    """How the script says that it ended; without an answer it is not known to have been taken."""
    said = answer.get("end")
    return next((each for each in Press if each.value == said), Press.NOT_TAKEN)
