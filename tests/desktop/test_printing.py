"""Printing: the one printer by name, the document on the program's own input, never a file."""

from pathlib import Path

import pytest

from kiosk.desktop import printing
from kiosk.desktop.printing import can_print, print_document

DOCUMENT = b"%PDF-1.4 a document"


def program(folder: Path, does: str) -> Path:
    path = folder / "lp"
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)
    return path


def test_without_the_program_nothing_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not can_print()
    assert not print_document("Front_Desk", DOCUMENT)


def test_the_document_goes_in_by_its_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = tmp_path / "taken"
    program(tmp_path, f'echo "$@" > "{taken}"\nexec /bin/cat >> "{taken}"')
    monkeypatch.setenv("PATH", str(tmp_path))
    assert can_print()
    assert print_document("Front_Desk", DOCUMENT)
    assert taken.read_bytes() == b"-d Front_Desk -t Xchart -s -- -\n" + DOCUMENT


@pytest.mark.parametrize("does", ["exit 1", "exec /bin/sleep 60"])
def test_a_printer_that_says_no_or_nothing_is_a_no(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str
) -> None:
    program(tmp_path, does)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(printing, "WITHIN_SECONDS", 0.2)
    assert not print_document("Front_Desk", DOCUMENT)


def test_nothing_is_not_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not print_document("Front_Desk", b"")
