"""The approver's authenticator app: whose code counts, when, how often (RFC 6238, T4, T5)."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from sandbox.identity import authenticators
from sandbox.tables.rows import Account
from tests.sandbox.access.test_trust import grant_of
from tests.sandbox.server.test_notifier import LONG_ENOUGH, Waiting, held, waiting
from tests.support.sandbox.client import CHEN, RIVERA, Answer, Kiosk
from tests.support.sandbox.codes import App, app_of
from tests.support.sandbox.contract import misfits
from tests.support.sandbox.running import Opening, Xchart

__all__ = ["waiting"]

PATEL, BECKER = "acc-patel", "acc-becker"
CHENS_EMAIL = "chen@lakeside.example"


@pytest.fixture
def chen(xchart: Xchart) -> App:
    """Dr. Chen's app."""
    return app_of(xchart, CHEN)


def asked(kiosk: Kiosk, email: str = "frontdesk@lakeside.example") -> str:
    """A challenge to which nothing was texted."""
    return str(kiosk.ask_to_join(email).body["id"])


def apps_of(told: object) -> dict[str, bool]:
    """Who of the approvers has an app."""
    assert isinstance(told, list)
    return {each["id"]: each["totp"] for each in told}


def try_app(xchart: Xchart, code: str, approver: str = CHEN, kiosk: Kiosk | None = None) -> Answer:
    """A new challenge, by default of another new computer, answered with that code."""
    kiosk = kiosk or Kiosk(xchart.address)
    return kiosk.answer(asked(kiosk), code, approver)


