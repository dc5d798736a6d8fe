"""A page at full pace while a patient is treated, whatever happens to the widget that shows it.

The engine slows a page that nobody sees: its timers go once a second, after a minute once a minute,
and what it would do next is to freeze it. A page runs as long as it is told that it is visible.
Hiding its view, minimising the window and putting another page into the view tell it otherwise,
each time anew. Telling it so draws nothing and puts it into no view: what is covered stays covered.
Never import this before the login screen is painted.
"""

from PySide6.QtCore import QObject
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView


class Pace(QObject):
    """Of one page, with which it goes."""

    def __init__(self, page: QWebEnginePage) -> None:
        """The engine has its own ways until ``keep``."""
        super().__init__(page)
        self._page = page
        self.is_kept = False
        """Whether it runs, whatever happens."""
        page.visibleChanged.connect(self._insist)

    def keep(self, kept: bool) -> None:
        """At full pace from now on; or as fast as the engine has it run where it is shown."""
        was, self.is_kept = self.is_kept, kept
        if kept:
            self._insist()
        elif was:
            self._give_back()

    def _insist(self, *_changed: object) -> None:
        """Within the engine's own call: there is no moment in which the page could be frozen.

        A visible page is Active, and Qt refuses to freeze or discard it.
        """
        if self.is_kept and not self._page.isVisible():
            self._page.setVisible(True)

    def _give_back(self) -> None:
        """What its view would have told it meanwhile. In none it is under a cover, and runs on."""
        view = QWebEngineView.forPage(self._page)
        if view is not None:
            self._page.setVisible(view.isVisible() and not view.window().isMinimized())
