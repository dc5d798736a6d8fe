"""A page of the engine that stays within its origins, opens nothing, and says what it wanted.

Owns every refusal of threats T16: no new windows, no downloads, no files, no other schemes, no
permissions, no dialogs, no developer tools. Chromium's own sandbox stays on. What the page says
and asks goes to whoever set ``ask`` and listens.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineCertificateError,
    QWebEngineClientCertificateSelection,
    QWebEngineDesktopMediaRequest,
    QWebEngineFileSystemAccessRequest,
    QWebEngineFullScreenRequest,
    QWebEngineNewWindowRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineRegisterProtocolHandlerRequest,
    QWebEngineSettings,
    QWebEngineWebAuthUxRequest,
)

from kiosk.session.model.session import Declined, Question
from kiosk.ui.xchart.fence import EMPTY, SECURE, WITHIN_A_PAGE, Fence, Origin, is_empty

Attribute = QWebEngineSettings.WebAttribute
Ask = Callable[[Question, str, str], str | None]
"""Put a question, its words and the answer it offers; what is typed, or None for No."""

REFUSED = (
    Attribute.JavascriptCanOpenWindows,
    Attribute.JavascriptCanAccessClipboard,
    Attribute.JavascriptCanPaste,
    Attribute.LocalContentCanAccessRemoteUrls,
    Attribute.LocalContentCanAccessFileUrls,
    Attribute.HyperlinkAuditingEnabled,
    Attribute.ErrorPageEnabled,
    Attribute.ScreenCaptureEnabled,
    Attribute.AllowRunningInsecureContent,
    Attribute.AllowGeolocationOnInsecureOrigins,
    Attribute.AllowWindowActivationFromJavaScript,
    Attribute.DnsPrefetchEnabled,
    Attribute.NavigateOnDropEnabled,
    Attribute.BackForwardCacheEnabled,
    Attribute.AutoLoadIconsForPage,
)
GRANTED = (
    Attribute.WebRTCPublicInterfacesOnly,
    # Documents are shown in the page's place, by the engine's own viewer; there is no other plugin.
    Attribute.PluginsEnabled,
    Attribute.PdfViewerEnabled,
    # Refused when it is asked for, with a sentence: without support nobody would hear of it.
    Attribute.FullScreenSupportEnabled,
)
OWN_WINDOWS = frozenset({"", "about", *WITHIN_A_PAGE})
"""What a page that fills its window by itself begins with."""
LEAVING = "Are you sure you want to leave this page? Changes that you made may not be saved."
"""What the engine asks with, in its own words, when a page holds on to what was typed."""


def nobody(_question: Question, _words: str, _offered: str) -> str | None:
    """Nobody is asked: the careful answer is No."""
    return None


class FencedPage(QWebEnginePage):
    """A page that stays where it was opened.

    ``sign_in_wanted`` carries the HTTP status of a server, or a proxy, that asks for a name and a
    password (RFC 9110 section 11.6): nobody here has one for it.
    """

    spoke = Signal(str)
    declined = Signal(Declined)
    opened_aside = Signal()
    sign_in_wanted = Signal(int)

    def __init__(self, profile: QWebEngineProfile, parent: QObject) -> None:
        """Nothing may be navigated to until ``allow``."""
        super().__init__(profile, parent)
        self.ask: Ask = nobody
        self._origins: tuple[Origin, ...] = ()
        self._empty_expected = False
        for attribute in REFUSED:
            self.settings().setAttribute(attribute, False)
        for attribute in GRANTED:
            self.settings().setAttribute(attribute, True)
        # What somebody pressed is refused below, with a sentence; what the page does by itself is
        # not even asked about.
        self.settings().setUnknownUrlSchemePolicy(
            QWebEngineSettings.UnknownUrlSchemePolicy.AllowUnknownUrlSchemesFromUserInteraction
        )
        self.permissionRequested.connect(self._deny)
        self.fullScreenRequested.connect(self._stay_small)
        self.fileSystemAccessRequested.connect(self._keep_files)
        self.registerProtocolHandlerRequested.connect(self._keep_protocols)
        self.desktopMediaRequested.connect(self._keep_screens)
        self.selectClientCertificate.connect(self._choose_none)
        self.webAuthUxRequested.connect(self._take_no_passkey)
        self.certificateError.connect(self._reject_certificate)
        self.newWindowRequested.connect(self._open_here)
        self.authenticationRequired.connect(lambda *_: self._sign_in_nowhere(401))
        self.proxyAuthenticationRequired.connect(lambda *_: self._sign_in_nowhere(407))

    def allow(self, *origins: Origin) -> None:
        """The origins this page may be at."""
        self._origins = origins

    def holds(self, url: QUrl) -> bool:
        """Whether this page may be at ``url``."""
        return any(each.holds(url) for each in self._origins)

    def open_empty(self, origin: QUrl, fence: Fence, then: Callable[[bool], None]) -> None:
        """An empty document of that origin; ``then`` is told whether it is there.

        Both gates are open for it alone and close behind it. Whoever listens to the page hears it
        load: it is no page of the site that opened.
        """

        def end(there: bool) -> None:
            self.loadFinished.disconnect(end)
            self._empty_expected = False
            fence.expect_empty(False)
            then(there)

        self.loadFinished.connect(end)
        self._empty_expected = True
        fence.expect_empty(True)
        self.setHtml(EMPTY, origin)

    def acceptNavigationRequest(
        self, url: QUrl | str, kind: QWebEnginePage.NavigationType, main_frame: bool
    ) -> bool:
        """Only the origins the page was opened with, in every frame and after every redirect."""
        target = QUrl(url)
        typed = kind is QWebEnginePage.NavigationType.NavigationTypeTyped
        if self._empty_expected and main_frame and typed and is_empty(target):
            self._empty_expected = False
            return True
        held = self.holds(target)
        if not held and main_frame:
            self._decline_link(target)
        return held

    def javaScriptAlert(self, _origin: QUrl | str, message: str) -> None:
        """Go on at once; the words are the kiosk's to show. No box: it would outlast a lock."""
        self.spoke.emit(message)

    def javaScriptConfirm(self, _origin: QUrl | str, message: str) -> bool:
        """Ask, and stand still until there is an answer."""
        leaving = message in (LEAVING, QCoreApplication.translate("QWebEnginePage", LEAVING))
        question = Question.LEAVE if leaving else Question.CONFIRM
        return self.ask(question, "" if leaving else message, "") is not None

    def javaScriptPrompt(self, _origin: QUrl | str, message: str, default: str) -> tuple[bool, str]:
        """The same, with a line to type in."""
        answer = self.ask(Question.PROMPT, message, default)
        return answer is not None, answer or ""

    def javaScriptConsoleMessage(
        self,
        _level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        _message: str,
        _line: int,
        _source: str,
    ) -> None:
        """A page's console may name patients: it reaches no log (law 10)."""

    def chooseFiles(
        self, _mode: QWebEnginePage.FileSelectionMode, _old: object, _types: object
    ) -> list[str]:
        """No file dialog, no file."""
        self.declined.emit(Declined.FILE)
        return []

    def _decline_link(self, target: QUrl) -> None:
        if target.scheme() in SECURE:
            self.declined.emit(Declined.ELSEWHERE)
        else:
            own = target.scheme() in OWN_WINDOWS
            self.declined.emit(Declined.WINDOW if own else Declined.PROGRAM)

    def _open_here(self, request: QWebEngineNewWindowRequest) -> None:
        """A link that wants a tab of its own gets this one, within the fence."""
        target = request.requestedUrl()
        if not self.holds(target):
            self._decline_link(target)
        elif request.isUserInitiated():
            self.opened_aside.emit()
            self.setUrl(target)

    def _deny(self, permission: QWebEnginePermission) -> None:
        permission.deny()
        self.declined.emit(Declined.DEVICE)

    def _stay_small(self, request: QWebEngineFullScreenRequest) -> None:
        request.reject()
        if request.toggleOn():
            self.declined.emit(Declined.FULL_SCREEN)

    def _keep_files(self, request: QWebEngineFileSystemAccessRequest) -> None:
        request.reject()
        self.declined.emit(Declined.FILE)

    def _keep_protocols(self, request: QWebEngineRegisterProtocolHandlerRequest) -> None:
        request.reject()
        self.declined.emit(Declined.PROGRAM)

    def _keep_screens(self, request: QWebEngineDesktopMediaRequest) -> None:
        request.cancel()
        self.declined.emit(Declined.DEVICE)

    def _choose_none(self, selection: QWebEngineClientCertificateSelection) -> None:
        selection.selectNone()

    def _take_no_passkey(self, asked: QWebEngineWebAuthUxRequest) -> None:
        """Nobody's key is this kiosk's to take: the page goes on without one."""
        asked.cancel()

    def _sign_in_nowhere(self, status: int) -> None:
        """Stop: Qt would answer with an empty name, and again at every refusal, without an end."""
        self.triggerAction(QWebEnginePage.WebAction.Stop)
        self.sign_in_wanted.emit(status)

    def _reject_certificate(self, error: QWebEngineCertificateError) -> None:
        error.rejectCertificate()
        self.declined.emit(Declined.CERTIFICATE)
