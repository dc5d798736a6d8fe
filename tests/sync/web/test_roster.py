"""The names that are kept here: what the keychain has sealed, and nothing that somebody edited."""

import json
from pathlib import Path

import pytest

from kiosk.keychain.port import ItemName, Kept, KeychainFault
from kiosk.local.profile import replace_file
from kiosk.session.model.people import Person
from kiosk.session.model.refusals import Fault
from kiosk.session.model.terms import Badge, Roster
from kiosk.sync.secrets.safe import Safe
from kiosk.sync.web import roster as module
from kiosk.sync.web.password_check import PasswordCheck
from kiosk.sync.web.roster import KeptRoster, SiteRoster, roster_in, seal_of, written
from tests.support import port_contracts as contracts
from tests.support.fake_keychain import FakeKeychain
from tests.sync.web.conftest import NOW

OFFICE = "web-1"
LENA, JO = Person("Lena P.", "Lena P."), Person("Jo\u00eb M.", "Jo\u00eb M.")
ROSTER = Roster((LENA, JO), (Badge("a" * 64, JO.id),))


class TroubledKeychain(FakeKeychain):
    """Reads as ever; what it is asked to keep is answered with ``trouble``, while there is any.

    ``does``: and kept all the same, at once; else when it is ``let``. ``silent``: it says no more.
    """

    trouble: KeychainFault | None = None
    does = silent = False

    def __init__(self) -> None:
        super().__init__()
        self.late: list[tuple[ItemName, str]] = []

    def keep(self, name: ItemName, secret: str) -> Kept | KeychainFault:
        if self.trouble is None:
            return super().keep(name, secret)
        if self.does:
            super().keep(name, secret)
        self.late.append((name, secret))
        self.fault = self.trouble if self.silent else None
        return self.trouble

    def let(self) -> None:
        for name, secret in self.late:
            super().keep(name, secret)


class Computer:
    """One folder and one keychain; ``started`` anew it is the next start."""

    def __init__(self, folder: Path) -> None:
        self.file, self.keychain = folder / "names.json", TroubledKeychain()

    @property
    def next(self) -> Path:
        return self.file.with_name(self.file.name + module.NEXT)

    def killed_before_the_renaming(self, roster: Roster) -> None:
        """The list is sealed, and lies beside the one of before."""
        text = written(OFFICE, roster)
        self.next.write_text(text)
        Safe(self.keychain, lambda: NOW).keep_roster_seal(seal_of(text))

    def started(self) -> KeptRoster:
        return KeptRoster(self.file, Safe(self.keychain, lambda: NOW))


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path)


def test_what_is_kept_is_there_at_the_next_start(computer: Computer) -> None:
    assert computer.started().of(OFFICE) == Roster()
    assert computer.started().keep(OFFICE, ROSTER) is None
    assert computer.started().of(OFFICE) == ROSTER
    assert computer.started().of("web-2") == Roster(), "of that account"


def test_a_file_that_was_edited_or_is_gone_names_nobody(computer: Computer) -> None:
    """T24."""
    computer.started().keep(OFFICE, ROSTER)
    told = json.loads(computer.file.read_text())
    told["names"].append("Mallory X.")
    replace_file(computer.file, json.dumps(told))
    assert computer.started().of(OFFICE) == Roster()
    computer.file.unlink()
    assert computer.started().of(OFFICE) == Roster()


def test_whether_the_list_is_as_it_was_kept(computer: Computer) -> None:
    assert computer.started().is_whole() is None, "none was kept"
    computer.started().keep(OFFICE, ROSTER)
    assert computer.started().is_whole() is True
    replace_file(computer.file, "{}")
    assert computer.started().is_whole() is False
    computer.keychain.stored.clear()
    assert computer.started().is_whole() is False, "it was copied here"
    computer.keychain.fault = KeychainFault.LOCKED
    assert computer.started().is_whole() is Fault.KEYCHAIN_LOCKED


def test_an_older_file_that_is_put_back_brings_nobody_back(computer: Computer) -> None:
    """T24: a name that was removed would enter again, by its badge too."""
    kept = computer.started()
    kept.keep(OFFICE, ROSTER)
    before = computer.file.read_text()
    kept.keep(OFFICE, Roster((LENA,)))
    replace_file(computer.file, before)
    assert computer.started().of(OFFICE) == Roster()


def test_a_file_without_a_seal_names_nobody(computer: Computer) -> None:
    replace_file(computer.file, written(OFFICE, ROSTER))
    assert computer.started().of(OFFICE) == Roster()


