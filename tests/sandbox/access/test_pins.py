"""The server's share of a PIN: given, counted, waited for, destroyed (threats T5, T6)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from sandbox.tables.pinned import PinShare
from tests.support.sandbox.client import CHEN, Answer, Kiosk
from tests.support.sandbox.running import Opening, Xchart

PATEL = "acc-patel"
RELEASE = f"/v1/pin-shares/{PATEL}/release"


@pytest.fixture
def own(xchart: Xchart, kiosk: Kiosk) -> Kiosk:
    """Nina Patel's own login on the computer in Op 3, with a PIN."""
    own = xchart.own_login(kiosk)
    assert own.keep_pin().status == 200
    return own


def share(answer: Answer) -> str:
    """The share of an answer."""
    assert answer.status == 200, answer.text
    return str(answer.body["share"])


def codes(own: Kiosk, times: int) -> list[str]:
    """What so many tries in a row are told."""
    return [own.release().code for _ in range(times)]


def spend(xchart: Xchart, own: Kiosk, tries: int) -> None:
    """So many releases that nothing confirms, a minute apart."""
    for _ in range(tries):
        assert own.release().status == 200
        xchart.pass_time(minutes=1)


def test_the_share_that_was_made_is_given_back(own: Kiosk) -> None:
    made = share(own.keep_pin())
    assert len(made) == 43
    assert share(own.release()) == share(own.release()) == made


def test_a_new_pin_has_a_new_share_and_another_computer_one_of_its_own(
    xchart: Xchart, own: Kiosk
) -> None:
    elsewhere = xchart.own_login(xchart.join(approver=CHEN))
    shares = [share(each.keep_pin()) for each in (own, own, elsewhere)]
    assert len(set(shares)) == 3
    assert [share(each.release()) for each in (own, elsewhere)] == shares[1:]


def test_before_a_pin_is_chosen_there_is_none(xchart: Xchart, kiosk: Kiosk) -> None:
    refused = xchart.own_login(kiosk).release()
    assert (refused.status, refused.code) == (404, "pin_unknown")


def test_after_five_each_waits_a_minute_after_the_one_before(xchart: Xchart, own: Kiosk) -> None:
    assert codes(own, 5) == [""] * 5
    held = own.release()
    assert (held.status, held.code, held.headers["Retry-After"]) == (429, "too_many_tries", "60")
    xchart.pass_time(seconds=59)
    assert own.release().headers["Retry-After"] == "1", "what was refused lengthens nothing"
    xchart.pass_time(seconds=1)
    assert codes(own, 2) == ["", "too_many_tries"]


def test_the_tenth_is_the_last_and_then_it_is_destroyed(xchart: Xchart, own: Kiosk) -> None:
    spend(xchart, own, 10)
    refused = own.release()
    assert (refused.status, refused.code) == (410, "pin_spent")
    with xchart.state.unit() as db:
        assert db.scalars(select(PinShare.share)).all() == [""]
    xchart.pass_time(days=1)
    assert own.release().code == "pin_spent"


def test_a_tenth_that_was_right_is_not_the_last(xchart: Xchart, own: Kiosk) -> None:
    spend(xchart, own, 10)
    assert own.start(PATEL, "pin").status == 201
    assert codes(own, 6) == [""] * 5 + ["too_many_tries"]


def test_what_is_destroyed_is_not_brought_back_by_a_sign_in(xchart: Xchart, own: Kiosk) -> None:
    spend(xchart, own, 10)
    own.release()
    assert own.start(PATEL, "pin").status == 201
    assert own.release().code == "pin_spent"
    assert own.keep_pin().status == 200
    assert codes(own, 1) == [""], "a PIN that is chosen anew counts from the beginning"


@pytest.mark.parametrize("strength", ["tile", "badge"])
def test_only_a_sign_in_by_pin_says_that_it_was_right(
    xchart: Xchart, own: Kiosk, admin: str, strength: str
) -> None:
    assert xchart.page(f"/badges/{PATEL}", admin, {"number": "0004417290"}).status == 303
    codes(own, 5)
    assert own.start(PATEL, strength).status == 201
    assert own.release().code == "too_many_tries"


def test_a_sign_in_that_is_refused_confirms_nothing(own: Kiosk) -> None:
    codes(own, 5)
    right = own.held["device_password"]
    own.held["device_password"] = "x" * 43
    assert own.start(PATEL, "pin").code == "device_password_wrong"
    own.held["device_password"] = right
    assert own.start("per-maria", "pin").code == "person_unlisted"
    assert own.release().code == "too_many_tries"


