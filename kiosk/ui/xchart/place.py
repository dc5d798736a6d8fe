"""The place of Xchart's own page: empty until the engine is wanted, and after the page is gone.

The web engine costs hundreds of milliseconds to import, so it is imported here, late, after the
login screen is painted (design.md section 4, Start). What the page may do is ``fenced_page``'s.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    # Not before the first paint: the login screen knows nobody at work.
    from kiosk.session.model.session import PageFault, Question
    from kiosk.session.model.site import PageState, Seen
    from kiosk.ui.xchart.site import Site
    from kiosk.ui.xchart.site_view import SiteView

ENGINE = "PySide6.QtWebEngineCore"
NO_PAGE, NO_PROCESS = "no_page", "process"
"""Words of ``PageFault``, which is not imported before the first paint."""


def why_none(fault: ImportError) -> "PageFault":
    """Why there can be no page: a package without the engine lacks this one module."""
    from kiosk.session.model.session import PageFault

    lacks = isinstance(fault, ModuleNotFoundError) and fault.name == ENGINE
    return PageFault.ENGINE_LEFT_OUT if lacks else PageFault.ENGINE_BROKEN


class OpenPage(Protocol):
    """What this place asks of ``page.XchartPage``, which it must not import early."""

    def open_at(self, url: str) -> None:
        """Go to an address."""

    def reveal(self, revealed: bool, reachable: bool) -> None:
        """Draw the page, and let hands reach it."""

    def keep_running(self, kept: bool) -> None:
        """At full pace whatever happens to it."""

    def watch_life(self, watched: bool) -> None:
        """Whether to tell when it changes by itself."""

    def take_focus(self) -> None:
        """Take the keyboard."""

    def keep_scale(self) -> None:
        """Draw the page as large as the kiosk does."""

    def turn_back(self) -> None:
        """From a document to the page itself."""

    def as_document(self, then: Callable[[bytes], None]) -> None:
        """What would be printed."""

    def process_id(self) -> int:
        """The process that draws the page."""

    def discard(self, at_once: bool) -> None:
        """Drop the page and everything it stored."""


class XchartPlace(QWidget):
    """Holds Xchart's page. ``shown`` when it has loaded, ``failed`` when it is gone.

    ``started`` when the engine's processes are there. ``failed`` carries the word of a
    ``PageFault`` and the number behind it, or 0. ``ask`` is whom the page's questions are put to,
    with its words; None is No. ``declined`` carries a ``Declined``. ``unsent_changed`` carries
    whose pages are kept, since they typed what a site's page has not sent. ``alive`` tells, every
    few seconds at most, that the page on show has changed by itself, covered or not.
    """

    started = Signal()
    shown = Signal()
    failed = Signal(str, int)
    spoke = Signal(str)
    declined = Signal(object)
    turned = Signal(bool)
    print_wanted = Signal()
    lost = Signal()
    unsent_changed = Signal(tuple)
    alive = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._page: OpenPage | None = None
        self._why_none = ""
        self._server = self._proxy = ""
        self._scale = 1.0
        # The answer that a page proposes with its question, while it stands.
        self.offered = ""
        self.ask: Callable[[Question, str], str | None] = lambda *_: None
        self.wants: PageState | None = None
        """What only a person can do on the page on show."""
        self._make_site: Callable[[QWidget], Site] | None = None
        self._site: Site | None = None
        self._opened = False
        self._revealed = False
        self._reachable = False
        # Whether pages run on whatever happens, and those that were told so.
        self._keeps_running = False
        self._running: list[OpenPage] = []
        # One of them whose load failed: it goes when nobody is treated any more.
        self._broken: OpenPage | None = None
        self._why_broken = ("", 0)

    def expect(self, server: str, proxy: str, scale: float) -> None:
        """Where pages will be, through which proxy, how large they are drawn. Before ``warm``.

        Server and proxy may be empty.
        """
        self._server, self._proxy, self._scale = server, proxy, scale

    def expect_site(self, make: "Callable[[QWidget], Site]") -> None:
        """Pages are a site's that has only a web sign-in; ``make`` starts the engine for it."""
        self._make_site = make

    def site(self) -> "Site | None":
        """That site, made when it is first asked for; None where there is none, or no engine."""
        if self._site is None and self._make_site is not None:
            try:
                self._site = self._make_site(self)
            except ImportError as fault:
                self._why_none = why_none(fault)
                return None
            self._site.made = self._introduce
            self._site.parting = lambda: self.close_page(at_once=True)
            self._site.changed.connect(self._changed)
            self._site.unsent_changed.connect(self.unsent_changed)
            self.started.emit()
        return self._site

    def warm(self) -> None:
        """Load the engine and an empty page; once the login screen is painted.

        The engine is confined to its server as it starts: without one it waits for a page.
        """
        if self._make_site is not None:
            if (site := self.site()) is not None:
                site.get_ready_again()
        elif self._server:
            self._empty_page()

    def open(self, url: str) -> None:
        """Open ``url`` with a profile of its own; a page that was there is discarded."""
        if self._opened:
            self.close_page()
        self._server = self._server or url
        page = self._empty_page() if self._make_site is None else self._kept_page(url)
        if page is None:
            self.failed.emit(self._why_none or NO_PAGE, 0)
            return
        self._opened = True
        page.watch_life(True)
        if self._keeps_running:
            self._keep(page)
        page.reveal(self._revealed, self._reachable)
        page.open_at(url)

    def close_page(self, at_once: bool = False, *, finished: bool = False) -> None:
        """Discard the page and everything it stored. Nothing happens where there is none.

        Unless ``at_once``, ``lost`` tells whether something unsaved went with it. At a site the
        page is kept for whoever comes back, unless its person has ``finished``.
        """
        page, self._page = self._page, None
        self._opened = False
        self.wants = None
        if page is not None:
            page.watch_life(False)
            page.discard(at_once)
            if self._make_site is None:
                self._forget(page)
        if self._site is not None:
            self._site.leave(finished=finished)

    def finish(self) -> None:
        """The kiosk ends, and its pages with it."""
        self.close_page(at_once=True)
        if self._site is not None:
            self._site.discard()
            self._site = self._make_site = None

    def reveal(self, revealed: bool, reachable: bool) -> None:
        """Whether the page is drawn, and whether hands and assistive technology reach it."""
        self._revealed, self._reachable = revealed, reachable
        if self._page is not None:
            self._page.reveal(revealed and self._opened, reachable and self._opened)

    def keep_running(self, kept: bool) -> None:
        """A patient is treated (law 9): the page on show, and any that comes after it, runs on.

        At full pace, covered, aside or minimised; nothing but a call lets it go. With False it is
        the engine's and this place's again, and everything is as without a patient.
        """
        self._keeps_running = kept
        if not kept:
            running, self._running = self._running, []
            for each in running:
                each.keep_running(False)
            if self._broken is not None:
                # It was left in sight for a patient's sake; whoever sees it hears what it is.
                self.failed.emit(*self._why_broken)
                self._drop(self._broken)
        elif self._page is not None and self._opened:
            self._keep(self._page)

    def _keep(self, page: OpenPage) -> None:
        page.keep_running(True)
        if page not in self._running:
            self._running.append(page)

    def _forget(self, page: OpenPage) -> None:
        if page in self._running:
            self._running.remove(page)
        if page is self._broken:
            self._broken = None

    def take_focus(self) -> bool:
        """Give the page the focus; whether it could be reached."""
        if self._page is None or not (self._opened and self._reachable):
            return False
        self._page.take_focus()
        return True

    def _kept_page(self, text: str) -> OpenPage | None:
        """A person's page at a site, which was opened before it was to be shown."""
        from kiosk.session.model.site import read_whose

        site, whose = self.site(), read_whose(text)
        if site is None or whose is None:
            return None
        view = site.view(whose)
        if view is not None:
            self._column.addWidget(view)
            self._note(site.last(whose).state)
            site.attend(whose)
        self._page = view
        return view

    def _changed(self, seen: "Seen") -> None:
        from kiosk.session.model.session import PageFault
        from kiosk.session.model.site import PageState

        match seen.state:
            case PageState.ASKS_EMAIL | PageState.ASKS_PASSWORD | PageState.ASKS_CODE:
                self.failed.emit(PageFault.SIGNED_OUT, 0)
            case PageState.DOWN:
                self.failed.emit(PageFault.NETWORK, seen.status)
            case PageState.ELSEWHERE:
                self.failed.emit(PageFault.ELSEWHERE, 0)
            case _:
                self._note(seen.state)
                self.shown.emit()

    def _note(self, state: "PageState") -> None:
        self.wants = None if state == "in" else state

    def _introduce(self, view: "SiteView") -> None:
        """Hear what a page says while it is the one on show; behind the stage nobody answers."""

        def pass_on(signal: SignalInstance) -> Callable[..., None]:
            return lambda *told: signal.emit(*told) if view is self._page else None

        view.opened.connect(pass_on(self.shown))
        view.spoke.connect(pass_on(self.spoke))
        view.declined.connect(pass_on(self.declined))
        view.turned.connect(pass_on(self.turned))
        view.print_wanted.connect(pass_on(self.print_wanted))
        view.lost.connect(self.lost)
        view.alive.connect(pass_on(self.alive))
        view.gone.connect(lambda: self._forget(view))
        view.ask = lambda *asked: self._put(*asked) if view is self._page else None

    def _came(self) -> None:
        self._broken = None
        self.shown.emit()

    def _broke(self, page: OpenPage, why: str, number: int) -> None:
        """Nothing of it may live on unseen; not dropped within the engine's own call.

        But for a patient's: where another document did not come the one before it is still there.
        """
        self.failed.emit(why, number)
        if page in self._running and why != NO_PROCESS:
            self._broken, self._why_broken = page, (why, number)
            return
        QTimer.singleShot(0, self, lambda: self._drop(page))

    def _drop(self, page: OpenPage) -> None:
        if page is self._page:
            self.close_page(at_once=True)

    def _put(self, question: "Question", words: str, offered: str) -> str | None:
        self.offered = offered
        try:
            return self.ask(question, words)
        finally:
            self.offered = ""

    def keep_scale(self) -> None:
        """Draw the page as large as the kiosk does."""
        if self._page is not None:
            self._page.keep_scale()

    def turn_back(self) -> None:
        """From a document to the page itself."""
        if self._page is not None:
            self._page.turn_back()

    def as_document(self, then: Callable[[bytes], None]) -> None:
        """What would be printed; nothing where there is no page."""
        if self._page is not None:
            self._page.as_document(then)

    def process_id(self) -> int:
        """The process that draws the page; 0 where there is none."""
        return 0 if self._page is None else self._page.process_id()

    def _empty_page(self) -> OpenPage | None:
        """None where the engine is not there or broken, which ``_why_none`` then says."""
        if self._page is not None:
            return self._page
        try:
            from kiosk.ui.xchart.page import XchartPage
        except ImportError as fault:
            self._why_none = why_none(fault)
            return None
        page = XchartPage(self, self._server, self._proxy, self._scale)
        page.opened.connect(self._came)
        page.broke.connect(lambda why, number: self._broke(page, why, number))
        page.spoke.connect(self.spoke)
        page.declined.connect(self.declined)
        page.turned.connect(self.turned)
        page.print_wanted.connect(self.print_wanted)
        page.lost.connect(self.lost)
        page.alive.connect(self.alive)
        page.ask = self._put
        self._column.addWidget(page)
        page.reveal(False, False)
        self._page = page
        # The engine has waited for its first processes by now. It tells nothing of a page's own
        # until that one has died and another draws in its place.
        self.started.emit()
        return page
