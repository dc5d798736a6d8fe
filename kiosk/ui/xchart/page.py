"""Xchart's own page in its view: opened, revealed, covered, and discarded whole.

Owns the page, its off-the-record profile, how large it is drawn, and the order in which they go.
What it may do is ``fenced_page``'s. Never import this before the login screen is painted.
"""

from collections.abc import Callable

from PySide6.QtCore import QChildEvent, QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDrag
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEngineFrame,
    QWebEngineLoadingInfo,
    QWebEnginePage,
    QWebEngineProfile,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QDialog, QWidget

from kiosk.session.model.session import Declined, PageFault, Question
from kiosk.ui.xchart.engine import set_up
from kiosk.ui.xchart.fence import Fence, Origin
from kiosk.ui.xchart.fenced_page import Ask, FencedPage, nobody

SAME_SCALE = 0.001
DOMAINS = {
    QWebEngineLoadingInfo.ErrorDomain.HttpStatusCodeDomain: PageFault.ANSWER,
    QWebEngineLoadingInfo.ErrorDomain.CertificateErrorDomain: PageFault.CERTIFICATE,
}
"""What the engine's error codes are of; of the network where it is none of these."""
SIGN_INS = {401: PageFault.ANSWER, 407: PageFault.PROXY_SIGN_IN}
"""Who asks for a name and a password: the server, or a proxy before it."""
CLOSED_WITHIN_MS = 500
"""A page that hangs is not waited for longer."""


