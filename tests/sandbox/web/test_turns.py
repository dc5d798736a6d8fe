"""What a test turns while the site runs, in plain HTTP."""

import json
from collections.abc import Callable

import pytest
from pydantic import ValidationError

from sandbox.web.people import OFFICE, SOMEBODY_ELSE
from sandbox.web.sign_ins import GOOD
from sandbox.web.turns import Turns
from tests.support.sandbox.browsing import cookie_of
from tests.support.sandbox.client import DEMO_WORD, plain
from tests.support.sandbox.web_site import WebSite, leads_to

RunSite = Callable[..., WebSite]
NEW = "another word"


def test_the_email_of_somebody_else_is_shown_and_fixed(web_site: RunSite) -> None:
    site = web_site()
    site.turns.shown_email = SOMEBODY_ELSE
    page = site.ask("GET", "/sign-in").text
    assert f'value="{SOMEBODY_ELSE}" readonly' in page
    assert "Use another e-mail" in page
    assert "readonly" not in site.ask("GET", "/sign-in?other=yes").text


def test_a_password_must_be_changed_after_the_code(web_site: RunSite) -> None:
    site = web_site()
    site.turns.must_change_password = True
    session = cookie_of(site.sends_password())
    changed = site.ask("POST", "/sign-in/code", session, code=site.code())
    assert leads_to(changed) == "/sign-in/change"
    page = site.ask("GET", "/sign-in/change", session).text
    assert page.count('autocomplete="new-password"') == 2
    for word, again in ((DEMO_WORD, DEMO_WORD), (NEW, "x"), ("short", "short")):
        typed = {"new_password": word, "again": again}
        assert site.ask("POST", "/sign-in/change", session, **typed).status == 422
    typed = {"new_password": NEW, "again": NEW}
    assert leads_to(site.ask("POST", "/sign-in/change", session, **typed)) == "/today"
    assert site.sends_password().status == 401
    assert leads_to(site.sends_password(password=NEW)) == "/sign-in/code"
    assert any("/sign-in/change" in each for each in site.arrivals)


def test_terms_are_accepted_once(web_site: RunSite) -> None:
    site = web_site()
    site.turns.terms = True
    session = cookie_of(site.sends_password())
    answer = site.ask("POST", "/sign-in/code", session, code=site.code(), remember="yes")
    assert leads_to(answer) == "/terms"
    assert "Terms of use" in site.ask("GET", "/terms", session).text
    assert leads_to(site.ask("GET", "/today", session)) == "/terms"
    assert site.ask("POST", "/terms", session).status == 422
    assert leads_to(site.ask("POST", "/terms", session, agree="yes")) == "/today"
    assert leads_to(site.sends_password(cookie=cookie_of(answer))) == "/today"
    assert leads_to(site.ask("POST", "/terms", agree="yes")) == "/sign-in"


def test_a_human_check_before_the_form(web_site: RunSite) -> None:
    site = web_site()
    site.turns.human_check = "before"
    assert leads_to(site.ask("GET", "/")) == "/human-check"
    assert "Human check" in site.ask("GET", "/human-check").text
    assert site.ask("POST", "/human-check", letters="nope").status == 422
    passed = site.ask("POST", "/human-check", letters="kpx4")
    assert leads_to(passed) == "/sign-in"
    assert leads_to(site.sends_password(cookie=cookie_of(passed))) == "/sign-in/code"


def test_a_human_check_after_the_password_and_the_text_after_that(web_site: RunSite) -> None:
    site = web_site()
    site.turns.human_check = "after"
    answer = site.sends_password()
    assert leads_to(answer) == "/human-check"
    assert not site.site.texts
    passed = site.ask("POST", "/human-check", cookie_of(answer), letters="KPX4")
    assert leads_to(passed) == "/sign-in/code"
    assert len(site.site.texts) == 1
    assert site.submissions == {OFFICE: 1}


def test_the_start_answers_otherwise(web_site: RunSite) -> None:
    site = web_site()
    site.turns.start_status, site.turns.retry_after = 429, 30
    answer = site.ask("GET", "/")
    assert (answer.status, answer.headers["Retry-After"]) == (429, "30")
    assert "Too many tries" in answer.text
    site.turns.start_status = 503
    assert "maintenance" in site.ask("GET", "/sign-in").text
    site.turns.start_status = 418
    assert "answered 418" in site.ask("GET", "/sign-in").text
    site.turns.start_status = 401
    answer = site.ask("GET", "/sign-in")
    assert answer.status == 401
    assert 'type="password"' in answer.text
    assert "Retry-After" not in answer.headers


def test_the_sign_in_answers_otherwise_and_nothing_was_counted(web_site: RunSite) -> None:
    site = web_site()
    site.turns.sign_in_status, site.turns.retry_after = 429, 60
    answer = site.sends_password()
    assert (answer.status, answer.headers["Retry-After"]) == (429, "60")
    assert 'type="password"' in answer.text
    site.turns.sign_in_status = 503
    answer = site.sends_password()
    assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
    assert 'type="password"' not in answer.text
    assert len(site.arrivals) == 2
    assert not site.submissions
    site.turns.sign_in_status = 0
    session = cookie_of(site.sends_password())
    site.turns.code_status = 429
    late = site.ask("POST", "/sign-in/code", session, code=site.code())
    assert (late.status, "Enter the code" in late.text) == (429, True)


