"""What a stranger found: nothing counts that was not tried, and nothing that was not seen."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.app import site_pages
from kiosk.app.site_pages import SitePagesOnLane
from kiosk.keychain.port import ItemName, KeychainFault
from kiosk.session.model.carried import Carried
from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Code, Refusal, Unreachable
from kiosk.session.model.replies import Accepted
from kiosk.session.model.site import PageState, Part, Press, Seen, Whose
from kiosk.session.ports import Started
from kiosk.sync.secrets.safe import Credential, TrustSecret
from kiosk.sync.trust_drop import drop_trust
from kiosk.sync.web.login import login_of
from kiosk.sync.web.submissions import MOST_OPEN
from tests.support.fake_keychain import FakeKeychain
from tests.support.fake_site import CODE, EMAIL, PASSWORD, FakeSite
from tests.support.site_kiosk import PLACE, SiteKiosk, site_kiosk
from tests.sync.web.conftest import NOW, Start


def tapped(kiosk: SiteKiosk, account: str, *, by_itself: bool = False) -> object:
    return kiosk.sign_in.start_session(account, "Jo", Strength.TILE, by_itself=by_itself)


def password_of(kiosk: SiteKiosk, account: str) -> str:
    credential = kiosk.fresh_safe().credential(account)
    assert isinstance(credential, Credential)
    login = login_of(credential)
    return "" if login is None else login.password


@pytest.mark.parametrize("days_later", [1, 60])
@pytest.mark.parametrize("state", [PageState.UNKNOWN, PageState.PERSON_WANTED])
def test_a_page_that_says_nothing_moves_no_trust_on(
    tmp_path: Path, state: PageState, days_later: int
) -> None:
    """Laws 1 and 7: a silent network, no engine, or a page that only a person can go on from."""
    keychain = FakeKeychain()
    first = site_kiosk(tmp_path, NOW, FakeSite(), keychain, days=30)
    first.join()
    first.site.restart()
    first.site.says = state
    later = site_kiosk(tmp_path, NOW + timedelta(days=days_later), first.site, keychain, days=30)
    told = tapped(later, first.account_id)
    trust = later.fresh_safe().trust(first.account_id)
    assert isinstance(trust, TrustSecret)
    assert trust.horizon_at == NOW + timedelta(days=30)
    if days_later > 30:
        assert told is Unreachable.NO_ANSWER
    else:
        assert isinstance(told, Started)


def test_a_page_that_waits_for_a_person_is_begun_anew_where_nobody_may_see_it(
    tmp_path: Path,
) -> None:
    """Trust had lapsed meanwhile: every tap was told that the site does not answer, for as long as
    that page was kept."""
    keychain = FakeKeychain()
    first = site_kiosk(tmp_path, NOW, FakeSite(), keychain, days=30)
    first.join()
    first.site.restart()
    first.site.says = PageState.PERSON_WANTED
    assert isinstance(tapped(first, first.account_id), Started)
    first.site.says = None
    later = site_kiosk(tmp_path, NOW + timedelta(days=60), first.site, keychain, days=30)
    assert isinstance(tapped(later, first.account_id), Started)
    trust = later.fresh_safe().trust(first.account_id)
    assert isinstance(trust, TrustSecret)
    assert trust.horizon_at == NOW + timedelta(days=90)


def test_by_the_clock_a_page_is_looked_at_and_nothing_is_filled_in(
    kiosk: SiteKiosk, start: Start
) -> None:
    """One password a tap: an outage that is over sends none by itself."""
    kiosk.join()
    kiosk.site.restart()
    before = kiosk.site.passwords()
    again = start(kiosk.site)
    assert tapped(again, kiosk.account_id, by_itself=True) is Unreachable.NO_ANSWER
    assert kiosk.site.passwords() == before
    kiosk.site.says = PageState.DOWN
    assert isinstance(tapped(again, kiosk.account_id), Unreachable)
    kiosk.site.restart()
    kiosk.site.says = None
    before += 1
    assert tapped(again, kiosk.account_id, by_itself=True) is Unreachable.NO_ANSWER
    assert kiosk.site.passwords() == before
    kiosk.site.signed_in = True
    kiosk.site.open_anew(Whose(kiosk.account_id, "Jo"))
    assert isinstance(tapped(again, kiosk.account_id, by_itself=True), Started)


def test_a_press_that_found_no_page_is_carried_out_when_there_is_one(
    kiosk: SiteKiosk, start: Start
) -> None:
    """Its one password was not sent: nobody walks to the room."""
    kiosk.join()
    kiosk.site.restart()
    again = start(kiosk.site)
    before = kiosk.site.passwords()
    kiosk.site.down = 503
    assert isinstance(tapped(again, kiosk.account_id), Unreachable)
    kiosk.site.down = 0
    assert isinstance(tapped(again, kiosk.account_id, by_itself=True), Started)
    assert kiosk.site.passwords() == before + 1


@pytest.mark.parametrize("known", [True, False])
def test_a_password_that_was_never_tried_joins_nothing(start: Start, known: bool) -> None:
    """The profile may still be signed in: the first day begins as a stranger."""
    kiosk = start(FakeSite(signed_in=not known, remembers=not known))
    if known:
        kiosk.join()
    again = start(kiosk.site)
    told = again.enrolment.open_challenge(Purpose.JOIN, PLACE, EMAIL, "three loud herons")
    assert told == Refusal(Code.CREDENTIALS_WRONG)
    told = again.enrolment.open_challenge(Purpose.JOIN, PLACE, EMAIL, PASSWORD)
    assert isinstance(told, Challenge), "and with a code"


def test_a_password_that_was_never_tried_is_not_kept(kiosk: SiteKiosk) -> None:
    kiosk.join()
    told = kiosk.sign_in.renew_password(kiosk.account_id, "three loud herons")
    assert told == Refusal(Code.CREDENTIALS_WRONG)
    assert password_of(kiosk, kiosk.account_id) == PASSWORD


def test_a_site_that_cannot_be_signed_out_of_takes_no_new_password(kiosk: SiteKiosk) -> None:
    kiosk.join()
    kiosk.site.takes_sign_out = False
    told = kiosk.sign_in.renew_password(kiosk.account_id, "three loud herons")
    assert told is Unreachable.NO_ANSWER
    assert password_of(kiosk, kiosk.account_id) == PASSWORD


def test_a_typed_password_that_met_an_outage_lifts_no_latch(kiosk: SiteKiosk, start: Start) -> None:
    kiosk.join()
    account = kiosk.account_id
    for says in (PageState.REFUSED, PageState.DOWN):
        kiosk.site.restart()
        kiosk.site.says = says
        if says is PageState.REFUSED:
            tapped(start(kiosk.site), account)
        else:
            start(kiosk.site).sign_in.renew_password(account, "brand new herons")
    kiosk.site.restart()
    kiosk.site.says = None
    before = kiosk.site.passwords()
    assert tapped(start(kiosk.site), account) == Refusal(Code.PASSWORD_CHANGED)
    assert kiosk.site.passwords() == before


def test_an_outage_after_the_press_is_no_refusal(kiosk: SiteKiosk, start: Start) -> None:
    """Eight seconds of 503 asked everybody for a new password."""
    kiosk.join()
    kiosk.site.says = PageState.DOWN
    for _ in range(5):
        kiosk.site.restart()
        assert isinstance(tapped(start(kiosk.site), kiosk.account_id), Unreachable)
    kiosk.site.restart()
    kiosk.site.says = None
    assert isinstance(tapped(start(kiosk.site), kiosk.account_id), Started)


def test_an_outage_takes_back_no_try_that_it_was_not_met_by(kiosk: SiteKiosk, start: Start) -> None:
    """Killed after the press and met by an outage at the next start, again and again: the third
    is the last, as without the outage."""
    kiosk.join()
    for _ in range(MOST_OPEN):
        kiosk.accounts.submissions.count(kiosk.account_id)
        again = start(kiosk.site)
        again.site.restart()
        again.site.down = 503
        assert tapped(again, kiosk.account_id) is Unreachable.SERVER_FAULT
        again.site.down = 0
    sent = kiosk.site.passwords()
    assert tapped(start(kiosk.site), kiosk.account_id) == Refusal(Code.PASSWORD_CHANGED)
    assert kiosk.site.passwords() == sent


def refuses(_name: ItemName, *_secret: str) -> KeychainFault:
    return KeychainFault.LOCKED


def test_removed_is_not_said_while_the_keychain_keeps_the_password(
    kiosk: SiteKiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk.join()
    monkeypatch.setattr(kiosk.keychain, "keep", refuses)
    told = kiosk.approval.open_challenge(Purpose.REMOVE, kiosk.account_id)
    assert not isinstance(told, Accepted)


def test_a_removal_that_failed_brings_no_dropped_trust_back(
    kiosk: SiteKiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Laws 1 and 7."""
    kiosk.join()
    monkeypatch.setattr(kiosk.keychain, "forget", refuses)
    drop_trust(kiosk.accounts.safe, kiosk.accounts.remembered, kiosk.account_id)
    kiosk.site.takes_sign_out = False
    kiosk.approval.open_challenge(Purpose.REMOVE, kiosk.account_id)
    assert kiosk.accounts.remembered.trust_dropped(kiosk.account_id)


