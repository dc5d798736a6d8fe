"""The view of one person's page at a site: on the glass while they work, else in no view at all.

A page that was never in a view has no layout, so nothing in it is recognised. While it signs in,
and while it is looked at, it is behind the stage: in a window that is shown to nobody, which Qt
draws and no screen has. Whoever reads a screen by assistive technology would find it there; so it
is taken out as soon as somebody is in, and runs on at full pace without one. Never import this
before the login screen is painted.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from kiosk.session.model.session import Question
from kiosk.ui.xchart.own_world import WORLD
from kiosk.ui.xchart.page_view import CLOSED_WITHIN_MS, PageView
from kiosk.ui.xchart.site_page import SitePage

EMPTY = "document.documentElement.replaceChildren()"


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
    gone = Signal()

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
        self._hold(site_page.page, QWebEnginePage(profile, self), site_page.record)
        self._empty = QWebEnginePage(profile, self._behind)
        site_page.page.declined.connect(self.declined)
        site_page.page.loadFinished.connect(self._loaded)
        site_page.ask = self._put
        # The page's own questions come by the driver, which answers some by itself.
        site_page.page.ask = site_page.put
        self._is_on_glass = self._is_closing = self._is_dropped = False
        self._may_hold_patients = False
        self._behind.show()
        self.setPage(self._nothing)
        self.stage()
        self.hide()

    def open_at(self, _url: str) -> None:
        """It is there already, as far as it goes by itself: what comes on it is a person's."""
        self.leave_stage()
        QTimer.singleShot(0, self, self.opened.emit)

    def reveal(self, revealed: bool, reachable: bool) -> None:
        """On the glass, or off it, where it runs on at full pace."""
        self._is_on_glass = revealed
        super().reveal(revealed, reachable)
        if revealed:
            # Whoever looks at a page may have come to patients that the kiosk does not know for it.
            self._may_hold_patients = True
        else:
            self.stage()

    def keep_running(self, kept: bool) -> None:
        """At full pace, and loaded over by nothing that has not come, until told otherwise."""
        super().keep_running(kept)
        self.site_page.is_patients = kept

    def leave_stage(self) -> None:
        """Somebody is in, or may go on: the page may hold patients, and is behind no stage."""
        self._may_hold_patients = True
        if not self._is_on_glass:
            self._behind.setPage(self._empty)
            self._own.setVisible(True)

    def begin(self) -> None:
        """Another document is to come: of the one before nothing is behind the stage.

        The engine leaves it alive when the next does not come.
        """
        if self._may_hold_patients:
            self._own.runJavaScript(EMPTY, WORLD)
            self._may_hold_patients = False
        self.stage()

    def stage(self) -> None:
        """Where it has a layout, for a look; unless it has had one, and may hold patients."""
        if self._is_on_glass or self._may_hold_patients:
            return
        if self._behind.page() is not self._own:
            self._behind.setPage(self._own)

    def is_staged(self) -> bool:
        """Whether it is behind the stage."""
        return self._behind.page() is self._own

    def discard(self, _at_once: bool) -> None:
        """Off the glass. The page stays as it is: its person comes back to it."""
        self.reveal(revealed=False, reachable=False)

    def close_page(self) -> None:
        """Let it go as a browser closes it, to hear whether something unsaved goes with it.

        It is off the glass by then, and cannot stay; a page that hangs is not waited for.
        """
        if self._is_closing or self._is_dropped:
            return
        self._is_closing = True
        self._own.windowCloseRequested.connect(self.drop)
        QTimer.singleShot(CLOSED_WITHIN_MS, self, self.drop)
        self._own.triggerAction(QWebEnginePage.WebAction.RequestClose)

    def drop(self) -> None:
        """Let the page go; the profile stays."""
        if self._is_dropped:
            return
        self._is_dropped = True
        self.keep_running(False)
        self.gone.emit()
        self.discard(True)
        self._behind.setPage(self._empty)
        # Views before their pages: one that is hidden tells its page so. What is empty is ours, and
        # goes with us.
        self._behind.deleteLater()
        self.deleteLater()
        self.site_page.discard()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Behind the stage it is as large, so that nothing is laid out anew on the way."""
        super().resizeEvent(event)
        self._behind.resize(event.size())

    def _put(self, question: Question, words: str, offered: str) -> str | None:
        if self._is_closing and question is Question.LEAVE:
            self.lost.emit()
            return ""
        return super()._put(question, words, offered)

    def _loaded(self, loaded: bool) -> None:
        if loaded:
            self.keep_scale()
            self._look_where()
