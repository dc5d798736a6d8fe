"""Sites that are gone after the test that started them."""

from collections.abc import Callable, Iterator

import pytest

from tests.support.sandbox.web_site import WebSite, run_site

RunSite = Callable[..., WebSite]


@pytest.fixture
def web_site() -> Iterator[RunSite]:
    """Start sites."""
    started: list[WebSite] = []

    def start(sign_in: str = "classic", remembered_by: str = "host_cookie") -> WebSite:
        started.append(run_site(sign_in, remembered_by))
        return started[-1]

    yield start
    for each in started:
        each.leave()