def test_a_removal_that_failed_asks_nobody_for_a_password(kiosk: SiteKiosk, start: Start) -> None:
    kiosk.join()
    kiosk.site.takes_sign_out = False
    kiosk.approval.open_challenge(Purpose.REMOVE, kiosk.account_id)
    kiosk.site.restart()
    assert isinstance(tapped(start(kiosk.site), kiosk.account_id), Started)


def test_another_account_leaves_no_password_of_the_first(kiosk: SiteKiosk) -> None:
    kiosk.join()
    first = kiosk.account_id
    told = kiosk.enrolment.open_challenge(Purpose.JOIN, PLACE, "other@lakeside.example", PASSWORD)
    assert isinstance(told, Challenge)
    assert isinstance(kiosk.approval.answer_code(PLACE, told, CODE), Accepted)
    assert kiosk.account_id != first
    assert kiosk.fresh_safe().credential(first) is None


def test_what_a_lane_has_given_up_is_not_done_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_pages, "PATIENCE_SECONDS", 0.05)
    queued = list[Callable[[], None]]()

    def carrier() -> None:
        raise AssertionError("asked all the same")

    pages = SitePagesOnLane(
        queued.append, carrier, lambda _: Carried(), lambda _: None, lambda: None
    )
    seen = Seen(PageState.ASKS_PASSWORD, 1)
    typed = {Part.PASSWORD: PASSWORD}
    assert pages.fill(Whose("web-1", "Jo"), seen, typed) is Press.GONE
    for late in queued:
        late()
