"""Roles, invitations and what a member may not do (facts.md S4, S6 to S11)."""

import json

import pytest
from sqlalchemy import select

from sandbox.tables.rows import Account, Appointment, Record
from tests.support.sandbox.client import CHEN, OFFICE, RIVERA, Kiosk
from tests.support.sandbox.running import Xchart

SHARED = {"label": "Harbor Desk", "email": "harbor@lakeside.example", "roles": ["member"]}


def admin(xchart: Xchart) -> tuple[Kiosk, str]:
    kiosk = xchart.join(email="rivera@lakeside.example", account=RIVERA)
    assert kiosk.start(RIVERA).status == 201
    return kiosk, kiosk.held["access_token"]


def chart(xchart: Xchart) -> tuple[str, str]:
    """An appointment and its record."""
    with xchart.state.unit() as db:
        record = db.scalars(select(Record).order_by(Record.id)).first()
        assert record is not None
        return record.appointment_id, record.id


def exists(xchart: Xchart, appointment: str) -> bool:
    with xchart.state.unit() as db:
        return db.get(Appointment, appointment) is not None


def invited(xchart: Xchart) -> str:
    """The path of a new invitation under /v1."""
    kiosk, token = admin(xchart)
    wish = {**SHARED, "email": "Harbor@Lakeside.example", "shared": True}
    assert kiosk.call("POST", "/v1/members", wish, token).status == 201
    mails = json.loads(xchart.control("GET", "/mails").text)
    assert mails[-1]["recipient"] == "harbor@lakeside.example"
    return "/v1" + str(mails[-1]["link"]).removeprefix(xchart.address)


ACCEPTED = {"password": "four quiet herons", "phone": "+1 555 0100 021"}


@pytest.mark.parametrize("whole", [OFFICE, "acc-patel"])
def test_a_member_neither_signs_nor_deletes(xchart: Xchart, whole: str) -> None:
    email = "frontdesk@lakeside.example" if whole == OFFICE else "patel@lakeside.example"
    kiosk = xchart.join(email=email, account=whole, approver=RIVERA if whole == OFFICE else whole)
    kiosk.start(whole)
    token = kiosk.held["access_token"]
    appointment, record = chart(xchart)
    for method, path in (
        ("POST", f"/v1/records/{record}/sign"),
        ("DELETE", f"/v1/appointments/{appointment}"),
    ):
        refused = kiosk.call(method, path, token=token)
        assert (refused.status, refused.code) == (403, "role_forbids")
    for method, path, body in (
        ("POST", "/v1/members", SHARED),
        ("PATCH", f"/v1/members/{whole}", {"roles": ["admin"]}),
    ):
        assert kiosk.call(method, path, body, token).code == "role_forbids"
    assert exists(xchart, appointment)


def test_a_session_promoted_while_it_runs_still_signs_nothing(xchart: Xchart) -> None:
    kiosk = xchart.join()
    kiosk.start()
    xchart.control("POST", f"/members/{OFFICE}", {"roles": ["provider", "admin"]})
    appointment, record = chart(xchart)
    token = kiosk.held["access_token"]
    calls = (
        ("POST", f"/v1/records/{record}/sign", None),
        ("DELETE", f"/v1/appointments/{appointment}", None),
        ("POST", "/v1/members", SHARED),
    )
    for method, path, body in calls:
        assert kiosk.call(method, path, body, token).code == "account_privileged"
    assert exists(xchart, appointment)


def test_a_provider_signs_and_deletes(xchart: Xchart) -> None:
    kiosk, token = admin(xchart)
    appointment, record = chart(xchart)
    signed = kiosk.call("POST", f"/v1/records/{record}/sign", token=token)
    assert signed.body["signed_by"] == RIVERA
    assert kiosk.call("DELETE", f"/v1/appointments/{appointment}", token=token).status == 204
    assert not exists(xchart, appointment)
    gone = kiosk.call("DELETE", f"/v1/appointments/{appointment}", token=token)
    assert (gone.status, gone.code) == (404, "unknown")


