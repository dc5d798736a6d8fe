"""Two trees to measure, each checked out for itself: a commit, and this one as it lies here.

Neither is the caller's own checkout: nothing that is edited in the hour of a run gets into it, and
both are as fresh as each other. The caller's files, index and branch stay as they are.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SCENES, ROWS = "benchmarks", "rows.py"
LOCKED = "requirements.lock"
IDENTITY = (
    *("-c", "user.name=benchmarks", "-c", "user.email=benchmarks@localhost"),
    *("-c", "commit.gpgsign=false"),
)
NO_HOOKS = ("-c", f"core.hooksPath={os.devnull}")
ABBREVIATED = 10


class TreeFault(Exception):
    """A tree cannot be had; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Tree:
    """One of both. ``content`` names what is in it, whichever commit that came by."""

    here: bool
    name: str
    content: str
    folder: Path
    python: Path


@contextmanager
def both(root: Path, commit: str, build: Path, *, own_scenes: bool = False) -> Iterator[list[Tree]]:
    """This tree and the other, for as long as they are measured. Raises TreeFault.

    The other one gets the measuring code of this tree, or keeps its own scenes; then only the rows
    are this tree's, so that they say the same.
    """
    build.mkdir(parents=True, exist_ok=True)
    wanted = {False: known(root, commit), True: as_it_is(root, build)}
    folders = {True: build / "this", False: build / "other"}
    try:
        for here, folder in folders.items():
            remove(root, folder)
            git(root, *NO_HOOKS, "worktree", "add", "-q", "--detach", str(folder), wanted[here])
        trees = [
            Tree(
                here,
                "this tree" if here else commit,
                git(root, "rev-parse", f"{wanted[here]}^{{tree}}")[:ABBREVIATED],
                folder,
                Path(sys.executable),
            )
            for here, folder in folders.items()
        ]
        lay_scenes(folders[True] / SCENES, folders[False] / SCENES, rows_only=own_scenes)
        yield [with_libraries(tree, root, build) for tree in trees]
    finally:
        for folder in folders.values():
            remove(root, folder)


def known(root: Path, commit: str) -> str:
    """The whole name of a commit. Raises TreeFault."""
    try:
        return git(root, "rev-parse", "--verify", "-q", "--end-of-options", f"{commit}^{{commit}}")
    except TreeFault:
        raise TreeFault(f"This repository knows no commit {commit}.") from None


def as_it_is(root: Path, build: Path) -> str:
    """A commit, on no branch, of the files as they lie here, through an index of its own."""
    index = build / "index"
    own = {"GIT_INDEX_FILE": str(index)}
    try:
        git(root, "read-tree", "HEAD", **own)
        git(root, "add", "-A", **own)
        content = git(root, "write-tree", **own)
    finally:
        index.unlink(missing_ok=True)
    return git(root, *IDENTITY, "commit-tree", content, "-p", "HEAD", "-m", "As it lies here")


def remove(root: Path, folder: Path) -> None:
    """Take a checkout away; also one that a run which was killed has left behind."""
    if folder.exists():
        shutil.rmtree(folder)
    git(root, "worktree", "prune")


def lay_scenes(ours: Path, theirs: Path, *, rows_only: bool) -> None:
    """Give the other tree this tree's measuring code."""
    if rows_only and theirs.is_dir():
        shutil.copy(ours / ROWS, theirs / ROWS)
        return
    shutil.rmtree(theirs, ignore_errors=True)
    shutil.copytree(ours, theirs)


def with_libraries(tree: Tree, root: Path, build: Path) -> Tree:
    """This environment where the same libraries are locked, else one of the tree's own."""
    if (tree.folder / LOCKED).read_bytes() == (root / LOCKED).read_bytes():
        return tree
    venv = build / "venv"
    try:
        subprocess.run(["installer/prepare.sh", str(venv)], cwd=tree.folder, check=True)
    except (OSError, subprocess.CalledProcessError):
        raise TreeFault(f"The libraries of {tree.name} could not be installed.") from None
    return Tree(tree.here, tree.name, tree.content, tree.folder, venv / "bin" / "python")


def git(root: Path, *command: str, **more: str) -> str:
    """What git says. Raises TreeFault with its own sentence."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", *command], cwd=root, env={**outside, **more}, capture_output=True, text=True
        )
    except FileNotFoundError:
        raise TreeFault("git is missing: install git.") from None
    if done.returncode:
        raise TreeFault(done.stderr.strip() or f"git {command[0]} failed.")
    return done.stdout.strip()
