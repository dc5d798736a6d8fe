"""One account at a site: its profile off the record, what it remembers, and a page a person.

Never import this before the login screen is painted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEngineDownloadRequest, QWebEngineProfile
from PySide6.QtWidgets import QWidget

from kiosk.session.model.carried import Carried, Cookie, CookieName, Taken
from kiosk.session.model.site import PageState, Seen
from kiosk.ui.xchart.fence import Fence
from kiosk.ui.xchart.mirror import Mirror
from kiosk.ui.xchart.restoring import forget_empty, restore
from kiosk.ui.xchart.site_page import SitePage
from kiosk.ui.xchart.site_script import SitePlace
from kiosk.ui.xchart.site_view import SiteView
from kiosk.ui.xchart.snapshots import Snapshots

LAST_LOOK_MS = 1500
KEPT_ASIDE_MS = 12 * 3600 * 1000
"""As long as a session lasts (design.md section 3, Limits)."""
MOST_ASIDE = 6
"""A page takes 13 MiB."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who keeps what an account's profile remembers; each call is quick and told the account."""

    now: Callable[[], datetime]
    cookie: Callable[[str, Cookie], None]
    cookie_gone: Callable[[str, CookieName], None]
    taken: Callable[[str, Taken], None]
    forget: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """Where pages are shown, and where they are while nobody looks."""

    glass: QWidget
    behind: QWidget
    scale: float


@dataclass(slots=True)
class Aside:
    """A page that somebody may come back to, until then. What is not known yet may be words."""

    until: QTimer
    holds_words: bool = True


