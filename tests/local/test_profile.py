"""Where everything of one kiosk lies."""

import os
import sys
from pathlib import Path

import pytest

from kiosk.local.profile import (
    Profile,
    ProfileFault,
    config_place,
    find_profile,
    open_profile,
    patiently,
    replace_file,
)


def opened(directory: Path | None) -> Profile:
    profile = open_profile(directory)
    assert isinstance(profile, Profile)
    return profile


def test_everything_lies_under_the_directory_given(tmp_path: Path) -> None:
    profile = opened(tmp_path / "op3")
    places = [
        profile.data,
        profile.logs,
        profile.settings,
        profile.login_file,
        profile.audit,
        profile.grant,
        profile.status,
        profile.lock,
        profile.log,
    ]
    assert all(place.is_relative_to(tmp_path / "op3") for place in places)
    assert len(set(places)) == len(places)


def test_without_one_it_is_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    profile = opened(None)
    assert profile.data.is_relative_to(tmp_path / "DATA")
    assert profile.settings.is_relative_to(tmp_path / "CONFIG")
    assert profile.logs.is_relative_to(tmp_path / "STATE")


def test_the_directories_are_the_users_alone(tmp_path: Path) -> None:
    (tmp_path / "op3" / "data").mkdir(parents=True)
    (tmp_path / "op3" / "data").chmod(0o755)
    profile = opened(tmp_path / "op3")
    for place in (tmp_path / "op3", profile.data, profile.logs):
        assert place.stat().st_mode & 0o777 == 0o700


def test_the_id_is_stable_and_another_profiles_is_another(tmp_path: Path) -> None:
    first = opened(tmp_path / "op3").id
    assert opened(tmp_path / "op3").id == first
    assert opened(tmp_path / "op4").id != first


@pytest.mark.parametrize("torn", [b"", b"0123", b"\xff" * 16, b"g" * 16])
def test_an_id_torn_at_its_making_is_made_again(tmp_path: Path, torn: bytes) -> None:
    profile = opened(tmp_path)
    (profile.data / "profile-id").write_bytes(torn)
    again = opened(tmp_path).id
    assert len(again) == 16
    assert opened(tmp_path).id == again


def test_a_place_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "op3").write_text("a file where the directory should be")
    fault = open_profile(tmp_path / "op3")
    assert isinstance(fault, ProfileFault)
    assert str(tmp_path / "op3") in fault.sentence


def test_a_file_is_replaced_whole_and_is_the_users_alone(tmp_path: Path) -> None:
    file = tmp_path / "status.json"
    replace_file(file, "old")
    replace_file(file, "new")
    assert file.read_text() == "new"
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_write_that_fails_keeps_the_old_file_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "status.json"
    replace_file(file, "old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(file, "new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_looking_for_the_settings_makes_nothing(tmp_path: Path) -> None:
    assert config_place(tmp_path / "op3") == opened(tmp_path / "op3").settings.parent
    assert config_place(tmp_path / "other") == tmp_path / "other"
    assert not (tmp_path / "other").exists()


def test_looking_makes_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "op3").mkdir(mode=0o755)
    found = find_profile(tmp_path / "op3")
    assert isinstance(found, Profile)
    assert (found.id, found.data) == ("", tmp_path / "op3" / "data")
    assert list((tmp_path / "op3").iterdir()) == []
    assert (tmp_path / "op3").stat().st_mode & 0o777 == 0o755


def test_what_was_made_is_found(tmp_path: Path) -> None:
    made = opened(tmp_path / "op3")
    assert find_profile(tmp_path / "op3") == made


@pytest.mark.parametrize("place", ["", "data", "logs"])
def test_a_link_is_no_profile_and_what_it_leads_to_stays(tmp_path: Path, place: str) -> None:
    """``--profile`` through a link took everybody's rights away from what it led to."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    elsewhere.chmod(0o755)
    link = tmp_path / "op3" / place
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(elsewhere)
    for asked in (open_profile, find_profile):
        fault = asked(tmp_path / "op3")
        assert isinstance(fault, ProfileFault)
        assert "link" in fault.sentence
    assert elsewhere.stat().st_mode & 0o777 == 0o755
    assert list(elsewhere.iterdir()) == []


@pytest.mark.skipif("not hasattr(os, 'geteuid') or os.geteuid()", reason="only root can")
def test_somebody_elses_folder_is_not_taken_over(tmp_path: Path) -> None:
    folder = tmp_path / "op3"
    folder.mkdir(mode=0o755)
    os.chown(folder, 61001, 61001)
    fault = open_profile(folder)
    assert isinstance(fault, ProfileFault)
    assert "belongs to another user" in fault.sentence
    assert folder.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize(("system", "tries"), [("win32", 3), ("linux", 1)])
def test_a_virus_scanner_that_reads_a_file_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, system: str, tries: int
) -> None:
    """Windows refuses to replace a file that somebody reads; elsewhere a refusal is meant."""
    monkeypatch.setattr("kiosk.local.profile.sys.platform", system)
    monkeypatch.setattr("kiosk.local.profile.PAUSE_SECONDS", 0)
    tried: list[int] = []

    def act() -> str:
        tried.append(1)
        if len(tried) < 3:
            raise PermissionError
        return "done"

    if system == "win32":
        assert patiently(act) == "done"
    else:
        with pytest.raises(PermissionError):
            patiently(act)
    assert len(tried) == tries


def test_a_file_that_stays_shut_is_said_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.local.profile.sys.platform", "win32")
    monkeypatch.setattr("kiosk.local.profile.PAUSE_SECONDS", 0)

    def act() -> None:
        raise PermissionError

    with pytest.raises(PermissionError):
        patiently(act)


@pytest.mark.parametrize("broken", ["", "abc", "x" * 40])
def test_a_broken_id_is_made_anew_only_where_nothing_was_kept_under_it(
    tmp_path: Path, broken: str
) -> None:
    """Under another id the keychain is empty, and would vouch for an edited audit (T24)."""
    first = open_profile(tmp_path)
    assert isinstance(first, Profile)
    name = first.data / "profile-id"
    name.write_text(broken)
    again = open_profile(tmp_path)
    assert isinstance(again, Profile)
    again.audit.touch()
    name.write_text(broken)
    refused = open_profile(tmp_path)
    assert isinstance(refused, ProfileFault)
    assert name.read_text() == broken


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_nobody_waits_for_an_id_that_is_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(parents=True)
    os.mkfifo(tmp_path / "data" / "profile-id")
    found = find_profile(tmp_path)
    assert isinstance(found, Profile)
    assert found.id == ""
