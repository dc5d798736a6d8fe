"""The web pages keep the same rules as the calls, and show what a kiosk's user should see."""

import re
from urllib.parse import quote

import pytest
from sqlalchemy import select

from sandbox.tables.rows import Account, Appointment, Mail
from tests.support.sandbox.browsing import cookie_of, sign_in
from tests.support.sandbox.client import CHEN, DEMO_WORD, OFFICE, RIVERA, Kiosk, plain
from tests.support.sandbox.running import Xchart


def first_appointment(xchart: Xchart) -> str:
    with xchart.state.unit() as db:
        return db.scalars(select(Appointment.id).order_by(Appointment.place)).all()[0]


def test_the_form_is_one_a_password_manager_fills(xchart: Xchart) -> None:
    page = plain(xchart.address, "GET", "/signin")
    assert 'autocomplete="username"' in page.text
    assert 'autocomplete="current-password"' in page.text


def test_a_remembered_browser_is_not_asked_for_a_code_until_thirty_idle_days(
    xchart: Xchart,
) -> None:
    _, browser = sign_in(xchart, "frontdesk@lakeside.example", RIVERA)
    wish = {"email": "frontdesk@lakeside.example", "password": DEMO_WORD}
    for days, onwards in ((29, "/today"), (29, "/today"), (30, "/signin/code")):
        xchart.pass_time(days=days)
        again = xchart.page("/signin", browser, wish)
        assert again.headers["Location"].startswith(onwards)
    assert xchart.page("/signin", "", wish).headers["Location"].startswith("/signin/code")


def planted(xchart: Xchart) -> str:
    """A browser's own cookie that somebody else knows: it was made for theirs."""
    wish = {"email": "patel@lakeside.example", "password": DEMO_WORD}
    return cookie_of(xchart.page("/signin", "", wish))


def entered_with(xchart: Xchart, cookie: str, email: str, approver: str) -> str:
    """Somebody signs in with a browser that has this cookie, and has it remembered."""
    answer = xchart.page("/signin", cookie, {"email": email, "password": DEMO_WORD})
    challenge = answer.headers["Location"].partition("challenge=")[2]
    xchart.page("/signin/text", cookie, {"challenge": challenge, "approver": approver})
    given = {"challenge": challenge, "code": xchart.newest_code(), "remember": "yes"}
    entered = xchart.page("/signin/code", cookie, given)
    assert entered.headers["Location"] == "/today"
    return cookie_of(entered).partition("; ")[2]


def asked_for_a_code(xchart: Xchart, browser: str, email: str) -> bool:
    answer = xchart.page("/signin", browser, {"email": email, "password": DEMO_WORD})
    return answer.headers["Location"].startswith("/signin/code")


def test_a_cookie_that_somebody_planted_is_remembered_as_nobodys(xchart: Xchart) -> None:
    """Cookies know no port: any page of this computer can set one for us."""
    cookie = planted(xchart)
    theirs = entered_with(xchart, cookie, "rivera@lakeside.example", RIVERA)
    assert theirs.startswith("xchart_browser=")
    assert theirs != cookie
    assert asked_for_a_code(xchart, cookie, "rivera@lakeside.example")
    assert not asked_for_a_code(xchart, theirs, "rivera@lakeside.example")


def test_who_else_signs_in_with_that_browser_stays_remembered(xchart: Xchart) -> None:
    first = entered_with(xchart, planted(xchart), "frontdesk@lakeside.example", RIVERA)
    second = entered_with(xchart, first, "rivera@lakeside.example", RIVERA)
    for email in ("frontdesk@lakeside.example", "rivera@lakeside.example"):
        assert asked_for_a_code(xchart, first, email)
        assert not asked_for_a_code(xchart, second, email)
    xchart.pass_time(days=30)
    assert asked_for_a_code(xchart, second, "frontdesk@lakeside.example")


@pytest.mark.parametrize("value", ["x", "x" * 44, "", "é", "x" * 3000, '"quoted; and=more"'])
def test_what_we_never_made_is_no_browsers_secret(xchart: Xchart, value: str) -> None:
    cookie = f"xchart_browser={quote(value)}"
    wish = {"email": "rivera@lakeside.example", "password": DEMO_WORD}
    given = cookie_of(xchart.page("/signin", cookie, wish))
    assert re.fullmatch("xchart_browser=[A-Za-z0-9_-]{43}", given)


