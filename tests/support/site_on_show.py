"""A site's page on show for a test: a real engine in a real view, and two servers on loopback."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.session.model.site import Part, Press, Seen
from kiosk.ui.xchart.fence import Fence
from kiosk.ui.xchart.own_world import WORLD
from kiosk.ui.xchart.site_page import SitePage
from kiosk.ui.xchart.site_script import SitePlace
from tests.support.sign_in_pages import EMAIL, PASSWORD, WebSite, two_sites

T = TypeVar("T")
BOTH = {Part.EMAIL: EMAIL, Part.PASSWORD: PASSWORD}
PATIENCE_MS = 20_000


@dataclass
class Shown:
    """The page, and how a test asks it: each call waits for its answer."""

    site: SitePage
    view: QWebEngineView
    fence: Fence
    bot: QtBot
    changes: list[Seen] = field(default_factory=list)

    def look(self) -> Seen:
        """What it shows."""
        got: list[Seen] = []
        self.site.look(got.append)
        return self._first(got)

    def fill(self, seen: Seen, typed: Mapping[Part, str] = BOTH) -> Press:
        """Fill that in."""
        got: list[Press] = []
        self.site.fill(seen, typed, got.append)
        return self._first(got)

    def follow(self, seen: Seen) -> Seen:
        """What comes after that."""
        got: list[Seen] = []
        self.site.follow(seen, got.append)
        return self._first(got)

    def sign_out(self) -> bool:
        """Whether the site's own sign-out was taken."""
        got: list[bool] = []
        self.site.sign_out(got.append)
        return self._first(got)

    def start(self) -> Seen:
        """Go to the site's start and look."""
        self.site.open_start()
        return self.look()

    def enter(self, typed: Mapping[Part, str] = BOTH) -> Seen:
        """Look, fill in, and see what follows."""
        seen = self.look()
        assert self.fill(seen, typed) is Press.PRESSED
        return self.follow(seen)

    def run(self, script: str, world: int = 0) -> object:
        """The value of a script, in the page's own world unless told."""
        got: list[object] = []
        self.site.page.runJavaScript(script, world, got.append)
        return self._first(got)

    def fields(self) -> object:
        """What stands in all fields together."""
        return self.run("[...document.querySelectorAll('input')].map(i => i.value).join('|')")

    def click(self, at: QPoint) -> None:
        """A real press in the page; from then on it has the keyboard."""
        under = self.view.focusProxy()
        assert isinstance(under, QWidget)
        QTest.mouseClick(under, Qt.MouseButton.LeftButton, pos=at)

    def in_our_world(self, script: str) -> object:
        """The same where the kiosk's own script lives."""
        return self.run(script, WORLD)

    def _first(self, got: list[T]) -> T:
        self.bot.waitUntil(lambda: bool(got), timeout=PATIENCE_MS)
        return got[0]


@pytest.fixture
def web() -> Iterator[tuple[WebSite, WebSite]]:
    """The site, and somewhere else."""
    yield from two_sites()


@pytest.fixture
def shown(web: tuple[WebSite, WebSite], qtbot: QtBot) -> Iterator[Shown]:
    """A page of the first site, not yet opened."""
    yield from on_show(web[0], qtbot)


def on_show(
    home: WebSite,
    bot: QtBot,
    marks: Mapping[str, str] | None = None,
    origins: tuple[str, ...] = (),
) -> Iterator[Shown]:
    """A page of that site in a view of its own, with its profile."""
    profile = QWebEngineProfile()
    fence = Fence(profile)
    profile.setUrlRequestInterceptor(fence)
    place = SitePlace(home.url(), home.url(), origins, marks=marks or {})
    view = QWebEngineView()
    view.resize(900, 700)
    site = SitePage(profile, fence, place, view)
    view.setPage(site.page)
    view.show()
    made = Shown(site, view, fence, bot)
    site.changed.connect(made.changes.append)
    yield made
    site.discard()
    view.deleteLater()
    for each in (site.page, site, view, profile):
        QCoreApplication.sendPostedEvents(each, QEvent.Type.DeferredDelete)
    profile.deleteLater()
