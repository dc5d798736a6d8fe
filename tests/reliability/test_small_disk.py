"""The small disk of the tests is full when it is said to be, and never stays behind."""

import errno
import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.reliability.small_disk import filled, mountable, mounted

pytestmark = pytest.mark.skipif(not mountable(), reason="only root may mount a small disk")


def test_a_test_that_fails_with_a_file_open_leaves_no_disk_behind(tmp_path: Path) -> None:
    """A disk that stayed mounted failed every later run, which could not clear the folder."""
    place = tmp_path / "disk"
    with ExitStack() as left_open:

        def fails() -> None:
            left_open.enter_context((place / "audit.db").open("wb"))
            raise AssertionError("what the test found")

        with pytest.raises(AssertionError, match="what the test found"), mounted(place):
            fails()
        assert not place.is_mount()
    place.rmdir()


def test_it_has_no_more_room_than_is_left(tmp_path: Path) -> None:
    """And all of it again when the context is over."""
    with mounted(tmp_path / "disk"):
        with filled(tmp_path / "disk", 4096), (tmp_path / "disk" / "new").open("wb", 0) as new:
            assert new.write(bytes(4096)) == 4096
            with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
                new.write(bytes(4096))
        assert os.statvfs(tmp_path / "disk").f_bavail > 100
