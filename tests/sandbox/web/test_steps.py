"""The sign-in over plain HTTP: what each page asks, and each way it says no."""

from collections.abc import Callable

import pytest

from sandbox.web.people import CHEN, OFFICE, PATIENTS, RIVERA
from tests.support.sandbox.browsing import cookie_of
from tests.support.sandbox.client import DEMO_WORD, plain
from tests.support.sandbox.web_site import WebSite, leads_to

RunSite = Callable[..., WebSite]


def device_in(cookies: str) -> str:
    return next(each for each in cookies.split("; ") if "__Host-" in each)


def test_who_is_not_signed_in_is_led_to_the_form(web_site: RunSite) -> None:
    site = web_site()
    for path in ("/", "/today", "/patients/p-1", "/sign-in/code", "/terms"):
        assert leads_to(site.ask("GET", path)) == "/sign-in"
    page = site.ask("GET", "/sign-in")
    assert 'autocomplete="current-password"' in page.text
    assert "script" not in page.text
    assert site.ask("GET", "/v1/server").status == 404
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def test_a_password_then_a_code_and_the_day(web_site: RunSite) -> None:
    site = web_site()
    page = site.ask("GET", "/today", site.enters()).text
    assert f"Signed in as {OFFICE}" in page
    assert all(each.name in page for each in PATIENTS)
    assert site.submissions == {OFFICE: 1}
    assert site.code_submissions == {OFFICE: 1}
    assert site.arrivals == [f"POST {site.address}/sign-in, in the body"]


def test_a_remembered_computer_needs_no_code_for_that_login_alone(web_site: RunSite) -> None:
    site = web_site()
    device = device_in(site.enters())
    assert leads_to(site.sends_password(cookie=device)) == "/today"
    assert leads_to(site.sends_password(CHEN, cookie=device)) == "/sign-in/code"
    site.forget_devices()
    assert leads_to(site.sends_password(cookie=device)) == "/sign-in/code"


def test_a_second_login_is_remembered_beside_the_first(web_site: RunSite) -> None:
    site = web_site()
    device = device_in(site.enters())
    session = cookie_of(site.sends_password(CHEN, cookie=device))
    given = {"code": site.code(), "remember": "yes"}
    site.ask("POST", "/sign-in/code", f"{session}; {device}", **given)
    assert leads_to(site.sends_password(CHEN, cookie=device)) == "/today"
    assert leads_to(site.sends_password(cookie=device)) == "/today"


def test_who_does_not_tick_it_is_not_remembered(web_site: RunSite) -> None:
    assert "__Host-" not in web_site().enters(remember="")


def test_the_cookies_say_what_browsers_want_of_them(web_site: RunSite) -> None:
    for way, attributes in (("host_cookie", "SameSite=Lax"), ("partitioned", "Partitioned")):
        site = web_site("classic", way)
        first = cookie_of(site.sends_password())
        given = {"code": site.code(), "remember": "yes"}
        answer = site.ask("POST", "/sign-in/code", first, **given)
        (kept,) = [each for each in answer.headers.get_all("Set-Cookie") or [] if "__Host" in each]
        assert attributes in kept
        assert {"Path=/", "Secure", "HttpOnly"} <= set(kept.split("; "))
        assert "Domain" not in kept


def test_signing_out_forgets_the_computer_too(web_site: RunSite) -> None:
    site = web_site()
    cookies = site.enters()
    answer = site.ask("POST", "/sign-out", cookies)
    assert leads_to(answer) == "/sign-in"
    assert "__Host-device=; Max-Age=0" in str(answer.headers)
    assert leads_to(site.ask("GET", "/today", cookies)) == "/sign-in"
    assert leads_to(site.sends_password(cookie=device_in(cookies))) == "/sign-in/code"


def test_a_wrong_password_is_said_on_the_form(web_site: RunSite) -> None:
    site = web_site()
    for email, word in ((OFFICE, "wrong"), ("nobody@lakeside.example", DEMO_WORD)):
        answer = site.sends_password(email, word)
        assert answer.status == 401
        assert "not right" in answer.text
        assert 'name="password"' in answer.text
    assert site.submissions == {OFFICE: 1, "nobody@lakeside.example": 1}
    assert not site.site.texts


