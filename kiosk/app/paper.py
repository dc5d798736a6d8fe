"""Printing Xchart's page: one sheet of paper at a time, on the one printer of the settings."""

from collections.abc import Callable

from kiosk.desktop.printing import can_print, print_document
from kiosk.session.model.session import Declined

Document = Callable[[Callable[[bytes], None]], None]
"""Makes what is printed, and hands it over."""


class Paper:
    """``aside`` does a job off the main thread; ``decline`` may be called on any."""

    def __init__(
        self,
        printer: str,
        aside: Callable[[Callable[[], None]], None],
        decline: Callable[[Declined], None],
    ) -> None:
        """``printer`` is empty where nothing is printed."""
        self._printer = printer
        self._aside = aside
        self._decline = decline
        self.is_busy = False

    def print_page(self, document: Document, *, is_seen: bool) -> None:
        """Print it, if somebody looks at it; else say why not."""
        if not self._printer or not can_print():
            self._decline(Declined.NO_PRINTER)
        elif self.is_busy or not is_seen:
            self._decline(Declined.NOT_PRINTED)
        else:
            self.is_busy = True
            # Not the local lane: an entry waits for that one, and a printer may take its time.
            document(lambda made: self._aside(lambda: self._send(made)))

    def _send(self, document: bytes) -> None:
        if not print_document(self._printer, document):
            self._decline(Declined.NOT_PRINTED)
        self.is_busy = False
