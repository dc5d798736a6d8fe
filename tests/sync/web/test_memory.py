"""What a kiosk at a site remembers when it starts: everything, or why not; nothing counts as no."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.keychain.port import KeychainFault
from kiosk.session.model.refusals import Fault
from kiosk.session.model.replies import StartupState
from kiosk.session.model.terms import Word
from kiosk.session.model.trust import NoTrust, Trust
from kiosk.sync.web.memory import SiteStartupLoader
from tests.support.site_kiosk import PLACE, SiteKiosk


def remembered(kiosk: SiteKiosk, opens: Callable[[], None] = lambda: None) -> StartupState | Fault:
    return SiteStartupLoader(kiosk.accounts, lambda: 7, opens, lambda: None).memory()


def told(kiosk: SiteKiosk) -> StartupState:
    memory = remembered(kiosk)
    assert isinstance(memory, StartupState)
    return memory


def test_a_new_computer_knows_its_room_from_the_settings(kiosk: SiteKiosk) -> None:
    memory = told(kiosk)
    assert (memory.account, memory.trust, memory.place) == (None, NoTrust.NEVER, PLACE)
    assert not memory.keys_lost


def test_a_joined_one_knows_who_may_be_tapped_and_on_whose_word(kiosk: SiteKiosk) -> None:
    kiosk.join()
    memory = told(kiosk)
    assert memory.terms is not None
    assert memory.terms.word is Word.HERE
    assert [each.name for each in memory.terms.tiles()] == ["Maria L.", "Jo"]
    assert isinstance(memory.trust, Trust)
    assert memory.next_sequence == 7


def test_dropped_trust_stays_dropped(kiosk: SiteKiosk) -> None:
    """Laws 1 and 7: the mark on the disk counts, whatever the keychain still has."""
    kiosk.join()
    kiosk.accounts.remembered.mark_dropped(kiosk.account_id)
    assert told(kiosk).trust is NoTrust.REMOVED
    assert told(kiosk).trust is NoTrust.REMOVED


def test_another_site_in_the_settings_is_a_new_computer(kiosk: SiteKiosk) -> None:
    """The password is never told to whom it was not typed for."""
    kiosk.join()
    place = replace(PLACE, server="https://elsewhere.example")
    settings = replace(kiosk.accounts.settings, place=place)
    elsewhere = replace(kiosk, accounts=replace(kiosk.accounts, settings=settings))
    assert told(elsewhere).account is None


def test_lost_keys_are_said(kiosk: SiteKiosk) -> None:
    kiosk.join()
    kiosk.accounts.safe.forget_credential(kiosk.account_id)
    assert told(kiosk).keys_lost


@pytest.mark.parametrize("fault", [KeychainFault.LOCKED, KeychainFault.ABSENT])
def test_a_keychain_that_cannot_be_read_is_a_fault(kiosk: SiteKiosk, fault: KeychainFault) -> None:
    kiosk.join()
    kiosk.keychain.fault = fault
    again = replace(kiosk, accounts=replace(kiosk.accounts, safe=kiosk.fresh_safe()))
    assert isinstance(remembered(again), Fault)


def test_the_keychain_is_known_to_be_open_before_anything_is_judged(kiosk: SiteKiosk) -> None:
    seen = list[bool]()
    kiosk.join()
    remembered(kiosk, lambda: seen.append(True))
    assert seen == [True]


def test_forgetting_trust_leaves_none(kiosk: SiteKiosk) -> None:
    kiosk.join()
    loader = SiteStartupLoader(kiosk.accounts, lambda: 7, lambda: None, lambda: None)
    assert loader.forget_trust(kiosk.account_id) is None
    assert told(kiosk).trust is NoTrust.REMOVED
    assert loader.forget_own("web-none") is None


def test_what_a_restart_was_seen_to_bring_is_known(kiosk: SiteKiosk) -> None:
    kiosk.join()
    assert told(kiosk).rehearsed is None
    found = kiosk.enrolment.rehearse(kiosk.account_id)
    assert told(kiosk).rehearsed == found
