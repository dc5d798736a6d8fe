"""The account's password, compared here: right or not, a few times, and over restarts."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from kiosk.keychain.port import Item, ItemName, KeychainFault
from kiosk.session.model.people import Account, Role
from kiosk.session.model.refusals import Code, Fault, Reason, Refusal
from kiosk.sync.pins import BEFORE_A_WAIT, MOST, WAIT
from kiosk.sync.secrets.safe import Credential, Safe
from kiosk.sync.secrets.tally import LONG_WAIT
from kiosk.sync.web.login import Login, credential_of
from kiosk.sync.web.password_check import PasswordCheck, tries_of
from tests.support.fake_keychain import FakeKeychain
from tests.sync.web.conftest import NOW

OFFICE = Account("web-1", "Office Assistant", True, frozenset({Role.MEMBER}))
RIGHT = "four quiet herons \u00fc"
WAITING = Refusal(Code.TOO_MANY_TRIES)


@dataclass
class Computer:
    """One keychain, a clock, and a check that a restart makes anew."""

    keychain: FakeKeychain = field(default_factory=FakeKeychain)
    now: datetime = NOW

    def __post_init__(self) -> None:
        login = Login("desk@x.example", RIGHT, "bound")
        self.safe.keep_credential(credential_of(OFFICE, "https://xchart.example", login))
        self.restart()

    @property
    def safe(self) -> Safe:
        return Safe(self.keychain, lambda: self.now)

    def restart(self) -> None:
        self.check = PasswordCheck(self.safe, lambda: self.now)

    def types(self, password: str) -> Reason | None:
        return self.check.prove(OFFICE.id, password)

    def guesses(self, count: int) -> Reason | None:
        """So many different ones; what the last one brought."""
        outcome: Reason | None = None
        for number in range(count):
            outcome = self.types(f"guess {number} at {self.now.isoformat()}")
        return outcome


@pytest.fixture
def computer() -> Computer:
    return Computer()


def is_waiting(outcome: Reason | None) -> bool:
    return isinstance(outcome, Refusal) and outcome.code is Code.TOO_MANY_TRIES


def test_only_the_one_that_is_kept_will_do(computer: Computer) -> None:
    for wrong in ("", RIGHT + " ", RIGHT.upper(), "four quiet herons"):
        outcome = computer.types(wrong)
        assert isinstance(outcome, Refusal)
        assert outcome.code is Code.CREDENTIALS_WRONG
    assert computer.types(RIGHT) is None


def test_how_many_are_left_is_said(computer: Computer) -> None:
    assert computer.types("a") == Refusal(Code.CREDENTIALS_WRONG, tries_left=4)
    assert computer.types("a") == Refusal(Code.CREDENTIALS_WRONG, tries_left=4), "counts once"
    assert computer.types("b") == Refusal(Code.CREDENTIALS_WRONG, tries_left=3)


def test_after_five_wrong_ones_even_the_right_one_waits(computer: Computer) -> None:
    """T5."""
    assert is_waiting(computer.guesses(BEFORE_A_WAIT))
    assert computer.types(RIGHT) == Refusal(Code.TOO_MANY_TRIES, retry_at=NOW + WAIT)
    computer.now += WAIT
    assert computer.types(RIGHT) is None
    assert computer.types("a") == Refusal(Code.CREDENTIALS_WRONG, tries_left=4), "begun anew"


def test_a_restart_gives_no_try_back(computer: Computer) -> None:
    """T24: nor does a file, for there is none."""
    computer.guesses(BEFORE_A_WAIT - 1)
    computer.restart()
    assert is_waiting(computer.guesses(1))
    computer.restart()
    assert is_waiting(computer.types(RIGHT))


def test_after_ten_each_try_waits_an_hour(computer: Computer) -> None:
    computer.guesses(BEFORE_A_WAIT)
    for _ in range(MOST - BEFORE_A_WAIT):
        computer.now += WAIT
        assert is_waiting(computer.guesses(1))
    computer.now += LONG_WAIT - timedelta(seconds=1)
    assert is_waiting(computer.types(RIGHT))
    computer.now += timedelta(seconds=1)
    assert computer.types(RIGHT) is None


def test_a_wait_that_a_wrong_clock_set_is_none(computer: Computer) -> None:
    computer.now += timedelta(days=400)
    computer.guesses(BEFORE_A_WAIT)
    computer.now = NOW
    assert computer.types(RIGHT) is None


def test_a_try_is_counted_before_it_is_made(computer: Computer) -> None:
    """What cannot be counted is not compared."""
    computer.types("a")
    computer.keychain.fault = KeychainFault.LOCKED
    assert computer.types(RIGHT) is Fault.KEYCHAIN_LOCKED


def test_where_none_is_kept_none_is_right(computer: Computer) -> None:
    """After a removal; an empty one least of all."""
    computer.safe.keep_credential(Credential(OFFICE, "https://xchart.example", ""))
    computer.restart()
    for typed in ("", RIGHT):
        assert computer.types(typed) == Refusal(Code.DEVICE_PASSWORD_WRONG)
    assert computer.check.prove("web-2", RIGHT) == Refusal(Code.DEVICE_PASSWORD_WRONG)


def test_a_count_that_the_keychain_has_broken_is_made_anew(computer: Computer) -> None:
    """With the next try, which waits as after five."""
    computer.keychain.stored[ItemName(Item.PASSWORD_TRIES)] = "nobody wrote this"
    computer.restart()
    assert is_waiting(computer.guesses(1))
    computer.now += WAIT
    assert computer.types(RIGHT) is None


@pytest.mark.parametrize("text", ["", "[", "{}", '{"failures": -1, "wait_until": null}'])
def test_a_count_that_cannot_be_read_is_a_row_of_failures(text: str) -> None:
    assert tries_of(text).failures == BEFORE_A_WAIT