def test_the_count_is_of_one_computer_and_one_account(xchart: Xchart, own: Kiosk) -> None:
    elsewhere = xchart.own_login(xchart.join(approver=CHEN))
    beside = xchart.own_login(own, "becker")
    for each in (elsewhere, beside):
        each.keep_pin()
    codes(own, 6)
    assert [codes(each, 1) for each in (elsewhere, beside)] == [[""], [""]]
    assert elsewhere.start(PATEL, "pin").status == 201
    assert own.release().code == "too_many_tries"


def test_the_count_survives_a_restart(open_server: Opening) -> None:
    before = open_server()
    own = before.own_login(before.join())
    made = share(own.keep_pin())
    assert codes(own, 5) == [""] * 5
    before.stop()
    after = open_server()
    own.address = after.address
    assert own.release().code == "too_many_tries"
    after.pass_time(minutes=1)
    assert share(own.release()) == made


def test_parallel_tries_count_each(own: Kiosk) -> None:
    token = own.held["trust_token"]
    proofs = [own.proof(own.claims("POST", RELEASE, token)) for _ in range(20)]

    def guess(proof: str) -> str:
        return own.send("POST", RELEASE, proof, {}, token).code

    with ThreadPoolExecutor(10) as pool:
        told = list(pool.map(guess, proofs))
    assert sorted(told) == [""] * 5 + ["too_many_tries"] * 15


def test_a_share_is_nothing_without_the_computers_key(xchart: Xchart, own: Kiosk) -> None:
    thief = Kiosk(xchart.address, held=dict(own.held))
    assert thief.release().code == "trust_missing"
    assert thief.keep_pin().code == "trust_missing"
    assert codes(own, 5) == [""] * 5, "and the thief uses up no tries"


def test_the_token_of_another_account_names_no_pin(kiosk: Kiosk, own: Kiosk) -> None:
    kiosk.held["account"] = PATEL
    assert kiosk.release().code == "pin_unknown"
    assert kiosk.keep_pin().code == "trust_missing"
    assert codes(own, 5) == [""] * 5


def test_an_account_that_several_share_has_no_pin(kiosk: Kiosk) -> None:
    refused = kiosk.keep_pin()
    assert (refused.status, refused.code) == (422, "invalid")
    assert kiosk.release().code == "pin_unknown"


def test_who_has_not_opened_the_credential_seals_none(own: Kiosk) -> None:
    made = share(own.release())
    own.held["device_password"] = "x" * 43
    assert own.keep_pin().code == "device_password_wrong"
    assert share(own.release()) == made


@pytest.mark.parametrize(
    ("path", "order", "code"),
    [
        ("/computers/{jkt}", {"revoke": "trust"}, "trust_revoked"),
        ("/computers/{jkt}", {"revoke": "device"}, "device_revoked"),
        ("/time", {"advance": 30 * 86400}, "trust_lapsed"),
        (f"/members/{PATEL}", {"active": False}, "account_deactivated"),
    ],
)
def test_without_trust_no_share(
    xchart: Xchart, own: Kiosk, path: str, order: object, code: str
) -> None:
    xchart.control("POST", path.format(jkt=own.jkt), order)
    assert [own.release().code, own.keep_pin().code] == [code, code]


def test_a_pin_does_not_outlive_deactivation(xchart: Xchart, own: Kiosk) -> None:
    for active in (False, True):
        xchart.control("POST", f"/members/{PATEL}", {"active": active})
    xchart.pass_time(minutes=1)
    assert xchart.own_login(own).release().code == "pin_unknown"


def test_a_pin_does_not_outlive_a_sign_out(xchart: Xchart, own: Kiosk) -> None:
    assert own.call("DELETE", f"/v1/trust/{PATEL}").status == 204
    xchart.pass_time(minutes=1)
    assert xchart.own_login(own).release().code == "pin_unknown"


def test_a_pin_does_not_outlive_the_removal_of_the_login(xchart: Xchart, own: Kiosk) -> None:
    xchart.pass_time(minutes=1)
    challenge = str(own.ask_again("remove").body["id"])
    own.deliver(challenge, PATEL)
    assert own.answer(challenge, xchart.newest_code()).body == {"removed": True}
    xchart.pass_time(minutes=1)
    assert xchart.own_login(own).release().code == "pin_unknown"


