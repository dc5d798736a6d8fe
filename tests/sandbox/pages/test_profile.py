"""The Profile page: an authenticator app is set up, used in a browser, and taken off."""

import html
import re

import pytest

from tests.support.sandbox.browsing import cookie_of, sign_in, words
from tests.support.sandbox.client import DEMO_WORD, RIVERA, Answer
from tests.support.sandbox.codes import App, app_of
from tests.support.sandbox.reading import at_kiosk
from tests.support.sandbox.running import Xchart

PATEL = "acc-patel"
PATELS_EMAIL = "patel@lakeside.example"


@pytest.fixture
def patel(xchart: Xchart) -> str:
    """Nina Patel's browser."""
    session, browser = sign_in(xchart, PATELS_EMAIL, PATEL)
    return f"{session}; {browser}"


def begin(xchart: Xchart, cookie: str, password: str = DEMO_WORD) -> Answer:
    """Set an app up."""
    return xchart.page("/profile/app", cookie, {"password": password})


def key_on(page: str) -> App:
    """The app that has read the key of a page."""
    found = re.search(r'class="key"[^>]*>([^<]+)<', page)
    assert found is not None
    groups = found[1].split()
    assert [len(each) for each in groups] == [4] * 8
    return App("".join(groups))


def confirm(xchart: Xchart, cookie: str, code: str) -> Answer:
    """The first code."""
    return xchart.page("/profile/app/confirm", cookie, {"code": code})


def ready(xchart: Xchart, cookie: str) -> App:
    """An app that is set up; half a minute has passed since its first code."""
    begin(xchart, cookie)
    app = key_on(xchart.page("/profile", cookie).text)
    assert confirm(xchart, cookie, app.now(xchart)).status == 303
    xchart.pass_time(seconds=30)
    return app


def holders(xchart: Xchart) -> int:
    """How many apps count."""
    return xchart.control("GET", "/apps").text.count("code")


def test_it_is_behind_the_name_at_the_top(xchart: Xchart, patel: str) -> None:
    assert ">Nina Patel</a>" in xchart.page("/today", patel).text
    page = words(xchart.page("/profile", patel).text)
    assert "patel@lakeside.example · phone ending 37" in page
    assert xchart.page("/profile", "").headers["Location"] == "/signin"


def test_an_app_is_set_up_with_the_password_and_a_first_code(xchart: Xchart, patel: str) -> None:
    assert "That is not your password" in begin(xchart, patel, "wrong").text
    assert "The key" not in xchart.page("/profile", patel).text
    assert begin(xchart, patel).status == 303
    app = key_on(xchart.page("/profile", patel).text)
    assert holders(xchart) == 0
    wrong = confirm(xchart, patel, app.wrong(xchart))
    assert "That is not the code" in wrong.text
    assert key_on(wrong.text) == app, "and the key is still there"
    code = app.now(xchart)
    assert confirm(xchart, patel, f"{code[:3]} {code[3:]}").status == 303
    assert holders(xchart) == 1
    page = xchart.page("/profile", patel).text
    assert "take it off" in page
    assert app.secret[:4] not in page


def test_the_key_is_shown_as_a_picture_too(xchart: Xchart, patel: str) -> None:
    begin(xchart, patel)
    page = xchart.page("/profile", patel)
    assert '<svg viewBox="' in page.text
    assert not re.search(r"<script|src=|https?://", page.text)


def test_setting_up_waits_ten_minutes_for_its_code(xchart: Xchart, patel: str) -> None:
    begin(xchart, patel)
    app = key_on(xchart.page("/profile", patel).text)
    xchart.pass_time(minutes=10)
    assert 'class="key"' not in xchart.page("/profile", patel).text
    assert "Start again" in confirm(xchart, patel, app.now(xchart)).text
    assert holders(xchart) == 0


def test_begun_again_the_key_is_another(xchart: Xchart, patel: str) -> None:
    begin(xchart, patel)
    first = key_on(xchart.page("/profile", patel).text)
    begin(xchart, patel)
    assert key_on(xchart.page("/profile", patel).text) != first
    assert "That is not the code" in confirm(xchart, patel, first.now(xchart)).text


