"""What an account's profile remembers is told as it changes, and there before the next first page.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from kiosk.session.model.carried import Carried
from kiosk.session.model.site import PageState
from kiosk.ui.xchart.site_view import SiteView
from sandbox.web.people import OFFICE
from tests.support.sandbox.web_site import WebSite, run_site
from tests.support.site_carrier import JO, MARIA, Carrying, Kept, carrying, put_away


@pytest.fixture(params=["host_cookie", "local_storage", "indexed_db"])
def served(request: pytest.FixtureRequest) -> Iterator[WebSite]:
    made = run_site(remembered_by=request.param)
    yield made
    made.leave()


def test_the_next_start_is_signed_in_without_a_word(qtbot: QtBot, served: WebSite) -> None:
    first = carrying(qtbot, served)
    first.enter(MARIA)
    kept = first.kept
    qtbot.waitUntil(lambda: bool(kept.storages), timeout=15_000)
    put_away(first)
    second = carrying(qtbot, served, Kept())
    assert second.find(JO, kept.carried()).state is PageState.IN
    assert served.submissions == {OFFICE: 1}
    put_away(second)


def test_without_what_was_kept_it_is_a_stranger(qtbot: QtBot, served: WebSite) -> None:
    first = carrying(qtbot, served)
    first.enter(MARIA)
    put_away(first)
    second = carrying(qtbot, served)
    assert second.find(MARIA, Carried()).state is PageState.ASKS_PASSWORD
    put_away(second)


@pytest.fixture
def kept(qtbot: QtBot, served: WebSite) -> Carried:
    """What the site had a kiosk keep that is gone by now."""
    first = carrying(qtbot, served)
    first.enter(MARIA)
    qtbot.waitUntil(lambda: bool(first.kept.storages), timeout=15_000)
    put_away(first)
    return first.kept.carried()


@pytest.fixture
def started(qtbot: QtBot, served: WebSite, kept: Carried) -> Iterator[Carrying]:
    """The next start, at which the account is known."""
    made = carrying(qtbot, served)
    made.site.get_ready(MARIA.account_id, kept)
    yield made
    put_away(made)


def test_a_page_is_ready_before_a_tap_and_asks_the_site_for_nothing(
    qtbot: QtBot, served: WebSite, started: Carrying
) -> None:
    """Law 13: what takes the engine long is done, and nobody is signed in by it."""
    asked = list[None]()
    served.site.on_change = lambda: asked.append(None)
    (ready,) = started.glass.findChildren(SiteView)
    page = ready.site_page.page
    qtbot.waitUntil(lambda: bool(page.history().count()), timeout=15_000)
    assert started.site.view(MARIA) is None
    assert not asked
    assert started.find(MARIA).state is PageState.IN
    assert started.site.view(MARIA) is ready
    assert served.submissions == {OFFICE: 1}
    assert not page.history().canGoBack(), "to the empty document"
    started.site.close(MARIA)
    before = len(asked)
    started.site.get_ready_again()
    spare = next(v for v in started.glass.findChildren(SiteView) if v is not ready)
    qtbot.waitUntil(lambda: bool(spare.site_page.page.renderProcessPid()), timeout=15_000)
    assert len(asked) == before
    assert started.find(JO).state is PageState.IN
    assert started.site.view(JO) is spare


def test_a_tap_that_comes_while_it_is_made_ready_waits_for_it(
    served: WebSite, started: Carrying
) -> None:
    assert started.find(MARIA).state is PageState.IN
    assert served.submissions == {OFFICE: 1}
