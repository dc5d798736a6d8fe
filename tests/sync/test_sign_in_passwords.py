"""A new password of the shared account, from the admin's act to the next tap, over real HTTP."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.keychain.port import Found, Item, ItemName, KeychainFault, unpack
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.session.model.replies import StartupState
from kiosk.session.ports import Started
from sandbox.admin import passwords
from sandbox.tables.rows import Account
from tests.support.sandbox.client import plain
from tests.sync.conftest import OFFICE, Computer, recollection

MARIA, NEW = "per-maria", "four quiet herons"


def give(computer: Computer, *, everywhere: bool = True) -> None:
    """An admin's act."""
    state = computer.xchart.state
    with state.unit() as db:
        account = db.get_one(Account, OFFICE)
        assert passwords.give(db, account, NEW, state.clock.now(), everywhere=everywhere)


def tap(computer: Computer) -> object:
    """Maria wants in."""
    return computer.sign_in.start_session(OFFICE, MARIA, Strength.TILE)


def code_of(told: object) -> Code:
    """The server's no."""
    assert isinstance(told, Refusal), told
    return told.code


def due(computer: Computer) -> bool:
    """What the computer remembers of it after a restart."""
    computer.restart()
    memory = recollection(computer).memory()
    assert isinstance(memory, StartupState)
    return memory.renewal_due


def kept(computer: Computer) -> str:
    """The password of its own that lies in the keychain."""
    name = ItemName(Item.DEVICE_PASSWORD, OFFICE)
    found = unpack(name, computer.keychain.stored[name])
    assert isinstance(found, Found)
    return str(json.loads(found.secret)["password"])


def test_it_is_typed_once_and_a_tap_is_enough_again(computer: Computer) -> None:
    """S13, S14: no code, also after a restart."""
    give(computer)
    assert code_of(tap(computer)) is Code.PASSWORD_CHANGED
    assert computer.sign_in.renew_password(OFFICE, NEW) is None
    assert isinstance(tap(computer), Started)
    assert not due(computer)
    assert isinstance(tap(computer), Started)


def test_where_the_admin_leaves_the_computers_alone_nobody_is_asked(computer: Computer) -> None:
    give(computer, everywhere=False)
    assert isinstance(tap(computer), Started)
    assert not due(computer)


def test_the_void_one_is_not_kept_nor_tried_again(computer: Computer) -> None:
    give(computer)
    tap(computer)
    assert kept(computer) == ""
    assert due(computer)
    plain(computer.xchart.address, "DELETE", "/sandbox/requests")
    assert code_of(tap(computer)) is Code.PASSWORD_CHANGED
    challenge = computer.approval.open_challenge(Purpose.RETURN, OFFICE)
    assert code_of(challenge) is Code.PASSWORD_CHANGED
    told = json.loads(plain(computer.xchart.address, "GET", "/sandbox/requests").text)
    assert [each for each in told["requests"] if "/v1/" in str(each)] == [], "nobody was asked"


def test_who_asks_for_a_code_is_told_too_and_keeps_no_void_one(computer: Computer) -> None:
    give(computer)
    challenge = computer.approval.open_challenge(Purpose.RETURN, OFFICE)
    assert code_of(challenge) is Code.PASSWORD_CHANGED
    assert kept(computer) == ""
    assert due(computer)


def test_trust_news_and_records_go_on_meanwhile(computer: Computer) -> None:
    give(computer)
    tap(computer)
    before = computer.safe.trust(OFFICE)
    assert computer.hear().terms is not None
    computer.sign_in.renew_password(OFFICE, NEW)
    assert computer.safe.trust(OFFICE) == before, "its horizon too (law 7)"


def test_a_wrong_one_changes_nothing(computer: Computer) -> None:
    give(computer)
    tap(computer)
    told = computer.sign_in.renew_password(OFFICE, "five loud herons")
    assert isinstance(told, Refusal)
    assert (told.code, told.tries_left) == (Code.CREDENTIALS_WRONG, 4)
    assert due(computer)


def test_an_answer_that_is_lost_is_asked_for_again(computer: Computer) -> None:
    give(computer)
    tap(computer)
    held = computer.safe.credential(OFFICE)
    computer.sign_in.renew_password(OFFICE, NEW)
    assert held is not None
    assert not isinstance(held, Fault)
    computer.safe.keep_credential(replace(held, device_password=""))
    assert due(computer)
    assert computer.sign_in.renew_password(OFFICE, NEW) is None
    assert isinstance(tap(computer), Started)


def test_a_keychain_that_does_not_take_it_is_said_and_it_stays_due(computer: Computer) -> None:
    give(computer)
    tap(computer)
    computer.keychain.fault = KeychainFault.LOCKED
    assert computer.sign_in.renew_password(OFFICE, NEW) is Fault.KEYCHAIN_LOCKED
    computer.keychain.fault = None
    assert due(computer)
    assert computer.sign_in.renew_password(OFFICE, NEW) is None


def test_without_a_network_it_is_no_refusal(computer: Computer) -> None:
    give(computer)
    tap(computer)
    computer.xchart.stop()
    assert isinstance(computer.sign_in.renew_password(OFFICE, NEW), Unreachable)


@pytest.mark.parametrize("typed", [NEW, "five loud herons"])
def test_the_typed_one_lies_nowhere(computer: Computer, typed: str, tmp_path: Path) -> None:
    """Law 10."""
    give(computer)
    tap(computer)
    computer.sign_in.renew_password(OFFICE, typed)
    computer.stop()
    files = [path for path in computer.profile.audit.parent.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if typed.encode() in path.read_bytes()]
    told = [unpack(name, stored) for name, stored in computer.keychain.stored.items()]
    assert not [each for each in told if isinstance(each, Found) and typed in each.secret]
    computer.start()