def test_a_browser_that_is_not_to_be_remembered_is_asked_again(xchart: Xchart) -> None:
    _, browser = sign_in(xchart, "frontdesk@lakeside.example", RIVERA, remember="")
    wish = {"email": "frontdesk@lakeside.example", "password": DEMO_WORD}
    assert xchart.page("/signin", browser, wish).headers["Location"].startswith("/signin/code")


def test_wrong_passwords_and_codes_are_said_and_counted(xchart: Xchart) -> None:
    browser = cookie_of(xchart.page("/signin", "", {"email": "x@y", "password": "wrong"}))
    wish = {"email": "frontdesk@lakeside.example", "password": "wrong"}
    for _ in range(5):
        assert "E-mail or password is wrong" in xchart.page("/signin", browser, wish).text
    assert "Wait 30 seconds" in xchart.page("/signin", browser, wish).text
    answer = xchart.page("/signin", "", {**wish, "password": DEMO_WORD})
    challenge = answer.headers["Location"].partition("challenge=")[2]
    mine = cookie_of(answer)
    xchart.page("/signin/text", mine, {"challenge": challenge, "approver": CHEN})
    guess = {"challenge": challenge, "code": "000000x"}
    assert "That is not the code" in xchart.page("/signin/code", mine, guess).text
    right = {"challenge": challenge, "code": xchart.newest_code()}
    assert xchart.page("/signin/code", browser, right).headers["Location"] == "/signin"


def test_the_day_of_the_location_with_the_room_marked(xchart: Xchart) -> None:
    kiosk = xchart.join()
    handoff = kiosk.start().body["handoff"]
    assert isinstance(handoff, dict)
    cookie = xchart.open_page(str(handoff["url"]))
    main = xchart.page("/today", cookie).text
    assert main.count('class="name"') == 16
    assert "Main Street · Op 3 · 16 appointments" in main
    assert "No room yet" in main
    assert xchart.page("/today?location=Harbor", cookie).text.count('class="name"') == 6
    xchart.pass_time(hours=20)
    assert "Tuesday, November 24" in xchart.page("/today", cookie).text


def test_a_members_page_refuses_to_sign_and_to_delete(xchart: Xchart) -> None:
    kiosk = xchart.join()
    handoff = kiosk.start().body["handoff"]
    assert isinstance(handoff, dict)
    cookie = xchart.open_page(str(handoff["url"]))
    path = f"/appointments/{first_appointment(xchart)}"
    page = xchart.page(path, cookie).text
    assert "Signing a record needs a provider" in page
    assert "Sign record" not in page
    assert "Delete" not in page
    for act in ("sign", "delete"):
        refused = xchart.page(f"{path}/{act}", cookie, {})
        assert refused.status == 403
        assert "Your role does not allow this" in refused.text
    assert "Not signed" in xchart.page(path, cookie).text
    assert xchart.page("/members", cookie).status == 403


def test_a_provider_signs_and_deletes_on_the_page(xchart: Xchart) -> None:
    cookie, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    path = f"/appointments/{first_appointment(xchart)}"
    assert xchart.page(f"{path}/sign", cookie, {}).status == 303
    assert "Signed" in xchart.page(path, cookie).text
    assert xchart.page(f"{path}/delete", cookie, {}).status == 303
    assert xchart.page(path, cookie).status == 404


def test_an_admin_invites_promotes_deactivates_and_revokes(xchart: Xchart) -> None:
    kiosk = xchart.join()
    cookie, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    page = xchart.page("/members", cookie).text
    assert "Office Assistant" in page
    wish = {"label": "Harbor Desk", "email": "harbor@lakeside.example", "roles": "member"}
    assert xchart.page("/members", cookie, wish).status == 303
    assert "belongs to another member" in xchart.page("/members", cookie, wish).text
    assert xchart.page("/members", cookie, {"label": ""}).status == 422
    assert "Open the invitation" in xchart.page("/outbox", "").text
    assert xchart.page(f"/members/{OFFICE}/roles", cookie, {"roles": "admin"}).status == 303
    assert kiosk.start().code == "account_privileged"
    assert "Refused at sign-in" in xchart.page("/members", cookie).text
    assert xchart.page(f"/members/{OFFICE}/roles", cookie, {"roles": "member"}).status == 303
    assert xchart.page(f"/members/{OFFICE}/roles", cookie, {}).status == 422
    assert xchart.page(f"/members/{OFFICE}/active", cookie, {"active": "no"}).status == 303
    assert kiosk.start().code == "account_deactivated"
    assert xchart.page(f"/devices/{kiosk.jkt}/revoke", cookie, {}).status == 303
    assert kiosk.start().code == "device_revoked"


