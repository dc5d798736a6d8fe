"""A look that counts only when it shows the same twice: a page that is being drawn shows halves."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, SignalInstance

from kiosk.ui.xchart.site_script import Sight

AGAIN_MS = 120
WITHIN_MS = 8000
"""A page that comes no sooner, or does not settle, is told of as it is: not known."""

Glance = Callable[[Callable[[Sight | None], None]], None]


class SteadyLook(QObject):
    """Glances until two in a row are alike, or for too long; ``then`` hears of it once."""

    def __init__(
        self,
        parent: QObject,
        glance: Glance,
        then: Callable[[Sight | None], None],
        came: SignalInstance,
        within_ms: int = 0,
    ) -> None:
        """It begins at once. ``came`` when there is something to look at, where there was nothing.

        ``within_ms``: less than else is left.
        """
        super().__init__(parent)
        self._glance = glance
        self._then = then
        self._before: Sight | None = None
        self._patience = QTimer(self, singleShot=True, interval=within_ms or WITHIN_MS)
        self._patience.start()
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._take)
        came.connect(self._look_soon)
        self._take()

    def _look_soon(self) -> None:
        if self._before is None and self._again.isActive():
            # Not within the engine's own call.
            self._again.start(0)

    def _take(self) -> None:
        self._glance(self._note)

    def _note(self, sight: Sight | None) -> None:
        if sight is not None and sight == self._before:
            self._end(sight)
        elif not self._patience.isActive():
            self._end(None)
        else:
            self._before = sight
            self._again.start(AGAIN_MS)

    def _end(self, sight: Sight | None) -> None:
        self.deleteLater()
        self._then(sight)
