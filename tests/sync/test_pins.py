"""A PIN opens one person's own credential, against a real server that counts with it (T5)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select

from kiosk.keychain.port import Item, ItemName, KeychainFault
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.session.model.replies import News
from kiosk.session.ports import Started
from kiosk.sync.pins import MOST
from kiosk.sync.secrets.safe import Credential
from kiosk.sync.wire.proof import DeviceKey
from sandbox.admin import members
from sandbox.tables.pinned import PinShare
from tests.support.digits import typed
from tests.support.own_pin import PATEL, PIN, WRONG, code_of, released
from tests.sync.conftest import OFFICE, PASSWORD, Computer, recollection


def enter(computer: Computer, strength: Strength = Strength.PIN) -> object:
    return computer.sign_in.start_session(PATEL, PATEL, strength)


def everything_below(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file())


def test_the_pin_opens_and_she_is_in_also_after_a_restart(own: Computer) -> None:
    own.restart()
    assert own.pins.open(PATEL, typed(PIN), away=False) is None
    assert isinstance(enter(own), Started)
    assert released(own) == 0, "a sign-in by PIN shows that it was right"


def test_without_it_nothing_of_hers_can_be_used(own: Computer) -> None:
    assert code_of(enter(own)) is Code.PIN_UNKNOWN
    own.restart()
    assert code_of(enter(own)) is Code.PIN_UNKNOWN
    assert own.pins.open(PATEL, typed(PIN), away=False) is None
    own.pins.close("")
    assert code_of(enter(own)) is Code.PIN_UNKNOWN


def test_her_password_lies_nowhere_on_the_computer(computer: Computer) -> None:
    """Law 10; the PIN is never compared, so it lies nowhere either."""
    computer.join_own()
    credential = computer.safe.credential(PATEL)
    assert isinstance(credential, Credential)
    assert credential.device_password
    assert computer.pins.seal(PATEL, typed(PIN), typed(PIN)) is None
    kept = everything_below(computer.profile.data) + repr(computer.keychain.stored).encode()
    assert credential.device_password.encode() not in kept
    assert PIN.encode() not in kept


def test_the_shared_account_is_as_it_was(own: Computer) -> None:
    """facts.md S3."""
    assert isinstance(own.sign_in.start_session(OFFICE, "per-maria", Strength.TILE), Started)
    own.restart()
    memory = recollection(own).memory()
    assert not isinstance(memory, Fault)
    assert memory.account is not None
    assert memory.account.id == OFFICE
    assert [(each.account.id, each.sealed) for each in memory.own] == [(PATEL, True)]


def test_the_grant_of_the_computer_lists_her_until_she_is_deactivated(own: Computer) -> None:
    """Law 12: one poll tells of everybody."""
    news = own.listening.news(OFFICE)
    assert isinstance(news, News)
    assert news.terms is not None
    assert [each.account.id for each in news.terms.own] == [PATEL]
    own.xchart.control("POST", f"/members/{PATEL}", {"active": False})
    news = own.listening.news(OFFICE)
    assert isinstance(news, News)
    assert news.terms is not None
    assert news.terms.own == ()
    assert code_of(own.pins.open(PATEL, typed(PIN), away=False)) is Code.ACCOUNT_DEACTIVATED


@pytest.mark.parametrize(
    ("pin", "again", "code"),
    [
        ("482915", "482916", Code.PIN_DIFFERS),
        ("123456", "123456", Code.PIN_WEAK),
        ("48291", "48291", Code.PIN_WEAK),
        ("", "", Code.PIN_WEAK),
    ],
)
def test_what_will_not_do_as_a_pin_seals_nothing(
    computer: Computer, pin: str, again: str, code: Code
) -> None:
    computer.join_own()
    assert code_of(computer.pins.seal(PATEL, typed(pin), typed(again))) is code
    assert not computer.remembered.seal(PATEL)


def test_five_wrong_ones_wait_a_minute_and_ten_are_the_end(own: Computer) -> None:
    """facts.md section 5; threats.md T5."""
    told = []
    for pin in WRONG:
        no = own.pins.open(PATEL, typed(pin), away=False)
        if code_of(no) is Code.TOO_MANY_TRIES:
            own.xchart.pass_time(minutes=1, seconds=1)
            no = own.pins.open(PATEL, typed(pin), away=False)
        assert isinstance(no, Refusal)
        told.append((no.code, no.tries_left))
    wrong = Code.PIN_WRONG
    assert told == [
        *((wrong, left) for left in (4, 3, 2, 1, 5, 4, 3, 2, 1)),
        (Code.PIN_SPENT, None),
    ]
    assert not own.remembered.seal(PATEL)
    assert ItemName(Item.PIN, PATEL) not in own.keychain.stored
    assert code_of(own.pins.open(PATEL, typed(PIN), away=False)) is Code.PIN_UNKNOWN


def test_during_the_wait_the_right_one_is_not_tried_either(own: Computer) -> None:
    for pin in WRONG[:5]:
        own.pins.open(PATEL, typed(pin), away=True)
    before = own.keychain.stored[ItemName(Item.PIN, PATEL)]
    told = own.pins.open(PATEL, typed(PIN), away=True)
    assert code_of(told) is Code.TOO_MANY_TRIES
    assert own.keychain.stored[ItemName(Item.PIN, PATEL)] == before
    own.xchart.pass_time(minutes=1, seconds=1)
    assert own.pins.open(PATEL, typed(PIN), away=True) is None


def test_the_same_wrong_one_counts_once(own: Computer) -> None:
    tries = {
        getattr(own.pins.open(PATEL, typed(WRONG[0]), away=False), "tries_left", 0)
        for _ in range(9)
    }
    assert tries == {4}
    assert released(own) == 1


def test_a_right_one_forgets_the_wrong_ones(own: Computer) -> None:
    for pin in WRONG[:3]:
        own.pins.open(PATEL, typed(pin), away=False)
    assert own.pins.open(PATEL, typed(PIN), away=False) is None
    own.pins.settle()
    assert isinstance(enter(own), Started)
    told = own.pins.open(PATEL, typed(WRONG[5]), away=False)
    assert isinstance(told, Refusal)
    assert told.tries_left == 4


def test_a_right_one_is_settled_behind_the_answer_and_forgets_no_later_try(own: Computer) -> None:
    """Nobody waits for the keychain; what was tried since stays counted."""
    assert own.pins.open(PATEL, typed(PIN), away=True) is None
    assert '"failures": 1' in own.keychain.stored[ItemName(Item.PIN, PATEL)]
    own.pins.settle()
    assert '"failures": 0' in own.keychain.stored[ItemName(Item.PIN, PATEL)]
    own.pins.open(PATEL, typed(WRONG[0]), away=True)
    own.pins.settle()
    told = own.pins.open(PATEL, typed(WRONG[1]), away=True)
    assert isinstance(told, Refusal)
    assert told.tries_left == 3


def test_a_restart_between_tries_gives_none_back(own: Computer) -> None:
    for n, pin in enumerate(WRONG[:4]):
        own.restart()
        told = own.pins.open(PATEL, typed(pin), away=True)
        assert isinstance(told, Refusal)
        assert told.tries_left == 4 - n


def test_a_crash_in_the_middle_of_a_try_gives_none_back(
    own: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A try is counted before it is made."""

    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("kiosk.sync.pins.opened", power_cut)
        for pin in WRONG[:3]:
            with pytest.raises(KeyboardInterrupt):
                own.pins.open(PATEL, typed(pin), away=True)
    own.restart()
    told = own.pins.open(PATEL, typed(WRONG[4]), away=True)
    assert isinstance(told, Refusal)
    assert told.tries_left == 1


