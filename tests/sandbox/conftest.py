"""Every test gets its own server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.browsing import sign_in
from tests.sandbox.client import RIVERA, Kiosk
from tests.sandbox.running import Opening, Xchart, serve


@pytest.fixture
def open_server(tmp_path: Path) -> Iterator[Opening]:
    """Start servers one after another over the same database."""
    started: list[Xchart] = []

    def start() -> Xchart:
        started.append(serve(tmp_path))
        return started[-1]

    yield start
    for each in started:
        each.stop()


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