@pytest.mark.parametrize("name", [each.name for each in GOOD])
def test_a_script_hears_it_too(web_site: RunSite, name: str) -> None:
    site = web_site(name)
    site.turns.sign_in_status = 429
    headers = {
        "Accept": "application/json",
        "Origin": site.address,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    answer = plain(site.address, "POST", "/sign-in", body=b"", headers=headers)
    assert answer.status == 429
    assert "Too many tries" in str(answer.body["trouble"])


def test_redesigned_it_keeps_no_word(web_site: RunSite) -> None:
    site = web_site()
    site.turns.redesigned = True
    page = site.ask("GET", "/sign-in").text
    for word in ('name="email"', 'name="password"', "E-mail", "Password", "Sign in"):
        assert word not in page
    first = site.ask("POST", "/sign-in", member_login=OFFICE, passphrase=DEMO_WORD)
    assert leads_to(first) == "/sign-in/code"
    session = cookie_of(first)
    page = site.ask("GET", "/sign-in/code", session).text
    for word in ('name="code"', 'name="remember"', "Six-digit", "Remember", "one-time-code"):
        assert word not in page
    typed = {"sms_number": site.code(), "stay": "yes"}
    answer = site.ask("POST", "/sign-in/code", session, **typed)
    assert leads_to(site.sends_password(cookie=cookie_of(answer))) == "/today"
    assert "Leave" in site.ask("GET", "/today", session).text


def test_a_code_is_texted_when_somebody_wants_it(web_site: RunSite) -> None:
    site = web_site()
    site.turns.code_on_demand = True
    answer = site.sends_password()
    assert leads_to(answer) == "/sign-in/send"
    assert not site.site.texts
    session = cookie_of(answer)
    page = site.ask("GET", "/sign-in/send", session).text
    assert "the phone ending 21" in page
    assert "<input" not in page
    assert leads_to(site.ask("POST", "/sign-in/send", session)) == "/sign-in/code"
    assert leads_to(site.ask("POST", "/sign-in/send", session)) == "/sign-in/code"
    assert len(site.site.texts) == 1
    assert leads_to(site.ask("POST", "/sign-in/code", session, code=site.code())) == "/today"


def test_the_code_page_never_comes(web_site: RunSite) -> None:
    site = web_site()
    site.turns.no_code_page = True
    answer = site.sends_password()
    assert leads_to(answer) == "/sign-in/wait"
    page = site.ask("GET", "/sign-in/wait", cookie_of(answer)).text
    assert "We are checking your sign-in." in page
    assert "<input" not in page
    assert "<button" not in page
    assert not site.site.texts


def test_the_code_and_the_password_are_refused(web_site: RunSite) -> None:
    site = web_site()
    session = cookie_of(site.sends_password())
    site.turns.refuse_code = True
    assert site.ask("POST", "/sign-in/code", session, code=site.code()).status == 401
    site.turns.refuse_password = True
    assert site.sends_password().status == 401


def test_a_session_ends_in_the_middle(web_site: RunSite) -> None:
    site = web_site()
    cookies = site.enters()
    site.forget_sessions()
    assert leads_to(site.ask("GET", "/today", cookies)) == "/sign-in"
    assert leads_to(site.sends_password(cookie=cookies)) == "/today"


def test_what_is_no_turn_is_said() -> None:
    turns = Turns()
    with pytest.raises(ValidationError):
        turns.human_check = "sometimes"  # type: ignore[assignment]
    with pytest.raises(ValidationError):
        Turns.model_validate({"weather": 1})


def test_the_controls_do_the_same_from_outside(web_site: RunSite) -> None:
    site = web_site()
    headers = {"Content-Type": "application/json"}

    def control(method: str, path: str, order: object = None) -> tuple[int, str]:
        raw = json.dumps(order).encode() if order is not None else None
        answer = plain(site.address, method, f"/test{path}", body=raw, headers=headers)
        return answer.status, answer.text

    assert control("POST", "/turns", {"terms": True, "retry_after": 9})[0] == 200
    assert (site.turns.terms, site.turns.retry_after) == (True, 9)
    assert control("POST", "/turns", {"weather": "bad"})[0] == 422
    assert control("DELETE", "/turns")[0] == 200
    assert not site.turns.terms
    cookies = site.enters()
    assert site.code() in control("GET", "/texts")[1]
    seen = json.loads(control("GET", "/seen")[1])
    assert seen["submissions"] == {OFFICE: 1}
    assert control("DELETE", "/sessions")[0] == control("DELETE", "/devices")[0] == 200
    assert leads_to(site.sends_password(cookie=cookies)) == "/sign-in/code"
    assert control("POST", "/passwords", {"nobody@lakeside.example": NEW})[0] == 404
    assert control("POST", "/passwords", {OFFICE: NEW})[0] == 200
    assert leads_to(site.sends_password(password=NEW)) == "/sign-in/code"
