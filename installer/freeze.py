"""Freezing: the program as a folder that needs no Python, and the list of what went into it.

Runs PyInstaller on ``kiosk.spec``; on Linux ``start.sh`` starts what comes of it. The same commit
gives the same bytes: no chance in hashes, and the commit's time for every time that is written.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from kiosk.local.build import PLACE
from kiosk.local.installed import START

ROOT = Path(__file__).parent.parent
BUILD = PLACE.name
QT_FOLDERS = frozenset({"PySide6", "shiboken6"})


class Unlisted(Exception):
    """The freezer laid down more than it said; the text names it."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What went in. ``files`` are places in the program and where they were taken from."""

    files: dict[str, Path]
    engine: frozenset[str]
    """The places of those files that are there for the embedded web view alone."""
    modules: dict[str, Path]

    @property
    def sources(self) -> set[Path]:
        """Everything that was taken."""
        # A namespace package has no file.
        return {path for path in (*self.files.values(), *self.modules.values()) if path.name != "-"}


@dataclass(frozen=True, slots=True)
class Frozen:
    """The program: ``folder`` holds it whole, with ``kiosk`` to start."""

    folder: Path
    contents: Contents


def freeze(work: Path, version: str, epoch: int) -> Frozen:
    """Freeze into ``work``, which is emptied. Raises Unlisted.

    ``version`` is what the program calls itself; ``epoch`` in seconds is every file's time.
    """
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    listed = work / "contents.json"
    build = work / BUILD
    build.write_text(f"{version}\n", "ascii")
    told = {
        "KIOSK_BUILD": str(build),
        "KIOSK_CONTENTS": str(listed),
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(epoch),
    }
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    command += ["--distpath", str(work / "program"), "--workpath", str(work / "work")]
    command += [str(ROOT / "installer" / "kiosk.spec")]
    # What PYTHONOPTIMIZE and the like say of the interpreter shows in what it compiles.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run(command, check=True, cwd=ROOT, env={**kept, **told})
    folder = work / "program" / "operatory-kiosk"
    contents = read_contents(listed)
    if sys.platform == "linux":
        strange = unlisted(folder, contents)
        if strange:
            raise Unlisted(f"in the program, and in no list: {', '.join(strange)}")
        strip(folder)
        shutil.copyfile(ROOT / "installer" / "start.sh", folder / START)
    return Frozen(folder, contents)


def unlisted(folder: Path, contents: Contents) -> list[str]:
    """What lies in ``folder`` without a source that it was taken from, by place.

    What is not listed has no owner, and would be in no bill of materials. For the prefix that the
    program is on Linux: elsewhere modules are no files.
    """
    known = {*contents.files, START}
    strange = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        place = path.relative_to(folder)
        # lib/python3.X/, then packages.
        module = [part for part in place.with_suffix("").parts[2:] if part != "__init__"]
        is_module = place.suffix == ".pyc" and ".".join(module) in contents.modules
        if place.as_posix() not in known and not is_module:
            strange.append(place.as_posix())
    return strange


def strip(folder: Path) -> None:
    """Take out what only a debugger reads: more than half of SQLCipher's library.

    Qt stays as it was published; Debian's files have nothing left to take.
    """
    places = [path.relative_to(folder) for path in folder.rglob("*.so")]
    ours = sorted(str(place) for place in places if QT_FOLDERS.isdisjoint(place.parts))
    subprocess.run(["strip", "--strip-unneeded", *ours], check=True, cwd=folder)


def read_contents(path: Path) -> Contents:
    """Read the list that ``kiosk.spec`` left."""
    told = json.loads(path.read_text("utf-8"))
    return Contents(
        {file["place"]: Path(file["source"]) for file in told["files"]},
        frozenset(file["place"] for file in told["files"] if file["engine"]),
        {name: Path(source) for name, source in told["modules"]},
    )
