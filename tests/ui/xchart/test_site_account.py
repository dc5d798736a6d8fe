"""What an account's profile remembers is told as it changes, and there before the next first page.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from kiosk.session.model.carried import Carried
from kiosk.session.model.site import PageState
from sandbox.web.people import OFFICE
from tests.support.sandbox.web_site import WebSite, run_site
from tests.support.site_carrier import JO, MARIA, Kept, carrying, put_away


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
