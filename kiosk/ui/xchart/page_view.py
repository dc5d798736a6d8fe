"""A view of a page: revealed, covered, how large it is drawn, what is on show beside it.

Whose page it is, and when it goes, its kinds know (``page``, ``site_view``). Never import this
before the login screen is painted.
"""

from collections.abc import Callable

from PySide6.QtCore import QChildEvent, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QDrag
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEngineFrame,
    QWebEnginePage,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QDialog, QWidget

from kiosk.session.model.session import Declined, Question
from kiosk.ui.xchart.alive import SignsOfLife
from kiosk.ui.xchart.fenced_page import Ask, FencedPage, nobody
from kiosk.ui.xchart.pace import Pace

SAME_SCALE = 0.001
CLOSED_WITHIN_MS = 500
"""A page that hangs is not waited for longer."""


class PageView(QWebEngineView):
    """The view of one page.

    ``turned`` tells whether a document is on show beside the page itself, ``print_wanted`` that the
    page would be printed, ``alive`` that it has changed by itself while ``watch_life`` was wanted.
    ``ask`` is whom the page's questions are put to.
    """

    spoke = Signal(str)
    declined = Signal(Declined)
    turned = Signal(bool)
    print_wanted = Signal()
    alive = Signal()

    _own: FencedPage
    _nothing: QWebEnginePage
    _pace: Pace
    _life: SignsOfLife

    def __init__(self, parent: QWidget, scale: float) -> None:
        """``scale`` is how large everything is drawn. Holds no page before ``_hold``."""
        super().__init__(parent)
        self.ask: Ask = nobody
        self._scale = scale
        # The part of the page that would be printed; None for all of it.
        self._frame: QWebEngineFrame | None = None
        # The place in the history that is the page itself, while something else is on show.
        self._home: int | None = None
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)

    def _hold(self, own: FencedPage, nothing: QWebEnginePage, record: str = "") -> None:
        """The page, and what the view shows while covered, which never loads anything.

        ``record`` is the selector of what goes on by itself in it.
        """
        self._own, self._nothing = own, nothing
        self._pace = Pace(own)
        self._life = SignsOfLife(own, record)
        self._life.alive.connect(self.alive)
        own.ask = self._put
        own.spoke.connect(self.spoke)
        own.opened_aside.connect(self._open_aside)
        own.zoomFactorChanged.connect(self.keep_scale)
        own.printRequested.connect(lambda: self._want_printed(None))
        own.printRequestedByFrame.connect(self._want_printed)

    def reveal(self, revealed: bool, reachable: bool) -> None:
        """Draw the page; or take it off the view, where nothing can read it, still running.

        A page that its view has let go is out of the accessibility tree, and being told that it
        is visible keeps its timers at full pace: a monitor's feed goes on under a lock (law 9).
        """
        if not revealed:
            # What is dragged out of the page shows a piece of it, on top of every window.
            QDrag.cancel()
        wanted = self._own if revealed else self._nothing
        if self.page() is not wanted:
            self.setPage(wanted)
        if not revealed:
            self._own.setVisible(self.is_alive())
        self.setVisible(revealed)
        self.setEnabled(reachable)

    def keep_running(self, kept: bool) -> None:
        """At full pace whatever happens to this view, until told otherwise."""
        self._pace.keep(kept)

    @property
    def is_kept_running(self) -> bool:
        """Whether a patient is treated with it: it is neither slowed nor let go by itself."""
        return self._pace.is_kept

    def watch_life(self, watched: bool) -> None:
        """Whether anybody wants to know when the page changes by itself."""
        self._life.watch(watched)

    def take_focus(self) -> None:
        """Take the keyboard."""
        self.setFocus()

    def keep_scale(self) -> None:
        """Draw the page as large as the kiosk does, whatever wheel and keys have made of it."""
        if abs(self._own.zoomFactor() - self._scale) > SAME_SCALE:
            self._own.setZoomFactor(self._scale)

    def turn_back(self) -> None:
        """From a document to the page itself."""
        history = self._own.history()
        if self._home is not None and history.currentItemIndex() > self._home:
            history.goToItem(history.itemAt(self._home))

    def as_document(self, then: Callable[[bytes], None]) -> None:
        """What would be printed, in memory: nothing is written to a file."""
        printed = self._own if self._frame is None else self._frame
        printed.printToPdf(lambda made: then(bytes(made.data())))

    def process_id(self) -> int:
        """The process that draws the page; 0 where there is none."""
        return int(self._own.renderProcessPid())

    def childEvent(self, event: QChildEvent) -> None:
        """The engine's own dialogs (colour, file) are turned away before they show."""
        # Of what goes, nothing is asked: it is half gone already, which Python cannot hold.
        polished = event.type() == QEvent.Type.ChildPolished
        child = event.child() if polished else None
        if isinstance(child, QDialog):
            QTimer.singleShot(0, child, child.reject)
            self.declined.emit(Declined.WINDOW)
        super().childEvent(event)

    def is_alive(self) -> bool:
        """Whether there is a page to keep at full pace while nobody sees it."""
        return True

    def _put(self, question: Question, words: str, offered: str) -> str | None:
        return self.ask(question, words, offered)

    def _refuse_download(self, download: QWebEngineDownloadRequest) -> None:
        download.cancel()
        self.declined.emit(Declined.DOWNLOAD)

    def _want_printed(self, frame: QWebEngineFrame | None) -> None:
        self._frame = frame
        self.print_wanted.emit()

    def _open_aside(self) -> None:
        if self._home is None:
            self._home = self._own.history().currentItemIndex()

    def _view_document(self) -> None:
        """The engine has the document already, one step on in the history."""
        if self._home is None:
            self._home = max(0, self._own.history().currentItemIndex() - 1)
            self.turned.emit(True)

    def _look_where(self) -> None:
        if self._home is None:
            return
        aside = self._own.history().currentItemIndex() > self._home
        if not aside:
            self._home = None
        self.turned.emit(aside)
