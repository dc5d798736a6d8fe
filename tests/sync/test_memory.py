"""Reading the memory at start: files can only make the kiosk know less."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from kiosk.keychain.port import Item, ItemName, KeychainFault
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Fault
from kiosk.session.model.replies import StartupState
from kiosk.session.model.trust import NoTrust, Trust
from kiosk.session.ports import Started
from kiosk.sync.files import Joining
from tests.sync.conftest import OFFICE, Computer, recollection


@pytest.fixture
def recall(computer: Computer) -> Callable[[], StartupState | Fault]:
    """Reads the memory of the joined computer, as after a restart."""

    def read() -> StartupState | Fault:
        computer.restart()
        return recollection(computer).memory()

    return read


def test_a_joined_computer_remembers_everything(
    computer: Computer, recall: Callable[[], StartupState | Fault]
) -> None:
    """Room, account, trust, grant and device."""
    memory = recall()
    assert isinstance(memory, StartupState)
    assert memory.place == computer.place
    assert memory.account is not None
    assert memory.account.label == "Office Assistant"
    assert isinstance(memory.trust, Trust)
    assert memory.terms is not None
    assert memory.next_sequence == 1


def test_a_new_computer_knows_what_the_settings_say(
    new_computer: Callable[[], Computer],
) -> None:
    """Nothing else."""
    computer = new_computer()
    memory = recollection(computer).memory()
    assert isinstance(memory, StartupState)
    assert memory.account is None
    assert memory.place == computer.place
    assert not memory.keys_lost


@pytest.mark.parametrize("lost", [Item.DEVICE_KEY, Item.DEVICE_PASSWORD])
def test_lost_keys_are_said(
    computer: Computer, recall: Callable[[], StartupState | Fault], lost: Item
) -> None:
    """T12: a deleted key means setting up again, with a code; nobody enters on files alone."""
    account = OFFICE if lost is Item.DEVICE_PASSWORD else ""
    computer.keychain.forget(ItemName(lost, account))
    memory = recall()
    assert isinstance(memory, StartupState)
    assert memory.account is None
    assert memory.keys_lost


def test_lost_trust_is_no_trust(
    computer: Computer, recall: Callable[[], StartupState | Fault]
) -> None:
    """Law 1: missing, or unreadable."""
    name = ItemName(Item.TRUST_TOKEN, OFFICE)
    computer.keychain.keep(name, "{}")
    memory = recall()
    assert isinstance(memory, StartupState)
    assert memory.trust is NoTrust.UNREADABLE
    computer.keychain.forget(name)
    memory = recall()
    assert isinstance(memory, StartupState)
    assert memory.trust is NoTrust.REMOVED


def test_an_edited_account_enters_nobody(
    computer: Computer, recall: Callable[[], StartupState | Fault]
) -> None:
    """T12: the file says another account; the keychain knows none of that name."""
    computer.remembered.keep_joining(Joining("acc-rivera", "Main Street", "Op 3"))
    memory = recall()
    assert isinstance(memory, StartupState)
    assert memory.account is None


def test_an_edited_grant_is_no_grant(
    computer: Computer, recall: Callable[[], StartupState | Fault]
) -> None:
    """T12: then the server has to say it again."""
    compact = computer.remembered.grant(OFFICE)
    head, body, signature = compact.split(".")
    computer.remembered.keep_grant(OFFICE, f"{head}.{body[:-4]}AAAA.{signature}")
    memory = recall()
    assert isinstance(memory, StartupState)
    assert memory.terms is None


def test_an_old_grant_put_back_shortens_trust(
    computer: Computer, recall: Callable[[], StartupState | Fault]
) -> None:
    """T7: restoring files never lengthens anything; the horizon is the shorter of the two."""
    old = computer.remembered.grant(OFFICE)
    first = recall()
    computer.xchart.pass_time(days=10)
    computer.sign_in.start_session(OFFICE, "per-maria", Strength.TILE)
    later = recall()
    computer.remembered.keep_grant(OFFICE, old)
    restored = recall()
    horizons = []
    for memory in (first, later, restored):
        assert isinstance(memory, StartupState)
        assert isinstance(memory.trust, Trust)
        assert memory.trust.horizon_at is not None
        horizons.append(memory.trust.horizon_at)
    assert horizons[1] - horizons[0] >= timedelta(days=10)
    assert horizons[2] == horizons[0]


@pytest.mark.parametrize("fault", [KeychainFault.LOCKED, KeychainFault.ABSENT, KeychainFault.SLOW])
def test_a_keychain_that_does_not_answer_is_a_fault(
    computer: Computer, recall: Callable[[], StartupState | Fault], fault: KeychainFault
) -> None:
    """Not a new computer."""
    computer.keychain.fault = fault
    assert isinstance(recall(), Fault)


@pytest.mark.parametrize(
    ("closed", "back", "holds"),
    [
        (None, datetime(2026, 11, 30, 14, 0, tzinfo=UTC), True),  # Monday, 8 am
        (None, datetime(2026, 12, 1, 0, 30, tzinfo=UTC), False),  # Monday, after the close
        (date(2026, 11, 30), datetime(2026, 12, 1, 14, 0, tzinfo=UTC), True),  # a holiday Monday
        (date(2026, 11, 30), datetime(2026, 12, 2, 14, 0, tzinfo=UTC), False),
    ],
)
def test_an_outage_over_a_weekend_stays_within_the_grant(
    computer: Computer, closed: date | None, back: datetime, holds: bool
) -> None:
    """Design section 3, Limits: to the close of the next clinic day, at most 96 hours."""
    xchart = computer.xchart
    friday = datetime(2026, 11, 27, 22, 0, tzinfo=UTC)
    xchart.state.travel(friday - xchart.state.clock.now())
    if closed is not None:
        xchart.control("POST", "/closures", {"day": closed.isoformat()})
    assert isinstance(computer.sign_in.start_session(OFFICE, "per-maria", Strength.TILE), Started)
    xchart.running.stop()
    computer.restart()
    memory = recollection(computer).memory()
    assert isinstance(memory, StartupState)
    assert memory.terms is not None
    assert memory.terms.holds(back) is holds


def test_where_trust_was_removed_no_patient_is_left(
    computer: Computer, recall: Callable[[], StartupState | Fault]
) -> None:
    """T3: the power went between the server's word and the deletion."""
    computer.hear()
    assert computer.days.day(OFFICE) is not None
    computer.remembered.mark_dropped(OFFICE)
    memory = recall()
    assert isinstance(memory, StartupState)
    assert memory.trust is NoTrust.REMOVED
    assert computer.days.day(OFFICE) is None
