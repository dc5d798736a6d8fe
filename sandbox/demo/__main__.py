"""``python -m sandbox.demo OUT``: the kiosk and its server, side by side.

With a display: a window, and the address of the page with the providers' phones. Without one: the
walk through the main job, with numbered pictures in OUT; status 0 only if every step held.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sandbox.demo.desk import Desk, DeskFault, end
from sandbox.demo.server import Practice
from sandbox.demo.stage import EMAIL, PASSWORD, Stage, StepFailed
from sandbox.demo.walk import main_job

PORT = 8790


def main(arguments: list[str]) -> int:
    """``OUT [--walk]``: ``--walk`` walks even where there is a display."""
    out = Path(arguments[0])
    seen = bool(os.environ.get("DISPLAY") or sys.platform in {"win32", "darwin"})
    return side_by_side(out) if seen and "--walk" not in arguments else walk(out)


def side_by_side(out: Path) -> int:
    """A window to play with, until it is closed."""
    out.mkdir(parents=True, exist_ok=True)
    with Practice(out / "practice", PORT) as practice:
        print(f"The providers' phones:  {practice.address}/phones")
        print(f"Set the kiosk up with:  {practice.address}, Main Street, Op 3")
        print(f"and the account:        {EMAIL}, {PASSWORD}", flush=True)
        command = [sys.executable, "-m", "kiosk", "--profile", str(out / "computer"), "--windowed"]
        kiosk = subprocess.Popen(command)
        try:
            return kiosk.wait()
        except KeyboardInterrupt:
            end(kiosk)
            return 0


def walk(out: Path) -> int:
    """The main job on a desk of its own."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        try:
            with Practice(home / "practice") as practice, Desk(home / "desk") as desk:
                stage = Stage(desk, practice, out)
                try:
                    main_job(stage)
                    stage.close()
                finally:
                    shutil.copy(home / "desk" / "python.log", out / "kiosk.log")
        except (DeskFault, StepFailed) as fault:
            print(f"Did not hold: {fault}", file=sys.stderr)
            return 1
    print(f"Every step held. The pictures are in {out}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
