"""A provider's code against the real server over HTTP: texted, answered, and what it brings."""

import json
from collections.abc import Callable

from kiosk.session.model.challenge import Challenge, Delivery, Purpose
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Code, Refusal
from kiosk.session.model.replies import Accepted
from kiosk.session.model.trust import NoTrust
from tests.support.digits import typed
from tests.support.sandbox.client import CHEN, RIVERA, plain
from tests.support.sandbox.codes import app_of
from tests.sync.conftest import OFFICE, PASSWORD, Computer

MARIA = "per-maria"


def test_a_new_computer_joins_with_a_providers_code(
    new_computer: Callable[[], Computer],
) -> None:
    """S15: password, then a code; nothing is texted before someone asks for it."""
    computer = new_computer()
    challenge = computer.ask_to_join()
    assert challenge.account.id == OFFICE
    assert json.loads(plain(computer.xchart.address, "GET", "/sandbox/texts").text) == []
    delivery = computer.approval.text_code(computer.place, challenge, challenge.approvers[0].id)
    assert isinstance(delivery, Delivery)
    assert delivery.approver.phone_ending == "21"
    accepted = computer.approval.answer_code(
        computer.place, challenge, computer.xchart.newest_code()
    )
    assert isinstance(accepted, Accepted)
    assert accepted.terms is not None
    assert accepted.terms.operatory == "Op 3"


def test_the_code_of_an_app_lets_a_computer_in_and_nothing_is_texted(
    new_computer: Callable[[], Computer],
) -> None:
    """A code of the step before still counts; its reader has nothing to type after it."""
    computer, other = new_computer(), new_computer()
    app = app_of(computer.xchart, CHEN)
    challenge = computer.ask_to_join()
    assert {each.id: each.app for each in challenge.approvers} == {RIVERA: False, CHEN: True}
    code = app.now(computer.xchart, -1)
    accepted = computer.approval.answer_code(computer.place, challenge, code, CHEN)
    assert isinstance(accepted, Accepted)
    assert accepted.terms is not None
    assert {each.id: each.app for each in accepted.terms.approvers} == {RIVERA: False, CHEN: True}
    assert json.loads(plain(computer.xchart.address, "GET", "/sandbox/texts").text) == []
    again = other.approval.answer_code(other.place, other.ask_to_join(), code, CHEN)
    assert isinstance(again, Refusal)
    assert (again.code, again.tries_left) == (Code.CODE_WRONG, 4)


def test_an_apps_code_counts_for_its_owner_only(new_computer: Callable[[], Computer]) -> None:
    computer = new_computer()
    app, _ = app_of(computer.xchart, CHEN), app_of(computer.xchart, RIVERA)
    challenge = computer.ask_to_join()
    code = app.now(computer.xchart)
    told = computer.approval.answer_code(computer.place, challenge, code, RIVERA)
    assert isinstance(told, Refusal)
    assert told.code is Code.CODE_WRONG
    told = computer.approval.answer_code(computer.place, challenge, code)
    assert isinstance(told, Refusal)
    assert told.code is Code.CODE_OVER
    assert isinstance(
        computer.approval.answer_code(computer.place, challenge, code, CHEN), Accepted
    )


def test_an_apps_code_removes_a_computer(computer: Computer) -> None:
    app = app_of(computer.xchart, CHEN)
    challenge = computer.approval.open_challenge(Purpose.REMOVE, OFFICE)
    assert isinstance(challenge, Challenge)
    code = app.now(computer.xchart)
    told = computer.approval.answer_code(computer.place, challenge, code, CHEN)
    assert told == Accepted(NoTrust.REMOVED, None, "")


def test_removal_drops_trust_here_and_there(computer: Computer) -> None:
    """*Remove this computer…*: a provider's code, then no way in without another."""
    challenge = computer.approval.open_challenge(Purpose.REMOVE, OFFICE)
    assert isinstance(challenge, Challenge)
    computer.approval.text_code(computer.place, challenge, challenge.approvers[1].id)
    told = computer.approval.answer_code(computer.place, challenge, computer.xchart.newest_code())
    assert told == Accepted(NoTrust.REMOVED, None, "")
    assert computer.safe.trust(OFFICE) is None
    assert computer.sign_in.start_session(OFFICE, MARIA, Strength.TILE) == Refusal(
        Code.TRUST_MISSING
    )


def test_a_wrong_code_says_how_many_tries_are_left(new_computer: Callable[[], Computer]) -> None:
    """And five of them stop this computer only."""
    computer, other = new_computer(), new_computer()
    challenge = computer.ask_to_join()
    computer.approval.text_code(computer.place, challenge, challenge.approvers[0].id)
    right = computer.xchart.newest_code()
    wrong = f"{(int(right) + 1) % 10**6:06}"
    told = computer.approval.answer_code(computer.place, challenge, wrong)
    assert isinstance(told, Refusal)
    assert (told.code, told.tries_left) == (Code.CODE_WRONG, 4)
    for _ in range(5):
        told = computer.approval.answer_code(computer.place, challenge, wrong)
    assert isinstance(told, Refusal)
    assert told.code is Code.TOO_MANY_TRIES
    assert told.retry_at is not None
    other.ask_to_join()


def test_a_login_of_ones_own_is_opened_before_it_is_removed(
    new_computer: Callable[[], Computer],
) -> None:
    """Its password is sealed: nobody is asked with an empty one, and what is missing is said."""
    computer = new_computer()
    challenge = computer.enrolment.open_challenge(
        Purpose.JOIN, computer.place, "patel@lakeside.example", PASSWORD
    )
    assert isinstance(challenge, Challenge)
    computer.approval.text_code(computer.place, challenge, challenge.approvers[0].id)
    code = computer.xchart.newest_code()
    assert isinstance(computer.approval.answer_code(computer.place, challenge, code), Accepted)
    assert computer.pins.seal("acc-patel", typed("482915"), typed("482915")) is None
    computer.pins.close("")
    remove = (Purpose.REMOVE, "acc-patel")
    assert computer.approval.open_challenge(*remove) == Refusal(Code.PIN_NEEDED)
    assert computer.pins.open("acc-patel", typed("482915"), away=False) is None
    assert isinstance(computer.approval.open_challenge(*remove), Challenge)
