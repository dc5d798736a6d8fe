"""A repository of two commits: a kiosk that says which it is, and scenes that measure it."""

from pathlib import Path

import pytest

from benchmarks.trees import IDENTITY, git

SCENES = """
import sys
from pathlib import Path
import kiosk
from benchmarks.rows import keep
if kiosk.SPEED is None:
    raise SystemExit("the scene broke")
keep(kiosk.SPEED, Path(sys.argv[1]))
raise SystemExit(1)
"""
"""It ends with 1, as where a budget is not met."""
ROWS = """
import json
def keep(speed, path):
    row = {"name": "tap", "unit": "ms", "median": speed, "p95": speed, "values": [speed]}
    path.write_text(json.dumps([row]))
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Its first commit has the tag ``before``; nothing of it is this project's own repository."""
    root = tmp_path / "repository"
    for folder in ("kiosk", "benchmarks"):
        (root / folder).mkdir(parents=True)
        (root / folder / "__init__.py").touch()
    (root / "benchmarks" / "__main__.py").write_text("raise SystemExit('older scenes')")
    (root / "benchmarks" / "rows.py").write_text("")
    (root / "requirements.lock").write_text("")
    (root / ".gitignore").write_text("build/\n__pycache__/\n")
    (root / "kiosk" / "__init__.py").write_text("SPEED = 10.0")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, *IDENTITY, "commit", "-q", "-m", "Before")
    git(root, "tag", "before")
    (root / "benchmarks" / "__main__.py").write_text(SCENES)
    (root / "benchmarks" / "rows.py").write_text(ROWS)
    git(root, "add", "-A")
    git(root, *IDENTITY, "commit", "-q", "-m", "After")
    return root
