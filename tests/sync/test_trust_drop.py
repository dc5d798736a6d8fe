"""Dropped trust stays dropped: a hanging keychain, a crash, a restart (found by attack)."""

from kiosk.keychain.port import Item, ItemName, KeychainFault
from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.refusals import Fault, Refusal
from kiosk.session.model.replies import StartupState
from kiosk.session.model.trust import NoTrust, Trust
from kiosk.sync.trust_drop import drop_trust
from tests.sync.conftest import OFFICE, Computer, recollection

TOKEN = ItemName(Item.TRUST_TOKEN, OFFICE)


def after_restart(computer: Computer) -> StartupState:
    """What the computer remembers when it is started again."""
    computer.restart()
    memory = recollection(computer).memory()
    assert isinstance(memory, StartupState)
    return memory


def removal(computer: Computer) -> Challenge:
    """A removal that waits for its code."""
    challenge = computer.approval.open_challenge(Purpose.REMOVE, OFFICE)
    assert isinstance(challenge, Challenge)
    computer.approval.text_code(computer.place, challenge, challenge.approvers[1].id)
    return challenge


def test_a_keychain_that_hangs_at_the_last_digit_keeps_nobody_in(computer: Computer) -> None:
    challenge = removal(computer)
    computer.keychain.fault = KeychainFault.SLOW
    computer.approval.answer_code(computer.place, challenge, computer.xchart.newest_code())
    computer.keychain.fault = None
    assert TOKEN in computer.keychain.stored
    assert after_restart(computer).trust is NoTrust.REMOVED
    assert TOKEN not in computer.keychain.stored
    assert not computer.remembered.trust_dropped(OFFICE)


def test_the_mark_counts_until_the_keychain_has_let_go(computer: Computer) -> None:
    computer.keychain.fault = KeychainFault.LOCKED
    assert drop_trust(computer.safe, computer.remembered, OFFICE) is Fault.KEYCHAIN_LOCKED
    computer.keychain.fault = None
    assert computer.remembered.trust_dropped(OFFICE)


def test_a_wrong_code_removes_nothing(computer: Computer) -> None:
    challenge = removal(computer)
    told = computer.approval.answer_code(computer.place, challenge, "000000")
    assert isinstance(told, Refusal)
    assert isinstance(after_restart(computer).trust, Trust)


def test_a_crash_while_the_server_is_asked_leaves_no_way_in(computer: Computer) -> None:
    challenge = removal(computer)
    computer.xchart.running.stop()
    computer.approval.answer_code(computer.place, challenge, "000000")
    assert after_restart(computer).trust is NoTrust.REMOVED


def test_a_new_code_lets_in_again(computer: Computer) -> None:
    computer.remembered.mark_dropped(OFFICE)
    challenge = computer.approval.open_challenge(Purpose.RETURN, OFFICE)
    assert isinstance(challenge, Challenge)
    computer.approval.text_code(computer.place, challenge, challenge.approvers[1].id)
    computer.approval.answer_code(computer.place, challenge, computer.xchart.newest_code())
    assert isinstance(after_restart(computer).trust, Trust)
