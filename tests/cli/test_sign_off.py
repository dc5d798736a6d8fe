"""Last words to a real server: what waits arrives, trust is gone there, an outage is no error."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.cli.sign_off import Parting
from kiosk.keychain.port import KeychainFault
from kiosk.local.profile import Profile, open_profile, replace_file
from kiosk.local.settings import Mode, Settings, render
from kiosk.session.model.audit import Act
from kiosk.session.model.people import Place
from kiosk.sync.records.audit_store import count_unsent
from sandbox.tables.rows import AuditRecord, Trust
from tests.support.chairside import recorded
from tests.support.sandbox.client import plain
from tests.support.sandbox.running import Xchart, serve
from tests.sync.conftest import OFFICE, Computer


@pytest.fixture
def computer(tmp_path: Path) -> Iterator[Computer]:
    (tmp_path / "server").mkdir()
    xchart: Xchart = serve(tmp_path / "server")
    profile = open_profile(tmp_path / "computer")
    assert isinstance(profile, Profile)
    made = Computer(profile, xchart)
    made.join()
    made.store.keep(recorded(made, Act.LEFT))
    made.stop()
    yield made
    xchart.leave()


def test_what_waits_is_pushed_and_trust_dropped_there(computer: Computer) -> None:
    parting = Parting(computer.profile, computer.keychain)
    parting.push()
    assert count_unsent(computer.profile.audit) == 0
    parting.drop()
    parting.close()
    with computer.xchart.state.unit() as db:
        assert [row.act for row in db.scalars(select(AuditRecord))] == ["left"]
        assert [row.ended for row in db.scalars(select(Trust))] == ["dropped"]


def test_everybody_who_has_a_login_here_is_said_farewell(computer: Computer) -> None:
    """Or their trust would outlive the computer's memory of it."""
    computer.start()
    nina = computer.join_own()
    computer.stop()
    parting = Parting(computer.profile, computer.keychain)
    parting.drop()
    parting.close()
    with computer.xchart.state.unit() as db:
        ended = {row.account_id: row.ended for row in db.scalars(select(Trust))}
    assert ended == {OFFICE: "dropped", nina: "dropped"}


def test_without_a_server_or_a_keychain_nothing_is_lost(computer: Computer) -> None:
    computer.keychain.fault = KeychainFault.LOCKED
    parting = Parting(computer.profile, computer.keychain)
    parting.push()
    parting.drop()
    parting.close()
    computer.keychain.fault = None
    computer.xchart.running.stop()
    parting = Parting(computer.profile, computer.keychain)
    parting.push()
    parting.drop()
    parting.close()
    assert count_unsent(computer.profile.audit) == 1


def test_a_site_with_a_web_sign_in_is_told_nothing(computer: Computer) -> None:
    """It keeps no contract: nothing of the audit, and no key, goes to it."""
    plain(computer.xchart.address, "DELETE", "/sandbox/requests")
    place = Place(computer.xchart.address, "Main Street", "Op 3")
    replace_file(computer.profile.settings, render(Settings(place=place, mode=Mode.WEB)))
    parting = Parting(computer.profile, computer.keychain)
    parting.push()
    parting.drop()
    parting.close()
    told = plain(computer.xchart.address, "GET", "/sandbox/requests").text
    assert "/v1/" not in told
    assert count_unsent(computer.profile.audit) == 1
