"""Every test gets its own server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
