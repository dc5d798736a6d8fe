"""A site's page on the real engine: the ways that sites ask, from the first field to being in.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

from threading import Event

import pytest
from PySide6.QtCore import QPoint, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QWidget

from kiosk.session.model.site import PageState, Part, Press
from kiosk.ui.xchart import site_page
from tests.support.sign_in_pages import (
    ASKS_CODE,
    ASKS_EMAIL,
    ASKS_PASSWORD,
    CLASSIC,
    CODE,
    CONTROLLED,
    EMAIL,
    IN,
    IN_SHADOW,
    LATE_BUTTON,
    ONE_PAGE,
    PASSWORD,
    RENDERED_LATE,
    SIX_BOXES,
    TRUSTING_NOBODY,
    Page,
    Request,
    WebSite,
    api,
    signs_in,
    to,
)
from tests.support.site_on_show import BOTH, Shown, shown, web

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


@pytest.mark.parametrize(
    "page",
    [CONTROLLED, TRUSTING_NOBODY, IN_SHADOW, LATE_BUTTON, RENDERED_LATE],
    ids=["controlled", "trusting nobody", "in shadow", "late button", "rendered late"],
)
def test_whatever_draws_the_form_it_is_sent_once_as_typed(
    shown: Shown, web: Web, page: str
) -> None:
    home = web[0]
    home.routes |= {"/": page, "/session": signs_in, "/home": IN}
    shown.site.open_start()
    shown.bot.waitUntil(lambda: shown.look().state is PageState.ASKS_PASSWORD, timeout=10_000)
    assert shown.enter().state is PageState.IN
    assert home.forms("/session") == [{"email": EMAIL, "password": PASSWORD}]


def test_boxes_get_a_digit_each_and_send_themselves_once(shown: Shown, web: Web) -> None:
    def slow(request: Request) -> Page:
        asked.wait(1)
        return Page()

    asked = Event()
    home = web[0]
    home.routes |= {"/": SIX_BOXES, "/code": slow, "/home": IN}
    assert shown.start().state is PageState.ASKS_CODE
    assert shown.enter({Part.CODE: CODE}).state is PageState.IN
    assert home.forms("/code") == [{"code": CODE, "nth": "1"}]


def test_a_page_that_stays_says_no_and_then_lets_in(shown: Shown, web: Web) -> None:
    web[0].routes |= {"/": ONE_PAGE, "/session": api}
    seen = shown.start()
    refused = shown.enter({**BOTH, Part.PASSWORD: "wrong"})
    assert (refused.state, refused.load) == (PageState.REFUSED, seen.load)
    assert shown.look().state is PageState.REFUSED
    assert shown.fields() == f"{EMAIL}|"
    assert shown.enter().state is PageState.IN


def test_what_the_page_said_before_is_no_answer(shown: Shown, web: Web) -> None:
    def slow(request: Request) -> Page:
        Event().wait(1.5)
        return api(request)

    standing = "<p role=alert>Maintenance tonight</p><main>"
    web[0].routes |= {"/": ONE_PAGE.replace("<main>", standing), "/session": slow}
    shown.start()
    assert shown.enter().state is PageState.IN


@pytest.mark.parametrize(
    ("page", "state"), [(ONE_PAGE, PageState.ASKS_PASSWORD), (CLASSIC, PageState.UNKNOWN)]
)
def test_what_nothing_comes_of_is_left_in_no_field(
    shown: Shown, web: Web, monkeypatch: pytest.MonkeyPatch, page: str, state: PageState
) -> None:
    def never(request: Request) -> Page:
        over.wait(10)
        return Page()

    over = Event()
    monkeypatch.setattr(site_page, "FOLLOWED_MS", 1500)
    web[0].routes |= {"/": page, "/session": never}
    seen = shown.start()
    assert shown.fill(seen) is Press.PRESSED
    assert shown.follow(seen).state is state
    assert PASSWORD not in str(shown.fields())
    over.set()


def test_a_page_that_may_be_nowhere_is_elsewhere(shown: Shown, web: Web) -> None:
    web[0].routes |= {"/": CLASSIC}
    shown.start()
    shown.site.page.allow()
    assert shown.look().state is PageState.ELSEWHERE


@pytest.mark.parametrize("how", ["covered", "let go"])
def test_a_page_that_nobody_is_shown_is_seen_all_the_same(shown: Shown, web: Web, how: str) -> None:
    """Under a lock it is off its view, and running (law 9)."""
    web[0].routes |= {"/": CLASSIC, "/session": signs_in, "/home": IN}
    shown.start()
    if how == "covered":
        cover = QWidget(shown.view)
        cover.resize(shown.view.size())
        cover.show()
    else:
        shown.view.setPage(QWebEnginePage(shown.site.page.profile(), shown.view))
        shown.site.page.setVisible(True)
    assert shown.start().state is PageState.ASKS_PASSWORD
    assert shown.enter().state is PageState.IN
    shown.view.setPage(shown.site.page)


def test_the_same_form_again_is_a_no(shown: Shown, web: Web) -> None:
    web[0].routes |= {"/": CLASSIC, "/session": signs_in, "/home": IN}
    seen = shown.start()
    refused = shown.enter({**BOTH, Part.PASSWORD: "wrong"})
    assert (refused.state, refused.load) == (PageState.REFUSED, seen.load + 1)
    assert shown.look() == refused
    # A new beginning is no answer to what was sent before it.
    assert shown.start().state is PageState.ASKS_PASSWORD
    assert shown.enter().state is PageState.IN


def test_thrown_back_to_the_first_step_is_a_no(shown: Shown, web: Web) -> None:
    web[0].routes |= {"/": ASKS_EMAIL, "/email": ASKS_PASSWORD, "/session": to("/")}
    shown.start()
    assert shown.enter({Part.EMAIL: EMAIL}).state is PageState.ASKS_PASSWORD
    assert shown.enter({Part.PASSWORD: PASSWORD}).state is PageState.REFUSED


def test_an_old_look_fills_nothing_in(shown: Shown, web: Web) -> None:
    home = web[0]
    home.routes |= {"/": CLASSIC}
    seen = shown.start()
    assert shown.start().load == seen.load + 1
    assert shown.fill(seen) is Press.GONE
    assert shown.fields() == "|"
    # Nor while the next document is only on its way.
    seen = shown.look()
    shown.site.open_start()
    assert shown.fill(seen) is Press.GONE
    shown.look()
    assert shown.fields() == "|"
    assert home.heard() == []


def test_signing_out_is_taken_or_not(
    shown: Shown, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_page, "FOLLOWED_MS", 1500)
    home = web[0]
    home.routes |= {"/": IN, "/out": IN}
    assert shown.start().state is PageState.IN
    assert not shown.sign_out()
    home.routes |= {"/out": to("/bye"), "/bye": "<p>Goodbye</p>", "/": CLASSIC}
    assert shown.sign_out()
    # Who went out by the kiosk's own hand was not put out.
    assert shown.changes == []
    assert not shown.sign_out()


def test_a_page_that_holds_on_to_what_was_typed_is_left_all_the_same(
    shown: Shown, web: Web
) -> None:
    web[0].routes |= {"/": IN, "/out": to("/"), "/in": IN}
    shown.start()
    shown.run("onbeforeunload = event => event.preventDefault(); 1")
    shown.click(QPoint(300, 300))
    web[0].routes |= {"/": CLASSIC}
    assert shown.sign_out()


def test_a_session_that_ends_in_the_middle_is_told(shown: Shown, web: Web) -> None:
    home = web[0]
    home.routes |= {"/": IN, "/next": CLASSIC, "/within": IN}
    shown.start()
    shown.site.page.setUrl(QUrl(home.url("/within")))
    assert shown.look().state is PageState.IN
    assert shown.changes == []
    shown.site.page.setUrl(QUrl(home.url("/next")))
    shown.bot.waitUntil(lambda: bool(shown.changes), timeout=10_000)
    assert [each.state for each in shown.changes] == [PageState.ASKS_PASSWORD]


def test_the_script_alone_can_end_it_too(shown: Shown, web: Web) -> None:
    """No document is loaded: a look at intervals finds it."""
    web[0].routes |= {"/": IN}
    shown.start()
    shown.run(f"document.body.innerHTML = `{CLASSIC}`; 1")
    assert shown.site._watch.isActive()
    shown.site._watch.timeout.emit()
    shown.bot.waitUntil(lambda: bool(shown.changes), timeout=10_000)
    assert [each.state for each in shown.changes] == [PageState.ASKS_PASSWORD]


GERMAN = """<form method=post action=/session><label>Benutzername <input name=a></label>
<label>Kennwort <input name=b type=password></label><button>Anmelden</button></form>"""
FRENCH = """<form method=post action=/session><label>Identifiant <input name=a></label>
<label>Mot de passe <input name=b type=password></label><button>Se connecter</button></form>"""
SPANISH = """<form method=post action=/session><label>Correo <input name=a></label>
<label>Contraseña <input name=b type=password></label><button>Iniciar sesión</button></form>"""
CODES = ("Bestätigungscode", "Code de vérification", "Código")
KEPT = (
    "Diesem Gerät vertrauen",
    "Se souvenir de cet appareil",
    "Recordar este dispositivo",
)
OUTS = ("Abmelden", "Se déconnecter", "Cerrar sesión")


@pytest.mark.parametrize(
    ("page", "code", "kept", "out"),
    [*zip((GERMAN, FRENCH, SPANISH), CODES, KEPT, OUTS, strict=True)],
    ids=["de", "fr", "es"],
)
def test_other_languages_ask_the_same(
    shown: Shown, web: Web, page: str, code: str, kept: str, out: str
) -> None:
    fields = (
        f"<label>{code} <input name=c></label><label><input type=checkbox name=k>{kept}</label>"
    )
    home = web[0]
    home.routes |= {
        "/": page,
        "/session": f"<form method=post action=/code>{fields}<button>OK</button></form>",
        "/code": f"<button>{out}</button>",
    }
    assert shown.start().both
    assert shown.enter().state is PageState.ASKS_CODE
    assert shown.enter({Part.CODE: CODE}).state is PageState.IN
    assert home.forms("/session") == [{"a": EMAIL, "b": PASSWORD}]
    assert home.forms("/code") == [{"c": CODE, "k": "on"}]