class SiteAccount(QObject):
    """An account's profile. ``carried`` is put back into it once, before its first page.

    ``closed`` tells whose page has gone.
    """

    closed = Signal(str)

    def __init__(
        self,
        account_id: str,
        place: SitePlace,
        stage: Stage,
        keeper: Keeper,
        parent: QObject,
        *,
        keeps: bool = True,
    ) -> None:
        super().__init__(parent)
        self._id = account_id
        self._place = place
        self._stage = stage
        self._keeper = keeper
        self.keeps = keeps
        """Whether what the site remembers here is kept: not of whoever signed in as themselves."""
        self.email = ""
        """The account's own."""
        self._profile = QWebEngineProfile()
        self._profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.MemoryHttpCache)
        self._profile.downloadRequested.connect(QWebEngineDownloadRequest.cancel)
        self._fence = Fence(self._profile)
        self._profile.setUrlRequestInterceptor(self._fence)
        self._origins = tuple(QUrl(each) for each in (place.sign_in, *place.origins))
        self._mirror = Mirror(
            self._profile,
            self._origins,
            keeper.now,
            self._keep_cookie,
            self._forget_cookie,
        )
        self._views: dict[str, SiteView] = {}
        self._snapshots: dict[str, Snapshots] = {}
        self._aside: dict[str, Aside] = {}
        self._going: list[SiteView] = []
        self._leaving: dict[str, bool] = {}
        # A page that is nobody's yet, for whoever comes next.
        self._spare: SiteView | None = None
        self._emptied: SiteView | None = None
        # None before it is begun, False until it is done.
        self._is_restored: bool | None = None
        self._waiting: list[tuple[SiteView, Callable[[SiteView], None]]] = []

    def disown(self) -> None:
        """Somebody signed in here by hand, perhaps as themselves: nothing of it is kept (law 6)."""
        self.keeps = False
        self._keeper.forget(self._id)

    def own(self, ours: bool) -> None:
        """It was this account's all the same: from now on it is kept, cookies and all."""
        if ours:
            self.keeps = True
            self._mirror.tell_all()
            for each in self._snapshots.values():
                each.take_anew()

    def hand_over(self, person_id: str, to: str) -> SiteView:
        """That page is somebody else's from now on."""
        view = self._views[to] = self._views.pop(person_id)
        self._snapshots[to] = self._snapshots.pop(person_id)
        return view

    def adopt(self, carried: Carried) -> None:
        """What was tried with a copy is the account's from now on, and kept as it is by now."""
        self._mirror.drop_over()
        self.own(True)
        for each in carried.cookies:
            if not self._mirror.has(each.called):
                self._forget_cookie(each.called)

    def settle(self, then: Callable[[], None]) -> None:
        """Have kept what a restart would lose; ``then`` when every page has given what it has."""
        self._mirror.flush()
        waited_for = list(self._snapshots.values())

        def given(which: Snapshots) -> None:
            waited_for.remove(which)
            if not waited_for:
                then()

        if not waited_for:
            then()
        for each in tuple(waited_for):
            each.take_now(partial(given, each))

    def expect(self, email: str) -> None:
        """Whose login it is, for every page of it."""
        self.email = email
        for each in self._views.values():
            each.site_page.expect(email)

    @property
    def is_whole(self) -> bool:
        """Whether a restart loses nothing of what its pages have stored."""
        return not any(self._leaving.values())

    @property
    def is_used(self) -> bool:
        """Whether somebody has a page of their own in it."""
        return any(self._views)

    def view(self, person_id: str) -> SiteView | None:
        """Their page, None where there is none."""
        return self._views.get(person_id)

    def with_page(self, person_id: str, carried: Carried, then: Callable[[SiteView], None]) -> None:
        """Their page, made where there is none; what was carried is in the profile by then."""
        self._waiting.append((self._views.get(person_id) or self._made(person_id), then))
        self._restore(carried)
        self._let_in()

    def get_ready(self, carried: Carried) -> None:
        """Before anybody taps: what was carried is in the profile, and a page for whoever does.

        The engine takes half a second for both. Of the site nothing is loaded: that takes a tap.
        """
        if self._spare is None and self._is_restored is not False:
            self._spare = self._new()
            if self._is_restored:
                self._empty_spare()
            else:
                self._restore(carried)

    def get_ready_again(self) -> None:
        """The last one is somebody's by now."""
        if self._is_restored:
            self.get_ready(Carried())

    def note(self, person_id: str, seen: Seen) -> None:
        """What a look showed: whoever is in has something worth keeping."""
        snapshots, view = self._snapshots.get(person_id), self._views.get(person_id)
        if snapshots is None or view is None:
            return
        if seen.state is PageState.IN:
            view.leave_stage()
            snapshots.start()
        else:
            snapshots.stop()

    def put_aside(self, person_id: str) -> None:
        """Somebody has turned away from that page, and may come back to it.

        Not for ever: until the session's limit, and six pages at most. The oldest goes first in
        which nothing was typed that is not sent; none with which a patient is treated.
        """
        self._mirror.flush()
        snapshots, view = self._snapshots.get(person_id), self._views.get(person_id)
        if snapshots is None or view is None:
            return
        snapshots.take_now()
        self.take_up(person_id)
        aside = self._aside[person_id] = Aside(QTimer(self, singleShot=True))
        aside.until.timeout.connect(partial(self._end_of, person_id))
        aside.until.start(KEPT_ASIDE_MS)

        def hear(unsent: bool | None) -> None:
            # By now it says so itself, and nobody types into it before it is taken up.
            aside.holds_words = unsent is not False
            while len(self._aside) > MOST_ASIDE and (least := self._least_missed()) is not None:
                self.close(least)

        view.site_page.ask_unsent(hear)

    def _end_of(self, person_id: str) -> None:
        """The session's limit; no patient is done because it is reached (law 9)."""
        if self._is_kept_running(person_id):
            self._aside[person_id].until.start(KEPT_ASIDE_MS)
        else:
            self.close(person_id)

    def _is_kept_running(self, person_id: str) -> bool:
        view = self._views.get(person_id)
        return view is not None and view.is_kept_running

    def _least_missed(self) -> str | None:
        may_go = [each for each in self._aside if not self._is_kept_running(each)]
        empty = (each for each in may_go if not self._aside[each].holds_words)
        return next(empty, next(iter(may_go), None))

    def take_up(self, person_id: str) -> None:
        """They are back at it."""
        aside = self._aside.pop(person_id, None)
        if aside is not None:
            aside.until.stop()
            aside.until.deleteLater()

    def close(self, person_id: str) -> None:
        """Let that page go, with one snapshot more: whoever comes back to it begins anew.

        It goes when it is taken, or after a moment: a page that hangs is not waited for longer.
        """
        self._mirror.flush()
        self.take_up(person_id)
        snapshots, view = self._snapshots.pop(person_id, None), self._views.pop(person_id, None)
        if snapshots is None or view is None:
            return
        self.closed.emit(person_id)
        self._going.append(view)
        view.gone.connect(lambda: self._going.remove(view))
        snapshots.stop()
        # Not within the page's own answer.
        snapshots.take_now(lambda: QTimer.singleShot(0, view, view.close_page))
        QTimer.singleShot(LAST_LOOK_MS, view, view.close_page)

    def discard(self) -> None:
        """Let all of it go: the pages first, for a profile must outlive them."""
        spare = () if self._spare is None else (self._spare,)
        views = (*self._views.values(), *self._going, *spare)
        self._spare = None
        self._views.clear()
        self._snapshots.clear()
        for each in views:
            each.drop()
        self._profile.deleteLater()
        self.deleteLater()

    def _made(self, person_id: str) -> SiteView:
        spare, self._spare = self._spare, None
        view = self._views[person_id] = spare or self._new()
        view.site_page.expect(self.email)
        page = view.site_page.page
        self._snapshots[person_id] = Snapshots(page, self._origins, self._keep_taken)
        return view

    def _new(self) -> SiteView:
        stage = self._stage
        site_page = SitePage(self._profile, self._fence, self._place, self)
        return SiteView(stage.glass, stage.behind, site_page, self._profile, stage.scale)

    def _restore(self, carried: Carried) -> None:
        """Once, in whichever page is the first."""
        if self._is_restored is None:
            self._is_restored = False
            first = self._spare or self._waiting[0][0]
            restore(self._mirror, first.site_page.page, self._fence, carried, self._begin)

    def _begin(self, _whole: bool) -> None:
        self._is_restored = True
        self._empty_spare()
        self._let_in()

    def _empty_spare(self) -> None:
        """Have the process there that draws the site's pages, with an empty document of it."""
        spare = self._spare
        if spare is None or spare.site_page.page.history().count():
            return
        page, self._emptied = spare.site_page.page, spare

        def end(_there: bool) -> None:
            self._emptied = None
            forget_empty(page)
            self._let_in()

        page.open_empty(self._origins[-1], self._fence, end)

    def _let_in(self) -> None:
        """Whoever waits, but for a page that is still on its way to its empty document."""
        if self._is_restored:
            ready = [each for each in self._waiting if each[0] is not self._emptied]
            self._waiting = [each for each in self._waiting if each[0] is self._emptied]
            for view, then in ready:
                then(view)

    def _keep_cookie(self, cookie: Cookie) -> None:
        if self.keeps:
            self._keeper.cookie(self._id, cookie)

    def _forget_cookie(self, called: CookieName) -> None:
        if self.keeps:
            self._keeper.cookie_gone(self._id, called)

    def _keep_taken(self, taken: Taken) -> None:
        self._leaving[taken.origin] = taken.storage is None or taken.bound_keys + taken.strange > 0
        if self.keeps:
            self._keeper.taken(self._id, taken)
