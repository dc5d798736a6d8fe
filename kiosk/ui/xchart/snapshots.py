"""When a page's storage is taken: by the clock while somebody is in, and when it may be the last.

Never import this before the login screen is painted.
"""

import hashlib
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage

from kiosk.session.model.carried import Taken
from kiosk.ui.xchart.fence import Origin
from kiosk.ui.xchart.storages import take_storage

EVERY_MS = 15_000


class Snapshots(QObject):
    """Snapshots of one page, for ``keep``: those that are another than the last.

    Only of ``origins``: not of whatever stands in the page else.
    """

    def __init__(
        self, page: QWebEnginePage, origins: tuple[QUrl, ...], keep: Callable[[Taken], None]
    ) -> None:
        super().__init__(page)
        self._page = page
        self._origins = frozenset(map(Origin, origins))
        self._keep = keep
        self._asked = 0
        self._heard = 0
        self._last: dict[str, bytes] = {}
        self._taking = QTimer(self, interval=EVERY_MS)
        self._taking.timeout.connect(self._take_unless_busy)

    def start(self) -> None:
        """From now on one every fifteen seconds, and one at once: somebody is in."""
        self._taking.start()
        self.take_now()

    def take_anew(self) -> None:
        """One more, whatever was taken before: that was kept nowhere."""
        self._last.clear()
        self.take_now()

    def stop(self) -> None:
        """No more by themselves."""
        self._taking.stop()

    def take_now(self, then: Callable[[], None] = lambda: None) -> None:
        """One more; ``then`` when ``keep`` has it, or the page gave none."""
        self._asked += 1
        take_storage(self._page, partial(self._hear, self._asked, then))

    def _take_unless_busy(self) -> None:
        if self._heard == self._asked:
            self.take_now()

    def _hear(self, number: int, then: Callable[[], None], taken: Taken | None) -> None:
        # One that was asked for later is newer, whichever came first.
        if number > self._heard:
            self._heard = number
            if taken is not None and Origin(QUrl(taken.origin)) in self._origins:
                self._keep_changed(taken)
        then()

    def _keep_changed(self, taken: Taken) -> None:
        text = taken.storage.text if taken.storage else ""
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        if self._last.get(taken.origin) != digest:
            self._last[taken.origin] = digest
            self._keep(taken)