def test_a_crash_between_file_and_keychain_leaves_the_one_or_the_other(
    computer: Computer,
) -> None:
    """T13."""
    computer.started().keep(OFFICE, Roster((LENA,)))
    computer.keychain.fault = KeychainFault.LOCKED
    kept = KeptRoster(computer.file, Safe(computer.keychain, lambda: NOW))
    assert kept.keep(OFFICE, ROSTER) is Fault.KEYCHAIN_LOCKED
    computer.keychain.fault = None
    assert computer.started().of(OFFICE) == Roster((LENA,))

    computer.killed_before_the_renaming(ROSTER)
    assert computer.started().of(OFFICE) == ROSTER


@pytest.mark.parametrize("fault", [KeychainFault.LOCKED, KeychainFault.REFUSED])
def test_the_list_that_holds_gives_way_to_none_that_is_not_sealed(
    computer: Computer, fault: KeychainFault
) -> None:
    """T13: killed before the renaming, and then the keychain takes no new seal."""
    computer.started().keep(OFFICE, Roster((LENA,)))
    computer.killed_before_the_renaming(ROSTER)
    computer.keychain.trouble = fault
    assert isinstance(computer.started().keep(OFFICE, Roster()), Fault)
    assert computer.started().of(OFFICE) == ROSTER


def test_nor_where_it_cannot_be_moved(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    computer.started().keep(OFFICE, Roster((LENA,)))
    computer.killed_before_the_renaming(ROSTER)

    def full(_self: Path, _target: Path) -> Path:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        assert computer.started().keep(OFFICE, Roster()) is Fault.RECORDS_FULL
    assert computer.started().of(OFFICE) == ROSTER


def test_what_a_slow_keychain_has_kept_all_the_same_is_kept(computer: Computer) -> None:
    """What was said not to be must not be, after a restart either."""
    kept, keychain = computer.started(), computer.keychain
    kept.keep(OFFICE, Roster((LENA,)))
    keychain.trouble, keychain.does = KeychainFault.SLOW, True
    assert kept.keep(OFFICE, ROSTER) is None
    assert kept.of(OFFICE) == ROSTER
    assert computer.started().of(OFFICE) == ROSTER


def test_while_nobody_knows_what_a_slow_keychain_holds_no_list_gives_way(
    computer: Computer,
) -> None:
    kept, keychain = computer.started(), computer.keychain
    kept.keep(OFFICE, Roster((LENA,)))
    keychain.trouble, keychain.does, keychain.silent = KeychainFault.SLOW, True, True
    assert kept.keep(OFFICE, ROSTER) is Fault.KEYCHAIN_SLOW
    assert kept.keep(OFFICE, Roster()) is Fault.KEYCHAIN_SLOW
    keychain.fault = None
    assert computer.started().of(OFFICE) == ROSTER


def test_what_a_slow_keychain_keeps_later_is_seen_before_the_next_change(
    computer: Computer,
) -> None:
    kept, keychain = computer.started(), computer.keychain
    kept.keep(OFFICE, Roster((LENA,)))
    keychain.trouble = KeychainFault.SLOW
    assert kept.keep(OFFICE, ROSTER) is Fault.KEYCHAIN_SLOW
    assert computer.started().of(OFFICE) == Roster((LENA,)), "not yet, and said not to be"
    keychain.let()
    assert kept.keep(OFFICE, Roster((JO,))) is Fault.KEYCHAIN_SLOW
    assert computer.started().of(OFFICE) == ROSTER, "somebody's, whatever it is"


def test_a_keychain_that_does_not_answer_is_no_empty_list(computer: Computer) -> None:
    computer.started().keep(OFFICE, ROSTER)
    computer.keychain.fault = KeychainFault.SLOW
    assert computer.started().of(OFFICE) is Fault.KEYCHAIN_SLOW


def test_a_seal_that_cannot_be_read_seals_nothing_and_stops_nobody(computer: Computer) -> None:
    """Every tile waits for the memory at the start: names are no reason to set up again."""
    computer.started().keep(OFFICE, ROSTER)
    computer.keychain.fault = KeychainFault.CORRUPT
    assert computer.started().of(OFFICE) == Roster()


def test_a_disk_that_takes_nothing_keeps_what_was(computer: Computer, tmp_path: Path) -> None:
    kept = KeptRoster(tmp_path / "no such folder" / "names.json", computer.started()._safe)
    assert kept.keep(OFFICE, ROSTER) is Fault.RECORDS_FULL
    assert kept.of(OFFICE) == Roster()


@pytest.mark.parametrize("text", ["", "[", "{}", '{"names": 3, "badges": [3]}', "[" * 100_000])
def test_whatever_is_in_the_file_is_read_as_nobody(text: str) -> None:
    assert roster_in(text)[1] == Roster()


def test_the_port(computer: Computer) -> None:
    safe = Safe(computer.keychain, lambda: NOW)
    contracts.keeps_roster(SiteRoster(PasswordCheck(safe, lambda: NOW), computer.started()))
