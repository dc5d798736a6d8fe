"""Provisioning: all of a file or none of it."""

from pathlib import Path

import pytest

from kiosk.cli.provision import (
    Checked,
    Provisioned,
    check,
    provision,
    starts_with_session,
    take_over,
)
from kiosk.local.profile import Profile, open_profile
from kiosk.local.settings import SettingFault, Settings, SettingsFault, read_settings

BODY = 'server = "https://xchart.example"\noperatory = "Op 3"\n'
END = "\n[end]\n"
GOOD = BODY + END


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
    fault = provision(profile, given_file(tmp_path, f'{BODY}password = "x"\ntheme = "pink"\n[end]'))
    assert isinstance(fault, SettingsFault)
    assert [(one.line, one.key) for one in fault.faults] == [(3, "password"), (4, "theme")]
    assert profile.settings.read_bytes() == before


def test_a_file_without_a_server_is_refused(tmp_path: Path) -> None:
    fault = check(given_file(tmp_path, f'operatory = "Op 3"{END}'))
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


@pytest.mark.parametrize("cut", range(1, len(GOOD) - len("\n")))
def test_half_a_file_is_never_taken(tmp_path: Path, profile: Profile, cut: int) -> None:
    """Wherever a copy broke off: a sentence, and the settings in force stay."""
    fault = provision(profile, given_file(tmp_path, GOOD[:cut]))
    assert isinstance(fault, SettingsFault)
    assert all(one.sentence for one in fault.faults)
    assert not profile.settings.exists()


@pytest.mark.parametrize("text", ["", "\n", " \n\n"])
def test_an_empty_file_is_called_so(tmp_path: Path, text: str) -> None:
    """What a full disk leaves of a copy has no line that could be named."""
    fault = check(given_file(tmp_path, text))
    assert isinstance(fault, SettingsFault)
    assert [one.sentence for one in fault.faults] == ["The file is empty."]


def test_nothing_may_stand_behind_the_end(tmp_path: Path) -> None:
    fault = check(given_file(tmp_path, GOOD + "[display]\nshow = 'window'\n"))
    assert isinstance(fault, SettingsFault)
    assert fault.faults == (
        SettingFault(
            6, "end", "Line 6: the last line must be `[end]`. The file may be half written."
        ),
    )


def test_every_fault_is_heard_at_once(tmp_path: Path) -> None:
    fault = check(given_file(tmp_path, 'zone = "Main Street"\nautostart = "yes"\n'))
    assert isinstance(fault, SettingsFault)
    assert [one.key for one in fault.faults] == ["zone", "autostart", "end"]


def test_a_server_that_is_none_is_refused_by_line_and_key(tmp_path: Path, profile: Profile) -> None:
    file = given_file(tmp_path, f"# Op 3\n{GOOD}")
    fault = provision(profile, file, lambda settings: "That is a printer.")
    assert isinstance(fault, SettingsFault)
    assert fault.faults == (
        SettingFault(2, "server", "Line 2: `server` https://xchart.example: That is a printer."),
    )
    assert not profile.settings.exists()


def test_a_file_with_a_fault_asks_no_server(tmp_path: Path) -> None:
    def ask(_settings: Settings) -> str:
        raise AssertionError

    assert isinstance(check(given_file(tmp_path, BODY), ask), SettingsFault)


def test_what_was_left_is_read_once_and_removed(profile: Profile) -> None:
    assert take_over(profile) is None
    profile.provisioning.write_text(GOOD)
    done = take_over(profile)
    assert isinstance(done, Provisioned)
    assert not done.left
    assert read_settings(profile.settings) == done.settings
    assert not profile.provisioning.exists()


def test_what_was_left_with_a_fault_stays_for_it_to_see(profile: Profile) -> None:
    provision(profile, given_file(profile.settings.parent, GOOD))
    before = profile.settings.read_bytes()
    profile.provisioning.write_text(BODY)
    assert isinstance(take_over(profile), SettingsFault)
    assert profile.provisioning.exists()
    assert profile.settings.read_bytes() == before


def test_what_cannot_be_removed_is_said(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError

    profile.provisioning.write_text(GOOD)
    monkeypatch.setattr(Path, "unlink", refuse)
    done = take_over(profile)
    assert isinstance(done, Provisioned)
    assert done.left


@pytest.mark.parametrize(
    ("settings", "left", "starts"),
    [
        ("", "", False),
        ("autostart = true", "", True),
        ("autostart = false", "", False),
        ("", f"{BODY}autostart = true{END}", True),
        ("autostart = true", GOOD, False),  # what was left comes in force first
        ("autostart = true", BODY, True),  # unless it has a fault
        ("autostart = 7", "", True),  # the kiosk says what is wrong
    ],
)
def test_one_setting_starts_it_with_the_session(
    tmp_path: Path, settings: str, left: str, starts: bool
) -> None:
    (tmp_path / "settings.toml").write_text(settings)
    if left:
        (tmp_path / "provisioning.toml").write_text(left)
    assert starts_with_session(tmp_path) is starts


def test_settings_that_cannot_be_read_start_the_kiosk_that_says_so(profile: Profile) -> None:
    """Nothing started, and nothing said why."""
    assert not starts_with_session(profile.settings.parent)
    profile.settings.write_text("autostart = perhaps")
    assert starts_with_session(profile.settings.parent)
    profile.settings.write_text("autostart = false")
    assert not starts_with_session(profile.settings.parent)
