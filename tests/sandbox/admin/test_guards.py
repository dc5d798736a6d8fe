"""Somebody is left who lets computers in and who is an admin, whichever door the wish comes by."""

from collections.abc import Callable

import pytest

from sandbox.admin import departures, members
from sandbox.admin.departures import Settling
from sandbox.contract.bodies import MemberChange
from sandbox.contract.refusals import Refusal
from sandbox.tables.rows import Account
from tests.support.sandbox.browsing import sign_in
from tests.support.sandbox.client import CHEN, RIVERA, Kiosk
from tests.support.sandbox.codes import app_of
from tests.support.sandbox.contract import misfits
from tests.support.sandbox.running import Xchart

BECKER = "acc-becker"
Wish = dict[str, object]


def by_call(xchart: Xchart, account: str, wish: Wish) -> tuple[int, str]:
    """Tom Becker, an admin, at a kiosk."""
    kiosk = xchart.join(Kiosk(xchart.address), "becker@lakeside.example", BECKER, BECKER)
    assert kiosk.start(BECKER).status == 201
    path = f"/v1/members/{account}"
    answer = kiosk.call("PATCH", path, wish, kiosk.held["access_token"])
    assert answer.status == 200 or misfits("Problem", answer.body) == []
    return answer.status, answer.code


def by_page(xchart: Xchart, account: str, wish: Wish) -> tuple[int, str]:
    """The same on the Members page."""
    cookie, _ = sign_in(xchart, "becker@lakeside.example", BECKER)
    if "active" in wish:
        path, form = f"/members/{account}/active", {"active": "yes" if wish["active"] else "no"}
    else:
        roles = wish["roles"]
        assert isinstance(roles, list)
        path, form = f"/members/{account}/roles", {"roles": roles[0]}
    answer = xchart.page(path, cookie, form)
    return (200, "") if answer.status == 303 else (answer.status, "")


def by_list(xchart: Xchart, account: str, _wish: Wish) -> tuple[int, str]:
    """The same on *Someone left*, which only deactivates."""
    cookie, _ = sign_in(xchart, "becker@lakeside.example", BECKER)
    answer = xchart.page(f"/departures/{account}/login", cookie, {"subject": account})
    return (200, "") if answer.status == 303 else (answer.status, "")


def by_control(xchart: Xchart, account: str, wish: Wish) -> tuple[int, str]:
    """The same as nobody of the practice."""
    answer = xchart.control("POST", f"/members/{account}", wish)
    return answer.status, answer.code


Door = Callable[[Xchart, str, Wish], tuple[int, str]]
OFF: Wish = {"active": False}
DOORS = [
    pytest.param(by_call, OFF, id="call: deactivate"),
    pytest.param(by_call, {"roles": ["member"]}, id="call: roles"),
    pytest.param(by_page, OFF, id="page: deactivate"),
    pytest.param(by_page, {"roles": ["member"]}, id="page: roles"),
    pytest.param(by_list, OFF, id="Someone left"),
    pytest.param(by_control, OFF, id="control"),
]


def account(xchart: Xchart, account_id: str) -> Account:
    with xchart.state.unit() as db:
        return db.get_one(Account, account_id)


@pytest.mark.parametrize(("door", "wish"), DOORS)
def test_the_last_approver_stays(xchart: Xchart, door: Door, wish: Wish) -> None:
    assert door(xchart, CHEN, wish)[0] == 200, "the other one is left"
    status, code = door(xchart, RIVERA, wish)
    assert status == 409
    assert code in ("", "last_approver")
    left = account(xchart, RIVERA)
    assert (left.active, left.approver) == (True, True)
    assert Kiosk(xchart.address).ask_to_join().body["approvers"] != []


@pytest.mark.parametrize(("door", "wish"), DOORS)
def test_the_last_admin_stays(xchart: Xchart, door: Door, wish: Wish) -> None:
    """Nobody of the practice can take an admin's word back once there is none."""
    with xchart.state.unit() as db:
        db.get_one(Account, CHEN).roles = frozenset({"provider", "admin"})
        db.get_one(Account, RIVERA).roles = frozenset({"provider"})
    assert door(xchart, CHEN, wish)[0] == 200
    if door is by_control:
        assert door(xchart, BECKER, wish) == (409, "last_admin")
    elif wish != OFF:
        assert door(xchart, BECKER, wish)[0] == 409
    assert account(xchart, BECKER).roles == frozenset({"member", "admin"})


@pytest.mark.parametrize("door", [by_call, by_page, by_list])
def test_nobody_shuts_themselves_out(xchart: Xchart, door: Door) -> None:
    status, code = door(xchart, BECKER, OFF)
    assert status == 409
    assert code in ("", "own_login")
    assert account(xchart, BECKER).active


def test_what_takes_nobody_away_is_free(xchart: Xchart) -> None:
    by_call(xchart, CHEN, OFF)
    assert by_control(xchart, RIVERA, {"roles": ["provider", "admin", "member"]})[0] == 200
    assert by_control(xchart, RIVERA, {"active": True})[0] == 200
    assert by_control(xchart, "acc-patel", OFF)[0] == 200


def test_the_rule_needs_no_page(xchart: Xchart) -> None:
    now = xchart.state.clock.now()
    by_control(xchart, CHEN, OFF)
    with pytest.raises(Refusal, match="last_approver"), xchart.state.unit() as db:
        members.change(db, RIVERA, MemberChange(roles=["admin"]), now)
    with xchart.state.unit() as db:
        leaver, becker = departures.find(db, RIVERA, now), db.get_one(Account, BECKER)
        with pytest.raises(Refusal, match="last_approver"):
            Settling(db, leaver, becker, now).deactivate(RIVERA)


def test_nobody_takes_their_own_app_off_if_it_is_the_last_way(xchart: Xchart) -> None:
    app = app_of(xchart, CHEN)
    cookie, _ = sign_in(xchart, "chen@lakeside.example", CHEN)
    with xchart.state.unit() as db:
        db.get_one(Account, CHEN).phone = None
        db.get_one(Account, RIVERA).approver = False
    refused = xchart.page("/profile/app/remove", cookie, {"code": app.now(xchart)})
    assert refused.status == 409
    assert "Nobody else has codes" in refused.text
    approvers = Kiosk(xchart.address).ask_to_join().body["approvers"]
    assert isinstance(approvers, list)
    assert [each["id"] for each in approvers] == [CHEN]


def test_a_provider_who_was_invited_is_asked_for_codes(xchart: Xchart) -> None:
    """*Give another provider a login first* has to help."""
    wish = {"label": "Dr. Ada Moss", "email": "moss@lakeside.example", "roles": ["provider"]}
    assert xchart.control("POST", "/members", wish).status == 200
    assert by_control(xchart, CHEN, OFF)[0] == 200
    assert by_control(xchart, RIVERA, OFF)[0] == 409, "who has not joined yet has no phone"
    with xchart.state.unit() as db:
        db.query(Account).filter_by(email="moss@lakeside.example").one().phone = "+15550100099"
    assert by_control(xchart, RIVERA, OFF)[0] == 200
