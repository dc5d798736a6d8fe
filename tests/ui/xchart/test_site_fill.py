"""Filling in on the real engine: what is sent, what is ticked, and how long a secret is kept.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

import pytest

from kiosk.session.model.site import PageState, Part, Press
from kiosk.ui.xchart import site_fill
from kiosk.ui.xchart.site_fill import press_of
from tests.support.sign_in_pages import (
    CLASSIC,
    CODE,
    EMAIL,
    EMAIL_FIELD,
    IN,
    PASSWORD,
    PASSWORD_FIELD,
    SIGN_IN,
    WebSite,
    form,
    to,
)
from tests.support.site_on_show import BOTH, Shown, shown, web

__all__ = ["shown", "web"]
Web = tuple[WebSite, WebSite]
BOTH_FIELDS = EMAIL_FIELD + PASSWORD_FIELD
BOXES = "".join(
    f"<label><input type=checkbox name={name} value=1>{words}</label>"
    for name, words in (
        ("keep", "Keep me signed in"),
        ("news", "Send me news"),
        ("device", "Remember this device"),
        ("shared", "Don't remember this computer, it is shared"),
    )
)


def test_without_an_answer_nobody_says_that_it_was_pressed() -> None:
    assert press_of({}) is Press.NOT_TAKEN
    assert press_of({"end": "wait"}) is Press.NOT_TAKEN
    assert press_of({"end": "unsafe"}) is Press.UNSAFE


def test_only_that_a_device_is_remembered_is_ticked(shown: Shown, web: Web) -> None:
    web[0].routes |= {"/": form(EMAIL_FIELD + PASSWORD_FIELD + BOXES + SIGN_IN), "/session": IN}
    shown.start()
    assert shown.enter().state is PageState.IN
    assert web[0].forms("/session") == [{"email": EMAIL, "password": PASSWORD, "device": "1"}]


def test_what_the_browser_filled_in_before_is_written_over(shown: Shown, web: Web) -> None:
    page = CLASSIC.replace("type=email", "type=email value=lee@smile.example")
    web[0].routes |= {"/": page, "/session": IN}
    seen = shown.start()
    # A password alone would go to whoever stands there.
    assert shown.fill(seen, {Part.PASSWORD: PASSWORD}) is Press.GONE
    assert shown.enter().state is PageState.IN
    assert web[0].forms("/session") == [{"email": EMAIL, "password": PASSWORD}]


def test_a_form_below_the_fold_is_reached(shown: Shown, web: Web) -> None:
    web[0].routes |= {"/": f"<div style='height:3000px'></div>{CLASSIC}", "/session": IN}
    assert shown.start().state is PageState.ASKS_PASSWORD
    assert shown.run("scrollY") == 0
    assert shown.enter().state is PageState.IN


def test_something_over_a_field_below_the_fold_is_found_when_it_is_reached(
    shown: Shown, web: Web
) -> None:
    cover = "<div style='position:fixed;inset:0'></div>"
    web[0].routes |= {"/": f"<div style='height:3000px'></div>{CLASSIC}{cover}"}
    assert shown.fill(shown.start()) is Press.NOT_TAKEN
    assert shown.fields() == "|"


def test_a_code_of_another_length_fits_no_boxes(shown: Shown, web: Web) -> None:
    boxes = "<input maxlength=1 style='width:30px'>" * 6 + "<button>Verify</button>"
    web[0].routes |= {"/": form(boxes, "/code")}
    seen = shown.start()
    assert seen.state is PageState.ASKS_CODE
    assert shown.fill(seen, {Part.CODE: CODE + "7"}) is Press.GONE


SENDS_ITSELF = (
    form("<label>Security code <input name=code></label><button>Verify</button>")
    + """
<script>document.querySelector('input').oninput = event => {
  if (event.target.value.length < 6) return;
  document.forms[0].innerHTML = 'One moment';
  setTimeout(() => { location.href = '/home' }, 1500);
}</script>"""
)


def test_a_code_that_goes_its_own_way_is_on_its_way(shown: Shown, web: Web) -> None:
    web[0].routes |= {"/": SENDS_ITSELF, "/home": IN}
    shown.start()
    assert shown.enter({Part.CODE: CODE}).state is PageState.IN


SHOWN_UNTIL_REACHED = (
    form(EMAIL_FIELD + "<label>Password <input name=password></label>" + SIGN_IN)
    + "<script>const last = document.querySelectorAll('input')[1];"
    "last.onfocus = () => last.type = 'password'</script>"
)


def test_a_field_that_hides_what_is_typed_once_it_is_reached(shown: Shown, web: Web) -> None:
    web[0].routes |= {"/": SHOWN_UNTIL_REACHED, "/session": IN}
    assert shown.start().both
    assert shown.enter().state is PageState.IN


NAMED = form(
    BOTH_FIELDS + "<input type=hidden name=action><input type=hidden name=method>"
    "<input type=hidden name=parentNode><input type=hidden name=getAttribute>" + SIGN_IN
)


def test_what_a_form_calls_its_fields_hides_nothing_of_it(shown: Shown, web: Web) -> None:
    web[0].routes |= {"/": NAMED, "/session": IN}
    shown.start()
    assert shown.enter().state is PageState.IN


def test_one_filling_at_a_time(shown: Shown, web: Web) -> None:
    web[0].routes |= {"/": CLASSIC, "/session": to("/home"), "/home": IN}
    seen = shown.start()
    ends: list[Press] = []
    for _ in range(2):
        shown.site.fill(seen, BOTH, ends.append)
    shown.bot.waitUntil(lambda: len(ends) == 2, timeout=10_000)
    assert ends == [Press.GONE, Press.PRESSED]
    assert shown.follow(seen).state is PageState.IN
    assert web[0].heard() == ["POST /session"]


def test_the_fence_forgets_after_a_while(
    shown: Shown, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_fill, "WATCHED_MS", 2000)
    web[0].routes |= {"/": CLASSIC, "/session": IN}
    shown.start()
    shown.enter()
    assert PASSWORD in shown.fence._watched
    shown.bot.waitUntil(lambda: not shown.fence._watched, timeout=10_000)