def test_five_wrong_codes_end_it(web_site: RunSite) -> None:
    site = web_site()
    session = cookie_of(site.sends_password())
    for _ in range(4):
        answer = site.ask("POST", "/sign-in/code", session, code="no")
        assert (answer.status, "That code is not right." in answer.text) == (401, True)
    assert "Sign in again." in site.ask("POST", "/sign-in/code", session, code="no").text
    assert leads_to(site.ask("GET", "/sign-in/code", session)) == "/sign-in"
    right = site.ask("POST", "/sign-in/code", session, code=site.code())
    assert leads_to(right) == "/sign-in"


def test_each_login_has_a_phone_and_a_last_patient(web_site: RunSite) -> None:
    site = web_site()
    office, rivera = site.enters(), site.enters(RIVERA)
    assert [each.phone_ending for each in site.site.texts] == ["21", "21"]
    assert "Wisdom teeth" in site.ask("GET", "/patients/p-1", office).text
    other = site.enters()
    assert f"last opened: {PATIENTS[0].name}" in site.ask("GET", "/today", other).text
    assert "last opened" not in site.ask("GET", "/today", rivera).text
    assert site.ask("GET", "/patients/p-9", office).status == 404


def test_notes_stay_with_the_login(web_site: RunSite) -> None:
    site = web_site()
    cookies = site.enters()
    assert leads_to(site.ask("POST", "/notes", cookies, notes="Call back")) == "/today"
    assert "Call back</textarea>" in site.ask("GET", "/today", cookies).text
    assert leads_to(site.ask("POST", "/notes", notes="From nobody")) == "/sign-in"
    assert site.site.accounts[OFFICE].notes == "Call back"


def test_two_steps_ask_one_after_the_other(web_site: RunSite) -> None:
    site = web_site("two_steps")
    assert leads_to(site.ask("GET", "/")) == "/sign-in/email"
    assert 'type="password"' not in site.ask("GET", "/sign-in/email").text
    first = site.ask("POST", "/sign-in/email", email=OFFICE)
    session = cookie_of(first)
    assert leads_to(first) == "/sign-in"
    page = site.ask("GET", "/sign-in", session).text
    assert OFFICE in page
    assert 'type="email"' not in page
    assert leads_to(site.ask("POST", "/sign-in", session, password=DEMO_WORD)) == "/sign-in/code"
    assert site.ask("POST", "/sign-in/email", email=" ").status == 422


def test_a_form_from_another_site_is_not_taken(web_site: RunSite) -> None:
    site = web_site()
    headers = {"Origin": "http://127.0.0.1:1", "Content-Type": "application/x-www-form-urlencoded"}
    body = f"email={OFFICE}&password={DEMO_WORD}".encode()
    answer = plain(site.address, "POST", "/sign-in", body=body, headers=headers)
    assert answer.status == 403
    assert not site.submissions


def test_it_is_there_again_at_the_same_address_and_knows_the_same(web_site: RunSite) -> None:
    site = web_site()
    address, cookies = site.address, site.enters()
    site.stop()
    with pytest.raises(ConnectionRefusedError):
        site.ask("GET", "/")
    site.start()
    assert site.address == address
    assert site.ask("GET", "/today", cookies).status == 200


def test_a_script_is_answered_with_what_comes_next(web_site: RunSite) -> None:
    site = web_site("same_page_code")
    headers = {"Accept": "application/json"}
    where = plain(site.address, "GET", "/where", headers=headers).body
    assert where["next"] == "/sign-in"
    headers |= {"Origin": site.address, "Content-Type": "application/x-www-form-urlencoded"}
    body = f"email={OFFICE}&password=wrong".encode()
    no = plain(site.address, "POST", "/sign-in", body=body, headers=headers)
    assert (no.status, no.body["next"]) == (401, "/sign-in")
    assert no.body["trouble"] == "That e-mail or password is not right."
    late = plain(site.address, "POST", "/sign-in/code", body=b"code=1", headers=headers)
    assert late.body["trouble"] == "That took too long. Sign in again."
    body = body.replace(b"wrong", DEMO_WORD.encode())
    asked = plain(site.address, "POST", "/sign-in", body=body, headers=headers).body["form"]
    assert isinstance(asked, dict)
    assert asked["stage"] == "code"
    out = plain(site.address, "POST", "/sign-out", headers=headers)
    assert out.body["next"] == "/sign-in"
