"""The running kiosk's hold on a site's pages: made late, reached from lanes, kept on the disk.

Nothing is decided here. Only where the settings say that the server is a site with a web sign-in.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING

from kiosk.app.site_pages import PATIENCE_SECONDS, SitePagesOnLane
from kiosk.local.settings import Mode, Settings
from kiosk.local.settings import Site as Settled
from kiosk.session.model.carried import Carried, Cookie, CookieName, Taken
from kiosk.session.model.events import StorageJudged, UnsentChanged
from kiosk.session.model.site import NOTHING_LEFT, LeftBehind
from kiosk.session.ports import SiteMemory, SitePages
from kiosk.ui.xchart.place import XchartPlace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kiosk.ui.xchart.site import Site
    from kiosk.ui.xchart.site_script import SitePlace

Job = Callable[[], None]


def carrier_of(
    settings: Settings,
    xchart: XchartPlace,
    on_main: Callable[[Job], None],
    on_local: Callable[[Job], None],
    now: Callable[[], datetime],
    post: Callable[[StorageJudged | UnsentChanged], None],
) -> "SiteCarrier | None":
    """None where the server keeps the contract."""
    if settings.mode is not Mode.WEB:
        return None
    return SiteCarrier(settings, xchart, on_main, on_local, now, post)


class SiteCarrier:
    """One site's pages. ``on_main`` and ``on_local`` have a job done there, in order.

    ``post`` is told what a restart would lose, and whose pages are kept for what they typed.
    """

    def __init__(
        self,
        settings: Settings,
        xchart: XchartPlace,
        on_main: Callable[[Job], None],
        on_local: Callable[[Job], None],
        now: Callable[[], datetime],
        post: Callable[[StorageJudged | UnsentChanged], None],
    ) -> None:
        self._settings = settings
        self._xchart = xchart
        self._on_main = on_main
        self._on_local = on_local
        self._now = now
        self._post = post
        self._server = self._confined_to = ""
        self._memory: SiteMemory | None = None
        self._left_behind: dict[tuple[str, str], LeftBehind] = {}
        self._carried: Callable[[str], Carried] | None = None
        self._ready_for = ""
        xchart.expect_site(self._make)
        xchart.unsent_changed.connect(lambda whose: post(UnsentChanged(now(), whose)))

    def expect(self, server: str, account: str) -> None:
        """The site's origin and its account, as the core has them; either may be empty.

        The account's profile is made before anybody taps: until the engine has one the main thread
        stands still for a third of a second, and with it the bar of whoever tapped.
        """
        self._server = server
        carried = self._carried
        if account and account != self._ready_for and carried is not None:
            self._ready_for = account
            self._on_local(lambda: self._get_ready(account, carried(account)))

    def carry(
        self, carried: Callable[[str], Carried], forget: Callable[[str], object]
    ) -> SitePages:
        """The pages, for whoever waits on a lane."""

        def forget_all(account: str) -> None:
            forget(account)
            # Once more behind what the page's last moments have queued to be kept.
            self._on_local(lambda: void(forget(account)))

        self._carried = carried
        return SitePagesOnLane(self._on_main, self._carrier, carried, forget_all, self._settle)

    def remember_in(self, memory: SiteMemory | None) -> None:
        """Where it goes what pages remember, once it is open."""
        self._memory = memory

    def _settle(self) -> None:
        done = Event()
        self._on_local(done.set)
        done.wait(PATIENCE_SECONDS)

    def _get_ready(self, account: str, carried: Carried) -> None:
        def ready() -> None:
            site = self._carrier()
            if site is not None:
                site.get_ready(account, carried)

        self._on_main(ready)

    def _carrier(self) -> "Site | None":
        """None before there is a site, without an engine, and where that one serves another site:
        it is confined to its hosts as it starts."""
        if not self._server or self._confined_to not in ("", self._server):
            return None
        return self._xchart.site()

    def _make(self, glass: "QWidget") -> "Site":
        # The engine is imported with these, after the first paint.
        from kiosk.ui.xchart.site import Site
        from kiosk.ui.xchart.site_account import Keeper

        self._confined_to = self._server
        place = site_place(self._settings.site, self._server)
        keeper = Keeper(self._now, self._keep, self._forget, self._keep_storage, self._forget_all)
        scale = self._settings.display.text_scale
        return Site(glass, place, self._settings.proxy, scale, keeper)

    def _keep(self, account: str, cookie: Cookie) -> None:
        self._in_memory(lambda to: to.keep_cookie(account, cookie))

    def _forget(self, account: str, called: CookieName) -> None:
        self._in_memory(lambda to: to.forget_cookie(account, called))

    def _keep_storage(self, account: str, taken: Taken) -> None:
        storage = taken.storage
        if storage is not None:
            self._in_memory(lambda to: to.keep_storage(account, storage))
        left = LeftBehind(taken.bound_keys, taken.strange, storage is None)
        whose = account, taken.origin
        if self._left_behind.get(whose, NOTHING_LEFT) != left:
            self._left_behind[whose] = left
            self._post(StorageJudged(self._now(), together(self._left_behind.values())))

    def _forget_all(self, account: str) -> None:
        self._in_memory(lambda to: to.forget(account))

    def _in_memory(self, call: Callable[[SiteMemory], object]) -> None:
        memory = self._memory
        if memory is not None:
            self._on_local(lambda: void(call(memory)))


def site_place(said: Settled, server: str) -> "SitePlace":
    """Where the pages of that server are, and what marks their parts."""
    from kiosk.ui.xchart.site_script import SitePlace

    sign_in = said.sign_in or server
    return SitePlace(
        start=f"{server}{said.start}",
        sign_in=sign_in,
        origins=() if sign_in == server else (server,),
        parts=tuple(f"https://{host}" for host in said.hosts),
        marks={each: mark for each, mark in asdict(said.marks).items() if mark},
    )


def together(left: Iterable[LeftBehind]) -> LeftBehind:
    """Of every login and origin of a site."""
    each = tuple(left)
    return LeftBehind(
        sum(one.bound for one in each),
        sum(one.strange for one in each),
        any(one.too_large for one in each),
    )


def void(_outcome: object) -> None:
    """What cannot be kept or forgotten now is with the next change; there is nobody to tell."""
