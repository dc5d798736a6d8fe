"""Badges at a site: marks under a key of this computer's own, which is made with the first."""

from kiosk.keychain.port import KeychainFault
from kiosk.session.model.refusals import Fault
from kiosk.sync.secrets.safe import Safe
from kiosk.sync.web.badges import SiteBadges
from tests.support import port_contracts as contracts
from tests.support.fake_keychain import FakeKeychain
from tests.sync.web.conftest import NOW

NUMBER = "0004417290"


def badges(keychain: FakeKeychain) -> SiteBadges:
    """After a start."""
    return SiteBadges(Safe(keychain, lambda: NOW))


def test_the_port() -> None:
    contracts.keeps_badges(badges(FakeKeychain()))


def test_a_badge_is_known_after_a_restart_and_at_no_other_computer() -> None:
    keychain = FakeKeychain()
    mark = badges(keychain).mark(NUMBER)
    assert badges(keychain).mark(f" {NUMBER} ") == mark
    assert badges(FakeKeychain()).mark(NUMBER) != mark


def test_no_number_has_no_mark() -> None:
    """What was no badge at all would else be somebody's."""
    for nothing in ("", " ", "\t"):
        assert badges(FakeKeychain()).mark(nothing) == ""


def test_a_keychain_that_does_not_answer_is_not_given_another_key() -> None:
    keychain = FakeKeychain()
    before = badges(keychain).mark(NUMBER)
    keychain.fault = KeychainFault.LOCKED
    assert badges(keychain).mark(NUMBER) is Fault.KEYCHAIN_LOCKED
    keychain.fault = None
    assert badges(keychain).mark(NUMBER) == before
