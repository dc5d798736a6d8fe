"""The small files: whole or not at all, and worth nothing by themselves."""

from pathlib import Path

import pytest

from kiosk.local.profile import Profile, ProfileFault, open_profile
from kiosk.sync.files import Joining, LocalFiles

JOINING = Joining("acc-office", "Main Street", "Op 3")


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    """An empty one."""
    made = open_profile(tmp_path)
    assert not isinstance(made, ProfileFault)
    return made


def test_a_joining_comes_back(profile: Profile) -> None:
    """After a restart."""
    assert LocalFiles(profile).joining() is None
    LocalFiles(profile).keep_joining(JOINING)
    assert LocalFiles(profile).joining() == JOINING


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"account": 1}', "\udcff"])
def test_a_file_that_cannot_be_read_is_none(profile: Profile, text: str) -> None:
    """Half written, or somebody else's."""
    (profile.data / "joined.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert LocalFiles(profile).joining() is None


def test_each_account_has_its_own_grant(profile: Profile) -> None:
    """An id never names a file outside its folder."""
    remembered = LocalFiles(profile)
    remembered.keep_grant("acc-office", "one")
    remembered.keep_grant("../../elsewhere", "two")
    assert remembered.grant("acc-office") == "one"
    assert remembered.grant("../../elsewhere") == "two"
    assert remembered.grant("acc-other") == ""
    assert all(p.parent == profile.grant for p in profile.data.rglob("*.jws"))


@pytest.mark.parametrize("put", ["loop", "file"])
def test_a_mark_that_cannot_be_looked_for_counts(profile: Profile, put: str) -> None:
    """Law 1: unreadable is no trust. A folder of root's, put back by a backup, raised."""
    remembered = LocalFiles(profile)
    assert not remembered.trust_dropped("acc-office")
    folder = profile.data / "dropped"
    if put == "loop":
        folder.symlink_to(folder)
    else:
        folder.touch()
    assert remembered.trust_dropped("acc-office")


@pytest.mark.parametrize(
    "text", ["", "[]", '{"account": "web-1", "next_start": "never", "at": "2026-11-23T18:00:00Z"}']
)
def test_a_rehearsal_that_cannot_be_read_is_none(profile: Profile, text: str) -> None:
    (profile.data / "rehearsed.json").write_text(text)
    assert LocalFiles(profile).rehearsed("web-1") is None
