"""Trust: bound to the device key, ended by anyone's word, moved only by a sign-in (law 7)."""

import base64
import json

import pytest

from sandbox.tables.rows import Trust
from tests.support.sandbox.client import CHEN, OFFICE, Answer, Kiosk
from tests.support.sandbox.running import Xchart


def horizon(kiosk: Kiosk) -> object:
    """The horizon as the server says it in changes."""
    return kiosk.changes().body["trust"]


def grant_of(answer: Answer) -> dict[str, object]:
    """What the grant of an answer says."""
    assert answer.status == 200
    payload = str(answer.body["grant"]).split(".")[1]
    grant = json.loads(base64.urlsafe_b64decode(payload + "=="))
    assert isinstance(grant, dict)
    return grant


def endings(refused: Answer) -> list[str]:
    """The phones whose code would help."""
    approvers = refused.body["approvers"]
    assert isinstance(approvers, list)
    return [each["phone_ending"] for each in approvers]


def test_a_copied_profile_without_the_key_is_refused(xchart: Xchart) -> None:
    first = xchart.join()
    copy = Kiosk(xchart.address, held=dict(first.held))
    refused = copy.start()
    assert (refused.status, refused.code) == (403, "trust_missing")
    assert refused.body["approvers"] == [], "a stranger learns no names"
    assert copy.changes().code == "trust_missing"
    assert first.start().status == 201


def test_a_trust_token_of_one_computer_is_nothing_on_another(xchart: Xchart) -> None:
    first, second = xchart.join(), xchart.join(approver=CHEN)
    second.held["trust_token"] = first.held["trust_token"]
    refused = second.start()
    assert refused.code == "trust_missing"
    assert endings(refused) == ["21", "84"]
    assert second.changes().code == "trust_missing"


def test_the_device_password_is_wanted_too(xchart: Xchart) -> None:
    first, second = xchart.join(), xchart.join(approver=CHEN)
    first.held["device_password"] = second.held["device_password"]
    assert first.start().code == "device_password_wrong"
    assert first.ask_again().code == "device_password_wrong"


def test_secrets_are_not_kept_in_the_clear(xchart: Xchart) -> None:
    kiosk = xchart.join()
    with xchart.state.unit() as db:
        row = db.get_one(Trust, (OFFICE, kiosk.jkt))
    assert kiosk.held["trust_token"] not in (row.token_hash, row.device_password_hash)
    assert kiosk.held["device_password"] not in (row.token_hash, row.device_password_hash)


def test_sixty_days_in_the_background_move_nothing_and_end_in_the_code(xchart: Xchart) -> None:
    kiosk = xchart.join()
    assert kiosk.start().status == 201
    first = horizon(kiosk)
    session = kiosk.held["session"]
    codes = []
    for _ in range(60):
        xchart.pass_time(days=1)
        kiosk.call("POST", f"/v1/sessions/{session}/renew")
        answer = kiosk.changes()
        codes.append(answer.code)
        if answer.status == 200:
            assert answer.body["trust"] == first
    assert codes == [""] * 29 + ["trust_lapsed"] * 31
    lapsed = kiosk.start()
    assert (lapsed.status, lapsed.code) == (403, "trust_lapsed")
    assert endings(lapsed) == ["21", "84"]


def test_renewal_all_day_moves_nothing(xchart: Xchart) -> None:
    kiosk = xchart.join()
    assert kiosk.start().status == 201
    first = horizon(kiosk)
    for _ in range(23):
        xchart.pass_time(hours=1)
        assert kiosk.call("POST", f"/v1/sessions/{kiosk.held['session']}/renew").status == 200
        assert kiosk.call("DELETE", "/v1/sessions/ses-none").status == 204
    assert horizon(kiosk) == first


def test_a_sign_in_on_day_29_extends_trust_to_day_59(xchart: Xchart) -> None:
    kiosk = xchart.join()
    xchart.pass_time(days=29)
    assert kiosk.start().body["trust"] == {"horizon_at": "2027-01-21T15:05:00Z"}
    xchart.pass_time(days=29)
    assert kiosk.start().status == 201


