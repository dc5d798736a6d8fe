"""Personal accounts beside the one a computer joined with: listed, told, believed, entered."""

import pytest
from sqlalchemy import delete

from sandbox.tables.rows import Account, Listing, Trust
from tests.sandbox.access.test_trust import grant_of
from tests.sandbox.server.test_notifier import LONG_ENOUGH, Waiting, held, waiting
from tests.support.sandbox.client import CHEN, OFFICE, RIVERA, Kiosk
from tests.support.sandbox.contract import misfits
from tests.support.sandbox.pushing import Audit, kept, standings
from tests.support.sandbox.running import Xchart

__all__ = ["waiting"]

PATEL = "acc-patel"


def own_of(kiosk: Kiosk) -> list[tuple[str, str]]:
    """Who is listed beside the grant's own account, and until when."""
    grant = grant_of(kiosk.changes())
    assert misfits("GrantPayload", grant) == []
    listed = grant["own"]
    assert isinstance(listed, list)
    return [(each["account"]["id"], each["trust_horizon_at"]) for each in listed]


def ids_of(kiosk: Kiosk) -> list[str]:
    """Who is listed."""
    return [account for account, _ in own_of(kiosk)]


def test_the_latest_sign_in_comes_first_and_nobody_twice(xchart: Xchart, kiosk: Kiosk) -> None:
    assert own_of(kiosk) == []
    patel = xchart.own_login(kiosk)
    xchart.pass_time(minutes=1)
    becker = xchart.own_login(kiosk, "becker")
    assert own_of(kiosk) == [
        ("acc-becker", "2026-12-23T15:06:00Z"),
        (PATEL, "2026-12-23T15:05:00Z"),
    ]
    xchart.pass_time(minutes=1)
    patel.start(PATEL, "pin")
    assert own_of(kiosk)[0] == (PATEL, "2026-12-23T15:07:00Z")
    assert ids_of(becker) == [PATEL], "the grant's own account is not beside itself"


def test_only_of_this_computer_and_never_an_account_that_several_share(
    xchart: Xchart, kiosk: Kiosk
) -> None:
    own = xchart.own_login(kiosk)
    other = xchart.join(approver=CHEN)
    assert ids_of(other) == []
    assert ids_of(own) == []


@pytest.mark.parametrize(
    ("order", "roles"),
    [({"active": False}, []), ({"roles": ["member", "admin"]}, [["member", "admin"]])],
)
def test_what_an_admin_changes_of_them_is_told_at_once(
    xchart: Xchart, kiosk: Kiosk, waiting: Waiting, order: object, roles: object
) -> None:
    xchart.own_login(kiosk)
    polled = waiting.begin(kiosk, held(kiosk))
    xchart.control("POST", f"/members/{PATEL}", order)
    own = grant_of(polled.result(LONG_ENOUGH))["own"]
    assert isinstance(own, list)
    assert [each["account"]["roles"] for each in own] == roles


def test_a_new_one_a_sign_in_and_a_sign_out_are_told_at_once(
    xchart: Xchart, kiosk: Kiosk, waiting: Waiting
) -> None:
    polled = waiting.begin(kiosk, held(kiosk))
    own = xchart.own_login(kiosk)
    assert polled.result(LONG_ENOUGH).status == 200
    xchart.pass_time(minutes=1)
    polled = waiting.begin(kiosk, held(kiosk))
    own.start(PATEL, "pin")
    assert polled.result(LONG_ENOUGH).status == 200
    polled = waiting.begin(kiosk, held(kiosk))
    own.call("DELETE", f"/v1/trust/{PATEL}")
    assert grant_of(polled.result(LONG_ENOUGH))["own"] == []


def test_a_name_that_changed_is_told_at_once(
    xchart: Xchart, kiosk: Kiosk, waiting: Waiting
) -> None:
    xchart.own_login(kiosk)
    polled = waiting.begin(kiosk, held(kiosk))
    with xchart.state.unit() as db:
        db.get_one(Account, PATEL).label = "Nina Patel-Ortiz"
    own = grant_of(polled.result(LONG_ENOUGH))["own"]
    assert isinstance(own, list)
    assert own[0]["account"]["label"] == "Nina Patel-Ortiz"


