"""How the script is called and read, and what it tells: never a word of the page.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

import json

import pytest
from pytestqt.qtbot import QtBot

from kiosk.session.model.site import PageState, Part
from kiosk.ui.xchart import site_page
from kiosk.ui.xchart.own_world import read_answer
from kiosk.ui.xchart.site_script import SCRIPT, Sight, SitePlace, read_sight
from tests.support.sign_in_pages import CLASSIC, CODE, EMAIL, IN, PASSWORD, WebSite, form
from tests.support.site_on_show import Shown, on_show, shown, web

__all__ = ["shown", "web"]
Web = tuple[WebSite, WebSite]


def test_what_is_no_sight_is_none() -> None:
    assert read_sight({}) is None
    assert read_sight({"state": "Zoe Canary"}) is None


def test_a_sight_is_read() -> None:
    told = read_answer('{"doc": 5, "state": "in", "both": false, "error": true, "empty": false}')
    assert read_sight(told) == Sight(5, PageState.IN, False, True, False)


def test_a_place_says_each_origin_once() -> None:
    place = SitePlace(
        "https://x.example/start",
        "https://id.example/",
        ("https://x.example:443/", "https://id.example"),
    )
    assert place.told("dana@smile.example") == {
        "origins": ["https://id.example", "https://x.example"],
        "sign_in": "https://id.example",
        "marks": {},
        "email": "dana@smile.example",
    }


def test_no_word_of_a_page_is_told(shown: Shown, web: Web) -> None:
    page = CLASSIC.replace("<form", "<h1>Zoe Canary</h1><p role=alert>Zoe Canary</p><form")
    web[0].routes |= {"/": page.replace("type=email", "type=email value='Zoe Canary'")}
    shown.start()
    told = json.dumps(shown.site._place.told(""))
    said = str(shown.in_our_world(f"kioskSignIn.look({told})"))
    assert set(json.loads(said)) == {"doc", "state", "both", "error", "empty"}
    assert "Zoe" not in said


def test_the_script_refuses_another_origin_document_and_frame(shown: Shown, web: Web) -> None:
    web[0].routes |= {"/": CLASSIC}
    shown.start()
    told = shown.site._place.told("")
    elsewhere = json.dumps({**told, "origins": ["https://x.example"]})
    assert "elsewhere" in str(shown.in_our_world(f"kioskSignIn.look({elsewhere})"))
    doc = json.loads(str(shown.in_our_world(f"kioskSignIn.look({json.dumps(told)})")))["doc"]
    values = json.dumps({"email": EMAIL, "password": PASSWORD})
    filling = f"kioskSignIn.fill({json.dumps(told)}, {values}, {doc + 1})"
    assert shown.in_our_world(filling) == '{"end":"gone"}'
    assert shown.fields() == "|"
    frame = "document.body.append(document.createElement('iframe')); frames[0]"
    source = json.dumps(SCRIPT.read_text("utf-8"))
    shown.run(f"{frame}.document.write(`{CLASSIC}`); frames[0].eval({source}); 1")
    looked = f"frames[0].kioskSignIn.look({json.dumps(told)})"
    assert "elsewhere" in str(shown.run(looked))
    # The same where it is the page itself.
    shown.run(f"eval({source}); 1")
    assert "asks_password" in str(shown.run(f"kioskSignIn.look({json.dumps(told)})"))


@pytest.mark.parametrize(
    ("scheme", "host", "state"),
    [
        ("https:", "x.example", "asks_password"),
        ("http:", "localhost", "asks_password"),
        ("http:", "[::1]", "asks_password"),
        ("http:", "x.example", "elsewhere"),
        ("http:", "127.0.0.1.x.example", "elsewhere"),
        ("http:", "site.localhost", "elsewhere"),
    ],
)
def test_nothing_is_given_in_clear_but_to_this_computer(
    shown: Shown, web: Web, scheme: str, host: str, state: str
) -> None:
    """The script, run as if the page were there."""
    web[0].routes |= {"/": CLASSIC}
    shown.start()
    origin = f"{scheme}//{host}"
    place = json.dumps({"protocol": scheme, "hostname": host, "origin": origin})
    source = json.dumps(SCRIPT.read_text("utf-8"))
    shown.run(f"new Function('location', {source})({place}); 1")
    told = json.dumps({"origins": [origin], "sign_in": origin, "marks": {}, "email": ""})
    assert state in str(shown.run(f"kioskSignIn.look({told})"))


MARKS = {
    "email": "#a",
    "password": "#b",
    "code": "#c",
    "button": "#go",
    "signed_in": "#board",
    "sign_out": "#leave",
}
ODD = (
    "<input id=a><input id=b type=password autocomplete=new-password>"
    "<a role=button id=go>Forward</a><button>Sign in</button>"
)
ODD_CODE = "<input id=c><button>Go</button>"


def test_what_the_settings_mark_is_not_guessed(
    web: Web, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_page, "FOLLOWED_MS", 1500)
    home = web[0]
    home.routes |= {
        "/": form(ODD) + "<script>go.onclick = () => document.forms[0].submit()</script>",
        "/session": form(ODD_CODE, "/code"),
        "/code": IN,
    }
    for page in on_show(home, qtbot, MARKS):
        seen = page.start()
        assert (seen.state, seen.both) == (PageState.ASKS_PASSWORD, True)
        assert page.enter().state is PageState.ASKS_CODE
        # Who is in is what is marked, not any control that signs out.
        assert page.enter({Part.CODE: CODE}).state is PageState.UNKNOWN
        home.routes |= {"/": IN + "<p id=board>x</p><button id=leave>x</button>"}
        assert page.start().state is PageState.IN


def test_a_mark_that_is_no_selector_marks_nothing(web: Web, qtbot: QtBot) -> None:
    web[0].routes |= {"/": CLASSIC}
    for page in on_show(web[0], qtbot, {"email": ":::", "signed_in": "(("}):
        assert page.start().state is PageState.ASKS_PASSWORD
