"""The provider's code: bound to its challenge and device, ten minutes, once (facts.md S12, S15)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from sandbox.tables.rows import Code, Text
from tests.support.sandbox.client import CHEN, OFFICE, RIVERA, Kiosk
from tests.support.sandbox.running import Opening, Xchart


def asked(kiosk: Kiosk, approver: str = RIVERA) -> str:
    """A challenge whose code was texted."""
    challenge = str(kiosk.ask_to_join().body["id"])
    assert kiosk.deliver(challenge, approver).status == 201
    return challenge


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def texts(xchart: Xchart) -> list[Text]:
    with xchart.state.unit() as db:
        return list(db.scalars(select(Text).order_by(Text.id)))


def test_nothing_is_texted_before_someone_chooses_a_phone(xchart: Xchart) -> None:
    challenge = Kiosk(xchart.address).ask_to_join()
    assert challenge.body["tries_left"] == 5
    assert texts(xchart) == []


def test_the_text_names_clinic_room_account_and_reason(xchart: Xchart) -> None:
    asked(Kiosk(xchart.address))
    body = texts(xchart)[0].body
    for word in ("Lakeside Oral Surgery", "Op 3, Main Street", "Office Assistant", "new computer"):
        assert word in body
    assert "Works until 9:15 am" in body


def test_a_code_is_not_kept_in_the_clear(xchart: Xchart) -> None:
    asked(Kiosk(xchart.address))
    with xchart.state.unit() as db:
        kept = db.scalars(select(Code.code_hash)).one()
    assert kept != xchart.newest_code()
    assert len(kept) == 64


def test_the_code_of_one_challenge_does_not_open_another(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    first = asked(kiosk)
    code = xchart.newest_code()
    xchart.pass_time(seconds=31)
    second = asked(kiosk)
    assert kiosk.answer(second, code).code == "code_wrong"
    assert kiosk.answer(first, code).status == 200


def test_another_device_sees_no_challenge(xchart: Xchart) -> None:
    challenge = asked(Kiosk(xchart.address))
    other = Kiosk(xchart.address)
    assert other.answer(challenge, xchart.newest_code()).code == "challenge_unknown"
    assert other.deliver(challenge).code == "challenge_unknown"
    assert other.answer("chl-nothing", "000000").code == "challenge_unknown"


def test_a_code_works_once(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    challenge = asked(kiosk)
    assert kiosk.answer(challenge, xchart.newest_code()).status == 200
    assert kiosk.answer(challenge, xchart.newest_code()).code == "challenge_over"


def test_a_code_works_for_ten_minutes_and_the_challenge_for_thirty(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    challenge = asked(kiosk)
    xchart.pass_time(minutes=10)
    assert kiosk.answer(challenge, xchart.newest_code()).code == "code_over"
    assert kiosk.deliver(challenge).status == 201
    xchart.pass_time(minutes=20)
    assert kiosk.answer(challenge, xchart.newest_code()).code == "challenge_over"
    assert kiosk.deliver(challenge).code == "challenge_over"


def test_before_a_text_there_is_no_code(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    challenge = str(kiosk.ask_to_join().body["id"])
    assert kiosk.answer(challenge, "000000").code == "code_over"


def test_a_resend_voids_the_old_code_and_resets_no_failures(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    challenge = asked(kiosk)
    old = xchart.newest_code()
    assert kiosk.answer(challenge, wrong(old)).body["tries_left"] == 4
    soon = kiosk.deliver(challenge)
    assert soon.code == "resend_too_soon"
    assert soon.headers["Retry-After"] == "30"
    xchart.pass_time(seconds=30)
    assert kiosk.deliver(challenge).status == 201
    assert kiosk.answer(challenge, old).code == "code_over"
    again = kiosk.ask_to_join()
    assert again.body["tries_left"] == 4, "a new challenge resets no failures either"


def test_someone_else_can_be_asked_at_once_and_the_first_code_is_void(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    challenge = asked(kiosk)
    first = xchart.newest_code()
    assert kiosk.deliver(challenge, CHEN).body["phone_ending"] == "84"
    assert kiosk.answer(challenge, first).code == "code_over"
    assert kiosk.answer(challenge, xchart.newest_code()).status == 200


def test_a_code_that_was_replaced_costs_no_try_however_often(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    challenge = asked(kiosk)
    replaced = []
    for approver in (CHEN, RIVERA, CHEN):
        replaced.append(xchart.newest_code())
        xchart.pass_time(seconds=31)
        assert kiosk.deliver(challenge, approver).status == 201
    for code in replaced * 3:
        over = kiosk.answer(challenge, code)
        assert (over.status, over.code) == (422, "code_over")
    assert kiosk.answer(challenge, wrong(xchart.newest_code())).body["tries_left"] == 4
    newest = xchart.newest_code()
    other = Kiosk(xchart.address)
    assert other.answer(asked(other), replaced[0]).code == "code_wrong", "not its own"
    assert kiosk.answer(challenge, newest).status == 200


def test_a_replaced_code_is_read_by_nobody_while_a_delay_runs(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    challenge = asked(kiosk)
    old = xchart.newest_code()
    assert kiosk.deliver(challenge, CHEN).status == 201
    for _ in range(5):
        kiosk.answer(challenge, wrong(xchart.newest_code()))
    assert kiosk.answer(challenge, old).code == "too_many_tries"


def test_only_an_approver_is_texted(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    challenge = str(kiosk.ask_to_join().body["id"])
    assert kiosk.deliver(challenge, "acc-patel").code == "unknown"
    assert texts(xchart) == []


def test_a_personal_account_is_asked_on_its_own_phone(xchart: Xchart) -> None:
    approvers = Kiosk(xchart.address).ask_to_join("patel@lakeside.example").body["approvers"]
    patel = {"id": "acc-patel", "name": "Nina Patel", "phone_ending": "37", "totp": False}
    assert approvers == [patel]


@pytest.mark.parametrize("order", [{"active": False}, {"roles": ["member"]}])
def test_a_code_goes_with_the_approver_whose_it_was(
    xchart: Xchart, order: dict[str, object]
) -> None:
    """A code is somebody's word, and counts as long as theirs does (law 12)."""
    kiosk = Kiosk(xchart.address)
    challenge = asked(kiosk, CHEN)
    code = xchart.newest_code()
    xchart.control("POST", f"/members/{CHEN}", order)
    assert kiosk.answer(challenge, code).code == "code_over"
    assert kiosk.deliver(challenge, CHEN).code == "unknown"
    assert kiosk.deliver(challenge, RIVERA).status == 201
    assert kiosk.answer(challenge, xchart.newest_code()).status == 200


