"""What a PIN needs beside its digits is there before the last one: counted once, never for nothing.

Against a real server that counts with the kiosk (threats.md T5).
"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kiosk.keychain.port import Item, ItemName, KeychainFault
from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.sync.account_calls import AccountCalls
from kiosk.sync.pins import BEFORE_A_WAIT, FRESH, MOST
from kiosk.sync.secrets.safe import Credential, Safe
from kiosk.sync.wire.calls import Api
from sandbox.admin import members
from sandbox.tables.pinned import PinShare
from tests.support.digits import typed
from tests.support.own_pin import PATEL, PIN, WRONG, code_of, released
from tests.sync.conftest import Computer, recollection

PINNED = ItemName(Item.PIN, PATEL)


def counted(computer: Computer) -> str:
    return computer.keychain.stored[PINNED].partition('"failures": ')[2][0]


def test_the_last_digit_asks_nobody(own: Computer) -> None:
    own.pins.expect(PATEL, away=False)
    assert (counted(own), released(own)) == ("1", 1)
    assert own.pins.open(PATEL, typed(PIN), away=False) is None
    assert released(own) == 1
    own.pins.settle()
    assert counted(own) == "0"


def test_one_try_is_counted_once_however_often_it_was_expected(own: Computer) -> None:
    """Whoever takes the fifth digit back and types it again has not guessed twice."""
    for _ in range(3):
        own.pins.expect(PATEL, away=False)
    assert code_of(own.pins.open(PATEL, typed(WRONG[0]), away=False)) is Code.PIN_WRONG
    assert (counted(own), released(own)) == ("1", 1)


def test_each_try_is_counted_by_the_server_too(own: Computer) -> None:
    """An expected share serves one try: the next is released anew."""
    own.pins.expect(PATEL, away=False)
    for pin in WRONG[:3]:
        own.pins.open(PATEL, typed(pin), away=False)
    assert (counted(own), released(own)) == ("3", 3)


def test_the_same_wrong_one_uses_up_no_expected_try(own: Computer) -> None:
    own.pins.open(PATEL, typed(WRONG[0]), away=False)
    for _ in range(4):
        own.pins.expect(PATEL, away=False)
        told = own.pins.open(PATEL, typed(WRONG[0]), away=False)
        assert isinstance(told, Refusal)
        assert told.tries_left == 4
    assert released(own) == 2
    assert own.pins.open(PATEL, typed(PIN), away=False) is None


def test_the_last_try_is_a_try_also_when_it_was_expected(own: Computer) -> None:
    for pin in WRONG[: MOST - 1]:
        own.pins.open(PATEL, typed(pin), away=True)
        own.xchart.pass_time(minutes=2)
    own.pins.expect(PATEL, away=True)
    assert own.pins.open(PATEL, typed(PIN), away=True) is None


def test_nobody_who_only_looked_has_tried(own: Computer) -> None:
    """Five digits and *Back*."""
    own.pins.expect(PATEL, away=False)
    own.pins.close(PATEL)
    assert counted(own) == "0"


def test_a_share_is_not_kept_for_later(own: Computer) -> None:
    """A minute on, the server may say no: asked anew, and counted here once."""
    own.pins.expect(PATEL, away=False)
    own.xchart.pass_time(minutes=FRESH // timedelta(minutes=1), seconds=1)
    with own.xchart.state.unit() as db:
        members.reset_pin(db, PATEL)
    assert code_of(own.pins.open(PATEL, typed(PIN), away=False)) is Code.PIN_UNKNOWN
    assert PINNED not in own.keychain.stored


def test_who_is_gone_leaves_no_pepper_behind_an_expected_try(own: Computer) -> None:
    own.pins.expect(PATEL, away=False)
    recollection(own).forget_own(PATEL)
    own.pins.close(PATEL)
    assert PINNED not in own.keychain.stored


def test_during_a_wait_nothing_is_asked_or_counted(own: Computer) -> None:
    for pin in WRONG[:5]:
        own.pins.open(PATEL, typed(pin), away=False)
    before, kept = released(own), counted(own)
    own.pins.expect(PATEL, away=False)
    assert (released(own), counted(own)) == (before, kept)
    assert code_of(own.pins.open(PATEL, typed(PIN), away=False)) is Code.TOO_MANY_TRIES


def test_a_crash_between_the_fifth_digit_and_the_sixth_gives_no_try_back(own: Computer) -> None:
    own.pins.expect(PATEL, away=False)
    own.restart()
    assert counted(own) == "1"
    assert own.pins.open(PATEL, typed(PIN), away=False) is None


def test_a_right_one_that_was_not_settled_forgets_no_later_try(own: Computer) -> None:
    assert own.pins.open(PATEL, typed(PIN), away=True) is None
    own.pins.expect(PATEL, away=True)
    own.pins.open(PATEL, typed(WRONG[0]), away=True)
    own.pins.settle()
    assert counted(own) == "1"


def test_five_digits_and_back_use_up_nothing_of_anybody(own: Computer) -> None:
    """Nor does the same wrong PIN, with *Back* in between: no try was made (threats.md T5)."""
    own.pins.open(PATEL, typed(WRONG[0]), away=False)
    for _ in range(MOST + 1):
        own.pins.expect(PATEL, away=False)
        own.pins.open(PATEL, typed(WRONG[0]), away=False)
        own.pins.close(PATEL)
    assert (counted(own), released(own)) == ("1", 2)
    assert own.pins.open(PATEL, typed(PIN), away=False) is None
    assert released(own) == 2


def test_what_was_released_for_nothing_serves_one_try_and_for_a_minute(own: Computer) -> None:
    own.pins.expect(PATEL, away=False)
    own.pins.close(PATEL)
    for pin in WRONG[:2]:
        own.pins.open(PATEL, typed(pin), away=False)
    assert (counted(own), released(own)) == ("2", 2)
    own.pins.expect(PATEL, away=False)
    own.pins.close(PATEL)
    own.xchart.pass_time(seconds=40)
    own.pins.expect(PATEL, away=False)
    own.pins.close(PATEL)
    own.xchart.pass_time(seconds=40)
    with own.xchart.state.unit() as db:
        members.reset_pin(db, PATEL)
    assert code_of(own.pins.open(PATEL, typed(PIN), away=False)) is Code.PIN_UNKNOWN


def test_a_server_that_does_not_answer_is_waited_for_once(
    own: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight seconds at worst, and whoever comes next on that computer waits behind them."""
    asked: list[str] = []

    def hanging(_api: Api, account_id: str, _token: str) -> Unreachable:
        asked.append(account_id)
        return Unreachable.NO_ANSWER

    monkeypatch.setattr(Api, "release_pin_share", hanging)
    for _ in range(3):
        own.pins.expect(PATEL, away=False)
        own.pins.close(PATEL)
    assert own.pins.open(PATEL, typed(PIN), away=False) is None
    assert asked == [PATEL]