def test_an_admin_sees_in_how_many_rooms_and_resets(xchart: Xchart, own: Kiosk, admin: str) -> None:
    assert xchart.page("/members", admin).text.count("PIN in 1 room<") == 1
    same_room = xchart.own_login(xchart.join(approver=CHEN))
    same_room.keep_pin()
    assert "PIN in 1 room<" in xchart.page("/members", admin).text
    elsewhere = Kiosk(xchart.address)
    place = {"location": "Harbor", "operatory": "Op 1"}
    challenge = str(elsewhere.ask_to_join("patel@lakeside.example", place=place).body["id"])
    elsewhere.deliver(challenge, PATEL)
    elsewhere.answer(challenge, xchart.newest_code())
    elsewhere.held["account"] = PATEL
    elsewhere.keep_pin()
    page = xchart.page("/members", admin).text
    assert "PIN in 2 rooms<" in page
    assert page.count("Reset the PIN of") == 1
    beside = xchart.own_login(own, "becker")
    beside.keep_pin()
    assert xchart.page(f"/members/{PATEL}/pin/reset", admin, {}).status == 303
    assert [each.release().code for each in (own, elsewhere)] == ["pin_unknown"] * 2
    assert beside.release().status == 200, "somebody else's stays"
    page = xchart.page("/members", admin).text
    assert page.count("Reset the PIN of") == page.count("Reset the PIN of Tom Becker") == 1


@pytest.mark.parametrize("revoke", ["trust", "device"])
def test_a_pin_that_opens_nothing_is_in_no_room(
    xchart: Xchart, own: Kiosk, admin: str, revoke: str
) -> None:
    xchart.control("POST", f"/computers/{own.jkt}", {"revoke": revoke})
    assert "Reset PIN" not in xchart.page("/members", admin).text


def test_a_pin_that_is_spent_is_in_no_room(xchart: Xchart, own: Kiosk, admin: str) -> None:
    spend(xchart, own, 10)
    assert "Reset PIN" in xchart.page("/members", admin).text
    own.release()
    assert "Reset PIN" not in xchart.page("/members", admin).text


def test_only_an_admin_resets_and_only_a_personal_pin(
    xchart: Xchart, own: Kiosk, admin: str
) -> None:
    handoff = own.start(PATEL).body["handoff"]
    assert isinstance(handoff, dict)
    member = xchart.open_page(str(handoff["url"]))
    assert xchart.page(f"/members/{PATEL}/pin/reset", member, {}).status == 403
    assert own.release().status == 200
    for nobody in ("acc-office", "acc-nobody"):
        assert xchart.page(f"/members/{nobody}/pin/reset", admin, {}).status == 404


def test_who_comes_back_by_pin_confirms_it_without_a_sign_in(xchart: Xchart, own: Kiosk) -> None:
    for _ in range(3):
        spend(xchart, own, 4)
        assert own.confirm().status == 204
    assert codes(own, 5) == [""] * 5


def test_only_who_opened_the_credential_confirms(xchart: Xchart, own: Kiosk) -> None:
    """Or the count would be anybody's to clear who holds the computer's key and token."""
    spend(xchart, own, 9)
    assert own.confirm("not the device password").code == "device_password_wrong"
    assert own.release().status == 200
    xchart.pass_time(minutes=1)
    assert own.release().code == "pin_spent"
    assert own.confirm().status == 204
    assert own.release().code == "pin_spent", "what is destroyed stays so"


def test_a_pin_does_not_outlive_the_password_that_it_sealed(xchart: Xchart, own: Kiosk) -> None:
    assert own.release().status == 200
    xchart.pass_time(minutes=1)
    again = xchart.own_login(own)
    assert again.release().code == "pin_unknown"


@pytest.mark.parametrize("strength", ["pin", "badge", "tile"])
def test_what_was_opened_by_a_pin_that_was_reset_begins_no_session(
    xchart: Xchart, own: Kiosk, admin: str, strength: str
) -> None:
    assert xchart.page(f"/badges/{PATEL}", admin, {"number": "0004417290"}).status == 303
    assert xchart.page(f"/members/{PATEL}/pin/reset", admin, {}).status == 303
    refused = own.start(PATEL, strength)
    assert (refused.status, refused.code) == (404, "pin_unknown")
    assert own.release().code == "pin_unknown"
    assert own.keep_pin().status == 200
    assert own.start(PATEL, strength).status == 201
