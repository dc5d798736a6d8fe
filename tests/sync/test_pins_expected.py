"""What a PIN needs beside its digits is there before the last one: counted once, never for nothing.

Against a real server that counts with the kiosk (threats.md T5).
"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kiosk.keychain import Item, ItemName
from kiosk.session.refusals import Code, Refusal
from kiosk.sync.pins import FRESH, MOST
from sandbox import members
from sandbox.pinned import PinShare
from tests.sync.conftest import Computer, recollection

PATEL = "acc-patel"
PIN = "482915"
WRONG = [f"71936{n}" for n in range(10)]


@pytest.fixture
def own(computer: Computer) -> Computer:
    """A computer on which Nina has a login of her own, and a PIN; nothing is open."""
    assert computer.join_own() == PATEL
    assert computer.pins.seal(PATEL, PIN, PIN) is None
    computer.pins.close(PATEL)
    return computer


def code_of(told: object) -> Code | None:
    return told.code if isinstance(told, Refusal) else None


def released(computer: Computer) -> int:
    with computer.xchart.house.unit() as db:
        return db.scalars(select(PinShare.released)).one()


def counted(computer: Computer) -> str:
    return computer.keychain.stored[ItemName(Item.PIN, PATEL)].partition('"failures": ')[2][0]


def test_the_last_digit_asks_nobody(own: Computer) -> None:
    own.pins.expect(PATEL, away=False)
    assert (counted(own), released(own)) == ("1", 1)
    assert own.pins.open(PATEL, PIN, away=False) is None
    assert released(own) == 1
    own.pins.settle()
    assert counted(own) == "0"


def test_one_try_is_counted_once_however_often_it_was_expected(own: Computer) -> None:
    """Whoever takes the fifth digit back and types it again has not guessed twice."""
    for _ in range(3):
        own.pins.expect(PATEL, away=False)
    assert code_of(own.pins.open(PATEL, WRONG[0], away=False)) is Code.PIN_WRONG
    assert (counted(own), released(own)) == ("1", 1)


def test_each_try_is_counted_by_the_server_too(own: Computer) -> None:
    """An expected share serves one try: the next is released anew."""
    own.pins.expect(PATEL, away=False)
    for pin in WRONG[:3]:
        own.pins.open(PATEL, pin, away=False)
    assert (counted(own), released(own)) == ("3", 3)


def test_the_same_wrong_one_uses_up_no_expected_try(own: Computer) -> None:
    own.pins.open(PATEL, WRONG[0], away=False)
    for _ in range(4):
        own.pins.expect(PATEL, away=False)
        told = own.pins.open(PATEL, WRONG[0], away=False)
        assert isinstance(told, Refusal)
        assert told.tries_left == 4
    assert released(own) == 2
    assert own.pins.open(PATEL, PIN, away=False) is None


def test_the_last_try_is_a_try_also_when_it_was_expected(own: Computer) -> None:
    for pin in WRONG[: MOST - 1]:
        own.pins.open(PATEL, pin, away=True)
        own.xchart.pass_time(minutes=2)
    own.pins.expect(PATEL, away=True)
    assert own.pins.open(PATEL, PIN, away=True) is None


def test_nobody_who_only_looked_has_tried(own: Computer) -> None:
    """Five digits and *Back*."""
    own.pins.expect(PATEL, away=False)
    own.pins.close(PATEL)
    assert counted(own) == "0"


def test_a_share_is_not_kept_for_later(own: Computer) -> None:
    """A minute on, the server may say no: asked anew, and counted here once."""
    own.pins.expect(PATEL, away=False)
    own.xchart.pass_time(minutes=FRESH // timedelta(minutes=1), seconds=1)
    with own.xchart.house.unit() as db:
        members.reset_pin(db, PATEL)
    assert code_of(own.pins.open(PATEL, PIN, away=False)) is Code.PIN_UNKNOWN
    assert ItemName(Item.PIN, PATEL) not in own.keychain.stored


def test_who_is_gone_leaves_no_pepper_behind_an_expected_try(own: Computer) -> None:
    own.pins.expect(PATEL, away=False)
    recollection(own).forget_own(PATEL)
    own.pins.close(PATEL)
    assert ItemName(Item.PIN, PATEL) not in own.keychain.stored


def test_during_a_wait_nothing_is_asked_or_counted(own: Computer) -> None:
    for pin in WRONG[:5]:
        own.pins.open(PATEL, pin, away=False)
    before, kept = released(own), counted(own)
    own.pins.expect(PATEL, away=False)
    assert (released(own), counted(own)) == (before, kept)
    assert code_of(own.pins.open(PATEL, PIN, away=False)) is Code.TOO_MANY_TRIES


def test_a_crash_between_the_fifth_digit_and_the_sixth_gives_no_try_back(own: Computer) -> None:
    own.pins.expect(PATEL, away=False)
    own.restart()
    assert counted(own) == "1"
    assert own.pins.open(PATEL, PIN, away=False) is None


def test_a_right_one_that_was_not_settled_forgets_no_later_try(own: Computer) -> None:
    assert own.pins.open(PATEL, PIN, away=True) is None
    own.pins.expect(PATEL, away=True)
    own.pins.open(PATEL, WRONG[0], away=True)
    own.pins.settle()
    assert counted(own) == "1"
