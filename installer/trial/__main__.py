"""``python -m installer.trial DIST``: the .deb in DIST on clean Debians; 0 if all holds."""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from installer.trial.door import Door
from installer.trial.journey import Journey, Packages
from installer.trial.rooms import NoRoom, Room, base
from sandbox.demo.desk import DeskFault
from sandbox.demo.reader import NotThere
from sandbox.demo.server import Practice
from sandbox.demo.stage import StepFailed

SUITES = {"bookworm": True, "trixie": False}
"""Debian 12 and 13; in the first, the end comes while the server is gone."""
ROOMS = Path(__file__).parent.parent.parent / "build" / "rooms"


def main() -> int:
    """0 when everything held on every release, 1 at the first thing that did not."""
    parser = argparse.ArgumentParser(prog="python -m installer.trial", description=__doc__)
    parser.add_argument("dist", type=Path, help="where the .deb is")
    parser.add_argument("--only", choices=list(SUITES), help="on this release alone")
    given = parser.parse_args()
    began = time.monotonic()
    found = sorted(given.dist.glob("*.deb"))
    if len(found) != 1:
        print(f"There is no .deb in {given.dist}, or more than one: make package.", file=sys.stderr)
        return 1
    try:
        for suite in [given.only] if given.only else SUITES:
            print(f"Debian {suite}", flush=True)
            tried(suite, found[0])
    except (NoRoom, DeskFault, NotThere, StepFailed) as fault:
        print(f"Did not hold: {fault}", file=sys.stderr)
        return 1
    print(f"Everything held, in {time.monotonic() - began:.0f} s.")
    return 0


def tried(suite: str, package: Path) -> None:
    """One release. Raises NoRoom, DeskFault, NotThere, StepFailed."""
    lower = base(suite, ROOMS)
    with tempfile.TemporaryDirectory(prefix="kiosk-trial-") as made:
        # The room's user goes through it to what is shared.
        Path(made).chmod(0o755)
        shared = Path(made) / "shared"
        shared.mkdir()
        packages = variants(package, shared)
        with (
            Door(shared) as door,
            Practice(Path(made) / "practice", origins=[door.address]) as practice,
            Room(lower, ROOMS / f"{suite}-room", shared) as room,
        ):
            door.lead_to(practice.address)
            Journey(room, practice, door, packages, SUITES[suite]).main()


def variants(package: Path, into: Path) -> Packages:
    """The package as it is, and two that come after it, of the same program."""
    first = into / "first.deb"
    shutil.copy(package, first)
    tree = into / "tree"
    subprocess.run(["dpkg-deb", "--raw-extract", str(package), str(tree)], check=True)
    control, postinst, preinst = (tree / "DEBIAN" / n for n in ("control", "postinst", "preinst"))
    found = re.search(r"^Version: (.*)$", control.read_text("utf-8"), re.MULTILINE)
    if found is None:
        raise StepFailed("the package has no version")
    for file in (control, postinst, preinst):
        text = file.read_text("utf-8")
        file.write_text(text.replace(found[1], f"{found[1]}+later"), "utf-8")
    (build,) = tree.glob("usr/lib/operatory-kiosk/dist/lib/*/kiosk/build.txt")
    build.write_text(f"{found[1]}+later\n", "ascii")
    pack = ["dpkg-deb", "--root-owner-group", "-Znone", "--build", str(tree)]
    subprocess.run([*pack, str(into / "later.deb")], check=True, stdout=subprocess.DEVNULL)
    preinst.unlink()
    subprocess.run([*pack, str(into / "heedless.deb")], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)
    return Packages(first, into / "later.deb", into / "heedless.deb")


if __name__ == "__main__":
    sys.exit(main())
