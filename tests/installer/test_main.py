"""The build as a whole: its version, its sums, its locks."""

import hashlib
import re
from pathlib import Path

import pytest

from installer import deb
from installer.__main__ import named, release_of_commit, sums
from kiosk import __version__
from tests.imports import ROOT


def test_an_untagged_commit_comes_before_its_version() -> None:
    release = release_of_commit()
    assert re.fullmatch(
        rf"{re.escape(__version__)}(~\d+\.g[0-9a-f]{{8}})?(\.changed)?", release.version
    )
    assert release.epoch > 1_700_000_000


def test_three_systems_things_go_into_one_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The release's job puts them there: one bill of materials must not lie over another."""
    monkeypatch.setattr(deb, "architecture", lambda: "amd64")
    names = set()
    for system in ("linux", "win32", "darwin"):
        monkeypatch.setattr("installer.__main__.sys.platform", system)
        names.add(named(deb.Release("0.1.0", 0)))
    assert len(names) == 3
    assert "operatory-kiosk_0.1.0_amd64" in names


def test_the_sums_are_those_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "b.deb").write_bytes(b"b")
    (tmp_path / "a.json").write_bytes(b"a")
    told = [
        f"{hashlib.sha256(raw).hexdigest()}  {name}\n"
        for raw, name in ((b"a", "a.json"), (b"b", "b.deb"))
    ]
    assert sums(tmp_path) == told


def pinned(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", path.read_text("utf-8"), re.MULTILINE))


def test_the_package_is_built_of_what_was_tested() -> None:
    """Both locks name the same version of every library, each with its hash."""
    tested, built = pinned(ROOT / "requirements.lock"), pinned(ROOT / "installer/requirements.lock")
    assert {"pyside6-addons", "cryptography", "pyinstaller"} <= set(built)
    assert {name: built[name] for name in built if name in tested} == {
        name: tested[name] for name in built if name in tested
    }
    text = (ROOT / "installer" / "requirements.lock").read_text("utf-8")
    assert text.count("==") <= text.count("--hash=sha256:")
    assert "://" not in text
