"""Every cookie of one profile, told as it changes, and put back at the next start.

The engine lists no cookies of a profile that is off the record: who is to know them connects before
the first page. What it tells is odd in three ways, and this is where that is made good. Never
import this before the login screen is painted.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtNetwork import QNetworkCookie
from PySide6.QtWebEngineCore import QWebEngineProfile

from kiosk.session.model.carried import Cookie, CookieName
from kiosk.ui.xchart.cookies import address_of, as_deleted, as_given, as_told

LINGER_MS = 100
"""A cookie that is replaced is told as removed first: it is gone when nothing took its place."""
SWEEP_MS = 60_000
"""The engine tells late that a cookie is over."""


class Mirror(QObject):
    """What the profile's cookies are. Made before its first page, once for each profile.

    ``origins`` are the site's. ``on_cookie`` is told each new or changed cookie at once,
    ``on_cookie_gone`` each that is deleted or over.
    """

    def __init__(
        self,
        profile: QWebEngineProfile,
        origins: Sequence[QUrl],
        now: Callable[[], datetime],
        on_cookie: Callable[[Cookie], None],
        on_cookie_gone: Callable[[CookieName], None],
    ) -> None:
        super().__init__(profile)
        self._store = profile.cookieStore()
        self.origins = tuple(origins)
        self._now = now
        self._on_cookie = on_cookie
        self._on_cookie_gone = on_cookie_gone
        # Two under one name where one of them is partitioned.
        self._alive: dict[CookieName, list[Cookie]] = {}
        self._told: dict[CookieName, Cookie] = {}
        # Put back by us, and by now in the engine.
        self._given: dict[CookieName, Cookie] = {}
        self._leaving: set[CookieName] = set()
        self._sweeping = QTimer(self, interval=SWEEP_MS)
        self._sweeping.timeout.connect(self.drop_over)
        self._sweeping.start()
        self._store.cookieAdded.connect(self._added)
        self._store.cookieRemoved.connect(self._removed)

    def put_back(self, cookies: Iterable[Cookie]) -> None:
        """Give the profile these; they go along with the first request, without waiting."""
        for each in cookies:
            self._told[each.called] = each
            self._given[each.called] = each
            self._store.setCookie(as_given(each), address_of(each, self.origins))

    def tell_all(self) -> None:
        """Tell every cookie once more: what was kept of them is gone."""
        for each in self._told.values():
            self._on_cookie(each)

    def has(self, called: CookieName) -> bool:
        """Whether the profile has that one."""
        return called in self._told

    def drop_over(self) -> None:
        """Tell those that are over."""
        now = self._now()
        for called, cookie in tuple(self._told.items()):
            if cookie.is_over(now):
                self._alive.pop(called, None)
                self._tell(called)

    def flush(self) -> None:
        """Tell at once what else would be told in a moment."""
        for called in tuple(self._leaving):
            self._tell(called)

    def _added(self, told: QNetworkCookie) -> None:
        cookie = as_told(told)
        if cookie.called.name:
            self._take_in(cookie)

    def _take_in(self, cookie: Cookie) -> None:
        called = cookie.called
        alive = self._alive.setdefault(called, [])
        ours = self._given.get(called)
        if alive and ours is not None:
            # Nothing was removed, so the site's is a partitioned one: it would be sent both.
            del self._given[called]
            self._store.setCookie(as_deleted(ours), address_of(ours, self.origins))
        elif ours is not None and ours.content != cookie.content:
            # The engine did not take ours: what is there is the site's.
            del self._given[called]
        alive.append(cookie)
        self._tell(called)

    def _removed(self, told: QNetworkCookie) -> None:
        cookie = as_told(told)
        called = cookie.called
        alive = self._alive.get(called, [])
        same = next((each for each in alive if each.content == cookie.content), None)
        if same is not None:
            alive.remove(same)
            self._given.pop(called, None)
            self._leaving.add(called)
            QTimer.singleShot(LINGER_MS, self, lambda: self._tell(called))
        elif called.name and not cookie.is_over(self._now()):
            # Set again without a change: the engine says of the new one too that it is removed.
            self._take_in(cookie)

    def _tell(self, called: CookieName) -> None:
        self._leaving.discard(called)
        alive = self._alive.get(called)
        if alive:
            if self._told.get(called) != alive[-1]:
                self._told[called] = alive[-1]
                self._on_cookie(alive[-1])
        else:
            self._alive.pop(called, None)
            if self._told.pop(called, None) is not None:
                self._on_cookie_gone(called)
