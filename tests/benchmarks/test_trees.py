"""Both trees, out of a real repository that must not notice."""

import sys
from pathlib import Path

import pytest

from benchmarks.trees import IDENTITY, TreeFault, both, git


def noticed(root: Path) -> tuple[str, ...]:
    """All that the caller could see of it."""
    asked = (
        ("status", "--porcelain"),
        ("diff", "--cached"),
        ("rev-parse", "HEAD"),
        ("for-each-ref",),
        ("worktree", "list"),
    )
    return tuple(git(root, *each) for each in asked)


def test_this_tree_is_taken_as_it_lies_and_nothing_of_the_callers_moves(repository: Path) -> None:
    (repository / "kiosk" / "__init__.py").write_text("SPEED = 11.0")
    (repository / "kiosk" / "new.py").write_text("NEW = 1")
    git(repository, "add", "kiosk/new.py")
    (repository / "kiosk" / "new.py").write_text("NEW = 2")
    before, index = noticed(repository), (repository / ".git" / "index").read_bytes()
    with both(repository, "before", repository / "build") as (this, other):
        assert (this.here, other.here) == (True, False)
        assert (this.folder / "kiosk" / "new.py").read_text() == "NEW = 2"
        assert (this.folder / "kiosk" / "__init__.py").read_text() == "SPEED = 11.0"
        assert not (other.folder / "kiosk" / "new.py").exists()
        assert (other.folder / "kiosk" / "__init__.py").read_text() == "SPEED = 10.0"
        scenes = [
            (tree.folder / "benchmarks" / "__main__.py").read_text() for tree in (this, other)
        ]
        assert scenes[0] == scenes[1]
        assert this.content != other.content
        assert this.python == other.python == Path(sys.executable)
    assert noticed(repository) == before
    assert (repository / ".git" / "index").read_bytes() == index
    assert not (repository / "build" / "this").exists()
    assert not (repository / "build" / "other").exists()


def test_own_scenes_stay_and_only_the_rows_are_this_trees(repository: Path) -> None:
    with both(repository, "before", repository / "build", own_scenes=True) as (this, other):
        assert "older scenes" in (other.folder / "benchmarks" / "__main__.py").read_text()
        rows = [(tree.folder / "benchmarks" / "rows.py").read_text() for tree in (this, other)]
        assert rows[0] == rows[1] != ""


def test_the_same_files_are_the_same_tree_whichever_commit(repository: Path) -> None:
    with both(repository, "HEAD", repository / "build") as (this, other):
        assert this.content == other.content


@pytest.mark.parametrize("commit", ["nonsense", "-x", "", "HEAD:kiosk"])
def test_an_unknown_commit_is_a_sentence(repository: Path, commit: str) -> None:
    before = noticed(repository)
    with (
        pytest.raises(TreeFault, match="knows no commit"),
        both(repository, commit, repository / "build"),
    ):
        pass
    assert noticed(repository) == before


def test_outside_a_repository_it_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TreeFault), both(tmp_path, "HEAD", tmp_path / "build"):
        pass


def test_what_a_killed_run_left_behind_is_taken_away(repository: Path) -> None:
    build = repository / "build"
    build.mkdir()
    git(repository, "worktree", "add", "-q", "--detach", str(build / "other"), "before")
    with both(repository, "HEAD", build) as (_, other):
        assert (other.folder / "kiosk" / "__init__.py").exists()
    assert str(build) not in git(repository, "worktree", "list")


def test_other_locked_libraries_get_an_environment_of_their_own(repository: Path) -> None:
    """Set up by that tree's own script; one that fails is a sentence, and nothing is measured."""
    script = repository / "installer" / "prepare.sh"
    script.parent.mkdir()
    script.write_text('#!/bin/sh\nset -eu\ntest -f requirements.lock\nmkdir -p "$1"\n')
    script.chmod(0o755)
    git(repository, "add", "-A")
    git(repository, *IDENTITY, "commit", "-q", "-m", "Script")
    (repository / "requirements.lock").write_text("another==1\n")
    with both(repository, "HEAD", repository / "build") as (this, other):
        assert this.python == Path(sys.executable)
        assert other.python == repository / "build" / "venv" / "bin" / "python"
        assert (repository / "build" / "venv").is_dir()
    with (
        pytest.raises(TreeFault, match="libraries"),
        both(repository, "before", repository / "build"),
    ):
        pass