def test_files_put_back_give_no_tries_back(own: Computer) -> None:
    """T5: not the seal's, for the keychain counts; nor the keychain's, for the server does."""
    seal, stored = own.remembered.seal(PATEL), dict(own.keychain.stored)
    told: list[Code | None] = []
    for n in range(3 * MOST):
        own.restart()
        own.keychain.stored.update(stored)
        own.remembered.keep_seal(PATEL, seal)
        told.append(code_of(own.pins.open(PATEL, typed(f"{719_360 + n}"), away=False)))
        own.xchart.pass_time(minutes=2)
    assert told.count(Code.PIN_WRONG) == MOST
    assert told[MOST] is Code.PIN_SPENT
    own.restart()
    own.keychain.stored.update(stored)
    own.remembered.keep_seal(PATEL, seal)
    assert code_of(own.pins.open(PATEL, typed(PIN), away=False)) in {
        Code.PIN_SPENT,
        Code.PIN_UNKNOWN,
    }


def test_without_the_server_the_last_share_opens(own: Computer) -> None:
    """design.md section 3, Outage: within the grant people enter by PIN."""
    own.xchart.stop()
    assert own.pins.open(PATEL, typed(PIN), away=False) is None
    assert code_of(own.pins.open(PATEL, typed(WRONG[0]), away=True)) is Code.PIN_WRONG
    assert isinstance(enter(own), Unreachable)


