"""What became of a load of a site's page, on the real engine: its answer, its failure, its detours.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

import os
import signal

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from kiosk.session.model.site import PageState, Press
from kiosk.ui.xchart.site_load import wait_of
from kiosk.ui.xchart.site_script import SitePlace
from tests.support.sign_in_pages import CLASSIC, IN, Page, WebSite, to
from tests.support.site_on_show import Shown, on_show, shown, web

__all__ = ["shown", "web"]
Web = tuple[WebSite, WebSite]
NOW = "Mon, 30 Nov 2026 09:00:00 GMT"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("30", 30),
        ("Mon, 30 Nov 2026 09:02:00 GMT", 120),
        ("Mon, 30 Nov 2026 08:00:00 GMT", 0),
        ("99999999", 86400),
        ("soon", 0),
        ("-5", 0),
        ("", 0),
    ],
)
def test_how_long_to_wait_is_counted_from_the_answer(said: str, seconds: int) -> None:
    assert wait_of({"retry-after": said, "date": NOW}) == seconds
    assert wait_of({"date": NOW}) == 0


@pytest.mark.parametrize(
    ("page", "state"),
    [
        (Page(CLASSIC, 401), PageState.ASKS_PASSWORD),
        (Page("<p>no</p>", 401), PageState.PERSON_WANTED),
        (Page("<p>no</p>", 403), PageState.PERSON_WANTED),
        (Page("<p>no</p>", 404), PageState.DOWN),
        (Page(CLASSIC, 503), PageState.DOWN),
        (Page(CLASSIC, 429, {"Retry-After": "40"}), PageState.DOWN),
        (Page("<p>no</p>", 401, {"WWW-Authenticate": "Basic realm=x"}), PageState.DOWN),
    ],
)
def test_an_answer_that_is_none_is_told_with_its_number(
    shown: Shown, web: Web, page: Page, state: PageState
) -> None:
    web[0].routes |= {"/": page}
    seen = shown.start()
    assert (seen.state, seen.status) == (state, page.status)
    assert seen.again_after == (40 if page.status == 429 else 0)


def test_too_many_tries_are_a_no_for_as_long_as_the_site_says(shown: Shown, web: Web) -> None:
    web[0].routes |= {
        "/": CLASSIC,
        "/session": Page(CLASSIC, 429, {"Retry-After": "90"}),
    }
    seen = shown.start()
    assert shown.fill(seen) is Press.PRESSED
    refused = shown.follow(seen)
    assert (refused.state, refused.again_after, refused.status) == (PageState.REFUSED, 90, 429)


def test_without_a_network_the_old_form_is_not_read(shown: Shown, web: Web) -> None:
    """The engine leaves it alive, with what was typed in it."""
    home = web[0]
    home.routes |= {"/": CLASSIC}
    seen = shown.start()
    home.is_cut = True
    assert shown.fill(seen) is Press.PRESSED
    down = shown.follow(seen)
    assert (down.state, down.load, down.status) == (PageState.DOWN, seen.load + 1, 0)
    assert shown.run("document.forms.length") == 1
    assert shown.fields() == "dana@smile.example|"
    assert shown.look().state is PageState.DOWN
    home.is_cut = False
    assert shown.start().state is PageState.ASKS_PASSWORD


def test_what_leads_away_or_nowhere_leaves_who_is_in_in(shown: Shown, web: Web) -> None:
    home, there = web
    home.routes |= {"/": IN, "/none": Page("", 204), "/away": to(there.url())}
    shown.start()
    for address in (there.url(), home.url("/away"), home.url("/none")):
        shown.run(f"location.href = '{address}'; 1")
        shown.bot.wait(300)
        seen = shown.look()
        assert (seen.state, seen.status) == (PageState.IN, 200)
    assert there.asked == []
    assert shown.changes == []


def test_a_page_whose_process_ended_is_down_and_comes_again(shown: Shown, web: Web) -> None:
    web[0].routes |= {"/": IN}
    seen = shown.start()
    os.kill(shown.site.page.renderProcessPid(), signal.SIGKILL)
    assert shown.follow(seen).state is PageState.DOWN
    assert [each.state for each in shown.changes] == [PageState.DOWN]
    assert shown.start().state is PageState.IN


def test_a_document_at_another_allowed_origin_is_read_but_given_nothing(
    web: Web, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, there = web
    there.routes |= {"/": CLASSIC, "/in": IN}
    for page in on_show(home, qtbot, origins=(there.url(),)):
        home.routes |= {"/": to(there.url())}
        seen = page.start()
        assert seen.state is PageState.PERSON_WANTED
        assert page.fill(seen) is Press.GONE
        # The script checks it, and so does who calls it.
        monkeypatch.setattr(SitePlace, "told", lambda *_: telling(there))
        asks = page.look()
        assert asks.state is PageState.ASKS_PASSWORD
        assert page.fill(asks) is Press.GONE
        page.site.page.setUrl(QUrl(there.url("/in")))
        assert page.follow(seen).state is PageState.IN
        assert there.heard() == []


def telling(there: WebSite) -> dict[str, object]:
    """As if that were where to sign in."""
    origin = there.url().rstrip("/")
    return {"origins": [origin], "sign_in": origin, "marks": {}, "email": ""}


def test_a_first_step_that_leads_away_is_told(shown: Shown, web: Web) -> None:
    """The engine says now and then that a load starts after it has stopped it."""
    home, there = web
    home.routes |= {"/": to(there.url())}
    assert shown.start().state is PageState.ELSEWHERE
    assert there.asked == []