def test_an_app_in_use_is_not_replaced_by_a_password(xchart: Xchart, patel: str) -> None:
    app = ready(xchart, patel)
    assert begin(xchart, patel).status == 303
    assert 'class="key"' not in xchart.page("/profile", patel).text
    assert "Start again" in confirm(xchart, patel, app.now(xchart)).text
    taken_off = xchart.page("/profile/app/remove", patel, {"code": app.now(xchart)})
    assert (taken_off.status, holders(xchart)) == (303, 0), "its codes went on counting"


def test_it_is_taken_off_with_a_code(xchart: Xchart, patel: str) -> None:
    app = ready(xchart, patel)
    refused = xchart.page("/profile/app/remove", patel, {"code": app.wrong(xchart)})
    assert "That is not the code" in refused.text
    assert holders(xchart) == 1
    code = app.now(xchart)
    assert xchart.page("/profile/app/remove", patel, {"code": code}).status == 303
    assert holders(xchart) == 0
    assert xchart.page("/profile/app/remove", patel, {"code": code}).status == 303


def test_guesses_are_counted(xchart: Xchart, patel: str) -> None:
    app = ready(xchart, patel)
    guess = {"code": app.wrong(xchart)}
    for _ in range(5):
        xchart.page("/profile/app/remove", patel, guess)
    held = xchart.page("/profile/app/remove", patel, {"code": app.now(xchart)})
    assert (held.status, "Wait 30 seconds" in held.text) == (429, True)
    for _ in range(5):
        begin(xchart, patel, "wrong")
    assert "Wait 30 seconds" in begin(xchart, patel).text


def test_at_a_chair_nothing_of_it_is_changed(xchart: Xchart, patel: str) -> None:
    app = ready(xchart, patel)
    chair = at_kiosk(xchart, xchart.own_login(xchart.join()), PATEL, "pin")
    assert "browser of your own" in words(xchart.page("/profile", chair).text)
    for path, form in (
        ("/profile/app", {"password": DEMO_WORD}),
        ("/profile/app/confirm", {"code": app.now(xchart)}),
        ("/profile/app/remove", {"code": app.now(xchart)}),
    ):
        refused = xchart.page(path, chair, form)
        assert (refused.status, "browser of your own" in refused.text) == (403, True)
    assert holders(xchart) == 1


def test_a_key_that_waits_is_not_shown_at_a_chair(xchart: Xchart, patel: str) -> None:
    begin(xchart, patel)
    xchart.pass_time(minutes=1)
    chair = at_kiosk(xchart, xchart.own_login(xchart.join()), PATEL, "pin")
    assert 'class="key"' not in xchart.page("/profile", chair).text


def test_a_shared_login_is_nobodys_profile(xchart: Xchart) -> None:
    office = at_kiosk(xchart, xchart.join())
    assert "/profile" not in xchart.page("/today", office).text
    assert xchart.page("/profile", office).status == 404
    assert begin(xchart, office).status == 404


def test_a_browser_is_let_in_by_the_app(xchart: Xchart) -> None:
    app = app_of(xchart, RIVERA)
    answer = xchart.page("/signin", "", {"email": "rivera@lakeside.example", "password": DEMO_WORD})
    mine, onwards = cookie_of(answer), answer.headers["Location"]
    challenge = onwards.partition("challenge=")[2]
    page = words(xchart.page(onwards, mine).text)
    assert "Dr. Rivera Authenticator app Use" in page
    assert "Dr. Rivera Phone ending 21 Text" in page
    asked = xchart.page(f"{onwards}&app={RIVERA}", mine).text
    assert "From the authenticator app of Dr. Rivera" in html.unescape(asked)
    form = {"challenge": challenge, "app": RIVERA}
    wrong = xchart.page("/signin/code", mine, {**form, "code": app.wrong(xchart)})
    assert "That is not the code" in wrong.text
    assert "From the authenticator app of Dr. Rivera" in wrong.text
    entered = xchart.page("/signin/code", mine, {**form, "code": app.now(xchart)})
    assert entered.headers["Location"] == "/today"


def test_nobody_elses_app_lets_a_browser_in(xchart: Xchart) -> None:
    chen = app_of(xchart, "acc-chen")
    answer = xchart.page("/signin", "", {"email": PATELS_EMAIL, "password": DEMO_WORD})
    mine, onwards = cookie_of(answer), answer.headers["Location"]
    form = {"challenge": onwards.partition("challenge=")[2], "app": "acc-chen"}
    refused = xchart.page("/signin/code", mine, {**form, "code": chen.now(xchart)})
    assert (refused.status, "Choose another way" in refused.text) == (404, True)
