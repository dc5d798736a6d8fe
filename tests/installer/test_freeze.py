"""The list that the freezer leaves: from it everything is said about what is in the program."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer.freeze import ROOT, read_contents


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
    (snapshot / "bin" / "kiosk").write_text('#!/bin/sh\nprintf "%s\\n" "$0" "$@"\n')
    (snapshot / "bin" / "kiosk").chmod(0o755)
    (tmp_path / "current").symlink_to("run/1.0")
    (tmp_path / "kiosk").symlink_to("current/kiosk")
    command = [str(tmp_path / "kiosk"), "--profile", "/a folder"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    assert told[:3] == [str(snapshot / "bin" / "kiosk"), "-I", "-S"]
    assert told[-2:] == ["--profile", "/a folder"]