def test_a_clock_put_back_keeps_no_share_for_longer(
    own: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the server was heard the computer's own clock counts, and can be turned."""
    now = own.xchart.state.clock.now
    own.pins.expect(PATEL, away=False)
    monkeypatch.setattr(own.pins, "_now", lambda: now() - timedelta(days=1))
    with own.xchart.state.unit() as db:
        members.reset_pin(db, PATEL)
    assert code_of(own.pins.open(PATEL, typed(PIN), away=False)) is Code.PIN_UNKNOWN


def test_who_is_gone_since_the_fifth_digit_has_no_try_and_no_pepper(own: Computer) -> None:
    """A wrong one would write it, to wait a minute."""
    for pin in WRONG[: BEFORE_A_WAIT - 1]:
        own.pins.open(PATEL, typed(pin), away=True)
    own.pins.expect(PATEL, away=True)
    recollection(own).forget_own(PATEL)
    assert code_of(own.pins.open(PATEL, typed(WRONG[5]), away=True)) is Code.PIN_UNKNOWN
    assert PINNED not in own.keychain.stored


@pytest.mark.parametrize("spent", ["here", "there"])
def test_the_sixth_digit_says_why_it_was_over_at_the_fifth(own: Computer, spent: str) -> None:
    """Too many wrong ones is another thing than a PIN that was reset."""
    if spent == "here":
        # As after a power cut in the tenth.
        kept = own.safe.pin(PATEL)
        assert isinstance(kept, str)
        own.safe.keep_pin(PATEL, kept.replace('"failures": 0', f'"failures": {MOST}'))
    else:
        with own.xchart.state.unit() as db:
            db.scalars(select(PinShare)).one().released = MOST
    own.pins.expect(PATEL, away=False)
    own.pins.expect(PATEL, away=False)
    assert PINNED not in own.keychain.stored
    assert code_of(own.pins.open(PATEL, typed(PIN), away=False)) is Code.PIN_SPENT
    assert code_of(own.pins.open(PATEL, typed(PIN), away=False)) is Code.PIN_UNKNOWN


def test_a_right_last_try_that_led_nowhere_is_not_the_end(own: Computer) -> None:
    """The screen was locked while it was looked at: no session follows that would settle it."""
    for pin in WRONG[: MOST - 1]:
        own.pins.open(PATEL, typed(pin), away=True)
        own.xchart.pass_time(minutes=2)
    assert own.pins.open(PATEL, typed(PIN), away=True) is None
    own.pins.expect(PATEL, away=True)
    assert counted(own) == "1"
    assert own.pins.open(PATEL, typed(PIN), away=True) is None


def test_a_right_one_is_settled_when_what_it_opened_is_closed(own: Computer) -> None:
    assert own.pins.open(PATEL, typed(PIN), away=True) is None
    own.pins.close(PATEL)
    assert counted(own) == "0"


def test_a_keychain_that_fails_for_a_moment_loses_no_right_one(own: Computer) -> None:
    assert own.pins.open(PATEL, typed(PIN), away=True) is None
    own.keychain.fault = KeychainFault.LOCKED
    assert own.pins.open(PATEL, typed(WRONG[0]), away=True) is Fault.KEYCHAIN_LOCKED
    own.keychain.fault = None
    own.pins.settle()
    assert counted(own) == "0"


def test_what_waits_for_a_digit_holds_nothing_open(own: Computer) -> None:
    """Law 10: the computer sleeps, and what was open lies in no second place."""
    assert own.pins.open(PATEL, typed(PIN), away=True) is None
    held = own.safe.credential(PATEL)
    assert isinstance(held, Credential)
    assert held.device_password
    own.pins.expect(PATEL, away=True)
    own.pins.close("")
    assert held.device_password not in everything_in(own.pins, set())


def everything_in(thing: object, seen: set[int]) -> str:
    """All texts that are reached from there, but not through the safe or the line."""
    if id(thing) in seen or isinstance(thing, Safe | AccountCalls | Api):
        return ""
    seen.add(id(thing))
    if isinstance(thing, str):
        return thing
    if isinstance(thing, dict):
        parts: list[object] = [*thing, *thing.values()]
    elif isinstance(thing, list | tuple | set | frozenset):
        parts = list(thing)
    else:
        names = (*getattr(thing, "__slots__", ()), *getattr(thing, "__dict__", ()))
        parts = [getattr(thing, name, None) for name in names]
    return "\n".join(everything_in(each, seen) for each in parts)
