"""The bill of materials. Every build holds it to CycloneDX's own schema."""

import json
from pathlib import Path

import pytest

from installer import sbom
from installer.licensing import lay_out
from installer.parts import LGPL, Part
from installer.sbom import bill

PYSIDE = Part("pyside6-essentials", "6.11.3", "LGPL-3.0-only", "pkg:pypi/pyside@6", LGPL)
QT = Part("Qt", "6.11.3", "LGPL-3.0-only", "pkg:generic/qt@6.11.3", within=PYSIDE.name)
ODD = Part("odd", "1", "GPLv2 with an exception of its own", "pkg:pypi/odd@1")


@pytest.fixture(autouse=True)
def no_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """The validator is in the environment that builds, not in this one."""
    monkeypatch.setattr(sbom, "_hold_to_the_schema", lambda text: None)


def test_what_is_compiled_in_hangs_below_its_library() -> None:
    told = json.loads(bill("0.1.0", 1_700_000_000, [PYSIDE, QT, ODD]))
    edges = {each["ref"]: each["dependsOn"] for each in told["dependencies"]}
    assert edges["operatory-kiosk@0.1.0"] == [PYSIDE.purl, ODD.purl]
    assert edges[PYSIDE.purl] == ["pyside6-essentials/pkg:generic/qt@6.11.3"]
    assert told["metadata"]["timestamp"] == "2023-11-14T22:13:20+00:00"


def test_an_expression_is_one_and_words_are_words() -> None:
    told = json.loads(bill("0.1.0", 0, [PYSIDE, ODD]))
    assert [each["licenses"] for each in told["components"]] == [
        [{"expression": "LGPL-3.0-only"}],
        [{"license": {"name": ODD.licence}}],
    ]


def test_the_same_parts_give_the_same_text() -> None:
    assert bill("1", 5, [PYSIDE]) == bill("1", 5, [PYSIDE])
    assert bill("1", 5, [PYSIDE]) != bill("2", 5, [PYSIDE])


def test_the_texts_lie_one_folder_a_part(tmp_path: Path) -> None:
    text = tmp_path / "LICENSE"
    text.write_text("do what you like")
    lay_out([PYSIDE, Part("odd", "1", "MIT", "", (text,))], tmp_path / "licences")
    assert (tmp_path / "licences" / "odd" / "LICENSE").read_text() == "do what you like"
    top = {path.name for path in (tmp_path / "licences").iterdir() if path.is_file()}
    assert top == {"NOTICE.txt", "LGPL-3.0-only.txt", "GPL-3.0-only.txt", "SQLCipher.txt"}
