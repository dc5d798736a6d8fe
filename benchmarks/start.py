"""Start: from the start of the process to its first usable screen, from outside.

The kiosk, the bare window and Chromium in turns; each is on the glass when the picture is there
that stays.
"""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.browser import command
from benchmarks.glass import Glass, GlassDesk, Picture, Rows
from benchmarks.room import Joined
from benchmarks.rows import Row, row
from sandbox.demo.desk import end

MOST_OF_BARE = 1.3


@dataclass(slots=True)
class Program:
    """One of those that are started in turns, and the picture it is to show."""

    name: str
    command: tuple[str, ...]
    picture: Picture | None = None

    def meet(self, desk: GlassDesk, glass: Glass) -> None:
        """Start it once to learn its picture; the files it needs are warm from then on."""
        nothing = blank(glass)
        process = desk.run(*self.command)
        glass.until(lambda: not glass.empty(), f"{self.name}'s first paint")
        time.sleep(2)
        self.picture = Picture.of(self.name, glass.calm(), nothing)
        end(process)

    def start(self, desk: GlassDesk, glass: Glass) -> float:
        """Seconds from its start to its picture."""
        blank(glass)
        picture = self.picture
        if picture is None:
            raise RuntimeError("meet it first")
        at = time.perf_counter()
        process: subprocess.Popen[bytes] = desk.run(*self.command)
        try:
            return glass.shows(picture) - at
        finally:
            time.sleep(0.5)
            end(process)


def blank(glass: Glass) -> Rows:
    """Wait until the last program has left nothing behind."""
    glass.until(glass.empty, "an empty glass")
    return glass.rows()


def bare(buttons: int, *libraries: str) -> tuple[str, ...]:
    """The command of the bare window."""
    asked = ("--import", *libraries) if libraries else ()
    return (sys.executable, "-m", "benchmarks.bare_window", "--buttons", str(buttons), *asked)


def measure(
    desk: GlassDesk, glass: Glass, joined: Joined, data: Path, address: str, runs: int
) -> list[Row]:
    """The rows of the start; ``data`` is the browser's, ``address`` the server's."""
    kiosk = Program("the kiosk", joined.command)
    window = Program("a bare window", bare(joined.buttons))
    chromium = Program("Chromium", tuple(command(data, f"{address}/signin")))
    times: dict[str, list[float]] = {}
    programs = (window, kiosk, chromium)
    for program in programs:
        program.meet(desk, glass)
    for _ in range(runs):
        for program in programs:
            took = program.start(desk, glass) * 1000
            times.setdefault(program.name, []).append(took)
    ours = times[kiosk.name]
    return [
        row(
            "start to login screen",
            "ms",
            ours,
            against="bare PySide6 window",
            others=times[window.name],
            budget=f"ratio ≤ {MOST_OF_BARE}",
            most_ratio=MOST_OF_BARE,
        ),
        row(
            "start to login screen",
            "ms",
            ours,
            against="Chromium opening its sign-in page",
            others=times[chromium.name],
            budget="ratio < 1",
            most_ratio=1.0,
        ),
    ]