def test_who_is_back_needs_a_code_before_they_are_listed(xchart: Xchart, kiosk: Kiosk) -> None:
    own = xchart.own_login(kiosk)
    for active in (False, True):
        xchart.control("POST", f"/members/{PATEL}", {"active": active})
    assert ids_of(kiosk) == []
    xchart.pass_time(minutes=1)
    xchart.own_login(own)
    assert ids_of(kiosk) == [PATEL]


def test_idle_too_long_is_listed_no_longer(xchart: Xchart, kiosk: Kiosk) -> None:
    xchart.own_login(kiosk)
    xchart.pass_time(days=29, hours=23)
    kiosk.start()
    assert ids_of(kiosk) == [PATEL]
    xchart.pass_time(hours=1)
    assert ids_of(kiosk) == []


def test_a_login_that_was_removed_here_is_listed_no_longer(xchart: Xchart, kiosk: Kiosk) -> None:
    own = xchart.own_login(kiosk)
    xchart.pass_time(minutes=1)
    challenge = str(own.ask_again("remove").body["id"])
    own.deliver(challenge, PATEL)
    own.answer(challenge, xchart.newest_code())
    assert ids_of(kiosk) == []


def test_whoever_is_not_active_is_not_listed_whatever_their_trust(
    xchart: Xchart, kiosk: Kiosk
) -> None:
    xchart.own_login(kiosk)
    with xchart.state.unit() as db:
        db.get_one(Account, PATEL).active = False
    assert ids_of(kiosk) == []


def test_without_a_password_of_its_own_a_computer_does_not_list_them(
    xchart: Xchart, kiosk: Kiosk
) -> None:
    xchart.own_login(kiosk)
    with xchart.state.unit() as db:
        db.get_one(Trust, (PATEL, kiosk.jkt)).device_password_hash = None
    assert ids_of(kiosk) == []


def test_records_of_whoever_was_listed_are_believed(xchart: Xchart, kiosk: Kiosk) -> None:
    own = xchart.own_login(kiosk)
    with xchart.state.unit() as db:
        db.execute(delete(Listing).where(Listing.account_id == PATEL))
    kiosk.changes()
    audit = Audit(own)
    audit.add(account=PATEL, actor=PATEL, strength="pin")
    audit.add(account=PATEL, actor="per-maria")
    audit.add(account=PATEL, actor=OFFICE)
    audit.push()
    assert standings(xchart, audit) == ["device_claimed", "not_believed", "not_believed"]
    assert kept(xchart, audit.chain)[0].who == "Nina Patel"


def test_a_session_by_pin_proves_what_is_recorded_in_it(xchart: Xchart, kiosk: Kiosk) -> None:
    own = xchart.own_login(kiosk)
    own.keep_pin()
    own.release()
    assert own.start(PATEL, "pin").status == 201
    audit = Audit(kiosk)
    for strength in ("pin", "tile"):
        audit.add(account=PATEL, actor=PATEL, strength=strength)
    audit.add(account=RIVERA, actor=RIVERA, strength="pin")
    audit.push()
    assert standings(xchart, audit) == ["session_proved", "device_claimed", "not_believed"]


@pytest.mark.parametrize("person", ["per-maria", OFFICE, RIVERA, "Nina Patel"])
def test_the_person_of_a_personal_account_is_the_account(
    xchart: Xchart, kiosk: Kiosk, person: str
) -> None:
    assert xchart.own_login(kiosk).start(person, "pin").code == "person_unlisted"


@pytest.mark.parametrize("strength", ["none", "self-named"])
def test_one_tap_is_not_somebodys_own_login(xchart: Xchart, kiosk: Kiosk, strength: str) -> None:
    own = xchart.own_login(kiosk)
    kiosk.start()
    refused = own.start(PATEL, strength)
    assert (refused.status, refused.code) == (422, "invalid")
    token = kiosk.held["access_token"]
    assert kiosk.call("POST", "/v1/handoffs", token=token).status == 201, "it ends nothing"
    assert kiosk.start(OFFICE, "none").status == 201, "a shared account may be entered so"
