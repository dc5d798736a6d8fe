"""Xchart's own page in its view: opened, revealed, covered, and discarded whole.

Owns the page, its off-the-record profile, and the order in which they go. What it may do is
``fenced_page``'s, how it is shown ``page_view``'s. Never import this before the login screen is
painted.
"""

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEngineLoadingInfo, QWebEnginePage, QWebEngineProfile
from PySide6.QtWidgets import QWidget

from kiosk.session.model.session import Declined, PageFault, Question
from kiosk.ui.xchart.engine import set_up
from kiosk.ui.xchart.fence import Fence, Origin
from kiosk.ui.xchart.fenced_page import FencedPage
from kiosk.ui.xchart.page_view import CLOSED_WITHIN_MS, PageView

DOMAINS = {
    QWebEngineLoadingInfo.ErrorDomain.HttpStatusCodeDomain: PageFault.ANSWER,
    QWebEngineLoadingInfo.ErrorDomain.CertificateErrorDomain: PageFault.CERTIFICATE,
}
"""What the engine's error codes are of; of the network where it is none of these."""
SIGN_INS = {401: PageFault.ANSWER, 407: PageFault.PROXY_SIGN_IN}
"""Who asks for a name and a password: the server, or a proxy before it."""


class XchartPage(PageView):
    """The view and its profile. Opened once; discarded whole with ``discard``.

    ``lost`` tells that what was typed in it went with it. ``broke`` carries a ``PageFault`` and the
    number behind it: an HTTP status, the engine's code, the process's.
    """

    opened = Signal()
    broke = Signal(str, int)
    lost = Signal()

    def __init__(self, parent: QWidget, server: str, proxy: str, scale: float) -> None:
        """An empty page with a profile of its own, off the record, that reaches ``server`` alone.

        ``proxy`` is an address or empty; ``scale`` is how large everything is drawn.
        """
        set_up(QUrl(proxy), QUrl(server))
        super().__init__(parent, scale)
        self._profile = QWebEngineProfile()
        self._profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.MemoryHttpCache)
        self._profile.downloadRequested.connect(self._refuse_download)
        self._fence = Fence(self._profile)
        self._fence.viewing.connect(self._view_document)
        self._profile.setUrlRequestInterceptor(self._fence)
        own, nothing = FencedPage(self._profile, self), QWebEnginePage(self._profile, self)
        # After its pages, so that Qt deletes it after them: a profile must outlive its pages.
        self._profile.setParent(self)
        self._hold(own, nothing)
        own.declined.connect(self._note_declined)
        own.sign_in_wanted.connect(self._note_sign_in)
        own.loadingChanged.connect(self._loading)
        own.renderProcessTerminated.connect(self._ended)
        self._was_opened = False
        self._shown_once = False
        # What a load ends with that the engine only calls stopped.
        self._stopped_by: PageFault | None = None
        self._stopped_with = 0
        self._asking = False
        self._discarded = False
        self.setPage(self._own)

    def open_at(self, url: str) -> None:
        """Go to ``url``; its origin is the only one from now on."""
        target = QUrl(url)
        origin = Origin(target)
        self._was_opened = True
        self._fence.allow(origin)
        self._own.allow(origin)
        self._own.setUrl(target)

    def discard(self, at_once: bool) -> None:
        """Drop pages and profile, in that order; not under the feet of a page that asks.

        Unless ``at_once`` the page is closed as a browser closes it, to hear whether it holds
        something unsaved. It is off the view by then, and cannot stay.
        """
        self._discarded = True
        self.keep_running(False)
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

    def is_alive(self) -> bool:
        """Whether there is a page to keep at full pace while nobody sees it."""
        return self._was_opened

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

    def _ended(self, _how: QWebEnginePage.RenderProcessTerminationStatus, code: int) -> None:
        self.broke.emit(PageFault.PROCESS, code)
