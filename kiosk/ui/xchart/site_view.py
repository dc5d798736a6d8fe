"""The view of one person's page at a site: on the glass while they work, else behind the stage.

A page without a view has no layout, so nothing in it is recognised, and one that is hidden slows
down. Behind the stage is a window that is shown to nobody: Qt draws it, and no screen has it.
Never import this before the login screen is painted.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from kiosk.ui.xchart.page_view import PageView
from kiosk.ui.xchart.site_page import SitePage


def backstage() -> QWidget:
    """A window for pages that nobody looks at."""
    made = QWidget()
    made.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    made.resize(1280, 720)
    made.show()
    return made


class SiteView(PageView):
    """One person's page. ``discard`` puts it behind the stage; only ``drop`` lets it go."""

    opened = Signal()
    broke = Signal(str, int)
    lost = Signal()

    def __init__(
        self,
        glass: QWidget,
        behind: QWidget,
        site_page: SitePage,
        profile: QWebEngineProfile,
        scale: float,
    ) -> None:
        """``site_page`` is of that ``profile``, which outlives both."""
        super().__init__(glass, scale)
        self.site_page = site_page
        self.is_introduced = False
        self._behind = QWebEngineView(behind)
        self._behind.resize(behind.size())
        self._hold(site_page.page, QWebEnginePage(profile, self))
        site_page.page.declined.connect(self.declined)
        site_page.page.loadFinished.connect(self._loaded)
        site_page.ask = self._put
        # The page's own questions come by the driver, which answers some by itself.
        site_page.page.ask = site_page.put
        self._behind.setPage(site_page.page)
        self._behind.show()
        self.setPage(self._nothing)
        self.hide()

    def open_at(self, _url: str) -> None:
        """It is there already."""
        QTimer.singleShot(0, self, self.opened.emit)

    def reveal(self, revealed: bool, reachable: bool) -> None:
        """On the glass, or behind the stage, where it runs on at full pace."""
        super().reveal(revealed, reachable)
        if not revealed and self._behind.page() is not self._own:
            self._behind.setPage(self._own)

    def discard(self, _at_once: bool) -> None:
        """Off the glass. The page stays as it is: its person comes back to it."""
        self.reveal(revealed=False, reachable=False)

    def drop(self) -> None:
        """Let the page go; the profile stays."""
        self.discard(True)
        self._nothing.deleteLater()
        self.site_page.discard()
        self._behind.deleteLater()
        self.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Behind the stage it is as large, so that nothing is laid out anew on the way."""
        super().resizeEvent(event)
        self._behind.resize(event.size())

    def _loaded(self, loaded: bool) -> None:
        if loaded:
            self.keep_scale()
            self._look_where()
