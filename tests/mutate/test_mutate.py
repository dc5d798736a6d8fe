"""What is taken out on purpose is there, and those who must notice are asked by ``make test``."""

import ast
import os
import re
from pathlib import Path

import pytest

from tests.imports import ROOT
from tests.mutate.__main__ import ran, rows, taken_out
from tests.mutate.patch import Patch, file_of
from tests.mutate.patches import PATCHES

NOT_BUILT = {"T27"}
"""The clinic's own browser."""


def test_every_countermeasure_stands_where_it_is_said_to() -> None:
    """Exactly once. Cheap, so that whoever moves the line hears of it at once."""
    texts = {patch.file: (ROOT / patch.file).read_text("utf-8") for patch in PATCHES}
    gone = []
    for patch in PATCHES:
        try:
            assert patch.applied(texts[patch.file]) != texts[patch.file]
        except LookupError as why:
            gone.append(str(why))
    assert not gone


def test_a_text_that_is_not_there_is_named() -> None:
    with pytest.raises(LookupError, match=r"T1, a door: stands 0 times in door\.py: 'shut'"):
        Patch("T1", "a door", "door.py", "shut", "open", ()).applied("nothing")


def test_every_law_and_threat_that_is_built_is_tried() -> None:
    """Three times at least, each with a test that must notice."""
    laws, threats = (
        (ROOT / "docs" / page).read_text("utf-8") for page in ("laws.md", "threats.md")
    )
    listed = {f"L{number}" for number in re.findall(r"^(\d+)\. ", laws, re.MULTILINE)}
    listed |= set(re.findall(r"^\| (T\d+) ", threats, re.MULTILINE))
    tried = [patch.shows for patch in PATCHES]
    assert set(tried) == listed - NOT_BUILT
    assert not {shows for shows in tried if tried.count(shows) < 3}
    assert all(patch.tests for patch in PATCHES)


@pytest.mark.parametrize("test", sorted({test for patch in PATCHES for test in patch.tests}))
def test_whoever_must_notice_is_run_by_make_test(test: str) -> None:
    """It runs every ``test_*.py`` below ``tests``, on a screen those that say so."""
    file, _, node = test.partition("::")
    assert file.startswith("tests/")
    assert Path(file).match("test_*.py")
    tree = ast.parse(file_of(test).read_text("utf-8"))
    names = {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}
    assert not node or node in names


def test_the_page_lists_what_is_taken_out() -> None:
    """docs/reliability.md, as ``python -m tests.mutate --list`` prints it."""
    assert "\n".join(rows()) in (ROOT / "docs" / "reliability.md").read_text("utf-8")


def test_a_file_is_put_back_as_it_was(tmp_path: Path) -> None:
    """Its time too: else the bytecode of what was taken out could be taken for it."""
    door = tmp_path / "door.py"
    door.write_text("shut\n")
    os.utime(door, ns=(1, 1))
    patch = Patch("T1", "", "door.py", "shut", "open", ())

    def fails() -> None:
        with taken_out(patch, tmp_path):
            assert door.read_text() == "open\n"
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert (door.read_text(), door.stat().st_mtime_ns) == ("shut\n", 1)


@pytest.mark.parametrize(
    ("test", "why"),
    [
        ("def test_it(): assert False", ""),
        ("def test_it(): pass", "passed"),
        ("import nothing_of_that_name", "did not run"),
        ("def nothing(): pass", "did not run"),
    ],
)
def test_only_a_test_that_fails_has_noticed(tmp_path: Path, test: str, why: str) -> None:
    """A module that cannot be imported any more has noticed nothing."""
    (tmp_path / "test_it.py").write_text(f"{test}\n")
    assert ran(str(tmp_path / "test_it.py"), ROOT).partition(":")[0] == why
