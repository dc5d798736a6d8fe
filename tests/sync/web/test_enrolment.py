"""The first day at a site: the password once, the site's code, and what is kept."""

import pytest

from kiosk.keychain.port import Item, ItemName
from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.people import Role
from kiosk.session.model.refusals import Code, Refusal, Unreachable
from kiosk.session.model.replies import Accepted
from kiosk.session.model.site import NextStart, PageState, Rehearsed
from kiosk.session.model.trust import Trust
from tests.support.fake_site import EMAIL, PASSWORD, FakeSite
from tests.support.site_kiosk import PLACE, SiteKiosk
from tests.sync.web.conftest import Start


def test_a_code_is_always_asked_for_and_was_texted_already(kiosk: SiteKiosk) -> None:
    challenge = kiosk.enrolment.open_challenge(Purpose.JOIN, PLACE, EMAIL, PASSWORD)
    assert isinstance(challenge, Challenge)
    assert challenge.sent
    assert [each.name for each in challenge.approvers] == ["Dr. Rivera"]


def test_joined_it_knows_who_may_be_tapped(kiosk: SiteKiosk) -> None:
    accepted = kiosk.join()
    assert isinstance(accepted.trust, Trust)
    assert accepted.terms is not None
    assert [each.name for each in accepted.terms.tiles()] == ["Maria L.", "Jo"]
    assert accepted.terms.account.roles == {Role.MEMBER}


def test_a_site_without_a_code_is_joined_at_once(start: Start) -> None:
    kiosk = start(FakeSite(asks_code=False))
    told = kiosk.enrolment.open_challenge(Purpose.JOIN, PLACE, EMAIL, PASSWORD)
    assert isinstance(told, Accepted)
    assert kiosk.accounts.remembered.joining() is not None


def test_before_the_code_nothing_is_kept(kiosk: SiteKiosk, start: Start) -> None:
    kiosk.enrolment.open_challenge(Purpose.JOIN, PLACE, EMAIL, PASSWORD)
    assert kiosk.accounts.remembered.joining() is None
    again = start(kiosk.site)
    assert again.enrolment.accept("here-1", PLACE) == Refusal(Code.CHALLENGE_OVER)
    assert kiosk.keychain.stored.keys() == {ItemName(Item.DEVICE_KEY)}


def test_a_wrong_password_is_said(kiosk: SiteKiosk) -> None:
    told = kiosk.enrolment.open_challenge(Purpose.JOIN, PLACE, EMAIL, "three loud herons")
    assert told == Refusal(Code.CREDENTIALS_WRONG)
    # Typed by a person, it may be tried again at once.
    assert isinstance(
        kiosk.enrolment.open_challenge(Purpose.JOIN, PLACE, EMAIL, PASSWORD), Challenge
    )


@pytest.mark.parametrize("state", [PageState.PERSON_WANTED, PageState.UNKNOWN])
def test_a_page_that_is_not_understood_joins_nothing(start: Start, state: PageState) -> None:
    told = start(FakeSite(says=state)).enrolment.open_challenge(
        Purpose.JOIN, PLACE, EMAIL, PASSWORD
    )
    assert told is Unreachable.NOT_UNDERSTOOD


def test_what_is_not_offered_is_said(kiosk: SiteKiosk) -> None:
    for told in (
        kiosk.enrolment.read_invitation(PLACE, "https://xchart.example/invitations/x"),
        kiosk.enrolment.accept_invitation(PLACE, "x", PASSWORD, "+1 555 0100 021"),
    ):
        assert told == Refusal(Code.NOT_OFFERED)


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (PageState.IN, NextStart.SIGNED_IN),
        (PageState.ASKS_EMAIL, NextStart.ASKS_PASSWORD),
        (PageState.ASKS_PASSWORD, NextStart.ASKS_PASSWORD),
        (PageState.ASKS_CODE, NextStart.ASKS_CODE),
        (PageState.DOWN, NextStart.UNKNOWN),
        (PageState.PERSON_WANTED, NextStart.UNKNOWN),
    ],
)
def test_a_restart_is_tried_without_typing_and_kept_for_this_computer(
    start: Start, after: PageState, told: NextStart
) -> None:
    kiosk = start(FakeSite(after_restart=after))
    kiosk.join()
    sent = len(kiosk.site.sent)
    found = kiosk.enrolment.rehearse(kiosk.account_id)
    assert isinstance(found, Rehearsed)
    assert found.next_start is told
    assert len(kiosk.site.sent) == sent
    assert kiosk.accounts.remembered.rehearsed(kiosk.account_id) == found
    assert kiosk.accounts.remembered.rehearsed("web-another") is None
