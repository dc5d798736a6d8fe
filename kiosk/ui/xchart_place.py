"""The place of Xchart's own page: empty until the engine is wanted, and after the page is gone.

The web engine costs hundreds of milliseconds to import, so it is imported here, late, after the
login screen is painted (design.md section 4, Start). What the page may do is ``xchart_page``'s.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget


class XchartPlace(QWidget):
    """Holds Xchart's page. ``shown`` when it has loaded, ``failed`` with an engineer's reason."""

    shown = Signal()
    failed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def warm(self) -> None:
        """Load the engine; once the login screen is painted."""

    def open(self, url: str) -> None:
        """Open ``url`` with a profile of its own; a page that was there is discarded."""

    def close_page(self) -> None:
        """Discard the page and everything it stored."""

    def reveal(self, revealed: bool, *, reachable: bool) -> None:
        """Whether the page is drawn, and whether hands and assistive technology reach it."""

    def take_focus(self) -> bool:
        """Give the page the focus, if it can be reached."""
        return False
