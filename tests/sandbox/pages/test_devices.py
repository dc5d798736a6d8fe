"""The Devices page, as an admin reads it, and revoking, which says first what it does."""

import re

from sandbox.tables.rows import Device
from tests.support.sandbox.browsing import rows_of, sign_in, words
from tests.support.sandbox.client import CHEN, RIVERA, Answer, Kiosk, plain
from tests.support.sandbox.pushing import Audit
from tests.support.sandbox.running import Xchart


def row(answer: Answer) -> str:
    """The page's one row."""
    (only,) = rows_of(answer.text)
    return only.partition(">")[2].strip()


def test_a_row_says_where_when_who_and_until_when(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    where = "OP3-PC Op 3 · Main Street"
    here = "Office Assistant No code until Dec 23 Nov 23 9:05 am Revoke…"
    assert row(xchart.page("/devices", admin)) == f"{where} Just now Nobody {here}"
    kiosk.start()
    xchart.pass_time(minutes=30)
    maria = "Maria Lopez Office Assistant · since 9:05 am"
    assert row(xchart.page("/devices", admin)) == f"{where} Today 9:05 am {maria} {here}"


def test_what_lies_back_further_is_said_with_its_day(xchart: Xchart, kiosk: Kiosk) -> None:
    xchart.pass_time(days=1)
    admin, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    assert "Yesterday 9:05 am" in row(xchart.page("/devices", admin))
    xchart.pass_time(days=44)
    admin, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    shown = row(xchart.page("/devices", admin))
    assert "Nov 23, 2026 9:05 am Nobody Office Assistant Code needed" in shown


def test_the_question_comes_first_and_does_nothing(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    path = f"/devices/{kiosk.jkt}/revoke"
    assert f'href="{path}"' in xchart.page("/devices", admin).text
    asked = words(xchart.page(path, admin).text)
    assert "Whoever uses it next needs the account's password and a provider's code." in asked
    assert "What it recorded stays." in asked
    assert "signed in there" not in asked
    assert kiosk.start().status == 201
    assert "Maria Lopez is signed in there now." in words(xchart.page(path, admin).text)


def test_revoked_it_stays_listed_with_its_day(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    kiosk.start()
    path = f"/devices/{kiosk.jkt}/revoke"
    done = xchart.page(path, admin, {})
    assert (done.status, done.headers["Location"]) == (303, "/devices")
    assert kiosk.start().code == "device_revoked"
    assert kiosk.call("POST", f"/v1/sessions/{kiosk.held['session']}/renew").status == 403
    shown = row(xchart.page("/devices", admin))
    assert shown.endswith("Nobody No login Nov 23 9:05 am Revoked Nov 23")
    assert xchart.page(path, admin).headers["Location"] == "/devices"


def test_a_found_copy_is_said_on_its_row(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    assert "copies" not in row(xchart.page("/devices", admin))
    audit = Audit(kiosk)
    audit.add()
    audit.push()
    audit.records[0]["actor"] = "per-james"
    audit.push()
    found = "Two copies of it were found Nov 23, 9:05 am. One may be stolen"
    assert f"{found}: revoke it." in row(xchart.page("/devices", admin))
    xchart.page(f"/devices/{kiosk.jkt}/revoke", admin, {})
    assert f"{found}. Just now" in row(xchart.page("/devices", admin))


def test_before_the_first_computer(xchart: Xchart, admin: str) -> None:
    assert "No computer is set up yet." in words(xchart.page("/devices", admin).text)


def test_it_is_for_admins_only(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    assert 'href="/devices"' in xchart.page("/members", admin).text
    chen, _ = sign_in(xchart, "chen@lakeside.example", CHEN)
    assert 'href="/devices"' not in xchart.page("/today", chen).text
    path = f"/devices/{kiosk.jkt}/revoke"
    assert xchart.page("/devices", chen).status == 403
    assert xchart.page(path, chen).status == 403
    assert xchart.page(path, chen, {}).status == 403
    assert xchart.page("/devices", "").headers["Location"] == "/signin"
    assert xchart.page(path, "").status == 401
    assert xchart.page(path, "", {}).status == 401
    assert kiosk.start().status == 201


def test_a_form_from_another_site_revokes_nothing(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    path = f"/devices/{kiosk.jkt}/revoke"
    headers = {"Cookie": admin, "Origin": "http://evil.example"}
    assert plain(xchart.address, "POST", path, body=b"", headers=headers).status == 401
    assert kiosk.start().status == 201


def test_a_computer_that_is_not_there(xchart: Xchart, admin: str) -> None:
    assert xchart.page("/devices/x/revoke", admin).status == 404
    assert xchart.page("/devices/x/revoke", admin, {}).status == 404


def test_what_a_computer_calls_itself_cannot_draw_on_the_page(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    with xchart.state.unit() as db:
        db.get_one(Device, kiosk.jkt).computer = "<script>x</script>"
    kiosk.start('<img src="x">', "self-named")
    for path in ("/devices", f"/devices/{kiosk.jkt}/revoke"):
        page = xchart.page(path, admin).text
        assert not re.search(r"<script|<img", page)
        assert "&lt;script&gt;" in page
        assert "&lt;img" in page
