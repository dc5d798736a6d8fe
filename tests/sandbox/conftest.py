"""Every test gets its own server, and its own browsers in one Chromium."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.sandbox.browsing import sign_in
from tests.support.sandbox.chromium import Somebody, chromium
from tests.support.sandbox.client import RIVERA, Kiosk
from tests.support.sandbox.running import Opening, Xchart, serve

Desk = Callable[..., Somebody]


@pytest.fixture
def open_server(tmp_path: Path) -> Iterator[Opening]:
    """Start servers one after another over the same database."""
    started: list[Xchart] = []

    def start() -> Xchart:
        started.append(serve(tmp_path))
        return started[-1]

    yield start
    for each in started:
        each.leave()


@pytest.fixture
def xchart(open_server: Opening) -> Xchart:
    """One running server."""
    return open_server()


@pytest.fixture
def kiosk(xchart: Xchart) -> Kiosk:
    """The computer in Op 3."""
    return xchart.join()


@pytest.fixture
def admin(xchart: Xchart) -> str:
    """Dr. Rivera's browser."""
    return sign_in(xchart, "rivera@lakeside.example", RIVERA)[0]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; its loop runs on this thread from then on."""
    with chromium() as running:
        yield running


@pytest.fixture
def at_desk(browser: Browser, xchart: Xchart) -> Iterator[Desk]:
    """Somebody at a browser of their own; in the end nothing went wrong in any of them."""
    there: list[Somebody] = []

    def sit_down(cookies: str = "", size: tuple[int, int] = (1280, 800)) -> Somebody:
        there.append(Somebody.at(browser, xchart, cookies, size))
        return there[-1]

    yield sit_down
    for each in there:
        each.context.close()
    assert [each.amiss for each in there if each.amiss] == []


@pytest.fixture
def rivera(at_desk: Desk, admin: str) -> Somebody:
    """Dr. Rivera, who is an admin, signed in."""
    return at_desk(admin)
