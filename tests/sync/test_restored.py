"""A server that was put back to a backup: what was lost there is not shown here for long.

The clinic goes on from the copy, and so do its numbers: a cursor or a version of the lost hours
may look like one of the new ones.
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.local.profile import Profile, open_profile
from kiosk.session.model.day import Appointment
from kiosk.session.model.replies import Delivered
from sandbox.clinic import chairside
from sandbox.tables.rows import Account
from sandbox.tables.rows import Appointment as Row
from tests.support.chairside import sets, visit
from tests.support.firewall import Firewall
from tests.support.sandbox.running import serve
from tests.sync.conftest import OFFICE, Computer


class Clinic:
    """A computer in Op 3, the front desk in a browser, and the server that they share."""

    def __init__(self, folder: Path) -> None:
        self.server_data, self.backup = folder / "server", folder / "backup"
        self.server_data.mkdir()
        self.firewall = Firewall()
        self.firewall.__enter__()
        self._serve(self.server_data)
        profile = open_profile(folder / "computer")
        assert isinstance(profile, Profile)
        self.computer = Computer(profile, replace(self.server, address=self.firewall.address))
        self.computer.join()
        self.computer.hear()

    def back_up(self) -> None:
        """Copy the database, as it is."""
        self.server.stop()
        shutil.copytree(self.server_data, self.backup)
        self._serve(self.server_data)

    def restore(self) -> None:
        """Go on from the copy."""
        self.server.stop()
        self._serve(self.backup)

    def sets_in_browser(self, target: str, to: str) -> None:
        """The front desk sets a status."""
        with self.server.state.unit() as db:
            row = db.get_one(Row, target)
            mark = chairside.Mark("", "Front desk", self.server.state.clock.now())
            account = db.get_one(Account, OFFICE)
            done = chairside.set_status(db, account, row, to, row.version, mark)
            assert done == chairside.DONE

    def shown(self, target: str) -> Appointment:
        """As the computer has it."""
        found = self.computer.days.day(OFFICE)
        assert found is not None
        return next(each for each in found.day.schedule.appointments if each.id == target)

    def true(self, target: str) -> tuple[str, int]:
        """As the server has it."""
        with self.server.state.unit() as db:
            row = db.get_one(Row, target)
            return row.status, row.version

    def sends(self) -> Delivered:
        """As the kiosk does: what contradicts is a reason for doubt (``effects``)."""
        told = self.computer.posting.send(OFFICE)
        assert isinstance(told, Delivered)
        if told.conflicts or told.refused:
            self.computer.listening.doubt()
        return told

    def close(self) -> None:
        """Everything ends."""
        self.computer.stop()
        self.firewall.__exit__()
        self.server.stop()

    def _serve(self, data: Path) -> None:
        self.server = serve(data, self.firewall.address)
        self.server.state.notifier.second = 0.001
        self.firewall.lead_to(self.server.address)


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    """It has heard of everything there is."""
    made = Clinic(tmp_path)
    made.server.state.notifier.second = 0.001
    yield made
    made.close()


def test_what_was_lost_is_not_shown_after_the_next_news(clinic: Clinic) -> None:
    target = visit(clinic.computer).id
    clinic.back_up()
    clinic.sets_in_browser(target, "Seated")
    clinic.computer.hear()
    assert clinic.shown(target).status == "Seated"
    clinic.restore()
    clinic.computer.hear()
    shown = clinic.shown(target)
    assert (shown.status, shown.version) == clinic.true(target)
    assert shown.status != "Seated"


def test_after_a_no_the_day_is_as_the_server_has_it(clinic: Clinic) -> None:
    """Other rooms went on before this one came back, and its numbers look like the new ones."""
    target = visit(clinic.computer).id
    others = [each.id for each in visits(clinic.computer) if each.id != target][:3]
    clinic.back_up()
    for to in ("Seated", "Ready for doctor"):
        clinic.sets_in_browser(target, to)
    clinic.computer.hear()
    clinic.restore()
    for other in others:
        clinic.sets_in_browser(other, "Seated")
    sets(clinic.computer, clinic.shown(target), "Doctor here")
    assert clinic.sends().conflicts
    clinic.computer.hear()
    shown = clinic.shown(target)
    assert (shown.status, shown.version) == clinic.true(target)


def visits(computer: Computer) -> tuple[Appointment, ...]:
    """All that it has."""
    found = computer.days.day(OFFICE)
    assert found is not None
    return found.day.schedule.appointments
