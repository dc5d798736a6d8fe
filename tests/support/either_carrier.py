"""A page of either carrier on the glass of a kiosk, under a window manager, and what it counts."""

import subprocess
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from kiosk.session.model.carried import Carried
from kiosk.session.model.site import PageState, Seen, written
from kiosk.ui.xchart.page import XchartPage
from kiosk.ui.xchart.page_view import PageView
from kiosk.ui.xchart.place import XchartPlace
from kiosk.ui.xchart.site import Site
from kiosk.ui.xchart.site_script import SitePlace
from tests.support.depth import drawn
from tests.support.scenes import SCENES
from tests.support.site_carrier import JO, MARIA, Kept
from tests.support.ticking_site import Paced, ticking_site
from tests.ui.conftest import Kiosk

LOOK_SECONDS = drawn(2.0, 10.0)
FULL = 85
"""Of a hundred in ten seconds: two cores that others use as well lose a few."""
FULL_THERE_AND_BACK = 50
"""Where each waits for a server that others use the cores of, too."""
RECORD = "h1"
"""What a site's settings name."""


@pytest.fixture
def address() -> Iterator[str]:
    yield from ticking_site()


@pytest.fixture
def managed() -> Iterator[None]:
    """A window manager: without one nothing is minimised."""
    manager = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)
    yield
    manager.terminate()
    manager.wait()


class OnShow(Paced):
    """A page on the glass of a kiosk."""

    def __init__(self, kiosk: Kiosk, view: PageView) -> None:
        super().__init__(kiosk.bot, view.page())
        self.kiosk = kiosk
        self.view = view
        self.place: XchartPlace = kiosk.window.xchart

    def must_run(self) -> None:
        """At full pace: every count of it."""
        counted = self.in_10_s(LOOK_SECONDS)
        assert min(counted["timer"], counted["worker"]) >= FULL, counted
        assert min(counted["fetch"], counted["socket"]) >= FULL_THERE_AND_BACK, counted

    def minimise(self) -> None:
        self.kiosk.window.showMinimized()
        self.bot.waitUntil(lambda: not self.kiosk.window.windowHandle().isExposed(), timeout=5_000)

    def unminimise(self) -> None:
        self.kiosk.window.showNormal()
        self.bot.waitUntil(self.kiosk.window.windowHandle().isExposed, timeout=5_000)


def open_contract(kiosk: Kiosk, address: str) -> PageView:
    place = kiosk.window.xchart
    with kiosk.bot.waitSignal(place.shown, timeout=20_000):
        place.open(address)
    (view,) = place.findChildren(XchartPage)
    return view


def open_at_site(kiosk: Kiosk, address: str) -> PageView:
    place = kiosk.window.xchart
    at = SitePlace(address, address, marks={"record": RECORD})
    place.expect_site(lambda glass: Site(glass, at, "", 1.0, Kept().keeper()))
    site = place.site()
    assert site is not None
    for whose in (JO, MARIA):
        told: list[Seen] = []
        site.find(whose, Carried(), told.append)
        kiosk.bot.waitUntil(lambda told=told: bool(told), timeout=20_000)  # type: ignore[misc]
        assert told[0].state is PageState.IN
    with kiosk.bot.waitSignal(place.shown, timeout=20_000):
        place.open(written(MARIA))
    view = site.view(MARIA)
    assert view is not None
    return view


@pytest.fixture(params=[open_contract, open_at_site], ids=["contract", "site"])
def on_show(
    request: pytest.FixtureRequest, kiosk: Kiosk, managed: None, address: str
) -> Iterator[OnShow]:
    kiosk.show(SCENES["workspace"])
    open_page: Callable[[Kiosk, str], PageView] = request.param
    made = OnShow(kiosk, open_page(kiosk, f"{address}/"))
    yield made
    kiosk.window.xchart.finish()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