class XchartPage(QWebEngineView):
    """The view and its profile. Opened once; discarded whole with ``discard``.

    ``turned`` tells whether a document is on show beside the page itself, ``print_wanted`` that the
    page would be printed, ``lost`` that what was typed in it went with it. ``broke`` carries a
    ``PageFault`` and the number behind it: an HTTP status, the engine's code, the process's.
    ``ask`` is whom the page's questions are put to.
    """

    opened = Signal()
    broke = Signal(str, int)
    spoke = Signal(str)
    declined = Signal(Declined)
    turned = Signal(bool)
    print_wanted = Signal()
    lost = Signal()

    def __init__(self, parent: QWidget, server: str, proxy: str, scale: float) -> None:
        """An empty page with a profile of its own, off the record, that reaches ``server`` alone.

        ``proxy`` is an address or empty; ``scale`` is how large everything is drawn.
        """
        set_up(QUrl(server), QUrl(proxy))
        super().__init__(parent)
        self.ask: Ask = nobody
        self._scale = scale
        self._profile = QWebEngineProfile()
        self._profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.MemoryHttpCache)
        self._profile.downloadRequested.connect(self._refuse_download)
        self._fence = Fence(self._profile)
        self._fence.viewing.connect(self._view_document)
        self._profile.setUrlRequestInterceptor(self._fence)
        self._own = FencedPage(self._profile, self)
        # What the view shows while covered. It never loads anything.
        self._nothing = QWebEnginePage(self._profile, self)
        # After its pages, so that Qt deletes it after them: a profile must outlive its pages.
        self._profile.setParent(self)
        self._own.ask = self._put
        self._own.spoke.connect(self.spoke)
        self._own.declined.connect(self._note_declined)
        self._own.sign_in_wanted.connect(self._note_sign_in)
        self._own.opened_aside.connect(self._open_aside)
        self._own.loadingChanged.connect(self._loading)
        self._own.renderProcessTerminated.connect(self._ended)
        self._own.zoomFactorChanged.connect(self.keep_scale)
        self._own.printRequested.connect(lambda: self._want_printed(None))
        self._own.printRequestedByFrame.connect(self._want_printed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self._was_opened = False
        self._shown_once = False
        # What a load ends with that the engine only calls stopped.
        self._stopped_by: PageFault | None = None
        self._stopped_with = 0
        self._asking = False
        self._discarded = False
        # The part of the page that would be printed; None for all of it.
        self._frame: QWebEngineFrame | None = None
        # The place in the history that is the page itself, while something else is on show.
        self._home: int | None = None
        self.setPage(self._own)

    def open_at(self, url: str) -> None:
        """Go to ``url``; its origin is the only one from now on."""
        target = QUrl(url)
        origin = Origin(target)
        self._was_opened = True
        self._fence.allow(origin)
        self._own.allow(origin)
        self._own.setUrl(target)

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
            self._own.setVisible(self._was_opened)
        self.setVisible(revealed)
        self.setEnabled(reachable)

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

    def discard(self, at_once: bool) -> None:
        """Drop pages and profile, in that order; not under the feet of a page that asks.

        Unless ``at_once`` the page is closed as a browser closes it, to hear whether it holds
        something unsaved. It is off the view by then, and cannot stay.
        """
        self._discarded = True
        self.setPage(self._nothing)
        self.hide()
        self._own.loadingChanged.disconnect(self._loading)
        self._own.renderProcessTerminated.disconnect(self._ended)
        if self._asking:
            return
        if at_once or not self._was_opened:
            self._drop()
            return
        self._own.windowCloseRequested.connect(self._drop)
        QTimer.singleShot(CLOSED_WITHIN_MS, self, self._drop)
        self._own.triggerAction(QWebEnginePage.WebAction.RequestClose)

    def childEvent(self, event: QChildEvent) -> None:
        """The engine's own dialogs (colour, file) are turned away before they show."""
        child = event.child()
        if event.type() == QEvent.Type.ChildPolished and isinstance(child, QDialog):
            QTimer.singleShot(0, child, child.reject)
            self.declined.emit(Declined.WINDOW)
        super().childEvent(event)

    def _put(self, question: Question, words: str, offered: str) -> str | None:
        if self._discarded and question is Question.LEAVE:
            self.lost.emit()
            return ""
        if self._asking or self._discarded:
            return None
        self._asking = True
        try:
            return self.ask(question, words, offered)
        finally:
            self._asking = False
            if self._discarded:
                # Once the engine's own call has returned: it still holds the page here.
                QTimer.singleShot(0, self, self._drop)

    def _drop(self) -> None:
        self._own.deleteLater()
        self._nothing.deleteLater()
        self._profile.deleteLater()
        self.deleteLater()

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

    def _loading(self, info: QWebEngineLoadingInfo) -> None:
        match info.status():
            case QWebEngineLoadingInfo.LoadStatus.LoadStartedStatus:
                self._stopped_by, self._stopped_with = None, 0
            case QWebEngineLoadingInfo.LoadStatus.LoadSucceededStatus:
                self._shown_once = True
                self.keep_scale()
                self._look_where()
                self.opened.emit()
            case QWebEngineLoadingInfo.LoadStatus.LoadFailedStatus:
                self.broke.emit(
                    DOMAINS.get(info.errorDomain(), PageFault.NETWORK), info.errorCode()
                )
            case QWebEngineLoadingInfo.LoadStatus.LoadStoppedStatus:
                self._stopped()

    def _stopped(self) -> None:
        """Stopped, refused, or no page at all: what was there before stays, if anything was."""
        if self._stopped_by in SIGN_INS.values() or not self._shown_once:
            self.broke.emit(self._stopped_by or PageFault.NO_PAGE, self._stopped_with)

    def _note_declined(self, what: Declined) -> None:
        if what in (Declined.ELSEWHERE, Declined.PROGRAM):
            self._stopped_by = PageFault.ELSEWHERE
        self.declined.emit(what)

    def _note_sign_in(self, status: int) -> None:
        self._stopped_by, self._stopped_with = SIGN_INS[status], status

    def _look_where(self) -> None:
        if self._home is None:
            return
        aside = self._own.history().currentItemIndex() > self._home
        if not aside:
            self._home = None
        self.turned.emit(aside)

    def _ended(self, _how: QWebEnginePage.RenderProcessTerminationStatus, code: int) -> None:
        self.broke.emit(PageFault.PROCESS, code)