def test_a_pepper_that_is_lost_asks_for_the_password(own: Computer) -> None:
    del own.keychain.stored[ItemName(Item.PIN, PATEL)]
    own.restart()
    assert code_of(own.pins.open(PATEL, typed(PIN), away=False)) is Code.PIN_UNKNOWN
    assert not own.remembered.seal(PATEL)


def test_half_a_seal_asks_for_the_password(own: Computer) -> None:
    own.remembered.keep_seal(PATEL, own.remembered.seal(PATEL)[:40])
    assert code_of(own.pins.open(PATEL, typed(PIN), away=False)) is Code.PIN_UNKNOWN


def test_a_keychain_that_cannot_count_tries_nothing(own: Computer) -> None:
    own.keychain.fault = KeychainFault.LOCKED
    told = own.pins.open(PATEL, typed(PIN), away=True)
    assert told is Fault.KEYCHAIN_LOCKED
    assert code_of(enter(own)) is Code.PIN_UNKNOWN or enter(own) is Fault.KEYCHAIN_LOCKED


def test_what_the_server_does_not_grant_is_no_try(own: Computer) -> None:
    """It is counted while the server answers, and given back with its no."""
    name = ItemName(Item.PIN, PATEL)
    before = own.keychain.stored[name]
    own.xchart.control("POST", f"/members/{PATEL}", {"active": False})
    for _ in range(MOST + 1):
        assert code_of(own.pins.open(PATEL, typed(PIN), away=False)) is Code.ACCOUNT_DEACTIVATED
    assert own.keychain.stored[name] == before


def test_the_pin_of_one_room_opens_no_other(
    own: Computer, new_computer: Callable[[], Computer]
) -> None:
    """Trust is per (account, device), and so is the PIN."""
    other = new_computer()
    other.join()
    assert code_of(other.pins.open(PATEL, typed(PIN), away=False)) is Code.PIN_UNKNOWN
    other.remembered.keep_seal(PATEL, own.remembered.seal(PATEL))
    assert code_of(other.pins.open(PATEL, typed(PIN), away=False)) is Code.PIN_UNKNOWN


def test_one_masher_locks_nobody_out_elsewhere(
    own: Computer, new_computer: Callable[[], Computer]
) -> None:
    """T5: a lockout touches no other computer, and no other person."""
    other = new_computer()
    other.join()
    other.join_own()
    assert other.pins.seal(PATEL, typed("905172"), typed("905172")) is None
    for pin in WRONG:
        own.pins.open(PATEL, typed(pin), away=False)
        own.xchart.pass_time(minutes=2)
    assert other.pins.open(PATEL, typed("905172"), away=False) is None
    assert isinstance(own.sign_in.start_session(OFFICE, "per-maria", Strength.TILE), Started)


def test_a_personal_account_hears_the_news_of_the_room_and_of_nobody_more(own: Computer) -> None:
    """Where the shared account has no trust any more."""
    told = own.listening.news(PATEL)
    assert isinstance(told, News)
    assert told.terms is not None
    assert told.terms.account.id == PATEL
    assert told.terms.names is False
    assert own.days.day(PATEL) is not None
    assert own.days.day(OFFICE) is None


def test_forgotten_is_forgotten(own: Computer) -> None:
    """T17: the patients that it saw, too."""
    assert isinstance(own.listening.news(PATEL), News)
    assert recollection(own).forget_own(PATEL) is None
    assert own.days.day(PATEL) is None
    own.restart()
    memory = recollection(own).memory()
    assert not isinstance(memory, Fault)
    assert memory.own == ()
    assert {name for name in own.keychain.stored if name.account == PATEL} == set()
    assert isinstance(own.sign_in.start_session(OFFICE, "per-maria", Strength.TILE), Started)


