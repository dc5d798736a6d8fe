"""What the package manager has laid down: whether it is what runs, and what a start now would take.

The package's files lie in ``dist``; what runs is a snapshot of them, of hard links
(``installer/debian/postinst``). ``dpkg --verify`` reads the files in ``dist``, and with them the
snapshot's as long as each still is the same file: a library put into its place there is not.
Must never follow a link, or call a newer package that waits for the next start a change.
"""

from pathlib import Path

BUILD = "build.txt"
START = "kiosk"


def changed_files(module: Path = Path(__file__)) -> tuple[str, ...] | None:
    """Places in the snapshot that are not the package's own file, or that it lacks, in order.

    None where there is nothing to compare: no package, or the package's files are of another
    version than the one that runs. ``module`` is a file of the program that runs.
    """
    module = module.resolve()
    snapshot = _snapshot(module)
    if snapshot is None:
        return None
    dist = snapshot.parent.parent / "dist"
    if not dist.is_dir():
        return None
    build = module.parents[1].relative_to(snapshot) / BUILD
    runs, packed = _files(snapshot), _files(dist)
    if _text(snapshot / build) != _text(dist / build):
        return None
    places = runs.keys() | packed.keys()
    return tuple(sorted(place for place in places if runs.get(place) != packed.get(place)))


def launcher(program: Path) -> Path | None:
    """What starts the package's version of this moment, which an upgrade turns to another.

    None where ``program``, the file that runs, is not a package's.
    """
    snapshot = _snapshot(program)
    if snapshot is None:
        return None
    start = snapshot.parent.parent / "current" / START
    return start if start.is_file() else None


def _snapshot(inside: Path) -> Path | None:
    return next((each for each in inside.parents if each.parent.name == "run"), None)


def _files(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file by its place; a file is what the system calls the same one."""
    found = {}
    for path in folder.rglob("*"):
        seen = path.lstat()
        if not path.is_dir() or path.is_symlink():
            found[path.relative_to(folder).as_posix()] = (seen.st_dev, seen.st_ino)
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except (OSError, ValueError):
        return ""
