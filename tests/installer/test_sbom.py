"""The bill of materials. Every build holds it to CycloneDX's own schema."""

import hashlib
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


def digest(place: str) -> str:
    """Of a file that is there."""
    return "" if "gone" in place else hashlib.sha256(place.encode()).hexdigest()


@pytest.fixture(autouse=True)
def no_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """The validator is in the environment that builds, not in this one."""
    monkeypatch.setattr(sbom, "_hold_to_the_schema", lambda text: None)


def test_what_is_compiled_in_hangs_below_its_library() -> None:
    told = json.loads(bill("0.1.0", 1_700_000_000, [PYSIDE, QT, ODD], digest))
    edges = {each["ref"]: each["dependsOn"] for each in told["dependencies"]}
    assert edges["operatory-kiosk@0.1.0"] == [PYSIDE.purl, ODD.purl]
    assert edges[PYSIDE.purl] == ["pyside6-essentials/pkg:generic/qt@6.11.3"]
    assert told["metadata"]["timestamp"] == "2023-11-14T22:13:20+00:00"


def test_an_expression_is_one_and_words_are_words() -> None:
    told = json.loads(bill("0.1.0", 0, [PYSIDE, ODD], digest))
    assert [each["licenses"] for each in told["components"]] == [
        [{"expression": "LGPL-3.0-only"}],
        [{"license": {"name": ODD.licence}}],
    ]


def test_the_same_parts_give_the_same_text() -> None:
    assert bill("1", 5, [PYSIDE], digest) == bill("1", 5, [PYSIDE], digest)
    assert bill("1", 5, [PYSIDE], digest) != bill("2", 5, [PYSIDE], digest)


def test_the_texts_lie_one_folder_a_part(tmp_path: Path) -> None:
    text = tmp_path / "LICENSE"
    text.write_text("do what you like")
    lay_out([PYSIDE, Part("odd", "1", "MIT", "", (text,))], tmp_path / "licences")
    assert (tmp_path / "licences" / "odd" / "LICENSE").read_text() == "do what you like"
    top = {path.name for path in (tmp_path / "licences").iterdir() if path.is_file()}
    assert top == {"NOTICE.txt", "LGPL-3.0-only.txt", "GPL-3.0-only.txt", "SQLCipher.txt"}


def test_a_scanner_finds_the_name_the_files_and_how_far_it_is_patched() -> None:
    engine = Part(
        "Chromium",
        "140.0.1",
        "BSD-3-Clause",
        "pkg:generic/chromium@140.0.1",
        LGPL,
        cpe="cpe:2.3:a:google:chrome:140.0.1:*:*:*:*:*:*:*",
        files=("lib/engine.so", "lib/gone.so"),
        patched="155.0.2",
    )
    (told,) = json.loads(bill("1", 5, [engine], digest))["components"]
    assert told["cpe"] == engine.cpe
    assert told["properties"] == [
        {"name": "operatory-kiosk:security-patch-level", "value": "155.0.2"}
    ]
    (file,) = told["components"]
    assert (file["name"], file["type"]) == ("lib/engine.so", "file")
    assert file["hashes"] == [{"alg": "SHA-256", "content": digest("lib/engine.so")}]