def test_an_admin_resets_the_pin_and_the_computer_asks_for_the_password(own: Computer) -> None:
    with own.xchart.state.unit() as db:
        db.delete(db.get_one(PinShare, (PATEL, db.scalars(select(PinShare.jkt)).one())))
    assert code_of(own.pins.open(PATEL, typed(PIN), away=False)) is Code.PIN_UNKNOWN
    assert not own.remembered.seal(PATEL)


def test_the_wait_ends_by_trusted_time(own: Computer) -> None:
    for pin in WRONG[:5]:
        own.pins.open(PATEL, typed(pin), away=True)
    told = own.pins.open(PATEL, typed(PIN), away=True)
    assert isinstance(told, Refusal)
    assert told.retry_at is not None
    assert told.retry_at - own.xchart.state.clock.now() <= timedelta(minutes=1)


def test_right_ones_without_a_sign_in_are_confirmed_and_never_spent(own: Computer) -> None:
    """Whoever comes back ten times a day has not guessed ten times."""
    for _ in range(MOST + 2):
        assert own.pins.open(PATEL, typed(PIN), away=False) is None
        own.pins.settle()
        own.pins.confirm(PATEL)
    assert released(own) == 0
    own.pins.close("")
    own.pins.confirm(PATEL)
    assert code_of(own.pins.open(PATEL, typed(WRONG[0]), away=False)) is Code.PIN_WRONG
    own.pins.confirm(PATEL)
    assert released(own) == 1, "nothing is open: nothing is confirmed"


def test_an_older_pin_opens_nothing_after_a_new_joining(own: Computer) -> None:
    """Somebody's PIN was seen; they gave their password and code, and no new PIN yet."""
    own.xchart.pass_time(minutes=1)
    own.join_own()
    own.restart()
    memory = recollection(own).memory()
    assert not isinstance(memory, Fault)
    assert [each.sealed for each in memory.own] == [False]
    assert code_of(own.pins.open(PATEL, typed(PIN), away=True)) is Code.PIN_UNKNOWN


def test_a_revoked_computer_keeps_its_key_for_whoever_only_has_a_login_here(own: Computer) -> None:
    key = own.safe.device_key()
    assert isinstance(key, DeviceKey)
    own.xchart.control("POST", f"/computers/{key.thumbprint}", {"revoke": "device"})
    assert (
        code_of(
            own.enrolment.open_challenge(
                Purpose.OWN, own.place, "becker@lakeside.example", PASSWORD
            )
        )
        is Code.DEVICE_REVOKED
    )
    assert own.safe.device_key() is key


def test_a_pulled_cable_does_not_bring_back_a_pin_that_was_reset(own: Computer) -> None:
    """Somebody else knows it: an admin reset it, and they pull the cable to type it (T5)."""
    with own.xchart.state.unit() as db:
        members.reset_pin(db, PATEL)
    assert own.pins.open(PATEL, typed(PIN), away=True) is None
    assert code_of(enter(own)) is Code.PIN_UNKNOWN
    assert code_of(enter(own, Strength.BADGE)) is not None
    assert code_of(own.pins.open(PATEL, typed(PIN), away=False)) is Code.PIN_UNKNOWN
    assert code_of(own.pins.open(PATEL, typed(PIN), away=True)) is Code.PIN_UNKNOWN


