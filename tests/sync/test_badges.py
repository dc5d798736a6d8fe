"""From a badge's number to its mark: the server's own, by the key that came with the news."""

import pytest

from kiosk.keychain.port import Item, ItemName, Kept, KeychainFault
from kiosk.session.model.refusals import Fault
from kiosk.session.model.replies import News
from kiosk.session.model.terms import Badge
from kiosk.sync.badges import Badges
from kiosk.sync.secrets.safe import Safe
from sandbox.access import badges
from tests.support import worlds as w
from tests.support.fake_keychain import FakeKeychain
from tests.support.sandbox.contract import example
from tests.sync.conftest import OFFICE, Computer

NUMBER, MARIA, PATEL = "0004417290", "per-maria", "acc-patel"


@pytest.fixture
def safe() -> Safe:
    """Of a computer with an empty keychain."""
    return Safe(FakeKeychain(), lambda: w.NOON)


def test_the_contracts_example(safe: Safe) -> None:
    """The same mark as the published one, made from the same number and key."""
    assert safe.keep_badge_key(str(example("Changes.delta")["badge_key"])) is None
    people = example("GrantPayload.office")["people"]
    assert isinstance(people, list)
    assert Badges(safe).mark(f" {NUMBER} ") == people[2]["badge"]


def test_without_a_key_a_number_means_nothing(safe: Safe) -> None:
    assert Badges(safe).mark(NUMBER) == ""


def test_a_key_that_is_not_one_is_a_fault() -> None:
    keychain = FakeKeychain()
    assert isinstance(keychain.keep(ItemName(Item.BADGE_KEY), "\u00e9"), Kept)
    assert Badges(Safe(keychain, lambda: w.NOON)).mark(NUMBER) is Fault.KEYCHAIN_CORRUPT


def test_a_keychain_that_is_locked_is_said() -> None:
    keychain = FakeKeychain()
    keychain.fault = KeychainFault.LOCKED
    assert Badges(Safe(keychain, lambda: w.NOON)).mark(NUMBER) is Fault.KEYCHAIN_LOCKED


def test_the_news_bring_the_key_and_whose_badge_it_is(computer: Computer) -> None:
    computer.join_own()
    with computer.xchart.state.unit() as db:
        badges.give(db, MARIA, NUMBER)
        badges.give(db, PATEL, "77-12")
    told = computer.listening.news(OFFICE)
    assert isinstance(told, News)
    assert told.terms is not None
    reader = Badges(computer.safe)
    made = {Badge(str(reader.mark(NUMBER)), MARIA), Badge(str(reader.mark("77-12")), PATEL)}
    assert set(told.terms.badges) == made


def test_the_key_is_in_the_keychain_and_nowhere_else(computer: Computer) -> None:
    with computer.xchart.state.unit() as db:
        badges.give(db, MARIA, NUMBER)
    computer.listening.news(OFFICE)
    key = computer.safe.badge_key()
    assert isinstance(key, str)
    files = [each for each in computer.profile.data.rglob("*") if each.is_file()]
    assert files
    for each in files:
        there = each.read_bytes()
        assert key.encode() not in there
        assert NUMBER.encode() not in there