def test_members_leaves_somebody_whose_code_lets_a_computer_in(xchart: Xchart) -> None:
    """As on *Someone left*: not oneself, and not the last phone that gets codes."""
    cookie, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    own = xchart.page("/members/acc-rivera/active", cookie, {"active": "no"})
    assert own.status == 409
    assert "Another admin has to deactivate it" in own.text
    assert xchart.page("/members/acc-chen/active", cookie, {"active": "no"}).status == 303
    last = xchart.page("/members/acc-rivera/roles", cookie, {"roles": "admin"})
    assert last.status == 409
    assert "No other phone gets codes" in last.text
    with xchart.state.unit() as db:
        rivera = db.get_one(Account, "acc-rivera")
        assert (rivera.active, rivera.approver) == (True, True)


@pytest.mark.parametrize(
    "back", ["https://thief.example", "//thief.example/invitations/", "/phones"]
)
def test_signing_out_leads_to_no_address_but_an_invitation(xchart: Xchart, back: str) -> None:
    session, _ = sign_in(xchart, "frontdesk@lakeside.example", RIVERA)
    assert xchart.page("/signout", session, {"back": back}).headers["Location"] == "/signin"


def test_an_invitation_in_a_browser_waits_until_it_is_signed_out(xchart: Xchart) -> None:
    cookie, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    wish = {"label": "Harbor Desk", "email": "harbor@lakeside.example", "roles": "member"}
    xchart.page("/members", cookie, wish)
    with xchart.state.unit() as db:
        path = db.scalars(select(Mail.link)).one().removeprefix(xchart.address)
    accepted = {"password": "four quiet herons", "phone": "+1 555 0100 021"}
    assert "only when nobody is signed in here" in xchart.page(path, cookie).text
    assert xchart.page(path, cookie, accepted).status == 409
    assert xchart.page("/signout", cookie, {}).status == 303
    assert xchart.page(path, cookie, {**accepted, "phone": "x"}).status == 422
    assert "You are all set" in xchart.page(path, cookie, accepted).text
    assert xchart.page(path, cookie, accepted).status == 410


@pytest.mark.parametrize("origin", ["http://evil.example", "null", None])
def test_a_form_from_another_site_is_refused(xchart: Xchart, origin: str | None) -> None:
    cookie, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    if origin is not None:
        headers["Origin"] = origin
    identity = first_appointment(xchart)
    for path in (
        f"/appointments/{identity}/delete",
        f"/appointments/{identity}/sign",
        f"/appointments/{identity}/status",
        f"/members/{OFFICE}/active",
        "/members/acc-patel/pin/reset",
        "/badges/acc-patel",
        "/members/acc-patel/phone",
        "/members/acc-patel/app/remove",
        "/badges/acc-patel/reset",
        "/profile/app",
        "/profile/app/confirm",
        "/profile/app/remove",
        "/members",
        "/signin",
        "/signin/text",
        "/signin/code",
        "/signout",
        "/devices/x/revoke",
        "/invitations/x",
    ):
        answer = plain(xchart.address, "POST", path, body=b"", headers=headers)
        assert answer.status == 401, path
    assert xchart.page(f"/appointments/{identity}", cookie).status == 200


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(xchart: Xchart) -> None:
    kiosk = xchart.join()
    handoff = kiosk.start().body["handoff"]
    assert isinstance(handoff, dict)
    answer = xchart.page(str(handoff["url"]).removeprefix(xchart.address), "")
    flags = answer.headers["Set-Cookie"].lower()
    assert "httponly" in flags
    assert "samesite=lax" in flags


def test_the_phones_show_the_code_and_refresh(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    kiosk.deliver(str(kiosk.ask_to_join().body["id"]))
    page = xchart.page("/phones", "").text
    assert re.search(rf'class="digits">{xchart.newest_code()}<', page)
    assert 'http-equiv="refresh" content="2"' in page
    assert "Phone ending 21" in page
    assert "Phone ending 84" in page


def test_pages_need_nothing_from_elsewhere(xchart: Xchart) -> None:
    for path in ("/", "/signin", "/phones", "/outbox"):
        page = plain(xchart.address, "GET", path)
        assert page.status == 200
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert not re.search(r"<script|src=|https?://", page.text)


def test_an_address_that_is_not_there_is_a_page(xchart: Xchart) -> None:
    lost = plain(xchart.address, "GET", "/nowhere")
    assert (lost.status, lost.kind) == (404, "text/html")
    assert xchart.page("/appointments/x", "").status == 401
