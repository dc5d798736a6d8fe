"""``python -m tests.on_screen COMMAND…``: run it on a desk of its own, with a real X server.

The web engine needs something to draw on: without a screen it ends the whole process now and then.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from sandbox.demo.desk import Desk


def main(command: list[str]) -> int:
    """The command's exit status."""
    with tempfile.TemporaryDirectory() as folder, Desk(Path(folder)) as desk:
        told = {name: os.environ[name] for name in ("SOAK",) if name in os.environ}
        return subprocess.run(command, env=desk.environment | told).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
