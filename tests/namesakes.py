"""``python -m tests.namesakes``: the tests beside what is changed and not committed.

A module's test has its name: ``kiosk/ui/workspace/bar.py`` has ``tests/ui/workspace/test_bar.py``.
"""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = {"kiosk": "", "sandbox": "sandbox", "installer": "installer", "benchmarks": "benchmarks"}


def namesake(changed: Path) -> Path | None:
    """Where the test of a file stands, from the root; None: it has none by its name."""
    parts = changed.parts
    if changed.suffix != ".py" or len(parts) < 2:
        return None
    if parts[0] == "tests":
        return changed if changed.name.startswith("test_") else None
    if parts[0] not in FOLDERS:
        return None
    return Path("tests", FOLDERS[parts[0]], *parts[1:-1], f"test_{parts[-1]}")


def changed() -> list[Path]:
    """What differs from the last commit, from the root; new files too."""
    told = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all", "--no-renames"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [Path(line[3:]) for line in told.splitlines()]


def main() -> None:
    """Print those that are there."""
    found = {test for each in changed() if (test := namesake(each)) is not None}
    print(*sorted(str(test) for test in found if (ROOT / test).exists()))


if __name__ == "__main__":
    main()
