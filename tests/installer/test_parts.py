"""Whose everything is: read from the libraries of this environment."""

import platform
import re
from importlib.metadata import distribution
from pathlib import Path

import pytest

from installer import parts as asked
from installer.freeze import Contents
from installer.parts import Nobodys, parts
from tests.imports import ROOT


@pytest.fixture(autouse=True)
def no_freezer_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The freezer is not in this environment; any library may stand for it."""
    monkeypatch.setattr(asked, "STARTER", "requests")


def contents(*sources: Path) -> Contents:
    files = {f"x/{number}": source for number, source in enumerate(sources)}
    return Contents(files, frozenset({"x/engine"}), {})


def file_of(name: str, ending: str) -> Path:
    found = distribution(name)
    return Path(
        str(next(found.locate_file(f) for f in found.files or () if str(f).endswith(ending)))
    )


def test_a_file_leads_to_its_library_with_its_licence() -> None:
    found = {part.name: part for part in parts(contents(file_of("msgspec", "__init__.py")))}
    assert found["msgspec"].licence == "BSD-3-Clause"
    assert found["msgspec"].purl == f"pkg:pypi/msgspec@{distribution('msgspec').version}"
    assert found["msgspec"].texts


def test_what_is_compiled_in_is_named_with_where() -> None:
    found = {(part.name, part.within) for part in parts(contents())}
    assert {
        ("OpenSSL", "cryptography"),
        ("OpenSSL", "sqlcipher3"),
        ("SQLCipher", "sqlcipher3"),
        ("Qt", "pyside6-essentials"),
        ("Chromium", "pyside6-addons"),
        ("CPython", ""),
    } <= found


def test_the_freezers_own_start_is_named_where_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for system, there in (("win32", True), ("linux", False)):
        monkeypatch.setattr("installer.parts.sys.platform", system)
        assert ("requests" in {part.name for part in parts(contents())}) is there


def test_debians_python_is_named_with_debians_revision(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scanner that heard of 3.11.2 alone would find faults that Debian has mended."""
    said = {
        "--search": "python3.11-minimal: /usr/bin/python3.11\n",
        "--show": "python3.11 3.11.2-6+x",
    }
    monkeypatch.setattr("installer.parts.sys.platform", "linux")
    monkeypatch.setattr(asked, "_asked", lambda *command: said[command[1]])
    monkeypatch.setattr("platform.freedesktop_os_release", lambda: {"ID": "debian"})
    (python,) = (part for part in parts(contents()) if part.name == "CPython")
    assert python.version == "3.11.2-6+x"
    wanted = "pkg:deb/debian/python3.11@3.11.2-6%2Bx?arch=source&distro=debian-testing"
    assert python.purl == wanted
    monkeypatch.setattr(asked, "_asked", lambda *command: "")
    (python,) = (part for part in parts(contents()) if part.name == "CPython")
    assert python.purl == f"pkg:generic/python@{platform.python_version()}"


def test_qt_is_under_the_lgpl_with_both_texts() -> None:
    found = {part.name: part for part in parts(contents(file_of("shiboken6", "__init__.py")))}
    assert found["shiboken6"].licence == "LGPL-3.0-only"
    assert [text.name for text in found["shiboken6"].texts] == [
        "LGPL-3.0-only.txt",
        "GPL-3.0-only.txt",
    ]


def test_what_is_nobodys_does_not_ship(tmp_path: Path) -> None:
    strange = tmp_path / "strange.so"
    strange.touch()
    with pytest.raises(Nobodys, match=r"strange\.so"):
        parts(contents(strange))


def test_a_library_without_the_text_of_its_licence_does_not_ship(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asked, "_texts", lambda found: iter(()))
    with pytest.raises(Nobodys, match="msgspec"):
        parts(contents(file_of("msgspec", "__init__.py")))


@pytest.mark.parametrize("name", ["VCRUNTIME140.dll", "vcruntime140_1.dll", "MSVCP140.dll"])
def test_what_python_brings_to_windows_is_pythons(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert "CPython" in {part.name for part in parts(contents(tmp_path / name))}


CPE = re.compile(r"cpe:2\.3:a:[a-z_-]+:[a-z_-]+:[0-9.]+(:\*){7}")


def test_what_is_compiled_in_has_the_name_that_scanners_know() -> None:
    found = [part for part in parts(contents()) if part.within]
    assert found
    assert not [part.name for part in found if not CPE.fullmatch(part.cpe)]
    (engine,) = (part for part in found if part.name == "Chromium")
    assert re.fullmatch(r"\d+(\.\d+){3}", engine.patched)


def test_fonts_and_icons_are_somebodys() -> None:
    theme = ROOT / "resources" / "theme"
    font, icon = theme / "fonts" / "Inter-Regular.otf", theme / "icons" / "lock.svg"
    found = {part.name: part for part in parts(contents(font, icon))}
    assert (found["Inter"].version, found["Inter"].licence) == ("3.19", "OFL-1.1")
    assert (found["Inter"].files, found["Lucide"].files) == (("x/0",), ("x/1",))
    assert found["Inter"].texts
    assert found["Lucide"].texts


def test_each_file_is_its_librarys() -> None:
    source = file_of("msgspec", "__init__.py")
    found = {part.name: part for part in parts(contents(source))}
    assert found["msgspec"].files == ("x/0",)
