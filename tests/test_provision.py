"""Provisioning: all of a file or none of it."""

from pathlib import Path

import pytest

from kiosk.profile import Profile, open_profile
from kiosk.provision import Checked, Provisioned, check, provision
from kiosk.settings import SettingsFault, read_settings

GOOD = 'server = "https://xchart.example"\noperatory = "Op 3"\n'


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    opened = open_profile(tmp_path / "profile")
    assert isinstance(opened, Profile)
    return opened


def given_file(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "op3.toml"
    file.write_text(text)
    return file


def test_a_good_file_is_in_force(tmp_path: Path, profile: Profile) -> None:
    done = provision(profile, given_file(tmp_path, GOOD))
    assert isinstance(done, Provisioned)
    assert read_settings(profile.settings) == done.settings
    assert done.settings.place.operatory == "Op 3"


def test_checking_writes_nothing(tmp_path: Path, profile: Profile) -> None:
    assert isinstance(check(given_file(tmp_path, GOOD)), Checked)
    assert not profile.settings.exists()


def test_a_fault_keeps_what_was_in_force_to_the_byte(tmp_path: Path, profile: Profile) -> None:
    provision(profile, given_file(tmp_path, GOOD))
    before = profile.settings.read_bytes()
    fault = provision(profile, given_file(tmp_path, GOOD + 'password = "x"\ntheme = "pink"\n'))
    assert isinstance(fault, SettingsFault)
    assert [(one.line, one.key) for one in fault.faults] == [(3, "password"), (4, "theme")]
    assert profile.settings.read_bytes() == before


def test_a_file_without_a_server_is_refused(tmp_path: Path) -> None:
    fault = check(given_file(tmp_path, 'operatory = "Op 3"\n'))
    assert isinstance(fault, SettingsFault)
    assert fault.faults[0].key == "server"


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    fault = check(tmp_path / "none.toml")
    assert isinstance(fault, SettingsFault)
    assert fault.faults[0].sentence == "There is no such file."


def test_settings_that_cannot_be_written_are_a_fault(tmp_path: Path, profile: Profile) -> None:
    profile.settings.mkdir()
    fault = provision(profile, given_file(tmp_path, GOOD))
    assert isinstance(fault, SettingsFault)
    assert fault.path == profile.settings
