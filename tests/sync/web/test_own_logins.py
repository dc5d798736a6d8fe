"""Logins of one's own at a site: sealed by a PIN, with nobody who keeps a share of its key."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.keychain.port import Item, ItemName
from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.people import Account, PersonalAccount, Strength
from kiosk.session.model.refusals import Code, Refusal
from kiosk.session.model.replies import Accepted, StartupState
from kiosk.session.model.site import APART, PageState, Part, Whose
from kiosk.session.model.trust import NoTrust, Trust
from kiosk.session.ports import Started
from kiosk.sync import pins
from kiosk.sync.pins import BEFORE_A_WAIT, MOST
from kiosk.sync.secrets.safe import Credential
from kiosk.sync.web.farewell import SiteOutbox
from kiosk.sync.web.memory import SiteStartupLoader
from tests.support.fake_keychain import FakeKeychain
from tests.support.fake_site import CODE, EMAIL, PASSWORD, FakeSite
from tests.support.port_contracts import keeps_outbox, keeps_pin_shares
from tests.support.site_kiosk import PLACE, SiteKiosk, site_kiosk
from tests.sync.web.conftest import NOW

LENA = "lena.park@lakeside.example"


def digits(text: str = "482915") -> bytearray:
    return bytearray(text.encode())


def enrolled(kiosk: SiteKiosk) -> Account:
    """Lena has signed in once, and chosen a PIN."""
    kiosk.site.signed_in = kiosk.site.remembers = False
    told = kiosk.enrolment.open_challenge(Purpose.OWN, PLACE, LENA, PASSWORD)
    assert isinstance(told, Challenge), told
    accepted = kiosk.approval.answer_code(PLACE, told, CODE)
    assert isinstance(accepted, Accepted), accepted
    assert isinstance(accepted.trust, Trust)
    assert kiosk.pins.seal(told.account.id, digits(), digits()) is None
    return told.account


@pytest.fixture
def own(kiosk: SiteKiosk) -> tuple[SiteKiosk, Account]:
    kiosk.join()
    return kiosk, enrolled(kiosk)


def memory(kiosk: SiteKiosk) -> StartupState:
    told = SiteStartupLoader(kiosk.accounts, lambda: 7, lambda: None, lambda: None).memory()
    assert isinstance(told, StartupState)
    return told


def slept(kiosk: SiteKiosk) -> None:
    kiosk.pins.close("")


def test_its_password_lies_nowhere_but_in_the_seal(own: tuple[SiteKiosk, Account]) -> None:
    kiosk, account = own
    kept = kiosk.keychain.stored
    assert PASSWORD not in kept[ItemName(Item.DEVICE_PASSWORD, account.id)]
    assert PASSWORD in kept[ItemName(Item.DEVICE_PASSWORD, kiosk.account_id)], "the shared one's is"
    assert PASSWORD not in kiosk.accounts.remembered.seal(account.id)
    assert ItemName(Item.PIN_SHARE, account.id) not in kept


def test_it_is_called_by_its_address_and_no_admin(own: tuple[SiteKiosk, Account]) -> None:
    _, account = own
    assert (account.label, account.shared) == ("Lena Park", False)


def test_its_pin_opens_the_page_and_nothing_else_does(own: tuple[SiteKiosk, Account]) -> None:
    kiosk, account = own
    slept(kiosk)
    kiosk.site.restart()
    kiosk.site.sent.clear()
    refused = kiosk.sign_in.start_session(account.id, account.id, Strength.PIN)
    assert refused == Refusal(Code.PIN_NEEDED)
    assert kiosk.site.sent == []
    assert kiosk.pins.open(account.id, digits(), away=False) is None
    started = kiosk.sign_in.start_session(account.id, account.id, Strength.PIN)
    assert isinstance(started, Started)
    assert started.terms.account == account
    assert [each[Part.EMAIL] for each in kiosk.site.sent] == [LENA]


def test_after_ten_wrong_pins_there_is_nothing_left_to_open(
    own: tuple[SiteKiosk, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk, account = own
    slept(kiosk)
    monkeypatch.setattr(pins, "WAIT", timedelta(0))
    told = [
        kiosk.pins.open(account.id, digits(f"9{n:02}482"), away=False) for n in range(1, MOST + 1)
    ]
    assert told[-1] == Refusal(Code.PIN_SPENT)
    assert kiosk.pins.open(account.id, digits(), away=False) == Refusal(Code.PIN_UNKNOWN)
    assert kiosk.accounts.remembered.seal(account.id) == ""
    assert ItemName(Item.PIN, account.id) not in kiosk.keychain.stored


def test_a_wait_that_a_wrong_clock_has_set_is_none(tmp_path: Path) -> None:
    site, keychain = FakeSite(), FakeKeychain()
    right = site_kiosk(tmp_path, NOW, site, keychain)
    right.join()
    account = enrolled(right)
    fast = site_kiosk(tmp_path, NOW + timedelta(days=365), site, keychain)
    for number in range(BEFORE_A_WAIT):
        fast.pins.open(account.id, digits(f"9{number:02}482"), away=False)
    told = fast.pins.open(account.id, digits(), away=False)
    assert isinstance(told, Refusal)
    assert told.code is Code.TOO_MANY_TRIES
    later = site_kiosk(tmp_path, NOW + timedelta(hours=1), site, keychain)
    assert later.pins.open(account.id, digits(), away=False) is None


def test_the_next_start_knows_them(own: tuple[SiteKiosk, Account]) -> None:
    kiosk, account = own
    (told,) = memory(kiosk).own
    assert told == PersonalAccount(account, Trust(account.id, None), True, told.since)
    kiosk.accounts.remembered.mark_dropped(account.id)
    assert memory(kiosk).own[0].trust is NoTrust.REMOVED


def test_of_another_server_nobody_is_known(own: tuple[SiteKiosk, Account]) -> None:
    kiosk, account = own
    kiosk.pins.close("")
    held = kiosk.accounts.safe.credential(account.id)
    assert isinstance(held, Credential)
    kiosk.accounts.safe.keep_credential(replace(held, server="https://elsewhere.example"))
    assert memory(kiosk).own == ()


def test_the_shared_login_is_nobodys_own(kiosk: SiteKiosk) -> None:
    kiosk.join()
    sent = len(kiosk.site.sent)
    told = kiosk.enrolment.open_challenge(Purpose.OWN, PLACE, f" {EMAIL.upper()}", PASSWORD)
    assert told == Refusal(Code.NOT_PERSONAL)
    assert len(kiosk.site.sent) == sent


def test_where_keychain_and_disk_can_be_copied_there_are_none(kiosk: SiteKiosk) -> None:
    kiosk.join()
    kiosk.accounts.own_logins.offered = False
    told = kiosk.enrolment.open_challenge(Purpose.OWN, PLACE, LENA, PASSWORD)
    assert told == Refusal(Code.NOT_OFFERED)
    assert not memory(kiosk).offers_own


def test_a_password_that_was_changed_leads_to_the_first_day_again(
    own: tuple[SiteKiosk, Account],
) -> None:
    kiosk, account = own
    kiosk.site.restart()
    kiosk.site.says = PageState.REFUSED
    told = kiosk.sign_in.start_session(account.id, account.id, Strength.PIN)
    assert told == Refusal(Code.DEVICE_PASSWORD_WRONG)


def test_removed_it_is_pressed_there_and_gone_here(own: tuple[SiteKiosk, Account]) -> None:
    kiosk, account = own
    loader = SiteStartupLoader(kiosk.accounts, lambda: 7, lambda: None, lambda: None)
    assert loader.forget_own(account.id) is None
    SiteOutbox(kiosk.site, kiosk.accounts.own_logins).drop_trust(account.id)
    assert not kiosk.site.signed_in
    assert memory(kiosk).own == ()
    assert {each.account for each in kiosk.keychain.stored} <= {"", kiosk.account_id}


@pytest.mark.parametrize("first", [True, False])
def test_a_farewell_that_comes_late_takes_no_new_login_away(
    own: tuple[SiteKiosk, Account], first: bool
) -> None:
    """Law 5: it waits on its lane, and the holder is back within seconds."""
    kiosk, account = own
    outbox = SiteOutbox(kiosk.site, kiosk.accounts.own_logins)
    if first:
        outbox.drop_trust(account.id)
    kiosk.accounts.own_logins.forget(account.id)
    kiosk.site.signed_in = kiosk.site.remembers = False
    assert enrolled(kiosk) == account
    kiosk.site.find(Whose(account.id, account.id))
    if not first:
        outbox.drop_trust(account.id)
    assert kiosk.site.look(Whose(account.id, account.id)).state is PageState.IN
    # Removed once more, it is said.
    kiosk.accounts.own_logins.forget(account.id)
    outbox.drop_trust(account.id)
    assert not kiosk.site.signed_in


def test_a_site_that_is_away_keeps_nothing_here(own: tuple[SiteKiosk, Account]) -> None:
    kiosk, account = own
    kiosk.site.takes_sign_out = False
    SiteOutbox(kiosk.site, kiosk.accounts.own_logins).drop_trust(account.id)
    assert kiosk.site.gone == [account.id]


def test_its_ports_keep_the_contracts(kiosk: SiteKiosk) -> None:
    keeps_pin_shares(kiosk.pins)
    kiosk.join()
    keeps_outbox(SiteOutbox(kiosk.site, kiosk.accounts.own_logins), kiosk.account_id)


def test_whoever_guesses_at_a_login_takes_nothing_from_its_holder(
    own: tuple[SiteKiosk, Account],
) -> None:
    """Their page, what the site remembers, and what their PIN is good for stay as they are."""
    kiosk, account = own
    theirs = Whose(account.id, account.id)
    kiosk.site.find(theirs)
    assert kiosk.site.look(theirs).state is PageState.IN
    for _ in range(5):
        told = kiosk.enrolment.open_challenge(Purpose.OWN, PLACE, LENA, "three loud herons")
        assert told == Refusal(Code.CREDENTIALS_WRONG)
    assert kiosk.site.look(theirs).state is PageState.IN
    assert kiosk.site.remembers
    assert kiosk.accounts.submissions.may_fill(account.id)
    assert not any(each.person_id == APART for each in kiosk.site.pages)


def test_who_has_forgotten_their_pin_proves_it_apart_and_comes_back(
    own: tuple[SiteKiosk, Account],
) -> None:
    kiosk, account = own
    told = kiosk.enrolment.open_challenge(Purpose.OWN, PLACE, LENA, PASSWORD)
    assert isinstance(told, Challenge)
    assert isinstance(kiosk.approval.answer_code(PLACE, told, CODE), Accepted)
    assert kiosk.site.look(Whose(account.id, "")).state is PageState.IN


def test_a_login_of_somebodys_own_is_not_everybodys_by_a_set_up(
    own: tuple[SiteKiosk, Account],
) -> None:
    """Law 6."""
    kiosk, _ = own
    sent = len(kiosk.site.sent)
    told = kiosk.enrolment.open_challenge(Purpose.JOIN, PLACE, LENA, PASSWORD)
    assert told == Refusal(Code.ACCOUNT_PRIVILEGED)
    assert len(kiosk.site.sent) == sent
