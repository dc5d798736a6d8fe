"""The list that the freezer leaves: from it everything is said about what is in the program."""

import json
from pathlib import Path

from installer.freeze import read_contents


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
