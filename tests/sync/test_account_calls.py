"""What a call needs is there or said to be missing; terms of another computer are none."""

from collections.abc import Callable

from kiosk.keychain.port import Item, ItemName, KeychainFault
from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.sync.account_calls import AccountCalls, CallContext, JoinedServer
from tests.sync.conftest import OFFICE, Computer


def holding(computer: Computer) -> AccountCalls:
    return AccountCalls(computer.line, computer.safe, computer.remembered)


def test_a_joined_computer_holds_everything(computer: Computer) -> None:
    held = holding(computer).held(OFFICE)
    assert isinstance(held, CallContext)
    assert held.credential.server == computer.xchart.address


def test_what_is_missing_is_said(computer: Computer) -> None:
    computer.safe.forget_trust(OFFICE)
    assert holding(computer).held(OFFICE) == Refusal(Code.TRUST_MISSING)
    assert holding(computer).held("acc-nobody") == Refusal(Code.DEVICE_PASSWORD_WRONG)


def test_a_locked_keychain_is_a_fault_and_no_refusal(computer: Computer) -> None:
    computer.restart()
    computer.keychain.fault = KeychainFault.LOCKED
    assert holding(computer).held(OFFICE) is Fault.KEYCHAIN_LOCKED
    assert holding(computer).key() is Fault.KEYCHAIN_LOCKED


def test_a_computer_without_a_key_cannot_prove_itself(
    new_computer: Callable[[], Computer],
) -> None:
    assert holding(new_computer()).key() is Fault.KEYCHAIN_CORRUPT


def test_terms_of_another_computer_or_account_are_not_taken(
    computer: Computer, new_computer: Callable[[], Computer]
) -> None:
    mine = computer.remembered.grant(OFFICE)
    other = new_computer()
    other.join()
    theirs = other.remembered.grant(OFFICE)
    hold = holding(computer)
    assert hold.grant(OFFICE, theirs) is Unreachable.NOT_UNDERSTOOD
    assert hold.grant("acc-patel", mine) is Unreachable.NOT_UNDERSTOOD
    assert computer.remembered.grant(OFFICE) == mine
    computer.keychain.stored.pop(ItemName(Item.GRANT_KEY))
    computer.restart()
    assert holding(computer).grant(OFFICE, mine) is Fault.KEYCHAIN_CORRUPT


def test_a_joining_that_cannot_be_read_for_a_moment_is_no_other_server(
    computer: Computer, new_computer: Callable[[], Computer]
) -> None:
    """It was said of the server that it makes no sense."""
    joined = JoinedServer(computer.safe, computer.remembered)
    assert joined() == computer.xchart.address
    (computer.profile.data / "joined.json").unlink()
    assert joined() == computer.xchart.address
    never = new_computer()
    assert JoinedServer(never.safe, never.remembered)() == ""
