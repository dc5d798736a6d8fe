"""The start of the frozen program against the same Python and libraries from the tree, in turns.

For whoever has built a package: ``make package`` leaves both.
"""

from pathlib import Path

from benchmarks.glass import Glass, GlassDesk
from benchmarks.room import Joined
from benchmarks.rows import Row, row
from benchmarks.start import Program

BUILT = Path(__file__).parent.parent / "build" / "package"
FROZEN = BUILT / "frozen" / "program" / "operatory-kiosk" / "kiosk"
PYTHON = BUILT / "venv" / "bin" / "python"
MOST_OF_UNFROZEN = 1.1


def measure(desk: GlassDesk, glass: Glass, joined: Joined, runs: int) -> list[Row]:
    """One row. Raises FileNotFoundError where no package was built."""
    at = ("--profile", str(joined.profile), "--fullscreen")
    frozen = Program("the frozen kiosk", (str(FROZEN), *at))
    tree = Program("the kiosk from the tree", (str(PYTHON), "-m", "kiosk", *at))
    times: dict[str, list[float]] = {}
    for program in (frozen, tree):
        program.meet(desk, glass)
    for _ in range(runs):
        for program in (frozen, tree):
            took = program.start(desk, glass) * 1000
            times.setdefault(program.name, []).append(took)
    return [
        row(
            "frozen start to login screen",
            "ms",
            times[frozen.name],
            against="the same from the tree",
            others=times[tree.name],
            budget=f"ratio ≤ {MOST_OF_UNFROZEN}",
            most_ratio=MOST_OF_UNFROZEN,
        ),
        row("unfrozen start to login screen", "ms", times[tree.name]),
    ]
