"""The list that the freezer leaves: from it everything is said about what is in the program."""

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer.freeze import ROOT, Contents, read_contents, strip, unlisted


def test_what_was_taken_is_every_file_and_module_but_folders(tmp_path: Path) -> None:
    """A namespace package is a name without a file: nobody could be asked for its licence."""
    listed = tmp_path / "contents.json"
    files = [
        {"place": "PySide6/QtCore.so", "source": "/venv/QtCore.so", "engine": False},
        {"place": "PySide6/QtWebEngineCore.so", "source": "/venv/Web.so", "engine": True},
    ]
    modules = [["requests", "/venv/requests/__init__.py"], ["jaraco", "-"]]
    listed.write_text(json.dumps({"files": files, "modules": modules}))
    contents = read_contents(listed)
    assert contents.engine == {"PySide6/QtWebEngineCore.so"}
    assert contents.sources == {
        Path("/venv/QtCore.so"),
        Path("/venv/Web.so"),
        Path("/venv/requests/__init__.py"),
    }


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the freezer's own start is used")
def test_the_start_is_found_through_links_and_passes_on_what_it_is_given(tmp_path: Path) -> None:
    """As /usr/bin/kiosk leads to `current`, and that to a snapshot; the interpreter is isolated."""
    snapshot = tmp_path / "run" / "1.0"
    (snapshot / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "installer" / "start.sh", snapshot / "kiosk")
    (snapshot / "bin" / "kiosk").write_text('#!/bin/sh\nprintf "%s\\n" "$0" "$@"\nenv\n')
    (snapshot / "bin" / "kiosk").chmod(0o755)
    (tmp_path / "current").symlink_to("run/1.0")
    (tmp_path / "kiosk").symlink_to("current/kiosk")
    command = [str(tmp_path / "kiosk"), "--profile", "/a folder"]
    theirs = {"LD_LIBRARY_PATH": "/imaging/lib", "HOME": "/home/op3"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=theirs)
    told = done.stdout.splitlines()
    assert told[:3] == [str(snapshot / "bin" / "kiosk"), "-I", "-S"]
    assert told[5:7] == ["--profile", "/a folder"]
    assert "HOME=/home/op3" in told
    assert "imaging" not in done.stdout, "another program's libraries come before the kiosk's"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the freezer's own start is used")
def test_a_start_that_is_not_found_starts_nothing_else(tmp_path: Path) -> None:
    """With an empty folder it would be /bin/kiosk, which is the start itself."""
    script = ROOT / "installer" / "start.sh"
    command = ["sh", "-c", f". {script}", str(tmp_path / "gone" / "away" / "kiosk")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


def test_what_lies_there_without_being_listed_is_found(tmp_path: Path) -> None:
    contents = Contents(
        {"bin/kiosk": Path("/usr/bin/python3")},
        frozenset(),
        {"kiosk": Path("/k/__init__.py"), "kiosk.cli.main": Path("/k/cli.py")},
    )
    home = tmp_path / "lib" / "python3.11"
    for file in (
        tmp_path / "kiosk",
        tmp_path / "bin" / "kiosk",
        home / "kiosk" / "__init__.pyc",
        home / "kiosk" / "cli" / "main.pyc",
        home / "kiosk" / "strange.pyc",
        home / "kiosk" / "cli.so",
    ):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    home = home.relative_to(tmp_path) / "kiosk"
    assert unlisted(tmp_path, contents) == [str(home / "cli.so"), str(home / "strange.pyc")]


@pytest.mark.skipif(shutil.which("strip") is None, reason="binutils are not here")
def test_what_only_a_debugger_reads_goes_but_not_out_of_qt(tmp_path: Path) -> None:
    found = importlib.util.find_spec("sqlcipher3._sqlite3")
    assert found is not None
    assert found.origin is not None
    whole = Path(found.origin)
    cipher, qt = tmp_path / "sqlcipher3" / "x.so", tmp_path / "PySide6" / "x.so"
    for place in (cipher, qt):
        place.parent.mkdir()
        shutil.copyfile(whole, place)
    strip(tmp_path)
    assert cipher.stat().st_size < whole.stat().st_size
    assert qt.read_bytes() == whole.read_bytes()
