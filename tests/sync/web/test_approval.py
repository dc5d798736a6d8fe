"""The site's code on the kiosk's keypad: right, wrong, too often; and a computer signed out."""

import pytest

from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Code, Refusal, Unreachable
from kiosk.session.model.replies import Accepted
from kiosk.session.model.site import PageState
from kiosk.session.model.trust import NoTrust, Trust
from kiosk.sync.secrets.safe import Credential
from kiosk.sync.web.enrolment import TRIES
from kiosk.sync.web.login import login_of
from tests.support.fake_site import CODE, FakeSite
from tests.support.site_kiosk import PLACE, SiteKiosk
from tests.sync.web.conftest import Start


def forgotten(kiosk: SiteKiosk, start: Start) -> tuple[SiteKiosk, Challenge]:
    """Started again at a site that does not know the computer any more."""
    kiosk.join()
    kiosk.site.restart()
    kiosk.site.remembers = False
    again = start(kiosk.site)
    challenge = again.approval.open_challenge(Purpose.RETURN, again.account_id)
    assert isinstance(challenge, Challenge)
    return again, challenge


def test_the_right_code_brings_trust_back(kiosk: SiteKiosk, start: Start) -> None:
    again, challenge = forgotten(kiosk, start)
    accepted = again.approval.answer_code(PLACE, challenge, CODE)
    assert isinstance(accepted, Accepted)
    assert isinstance(accepted.trust, Trust)


def test_a_code_that_is_asked_for_already_is_not_asked_for_again(
    kiosk: SiteKiosk, start: Start
) -> None:
    """One password a tap, and one text."""
    kiosk.join()
    kiosk.site.restart()
    kiosk.site.remembers = False
    again = start(kiosk.site)
    again.sign_in.start_session(again.account_id, "Jo", Strength.TILE)
    before = kiosk.site.passwords()
    told = again.approval.open_challenge(Purpose.RETURN, again.account_id)
    assert isinstance(told, Challenge)
    assert kiosk.site.passwords() == before
    assert isinstance(again.approval.answer_code(PLACE, told, CODE), Accepted)


def test_a_wrong_code_says_how_many_tries_are_left(kiosk: SiteKiosk, start: Start) -> None:
    again, challenge = forgotten(kiosk, start)
    for left in reversed(range(TRIES)):
        told = again.approval.answer_code(PLACE, challenge, "000000")
        assert told == Refusal(Code.CODE_WRONG, tries_left=left)
    told = again.approval.answer_code(PLACE, challenge, CODE)
    assert told == Refusal(Code.TOO_MANY_TRIES)


def test_terms_behind_the_code_do_not_undo_it(kiosk: SiteKiosk, start: Start) -> None:
    kiosk.site.behind_code = PageState.PERSON_WANTED
    assert isinstance(kiosk.join().trust, Trust)


def test_a_page_that_went_on_wants_a_new_code(kiosk: SiteKiosk, start: Start) -> None:
    again, challenge = forgotten(kiosk, start)
    again.site.restart()
    assert again.approval.answer_code(PLACE, challenge, CODE) == Refusal(Code.CHALLENGE_OVER)
    again.site.down = 503
    again.site.open_anew(again.accounts.page_for_code(challenge.account.id))
    assert again.approval.answer_code(PLACE, challenge, CODE) is Unreachable.SERVER_FAULT


def test_a_site_that_still_knows_it_asks_for_none(kiosk: SiteKiosk, start: Start) -> None:
    kiosk.join()
    kiosk.site.restart()
    again = start(kiosk.site)
    told = again.approval.open_challenge(Purpose.RETURN, again.account_id)
    assert isinstance(told, Accepted)


def test_removed_is_pressed_at_the_site_and_then_forgotten_here(kiosk: SiteKiosk) -> None:
    kiosk.join()
    account = kiosk.account_id
    told = kiosk.approval.open_challenge(Purpose.REMOVE, account)
    assert isinstance(told, Accepted)
    assert (told.trust, kiosk.site.remembers) == (NoTrust.REMOVED, False)
    credential = kiosk.accounts.credential(account)
    assert isinstance(credential, Credential)
    assert login_of(credential) is None
    assert not kiosk.accounts.submissions.may_fill(account)


def test_a_site_that_cannot_be_signed_out_of_is_not_forgotten(kiosk: SiteKiosk) -> None:
    kiosk.join()
    kiosk.site.takes_sign_out = False
    account = kiosk.account_id
    told = kiosk.approval.open_challenge(Purpose.REMOVE, account)
    assert told is Unreachable.NO_ANSWER
    assert not kiosk.accounts.remembered.trust_dropped(account)


def test_removed_it_is_set_up_again_and_nobody_is_told_of_a_new_password(
    kiosk: SiteKiosk,
) -> None:
    kiosk.join()
    account = kiosk.account_id
    kiosk.approval.open_challenge(Purpose.REMOVE, account)
    told = kiosk.approval.open_challenge(Purpose.RETURN, account)
    assert told == Refusal(Code.DEVICE_PASSWORD_WRONG)


@pytest.mark.parametrize("purpose", [Purpose.RETURN, Purpose.REMOVE])
def test_an_account_that_is_not_here_asks_for_nothing(start: Start, purpose: Purpose) -> None:
    told = start(FakeSite()).approval.open_challenge(purpose, "web-none")
    assert told == Refusal(Code.DEVICE_PASSWORD_WRONG)