def test_without_a_session_nothing_is_signed(xchart: Xchart) -> None:
    _, record = chart(xchart)
    kiosk = xchart.join()
    path = f"/v1/records/{record}/sign"
    assert kiosk.call("POST", path).code == "session_ended"
    trust = kiosk.held["trust_token"]
    assert kiosk.call("POST", path, token=trust).code == "session_ended"


def test_one_email_cannot_serve_two_accounts(xchart: Xchart) -> None:
    kiosk, token = admin(xchart)
    taken = kiosk.call(
        "POST", "/v1/members", {**SHARED, "email": "FrontDesk@Lakeside.example"}, token
    )
    assert (taken.status, taken.code) == (409, "email_taken")


def test_one_phone_can_serve_two_accounts(xchart: Xchart) -> None:
    path = invited(xchart)
    assert Kiosk(xchart.address).call("POST", f"{path}/accept", ACCEPTED).status == 204
    with xchart.state.unit() as db:
        phones = db.scalars(select(Account.label).where(Account.phone == "+15550100021")).all()
    assert set(phones) == {"Dr. Elena Rivera", "Office Assistant", "Harbor Desk"}


def test_a_shared_account_is_not_created_with_more_than_member(xchart: Xchart) -> None:
    kiosk, token = admin(xchart)
    for role in ("provider", "admin"):
        wish = {**SHARED, "shared": True, "roles": ["member", role]}
        refused = kiosk.call("POST", "/v1/members", wish, token)
        assert (refused.status, refused.code) == (403, "account_privileged")


def test_an_invitation_waits_until_no_session_lives_on_the_device(xchart: Xchart) -> None:
    path = invited(xchart)
    kiosk = xchart.join(approver=CHEN)
    kiosk.start()
    assert kiosk.call("GET", path).body["account_label"] == "Harbor Desk"
    waiting = kiosk.call("POST", f"{path}/accept", ACCEPTED)
    assert (waiting.status, waiting.code) == (409, "session_alive")
    kiosk.call("DELETE", f"/v1/sessions/{kiosk.held['session']}")
    assert kiosk.call("POST", f"{path}/accept", ACCEPTED).status == 204
    joined = Kiosk(xchart.address).ask_to_join("harbor@lakeside.example", "four quiet herons")
    assert joined.status == 201


def test_an_invitation_works_once_and_for_seven_days(xchart: Xchart) -> None:
    path = invited(xchart)
    kiosk = Kiosk(xchart.address)
    assert kiosk.call("POST", f"{path}/accept", {**ACCEPTED, "password": "short"}).code == "invalid"
    assert kiosk.call("POST", f"{path}/accept", ACCEPTED).status == 204
    for over in (kiosk.call("POST", f"{path}/accept", ACCEPTED), kiosk.call("GET", path)):
        assert (over.status, over.code) == (410, "invitation_over")
    unknown = kiosk.call("GET", "/v1/invitations/nothing")
    assert (unknown.status, unknown.code) == (404, "invitation_unknown")


def test_an_old_invitation_is_over(xchart: Xchart) -> None:
    path = invited(xchart)
    xchart.pass_time(days=7)
    assert Kiosk(xchart.address).call("GET", path).code == "invitation_over"


def test_an_invited_account_has_no_password_yet(xchart: Xchart) -> None:
    invited(xchart)
    kiosk = Kiosk(xchart.address)
    assert kiosk.ask_to_join("harbor@lakeside.example", "x").code == "credentials_wrong"


def test_a_change_to_nobody(xchart: Xchart) -> None:
    kiosk, token = admin(xchart)
    gone = kiosk.call("PATCH", "/v1/members/acc-nobody", {"active": False}, token)
    assert (gone.status, gone.code) == (404, "unknown")


def test_deactivating_one_leaves_the_others(xchart: Xchart) -> None:
    office = xchart.join(approver=CHEN)
    kiosk, token = admin(xchart)
    changed = kiosk.call("PATCH", "/v1/members/acc-patel", {"active": False}, token)
    assert changed.body["active"] is False
    assert office.start().status == 201
