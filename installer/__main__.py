"""``python -m installer DIST``: build everything that IT gets, from this commit.

On Linux a .deb; elsewhere the folder of the frozen program in one file. Beside it a bill of
materials and the sums of both.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from installer import deb
from installer.freeze import ROOT, Frozen, freeze
from installer.licensing import lay_out
from installer.parts import parts
from installer.sbom import bill
from kiosk import __version__

WORK = ROOT / "build" / "package"
BILL = "sbom.cdx.json"


def main(arguments: list[str] | None = None) -> int:
    """0 when everything lies in DIST."""
    parser = argparse.ArgumentParser(prog="python -m installer", description=__doc__)
    parser.add_argument("dist", type=Path, help="where the results go; what is there is replaced")
    given = parser.parse_args(arguments)
    release = release_of_commit()
    frozen = freeze(WORK / "frozen", release.version, release.epoch)
    found = parts(frozen.contents)
    text = bill(release.version, release.epoch, found, lambda place: digest(frozen.folder, place))
    (frozen.folder / BILL).write_text(text, "utf-8")
    lay_out(found, frozen.folder / "licences")
    shutil.rmtree(given.dist, ignore_errors=True)
    given.dist.mkdir(parents=True)
    name = named(release)
    (given.dist / f"{name}.cdx.json").write_text(text, "utf-8")
    if sys.platform == "linux":
        package(frozen, release, given.dist / f"{name}.deb")
    else:
        archive(frozen, given.dist / name)
    (given.dist / "SHA256SUMS").write_text("".join(sums(given.dist)), "utf-8")
    return 0


def digest(program: Path, place: str) -> str:
    """The SHA-256 of a file of the program; nothing where it does not lie at that place."""
    # The freezer's own start has the files in a folder beside it.
    for file in (program / place, program / "_internal" / place):
        if file.is_file():
            return hashlib.sha256(file.read_bytes()).hexdigest()
    return ""


def named(release: deb.Release) -> str:
    """What is built begins with this: a release has three systems' things in one folder."""
    system = deb.architecture() if sys.platform == "linux" else sys.platform
    return f"{deb.NAME}_{release.version}_{system}"


def package(frozen: Frozen, release: deb.Release, file: Path) -> None:
    """The .deb, and what it would weigh without the embedded web view."""
    deb.pack(frozen.folder, release, file)
    lean, light = WORK / "lean", WORK / "lean.deb"
    shutil.rmtree(lean, ignore_errors=True)
    shutil.copytree(frozen.folder, lean, symlinks=True)
    for place in frozen.contents.engine:
        (lean / place).unlink()
    deb.pack(lean, release, light)
    for what, folder, packed in (
        ("With the embedded web view", frozen.folder, file),
        ("Without it (not shipped)", lean, light),
    ):
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        print(f"{what}: {size / 1e6:.0f} MB, packed {packed.stat().st_size / 1e6:.1f} MB")
    print(file)


def archive(frozen: Frozen, place: Path) -> None:
    """The folder of the program in one file, for Windows and macOS; ``place`` has no ending yet."""
    kind = "zip" if sys.platform == "win32" else "gztar"
    folder = frozen.folder
    shutil.make_archive(str(place), kind, folder.parent, folder.name)


def release_of_commit() -> deb.Release:
    """The version of a tagged commit is the program's; any other comes before it, by its number."""
    version = __version__
    if _git("tag", "--points-at", "HEAD", "--list", f"v{version}") != f"v{version}":
        version += (
            f"~{_git('rev-list', '--count', 'HEAD')}.g{_git('rev-parse', '--short=8', 'HEAD')}"
        )
    if _git("status", "--porcelain", "--untracked-files=no"):
        version += ".changed"
    return deb.Release(version, int(_git("log", "-1", "--format=%ct")))


def sums(folder: Path) -> list[str]:
    """Lines for ``sha256sum -c``, by name."""
    return [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
    ]


def _git(*arguments: str) -> str:
    command = ["git", *arguments]
    done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