def test_a_refused_sign_in_moves_nothing(xchart: Xchart) -> None:
    kiosk = xchart.join()
    first = horizon(kiosk)
    xchart.pass_time(days=1)
    right = kiosk.held["device_password"]
    kiosk.held["device_password"] = "x" * 43
    assert kiosk.start().code == "device_password_wrong"
    kiosk.held["device_password"] = right
    assert kiosk.start(person="per-nobody").code == "person_unlisted"
    assert horizon(kiosk) == first


def test_after_a_lapse_the_code_opens_again(xchart: Xchart) -> None:
    kiosk = xchart.join()
    xchart.pass_time(days=30)
    assert kiosk.start().code == "trust_lapsed"
    challenge = str(kiosk.ask_again().body["id"])
    kiosk.deliver(challenge)
    assert kiosk.answer(challenge, xchart.newest_code()).status == 200
    assert kiosk.start().status == 201


def test_signing_out_ends_the_session_and_wants_the_code(xchart: Xchart) -> None:
    kiosk = xchart.join()
    kiosk.start()
    assert kiosk.call("DELETE", f"/v1/trust/{OFFICE}").status == 204
    assert kiosk.call("DELETE", f"/v1/trust/{OFFICE}").status == 204
    renewed = kiosk.call("POST", f"/v1/sessions/{kiosk.held['session']}/renew")
    assert renewed.code == "session_ended"
    assert kiosk.start().code == "trust_missing"
    assert kiosk.ask_again().status == 201


def test_nobody_signs_another_computer_out(xchart: Xchart) -> None:
    kiosk = xchart.join()
    assert Kiosk(xchart.address).call("DELETE", f"/v1/trust/{OFFICE}").status == 204
    assert kiosk.start().status == 201


@pytest.mark.parametrize(
    ("what", "code"),
    [("trust", "trust_revoked"), ("device", "device_revoked"), ("now", "revoked_now")],
)
def test_what_an_admin_revokes(xchart: Xchart, what: str, code: str) -> None:
    kiosk = xchart.join()
    kiosk.start()
    assert xchart.control("POST", f"/computers/{kiosk.jkt}", {"revoke": what}).status == 200
    assert kiosk.start().code == code
    assert kiosk.changes().code == code
    if what != "trust":
        assert kiosk.ask_again().code == code
        assert kiosk.call("POST", f"/v1/sessions/{kiosk.held['session']}/renew").code == code


def test_an_unchanged_poll_is_empty_until_the_grant_is_six_hours_old(xchart: Xchart) -> None:
    kiosk = xchart.join()
    cursor = str(kiosk.changes().body["cursor"])
    assert kiosk.changes(cursor).status == 204
    xchart.pass_time(hours=5, minutes=59)
    assert kiosk.changes(cursor).status == 204
    xchart.pass_time(minutes=1)
    assert grant_of(kiosk.changes(cursor))["issued_at"] == "2026-11-23T21:05:00Z"


def test_a_grant_never_outlives_trust(xchart: Xchart) -> None:
    kiosk = xchart.join()
    xchart.pass_time(days=29, hours=20)
    grant = grant_of(kiosk.changes())
    assert grant["ends_at"] == grant["trust_horizon_at"] == "2026-12-23T15:05:00Z"


def test_a_change_of_the_roster_is_news(xchart: Xchart) -> None:
    kiosk = xchart.join()
    cursor = str(kiosk.changes().body["cursor"])
    xchart.control("POST", f"/members/{CHEN}", {"active": False})
    assert kiosk.changes(cursor).status == 200


@pytest.mark.parametrize("cursor", ["x", "ffffffffffffffffffff.x", "-1.x", "%00", "0"])
def test_a_cursor_that_is_not_ours_means_everything_is_news(xchart: Xchart, cursor: str) -> None:
    assert xchart.join().changes(cursor).status == 200