def test_the_published_values_of_the_standard() -> None:
    """RFC 6238, appendix B, the last six digits."""
    app = App("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    seconds = (59, 1111111109, 1234567890, 20000000000)
    told = [app.at(datetime.fromtimestamp(each, UTC)) for each in seconds]
    assert told == ["287082", "081804", "005924", "353130"]


def test_its_code_lets_in_and_nothing_is_texted(xchart: Xchart, chen: App) -> None:
    kiosk = Kiosk(xchart.address)
    answer = kiosk.answer(asked(kiosk), chen.now(xchart), CHEN)
    assert answer.status == 200
    assert misfits("JoinAcceptance", answer.body) == []
    assert xchart.control("GET", "/texts").text == "[]"


def test_the_secret_has_160_bits(chen: App) -> None:
    assert len(chen.secret) == 32
    assert set(chen.secret) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


def test_approvers_say_who_has_an_app(xchart: Xchart, kiosk: Kiosk, chen: App) -> None:
    wanted = {RIVERA: False, CHEN: True}
    assert apps_of(Kiosk(xchart.address).ask_to_join().body["approvers"]) == wanted
    assert apps_of(grant_of(kiosk.changes())["approvers"]) == wanted


def test_an_app_that_comes_or_goes_is_told_at_once(
    xchart: Xchart, kiosk: Kiosk, waiting: Waiting
) -> None:
    polled = waiting.begin(kiosk, held(kiosk))
    app_of(xchart, CHEN)
    assert apps_of(grant_of(polled.result(LONG_ENOUGH))["approvers"])[CHEN]
    polled = waiting.begin(kiosk, held(kiosk))
    with xchart.state.unit() as db:
        authenticators.remove(db, CHEN)
    assert not apps_of(grant_of(polled.result(LONG_ENOUGH))["approvers"])[CHEN]


@pytest.mark.parametrize(
    ("steps", "code"), [(-2, "code_wrong"), (-1, ""), (0, ""), (1, ""), (2, "code_wrong")]
)
def test_one_step_of_grace_either_way(xchart: Xchart, chen: App, steps: int, code: str) -> None:
    assert try_app(xchart, chen.now(xchart, steps)).code == code


def test_each_code_counts_once_wherever_it_is_typed(xchart: Xchart, chen: App) -> None:
    code = chen.now(xchart)
    assert try_app(xchart, code).status == 200
    assert try_app(xchart, code).code == "code_wrong"
    xchart.pass_time(seconds=30)
    assert try_app(xchart, code).code == "code_wrong"
    assert try_app(xchart, chen.now(xchart)).status == 200


def test_none_before_a_code_that_was_used_counts(xchart: Xchart, chen: App) -> None:
    assert try_app(xchart, chen.now(xchart)).status == 200
    assert try_app(xchart, chen.now(xchart, -1)).code == "code_wrong"
    assert try_app(xchart, chen.now(xchart, 1)).status == 200


def test_what_was_used_survives_a_restart(open_server: Opening) -> None:
    before = open_server()
    app = app_of(before, CHEN)
    code = app.now(before)
    assert try_app(before, code).status == 200
    before.stop()
    assert try_app(open_server(), code).code == "code_wrong"


def test_the_code_of_somebody_who_is_not_asked_is_refused(xchart: Xchart, chen: App) -> None:
    becker = app_of(xchart, BECKER)
    refused = try_app(xchart, becker.now(xchart), BECKER)
    assert (refused.status, refused.code) == (404, "unknown")
    kiosk = Kiosk(xchart.address)
    own = asked(kiosk, "patel@lakeside.example")
    assert kiosk.answer(own, chen.now(xchart), CHEN).code == "unknown"
    assert try_app(xchart, chen.now(xchart)).status == 200, "neither was used up"


def test_the_code_of_another_app_is_wrong(xchart: Xchart, chen: App) -> None:
    rivera = app_of(xchart, RIVERA)
    assert try_app(xchart, chen.now(xchart), RIVERA).code == "code_wrong"
    assert try_app(xchart, rivera.now(xchart), RIVERA).status == 200


def test_an_approver_without_an_app_is_refused(xchart: Xchart, chen: App) -> None:
    assert try_app(xchart, chen.now(xchart), RIVERA).code == "unknown"


def test_an_approver_who_left_is_not_asked(xchart: Xchart, chen: App) -> None:
    xchart.control("POST", f"/members/{CHEN}", {"active": False})
    assert try_app(xchart, chen.now(xchart)).code == "unknown"


def test_a_texted_code_is_no_code_of_an_app_nor_the_other_way_round(
    xchart: Xchart, chen: App
) -> None:
    kiosk = Kiosk(xchart.address)
    challenge = asked(kiosk)
    kiosk.deliver(challenge, CHEN)
    assert kiosk.answer(challenge, chen.now(xchart)).code == "code_wrong"
    assert kiosk.answer(challenge, xchart.newest_code(), CHEN).code == "code_wrong"
    assert kiosk.answer(challenge, xchart.newest_code()).status == 200


def test_a_challenge_is_over_with_either(xchart: Xchart, chen: App) -> None:
    kiosk = Kiosk(xchart.address)
    challenge = asked(kiosk)
    kiosk.deliver(challenge, CHEN)
    assert kiosk.answer(challenge, chen.now(xchart), CHEN).status == 200
    assert kiosk.answer(challenge, xchart.newest_code()).code == "challenge_over"


def test_failures_are_counted_with_those_of_texts(xchart: Xchart, chen: App) -> None:
    kiosk = Kiosk(xchart.address)
    challenge = asked(kiosk)
    kiosk.deliver(challenge, CHEN)
    told = [
        kiosk.answer(challenge, chen.wrong(xchart), approver).body["tries_left"]
        for approver in (CHEN, "", CHEN, "", CHEN)
    ]
    assert told == [4, 3, 2, 1, 0]
    held_up = kiosk.answer(challenge, chen.now(xchart), CHEN)
    assert (held_up.status, held_up.code) == (429, "too_many_tries"), "even the right code waits"
    xchart.pass_time(seconds=30)
    assert kiosk.answer(challenge, chen.now(xchart), CHEN).status == 200
    assert kiosk.ask_to_join().body["tries_left"] == 5


def test_ten_wrong_codes_of_one_app_an_hour_however_many_computers_guess(
    xchart: Xchart, chen: App
) -> None:
    rivera = app_of(xchart, RIVERA)
    told = [try_app(xchart, chen.wrong(xchart)).code for _ in range(10)]
    assert told == ["code_wrong"] * 10
    capped = try_app(xchart, chen.now(xchart))
    assert (capped.code, capped.headers["Retry-After"]) == ("too_many_tries", "3600")
    assert try_app(xchart, rivera.now(xchart), RIVERA).status == 200, "another's app goes on"
    kiosk = Kiosk(xchart.address)
    challenge = asked(kiosk)
    kiosk.deliver(challenge, CHEN)
    assert kiosk.answer(challenge, xchart.newest_code()).status == 200, "and so do texts"
    xchart.pass_time(hours=1)
    assert try_app(xchart, chen.now(xchart)).status == 200


def test_without_a_phone_the_app_is_the_persons_own_way_in(xchart: Xchart, chen: App) -> None:
    with xchart.state.unit() as db:
        db.get_one(Account, CHEN).phone = None
    kiosk = Kiosk(xchart.address)
    asking = kiosk.ask_to_join(CHENS_EMAIL)
    assert misfits("Challenge", asking.body) == []
    own = {"id": CHEN, "name": "Dr. Chen", "phone_ending": "", "totp": True}
    assert asking.body["approvers"] == [own]
    challenge = str(asking.body["id"])
    assert kiosk.deliver(challenge, CHEN).code == "unknown"
    assert kiosk.answer(challenge, chen.now(xchart), CHEN).status == 200
    others = Kiosk(xchart.address).ask_to_join().body["approvers"]
    assert apps_of(others) == {RIVERA: False, CHEN: True}, "of the shared account too"


def test_an_app_that_is_not_confirmed_counts_for_nothing(xchart: Xchart) -> None:
    with xchart.state.unit() as db:
        account = db.get_one(Account, CHEN)
        app = App(authenticators.begin(db, account, xchart.state.clock.now()))
    assert try_app(xchart, app.now(xchart)).code == "unknown"


def test_what_the_picture_says_is_what_apps_read() -> None:
    account = Account(id=CHEN, label="Dr. Samuel Chen", email=CHENS_EMAIL)
    told = urlsplit(authenticators.address("A" * 32, account))
    assert (told.scheme, told.netloc) == ("otpauth", "totp")
    assert unquote(told.path) == f"/Xchart:{CHENS_EMAIL}"
    assert parse_qs(told.query) == {"secret": ["A" * 32], "issuer": ["Xchart"]}