def test_a_pin_that_is_over_leaves_no_pepper_however_slow_its_count(
    own: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The count, with the pepper in it, is kept while the server answers, and not behind its no."""
    forgotten, keep, forget = Event(), own.safe.keep_pin, own.safe.forget_pin

    def slowly(account_id: str, text: str) -> Fault | None:
        forgotten.wait(0.5)
        return keep(account_id, text)

    def at_once(account_id: str) -> Fault | None:
        fault = forget(account_id)
        forgotten.set()
        return fault

    with own.xchart.state.unit() as db:
        members.reset_pin(db, PATEL)
    monkeypatch.setattr(own.safe, "keep_pin", slowly)
    monkeypatch.setattr(own.safe, "forget_pin", at_once)
    assert code_of(own.pins.open(PATEL, typed(PIN), away=False)) is Code.PIN_UNKNOWN
    assert ItemName(Item.PIN, PATEL) not in own.keychain.stored


def test_a_right_pin_is_not_settled_for_a_login_that_is_gone(own: Computer) -> None:
    """Its removal on another lane may come between the answer and what is settled behind it."""
    assert own.pins.open(PATEL, typed(PIN), away=False) is None
    recollection(own).forget_own(PATEL)
    own.pins.settle()
    assert ItemName(Item.PIN, PATEL) not in own.keychain.stored


def test_a_share_that_does_not_fit_is_not_kept(own: Computer) -> None:
    """A server put back to an older copy: the right PIN still opens without it."""
    assert own.pins.open(PATEL, typed(PIN), away=False) is None
    own.pins.settle()
    with own.xchart.state.unit() as db:
        db.scalars(select(PinShare)).one().share = "A" * 43
    assert code_of(own.pins.open(PATEL, typed(PIN), away=False)) is Code.PIN_WRONG
    own.restart()
    assert own.pins.open(PATEL, typed(PIN), away=True) is None


def items(computer: Computer) -> dict[Item, str]:
    """What the keychain holds of her PIN."""
    names = {Item.PIN, Item.PIN_SHARE}
    stored = computer.keychain.stored
    return {n.item: text for n, text in stored.items() if n.item in names and n.account == PATEL}


def kept_as_before(computer: Computer) -> None:
    """The keychain as a kiosk of the version before left it: the share beside the pepper."""
    pepper, share = (computer.safe.pin(PATEL), computer.safe.pin_share(PATEL))
    assert isinstance(pepper, str)
    assert computer.safe.keep_pin(PATEL, pepper[:-1] + f', "share": "{share}"}}') is None
    assert computer.safe.forget_pin_share(PATEL) is None
    computer.restart()


def test_share_and_pepper_lie_in_items_of_their_own(own: Computer) -> None:
    assert set(items(own)) == {Item.PIN, Item.PIN_SHARE}
    share = own.safe.pin_share(PATEL)
    assert isinstance(share, str)
    assert share not in items(own)[Item.PIN]
    own.restart()
    assert own.pins.open(PATEL, typed(PIN), away=True) is None


@pytest.mark.parametrize("away", [True, False])
def test_an_item_of_before_is_read_and_parted(own: Computer, away: bool) -> None:
    kept_as_before(own)
    assert own.pins.open(PATEL, typed(PIN), away=away) is None
    own.pins.settle()
    assert set(items(own)) == {Item.PIN, Item.PIN_SHARE}
    assert "share" not in items(own)[Item.PIN]
    own.restart()
    assert own.pins.open(PATEL, typed(PIN), away=True) is None


@pytest.mark.parametrize("before", [True, False])
def test_where_the_keychain_can_be_copied_no_share_is_kept(own: Computer, before: bool) -> None:
    """T5, T21: with both, a PIN is found in a day. Without the server her password is asked for."""
    if before:
        kept_as_before(own)
    own.offline = False
    own.restart()
    own.pins.let_go_of_shares()
    assert set(items(own)) == {Item.PIN}
    assert "share" not in items(own)[Item.PIN]
    assert own.pins.open(PATEL, typed(PIN), away=False) is None
    own.pins.settle()
    assert own.pins.seal(PATEL, typed("719353"), typed("719353")) is None
    assert set(items(own)) == {Item.PIN}
    own.restart()
    own.listening.hang_up()
    for away in (True, False):
        assert own.pins.open(PATEL, typed("719353"), away=away) is Unreachable.NO_ANSWER


def test_nothing_of_a_pin_stays_behind_somebody_who_left(own: Computer) -> None:
    """Deactivation (law 12): pepper, share and seal."""
    assert set(items(own)) == {Item.PIN, Item.PIN_SHARE}
    assert recollection(own).forget_own(PATEL) is None
    assert items(own) == {}
    assert own.safe.pin_share(PATEL) is None
    assert own.remembered.seal(PATEL) == ""
