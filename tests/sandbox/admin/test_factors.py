"""An admin moves where somebody's codes come from: at once, and never unseen (facts.md S12)."""

import json

import pytest

from sandbox.tables.rows import Account
from tests.support.sandbox.browsing import sign_in, words
from tests.support.sandbox.client import CHEN, OFFICE, RIVERA, Answer, Kiosk
from tests.support.sandbox.codes import app_of
from tests.support.sandbox.reading import at_kiosk
from tests.support.sandbox.running import Xchart

PATEL = "acc-patel"
NEW = "+1 555 0100 044"


def changed(xchart: Xchart, admin: str, account: str, phone: str = NEW) -> Answer:
    """An admin gives that account another phone."""
    return xchart.page(f"/members/{account}/phone", admin, {"phone": phone})


def mails(xchart: Xchart, mailbox: str) -> list[str]:
    """What was mailed there."""
    told = json.loads(xchart.control("GET", "/mails").text)
    return [each["subject"] for each in told if each["recipient"].startswith(mailbox)]


def asked(xchart: Xchart, approver: str) -> tuple[Kiosk, str]:
    """A new computer that had a code texted, and its request."""
    kiosk = Kiosk(xchart.address)
    challenge = str(kiosk.ask_to_join().body["id"])
    body = {"approver": approver}
    assert kiosk.call("POST", f"/v1/challenges/{challenge}/deliveries", body).status == 201
    return kiosk, challenge


def answer(kiosk: Kiosk, challenge: str, code: str) -> Answer:
    """The code is typed."""
    return kiosk.call("POST", f"/v1/challenges/{challenge}/answer", {"code": code})


def test_a_code_on_the_old_phone_opens_nothing_and_the_next_goes_to_the_new(
    xchart: Xchart, admin: str
) -> None:
    kiosk, challenge = asked(xchart, CHEN)
    old = xchart.newest_code()
    assert changed(xchart, admin, CHEN).status == 303
    assert answer(kiosk, challenge, old).code == "code_over"
    xchart.pass_time(seconds=31)
    told = kiosk.call("POST", f"/v1/challenges/{challenge}/deliveries", {"approver": CHEN})
    assert told.body["phone_ending"] == "44"
    assert answer(kiosk, challenge, xchart.newest_code()).status == 200


def test_anothers_code_goes_on(xchart: Xchart, admin: str) -> None:
    kiosk, challenge = asked(xchart, RIVERA)
    code = xchart.newest_code()
    changed(xchart, admin, CHEN)
    assert answer(kiosk, challenge, code).status == 200


def test_whoever_it_is_about_is_told_once(xchart: Xchart, admin: str) -> None:
    changed(xchart, admin, PATEL)
    changed(xchart, admin, PATEL, NEW.replace(" ", ""))
    assert mails(xchart, "patel") == ["Your codes go to another phone"]
    assert "Phone ending 44" in words(xchart.page("/members", admin).text)


@pytest.mark.parametrize("phone", ["", "555 0100", "+1", "+1 555 0100 021 999 999", "+1 call me"])
def test_what_is_no_phone_is_refused_and_not_lost(xchart: Xchart, admin: str, phone: str) -> None:
    refused = changed(xchart, admin, PATEL, phone)
    assert refused.status == 422
    assert "A phone is written like +1 555 0100 021." in refused.text
    assert f'value="{phone}"' in refused.text
    assert mails(xchart, "patel") == []


@pytest.mark.parametrize("account", [OFFICE, "acc-nobody"])
def test_only_a_login_of_ones_own_has_codes_of_its_own(
    xchart: Xchart, admin: str, account: str
) -> None:
    assert changed(xchart, admin, account).status == 404
    assert xchart.page(f"/members/{account}/app/remove", admin, {}).status == 404


def test_a_lost_app_is_taken_off_and_its_codes_open_nothing(xchart: Xchart, admin: str) -> None:
    app = app_of(xchart, CHEN)
    kiosk = Kiosk(xchart.address)
    challenge = str(kiosk.ask_to_join().body["id"])
    assert "authenticator app" in words(xchart.page("/members", admin).text)
    assert xchart.page(f"/members/{CHEN}/app/remove", admin, {}).status == 303
    assert xchart.page(f"/members/{CHEN}/app/remove", admin, {}).status == 303
    body = {"code": app.now(xchart), "approver": CHEN}
    refused = kiosk.call("POST", f"/v1/challenges/{challenge}/answer", body)
    assert refused.code == "unknown"
    assert mails(xchart, "chen") == ["Your authenticator app was taken off"]


def test_only_an_admin_moves_codes(xchart: Xchart) -> None:
    member, _ = sign_in(xchart, "patel@lakeside.example", PATEL)
    assert changed(xchart, member, PATEL).status == 403
    assert xchart.page(f"/members/{CHEN}/app/remove", member, {}).status == 403


def test_the_last_way_to_let_a_computer_in_is_not_taken_off(xchart: Xchart, admin: str) -> None:
    app_of(xchart, CHEN)
    with xchart.state.unit() as db:
        db.get_one(Account, CHEN).phone = None
        db.get_one(Account, RIVERA).approver = False
    refused = xchart.page(f"/members/{CHEN}/app/remove", admin, {})
    assert refused.status == 409
    assert mails(xchart, "chen") == []


def test_where_codes_come_from_is_not_moved_from_a_chair(xchart: Xchart) -> None:
    """Whoever sits down at an admin's open page would leave with a provider's second factor."""
    kiosk = xchart.join(None, "rivera@lakeside.example", RIVERA, RIVERA)
    chair = at_kiosk(xchart, kiosk, RIVERA, "pin")
    for whose in (CHEN, RIVERA):
        moved = xchart.page(f"/members/{whose}/phone", chair, {"phone": "+1 555 0100 999"})
        assert moved.status == 403
        assert "in a web browser of your own" in moved.text
        assert xchart.page(f"/members/{whose}/app/remove", chair, {}).status == 403
    with xchart.state.unit() as db:
        assert "999" not in str(db.get_one(Account, CHEN).phone)


def test_nobody_reads_the_phones_of_the_demonstration_at_a_kiosk(xchart: Xchart) -> None:
    chair = at_kiosk(xchart, xchart.join(), "per-maria")
    for path in ("/phones", "/outbox"):
        assert xchart.page(path, chair).status == 403
        assert xchart.page(path, "").status == 200
