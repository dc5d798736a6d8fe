"""Sites, and somebody else's server, that are gone after the test that started them."""

from collections.abc import Callable, Iterator

import pytest

from tests.support.sandbox.elsewhere import Elsewhere, run_elsewhere
from tests.support.sandbox.web_site import WebSite, run_site

RunSite = Callable[..., WebSite]


@pytest.fixture
def web_site() -> Iterator[RunSite]:
    """Start sites."""
    started: list[WebSite] = []

    def start(
        sign_in: str = "classic", remembered_by: str = "host_cookie", elsewhere: str = ""
    ) -> WebSite:
        started.append(run_site(sign_in, remembered_by, elsewhere))
        return started[-1]

    yield start
    for each in started:
        each.leave()


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """Another origin."""
    running = run_elsewhere()
    yield running
    running.stop()
