"""A look that counts only when it shows the same twice: a page that is being drawn shows halves.

It begins while the page is still on its way, and ends no sooner than its load has: by then most
pages have stood as they are for longer than the pause.
"""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, SignalInstance

from kiosk.session.model.site import PageState
from kiosk.ui.xchart.site_script import Sight

AGAIN_MS = 120
"""So long a page has to have shown the same: nothing is filled into half a form."""
IN_AGAIN_MS = 40
"""Who is in is seen twice too, but sooner: nothing is done to the page, and it is watched."""
EARLY_MS = 40
"""From one glance at a page that is on its way to the next."""
WITHIN_MS = 8000
"""A page that comes no sooner, or does not settle, is told of as it is: not known."""

Glance = Callable[[Callable[[Sight | None], None]], None]


class SteadyLook(QObject):
    """Glances until two are alike with a pause between them; ``then`` hears of it once."""

    def __init__(
        self,
        parent: QObject,
        glance: Glance,
        then: Callable[[Sight | None], None],
        came: SignalInstance,
        is_loading: Callable[[], bool],
        within_ms: int = 0,
    ) -> None:
        """It begins at once. ``came`` when a load has ended, ``is_loading`` until then.

        ``within_ms``: less than else is left.
        """
        super().__init__(parent)
        self._glance = glance
        self._then = then
        self._is_loading = is_loading
        self._before: Sight | None = None
        self._stood = QElapsedTimer()
        self._patience = QTimer(self, singleShot=True, interval=within_ms or WITHIN_MS)
        self._patience.start()
        self._again = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._again.timeout.connect(self._take)
        # What a document is asked that goes meanwhile may never be answered.
        self._asked = 0
        came.connect(self._look_soon)
        self._take()

    def _look_soon(self) -> None:
        # Not within the engine's own call.
        self._again.start(0)

    def _left(self) -> int:
        """Milliseconds until the same once more would be enough."""
        if self._before is None:
            return 0
        pause = IN_AGAIN_MS if self._before.state is PageState.IN else AGAIN_MS
        return max(0, pause - self._stood.elapsed())

    def _take(self) -> None:
        self._asked += 1
        asked = self._asked
        self._glance(lambda sight: self._note(sight) if asked == self._asked else None)

    def _note(self, sight: Sight | None) -> None:
        if sight is None or sight != self._before:
            self._before = sight
            self._stood.start()
        elif not self._left() and not self._is_loading():
            self._end(sight)
            return
        if not self._patience.isActive():
            self._end(None)
        elif self._is_loading():
            self._again.start(EARLY_MS)
        else:
            self._again.start(self._left() or AGAIN_MS)

    def _end(self, sight: Sight | None) -> None:
        self._asked += 1
        self._again.stop()
        self.deleteLater()
        self._then(sight)
