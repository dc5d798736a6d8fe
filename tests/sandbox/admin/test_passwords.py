"""A new password for a shared account: which computers go on, and which ask for it first (S14)."""

import pytest
from sqlalchemy import select

from sandbox.admin import departures, passwords
from sandbox.admin.departures import Settling
from sandbox.tables.rows import Account, Trust
from tests.support.sandbox.client import CHEN, DEMO_WORD, OFFICE, RIVERA, Answer, Kiosk
from tests.support.sandbox.running import Xchart

NEW = "four quiet herons"
NEWER = "five loud herons"


def give(xchart: Xchart, password: str = NEW, *, everywhere: bool = True) -> None:
    """Tom Becker, an admin, gives the office's login another password, because Maria left."""
    now = xchart.state.clock.now()
    with xchart.state.unit() as db:
        leaver = departures.find(db, "per-maria", now)
        act = Settling(db, leaver, db.get_one(Account, "acc-becker"), now)
        act.give_password(OFFICE, password, everywhere=everywhere)


def owing(xchart: Xchart) -> int:
    """How many computers have not used it yet."""
    with xchart.state.unit() as db:
        return passwords.owing(db, db.get_one(Account, OFFICE), xchart.state.clock.now())


def horizon(answer: Answer) -> object:
    """Until when trust lasts."""
    trust = answer.body["trust"]
    assert isinstance(trust, dict)
    return trust["horizon_at"]


def test_every_computer_asks_for_it_once_and_for_no_code(xchart: Xchart) -> None:
    first, second = xchart.join(), xchart.join(approver=CHEN)
    give(xchart)
    assert owing(xchart) == 2
    for kiosk in (first, second):
        assert kiosk.start().code == "password_changed"
        assert kiosk.renew_password(NEW).status == 200
        assert kiosk.start().status == 201
        assert kiosk.start("per-james").status == 201
    assert owing(xchart) == 0


def test_without_everywhere_nobody_notices(xchart: Xchart) -> None:
    kiosk = xchart.join()
    give(xchart, everywhere=False)
    assert kiosk.start().status == 201
    assert owing(xchart) == 0


def test_what_is_open_goes_on_and_news_are_heard(xchart: Xchart) -> None:
    kiosk = xchart.join()
    kiosk.start()
    session = kiosk.held["session"]
    give(xchart)
    renewed = kiosk.call("POST", f"/v1/sessions/{session}/renew")
    assert renewed.status == 200
    token = str(renewed.body["access_token"])
    assert kiosk.call("POST", "/v1/handoffs", token=token).status == 201
    assert kiosk.changes().status == 200


def test_typing_it_moves_no_horizon(xchart: Xchart) -> None:
    kiosk = xchart.join()
    before = horizon(kiosk.changes())
    give(xchart)
    xchart.pass_time(days=3)
    kiosk.renew_password(NEW)
    assert horizon(kiosk.changes()) == before
    kiosk.start()
    assert horizon(kiosk.changes()) != before


@pytest.mark.parametrize("typed", [DEMO_WORD, "four quiet heron", NEW.upper()])
def test_only_the_new_one_does(xchart: Xchart, typed: str) -> None:
    kiosk = xchart.join()
    give(xchart)
    refused = kiosk.renew_password(typed)
    assert (refused.code, refused.body["tries_left"]) == ("credentials_wrong", 4)
    assert kiosk.start().code == "password_changed"


def test_guesses_are_counted_and_lock_no_other_computer_out(xchart: Xchart) -> None:
    masher, other = xchart.join(), xchart.join(approver=CHEN)
    give(xchart)
    for _ in range(5):
        masher.renew_password("x")
    assert masher.renew_password(NEW).code == "too_many_tries"
    assert other.renew_password(NEW).status == 200
    xchart.pass_time(seconds=30)
    assert masher.renew_password(NEW).status == 200
    assert masher.start().status == 201


def test_a_lost_answer_is_asked_for_again(xchart: Xchart) -> None:
    kiosk = xchart.join()
    old = kiosk.held["device_password"]
    give(xchart)
    kiosk.renew_password(NEW)
    lost, kiosk.held["device_password"] = kiosk.held["device_password"], old
    assert kiosk.start().code == "password_changed", "not a computer that has to join again"
    assert kiosk.renew_password(NEW).status == 200
    assert kiosk.held["device_password"] != lost
    assert kiosk.start().status == 201


def test_a_second_change_before_it_was_used_counts_anew(xchart: Xchart) -> None:
    kiosk = xchart.join()
    give(xchart)
    kiosk.renew_password(NEW)
    give(xchart, NEWER)
    assert kiosk.start().code == "password_changed"
    assert kiosk.renew_password(NEW).code == "credentials_wrong"
    assert kiosk.renew_password(NEWER).status == 200
    assert kiosk.start().status == 201


def test_trust_that_is_over_needs_a_code_all_the_same(xchart: Xchart) -> None:
    kiosk = xchart.join()
    give(xchart)
    xchart.pass_time(days=31)
    assert kiosk.renew_password(NEW).code == "trust_lapsed"
    assert owing(xchart) == 0, "it needs a code, and is not waited for"
    assert kiosk.ask_again().code == "password_changed"
    assert kiosk.ask_to_join(password=NEW).status == 201


def test_another_computers_trust_is_no_trust_here(xchart: Xchart) -> None:
    kiosk, stranger = xchart.join(), Kiosk(xchart.address)
    xchart.pass_time(minutes=1)
    xchart.join(stranger, "chen@lakeside.example", CHEN, CHEN)
    give(xchart)
    stranger.held |= {"account": OFFICE, "trust_token": kiosk.held["trust_token"]}
    assert stranger.renew_password(NEW).code == "trust_missing"


def test_ones_own_trust_gives_no_password_of_the_shared_account(xchart: Xchart) -> None:
    kiosk = xchart.join(email="rivera@lakeside.example", account=RIVERA)
    assert kiosk.renew_password(DEMO_WORD).code == "invalid", "nor one of one's own"
    kiosk.held["account"] = OFFICE
    assert kiosk.renew_password(DEMO_WORD).code == "trust_missing"


def test_who_joins_anew_owes_nothing(xchart: Xchart) -> None:
    kiosk = xchart.join()
    give(xchart)
    asked = kiosk.ask_to_join(password=NEW)
    xchart.pass_time(minutes=1)
    kiosk.deliver(str(asked.body["id"]))
    assert kiosk.answer(str(asked.body["id"]), xchart.newest_code()).status == 200
    assert owing(xchart) == 0
    assert kiosk.start().status == 201


def test_a_deactivated_account_is_given_none(xchart: Xchart) -> None:
    kiosk = xchart.join()
    give(xchart)
    with xchart.state.unit() as db:
        db.get_one(Account, OFFICE).active = False
    assert kiosk.renew_password(NEW).code == "account_deactivated"


def test_the_password_is_stored_nowhere(xchart: Xchart) -> None:
    kiosk = xchart.join()
    give(xchart)
    kiosk.renew_password(NEW)
    with xchart.state.unit() as db:
        row = db.scalars(select(Trust).where(Trust.account_id == OFFICE)).one()
        account = db.get_one(Account, OFFICE)
        kept = f"{row.device_password_hash}{row.token_hash}{account.password_hash}"
    assert NEW not in kept
    assert kiosk.held["device_password"] not in kept
