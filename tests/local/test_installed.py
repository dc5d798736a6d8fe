"""What runs is a snapshot of hard links: a file that was put into it is not the package's."""

import os
from pathlib import Path

import pytest

from kiosk.local.installed import changed_files, launcher

MODULE = "lib/python3.11/kiosk/local/installed.pyc"
FILES = (MODULE, "lib/python3.11/kiosk/build.txt", "lib/libqt.so.6", "bin/kiosk")


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """The package's folder, as postinst leaves it."""
    for place in FILES:
        packed, runs = tmp_path / "dist" / place, tmp_path / "run" / "1.0" / place
        for file in (packed, runs):
            file.parent.mkdir(parents=True, exist_ok=True)
        packed.write_text("1.0")
        os.link(packed, runs)
    (tmp_path / "current").symlink_to("run/1.0")
    return tmp_path


def test_what_was_installed_is_what_runs(app: Path) -> None:
    assert changed_files(app / "current" / MODULE) == ()


def test_a_library_that_was_replaced_in_the_snapshot_is_named(app: Path) -> None:
    """dpkg --verify looked at the file beside it, and found nothing."""
    library = app / "run" / "1.0" / "lib" / "libqt.so.6"
    library.unlink()
    library.write_text("1.0")
    assert changed_files(app / "current" / MODULE) == ("lib/libqt.so.6",)


def test_a_start_takes_the_version_that_is_installed_by_then(app: Path) -> None:
    """After an upgrade the supervisor started the version that it was started from."""
    program = app / "run" / "1.0" / "bin" / "kiosk"
    assert launcher(program) is None, "nothing starts it"
    upgraded = app / "run" / "2.0" / "kiosk"
    upgraded.parent.mkdir()
    upgraded.touch()
    (app / "current").unlink()
    (app / "current").symlink_to("run/2.0")
    found = launcher(program)
    assert found is not None
    assert found.samefile(upgraded)
    assert launcher(Path(os.__file__)) is None, "not a package's"


def test_what_was_added_or_taken_away_is_named(app: Path) -> None:
    (app / "run" / "1.0" / "lib" / "python3.11" / "os.py").touch()
    (app / "run" / "1.0" / "bin" / "kiosk").unlink()
    (app / "run" / "1.0" / "lib" / "libqt.so.6").unlink()
    (app / "run" / "1.0" / "lib" / "libqt.so.6").symlink_to(app / "dist" / "lib" / "libqt.so.6")
    assert changed_files(app / "current" / MODULE) == (
        "bin/kiosk",
        "lib/libqt.so.6",
        "lib/python3.11/os.py",
    )


def test_a_newer_package_that_waits_is_no_change(app: Path) -> None:
    for place in FILES:
        (app / "dist" / place).unlink()
        (app / "dist" / place).write_text("2.0")
    assert changed_files(app / "current" / MODULE) is None


def test_the_source_tree_is_no_package() -> None:
    assert changed_files() is None