def test_a_phone_that_was_taken_off_the_codes_has_none_that_count(
    xchart: Xchart, admin: str
) -> None:
    kiosk = Kiosk(xchart.address)
    challenge = asked(kiosk, CHEN)
    code = xchart.newest_code()
    done = xchart.page(f"/departures/{CHEN}/phone", admin, {"subject": CHEN})
    assert done.status == 303
    assert kiosk.answer(challenge, code).code == "code_over"


def test_a_phone_takes_six_texts_an_hour(xchart: Xchart) -> None:
    for _ in range(6):
        asked(Kiosk(xchart.address))
    kiosk = Kiosk(xchart.address)
    challenge = str(kiosk.ask_to_join().body["id"])
    capped = kiosk.deliver(challenge)
    assert capped.code == "texts_capped"
    assert capped.headers["Retry-After"] == "3600"
    assert kiosk.deliver(challenge, CHEN).status == 201
    xchart.pass_time(hours=1)
    assert Kiosk(xchart.address).ask_to_join().status == 201
    assert asked(kiosk)


def test_five_failures_make_a_delay_that_doubles(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    challenge = asked(kiosk)
    code = xchart.newest_code()
    lefts = [kiosk.answer(challenge, wrong(code)).body["tries_left"] for _ in range(5)]
    assert lefts == [4, 3, 2, 1, 0]
    for wait in (30, 60, 120):
        held = kiosk.answer(challenge, code)
        assert (held.status, held.code) == (429, "too_many_tries"), "even the right code waits"
        assert held.headers["Retry-After"] == str(wait)
        xchart.pass_time(seconds=wait)
        assert kiosk.answer(challenge, wrong(code)).code == "code_wrong"
    xchart.pass_time(seconds=240)
    assert kiosk.answer(challenge, code).status == 200
    assert kiosk.ask_to_join().body["tries_left"] == 5, "an accepted code forgets failures"


def test_the_delay_never_exceeds_an_hour(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    for _ in range(16):
        xchart.pass_time(hours=1)
        answer = kiosk.ask_to_join(password="wrong")
        assert answer.code == "credentials_wrong"
    assert kiosk.ask_to_join().headers["Retry-After"] == "3600"


def test_failures_survive_a_restart(open_server: Opening) -> None:
    before = open_server()
    kiosk = Kiosk(before.address)
    challenge = asked(kiosk)
    code = before.newest_code()
    for _ in range(5):
        kiosk.answer(challenge, wrong(code))
    before.stop()
    after = open_server()
    kiosk.address = after.address
    assert kiosk.answer(challenge, code).code == "too_many_tries"


def test_a_lockout_touches_no_other_computer(xchart: Xchart) -> None:
    working = xchart.join()
    masher = Kiosk(xchart.address)
    challenge = asked(masher)
    code = xchart.newest_code()
    for _ in range(6):
        masher.answer(challenge, wrong(code))
        masher.ask_to_join(password="wrong")
    assert masher.answer(challenge, code).code == "too_many_tries"
    assert masher.ask_to_join().code == "too_many_tries"
    assert working.start().status == 201
    assert xchart.join(approver=CHEN).start().status == 201


def test_parallel_guesses_cannot_exceed_the_limit(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    challenge = asked(kiosk)
    code = xchart.newest_code()
    path = f"/v1/challenges/{challenge}/answer"
    proofs = [kiosk.proof(kiosk.claims("POST", path, None)) for _ in range(40)]

    def guess(proof: str) -> str:
        return kiosk.send("POST", path, proof, {"code": wrong(code)}).code

    with ThreadPoolExecutor(20) as pool:
        codes = list(pool.map(guess, proofs))
    assert codes.count("code_wrong") == 5
    assert codes.count("too_many_tries") == 35


def test_wrong_passwords_are_counted_alike_for_nobody(xchart: Xchart) -> None:
    for email in ("frontdesk@lakeside.example", "nobody@lakeside.example"):
        kiosk = Kiosk(xchart.address)
        for left in (4, 3, 2, 1, 0):
            answer = kiosk.ask_to_join(email, "wrong")
            assert (answer.code, answer.body["tries_left"]) == ("credentials_wrong", left)
        assert kiosk.ask_to_join(email).code == "too_many_tries"


def test_a_right_password_does_not_forget_wrong_codes(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    challenge = asked(kiosk)
    kiosk.answer(challenge, wrong(xchart.newest_code()))
    assert kiosk.ask_to_join().body["tries_left"] == 4


def test_a_room_that_is_not_there(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    nowhere = kiosk.ask_to_join(place={"location": "Main Street", "operatory": "Op 9"})
    assert (nowhere.status, nowhere.code) == (422, "place_unknown")
    assert nowhere.body["locations"] == ["Harbor", "Main Street"]
    unproved = {"location": "x", "operatory": "y"}
    assert "locations" not in kiosk.ask_to_join(password="wrong", place=unproved).body


def test_a_body_that_does_not_fit_names_the_field_and_not_the_value(xchart: Xchart) -> None:
    kiosk = Kiosk(xchart.address)
    factor = kiosk.password_factor("frontdesk@lakeside.example", "canary-secret")
    for wish in (
        {"purpose": "join", "first_factor": factor},
        {"purpose": "return", "first_factor": factor},
        {"purpose": "canary-secret", "first_factor": factor},
        ["canary-secret"],
    ):
        answer = kiosk.call("POST", "/v1/challenges", wish)
        assert (answer.status, answer.code) == (422, "invalid")
        assert "canary-secret" not in answer.text


def test_removal_takes_trust_sessions_and_the_device_password(xchart: Xchart) -> None:
    kiosk = xchart.join()
    kiosk.start()
    xchart.pass_time(minutes=1)
    challenge = str(kiosk.ask_again("remove").body["id"])
    kiosk.deliver(challenge)
    assert kiosk.answer(challenge, xchart.newest_code()).body == {"removed": True}
    renewed = kiosk.call("POST", f"/v1/sessions/{kiosk.held['session']}/renew")
    assert renewed.code == "session_ended"
    assert kiosk.start().code == "device_password_wrong"
    assert kiosk.ask_again().code == "device_password_wrong"
    assert xchart.join(kiosk, approver=CHEN).held["account"] == OFFICE
