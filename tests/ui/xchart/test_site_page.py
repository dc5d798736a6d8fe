"""A site's page on the real engine: the ways that sites ask, from the first field to being in.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

from kiosk.session.model.site import PageState, Part, Press
from tests.support.sign_in_pages import (
    ASKS_CODE,
    ASKS_EMAIL,
    ASKS_PASSWORD,
    CLASSIC,
    CODE,
    EMAIL,
    IN,
    PASSWORD,
    WebSite,
    signs_in,
    to,
)
from tests.support.site_on_show import Shown, shown, web

__all__ = ["shown", "web"]
Web = tuple[WebSite, WebSite]


def test_a_form_with_both_is_filled_in_once(shown: Shown, web: Web) -> None:
    home = web[0]
    home.routes |= {"/": CLASSIC, "/session": signs_in, "/home": IN}
    seen = shown.start()
    assert (seen.state, seen.both, seen.status) == (PageState.ASKS_PASSWORD, True, 200)
    assert shown.fill(seen) is Press.PRESSED
    assert shown.follow(seen).state is PageState.IN
    assert home.forms("/session") == [{"email": EMAIL, "password": PASSWORD}]
    assert home.heard() == ["POST /session"]


def test_two_steps_and_a_code(shown: Shown, web: Web) -> None:
    home = web[0]
    home.routes |= {
        "/": ASKS_EMAIL,
        "/email": ASKS_PASSWORD,
        "/session": ASKS_CODE,
        "/code": to("/home"),
        "/home": IN,
    }
    assert shown.start().state is PageState.ASKS_EMAIL
    assert shown.enter({Part.EMAIL: EMAIL}).state is PageState.ASKS_PASSWORD
    assert shown.enter({Part.PASSWORD: PASSWORD}).state is PageState.ASKS_CODE
    assert shown.enter({Part.CODE: CODE}).state is PageState.IN
    assert home.forms("/code") == [{"code": CODE, "keep": "1"}]
    assert home.heard() == ["POST /session"]
