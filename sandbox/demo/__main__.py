"""``python -m sandbox.demo OUT [--mode web]``: the kiosk and what it speaks to, side by side.

With a display: a window, and where the codes of the providers' phones are read. Without one, or
with ``--walk``: the walk through the main job, with numbered pictures in OUT; status 0 only if
every step held.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from sandbox.demo import walk as contract_walk
from sandbox.demo import web_walk
from sandbox.demo.desk import Desk, DeskFault, end
from sandbox.demo.server import Practice
from sandbox.demo.site import OFFICE, WebSite
from sandbox.demo.stage import EMAIL, PASSWORD, PracticeStage, StepFailed

PORT, SITE_PORT = 8790, 8791
COMPUTER = "computer"


def main(arguments: list[str]) -> int:
    """``--walk`` walks even where there is a display."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.demo", description=__doc__)
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--mode", choices=["contract", "web"], default="contract")
    parser.add_argument("--walk", action="store_true")
    given = parser.parse_args(arguments)
    seen = bool(os.environ.get("DISPLAY") or sys.platform in {"win32", "darwin"})
    to_do: dict[str, tuple[Callable[[Path], int], Callable[[Path], int]]] = {
        "contract": (side_by_side, walk),
        "web": (beside_site, walk_at_site),
    }
    watched, walked = to_do[given.mode]
    return watched(given.out) if seen and not given.walk else walked(given.out)


def side_by_side(out: Path) -> int:
    """A window to play with, until it is closed."""
    out.mkdir(parents=True, exist_ok=True)
    with Practice(out / "practice", PORT) as practice:
        print(f"The providers' phones:  {practice.address}/phones")
        print(f"Set the kiosk up with:  {practice.address}, Main Street, Op 3")
        print(f"and the account:        {EMAIL}, {PASSWORD}", flush=True)
        return window(out / COMPUTER)


def beside_site(out: Path) -> int:
    """The same beside the site; its codes are printed between these lines."""
    out.mkdir(parents=True, exist_ok=True)
    with WebSite(out / "site", SITE_PORT, aloud=True) as site:
        web_walk.provision(out / COMPUTER, site.address)
        print(f"The site in a browser:  {site.address}")
        print("Set the kiosk up with:  what stands there already")
        print(f"and the account:        {OFFICE}, {PASSWORD}")
        print("The site's codes:       printed here, and typed on the kiosk's keypad")
        print(f"To have it sign out:    curl -X DELETE {site.address}/test/sessions")
        print(f"and forget computers:   curl -X DELETE {site.address}/test/devices", flush=True)
        return window(out / COMPUTER)


def window(profile: Path) -> int:
    """The kiosk in one, until it is closed."""
    command = [sys.executable, "-m", "kiosk", "--profile", str(profile), "--windowed"]
    kiosk = subprocess.Popen(command)
    try:
        return kiosk.wait()
    except KeyboardInterrupt:
        end(kiosk)
        return 0


def walk(out: Path) -> int:
    """The main job."""

    def played(home: Path, desk: Desk) -> None:
        with Practice(home / "practice") as practice:
            stage = PracticeStage(desk, practice, out)
            contract_walk.main_job(stage)
            stage.close()

    return on_desk(out, played)


def walk_at_site(out: Path) -> int:
    """The same at a site that has only a web sign-in."""

    def played(home: Path, desk: Desk) -> None:
        with WebSite(home / "site") as site:
            stage = web_walk.SiteStage(desk, site, out)
            web_walk.main_job(stage)
            stage.close()

    return on_desk(out, played)


def on_desk(out: Path, played: Callable[[Path, Desk], None]) -> int:
    """Play it on a desk of its own; the pictures and the kiosk's log stay in ``out``."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        try:
            with Desk(home / "desk") as desk:
                try:
                    played(home, desk)
                finally:
                    shutil.copy(home / "desk" / "python.log", out / "kiosk.log")
        except (DeskFault, StepFailed) as fault:
            print(f"Did not hold: {fault}", file=sys.stderr)
            return 1
    print(f"Every step held. The pictures are in {out}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
