"""The glass of a desk, looked at from outside: the frame buffer, and when a picture is on it.

Reads the memory that the X server draws into, the same for the kiosk, the bare window and the
browser. Looking takes little of the processor that the measured program runs on: a share of the
cells, a thousand times a second.
"""

import mmap
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sandbox.demo.desk import Desk, end, line_of, started

FRAME_BUFFER = "Xvfb_screen0"
EVERY = 8
"""One row of pixels in so many is looked at."""
CELL = 64 * 4
"""A row is compared in cells of so many bytes: 64 pixels."""
ENOUGH = 0.85
"""The share of telling cells that must be there: a caret may blink, a minute may pass."""
MOST_CELLS = 127
"""Of more telling cells so many are looked at, spread over the picture; a prime falls in step with
no row."""
LOOK_SECONDS = 0.001
PATIENCE_SECONDS = 30.0
LEAST_CELLS = 10
CALM_LOOKS, CALM_SECONDS = 6, 0.1

MEMORY = Path("/dev", "shm")
"""Where a frame buffer costs no disk; what draws would share that with whoever writes records."""

Rows = tuple[bytes, ...]


class NeverSeen(Exception):
    """What was waited for did not come onto the glass."""


class GlassDesk(Desk):
    """A desk whose one frame buffer can be read; ``monitors`` lie side by side on it."""

    def __init__(self, home: Path, monitors: int = 1, size: tuple[int, int] = (1280, 800)) -> None:
        """``size`` is that of one monitor, in pixels."""
        wide, high = size
        super().__init__(home, f"{wide * monitors}x{high}")
        self._monitors = monitors
        self._one = size
        self._begun: list[subprocess.Popen[bytes]] = []
        self.drawn = Path()

    def __enter__(self) -> Self:
        super().__enter__()
        wide, high = self._one
        for place in range(self._monitors if self._monitors > 1 else 0):
            where = f"{wide}/340x{high}/210+{place * wide}+0"
            output = "screen" if place == 0 else "none"
            command = ["xrandr", "--setmonitor", f"monitor-{place}", where, output]
            subprocess.run(command, env=self.environment, check=True, stdout=subprocess.DEVNULL)
        return self

    def unread(self) -> dict[str, str]:
        """The environment of a computer that no screen reader runs on."""
        reading = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "NO_AT_BRIDGE"}
        return {k: v for k, v in self.environment.items() if k not in reading}

    def run(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a program as a user does, without assistive technology.

        The caller ends it; the desk does where a measurement broke off.
        """
        with (self.home / "programs.log").open("ab") as log:
            process = subprocess.Popen(
                command, env=self.unread(), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self._ends.callback(end, process)
        self._begun.append(process)
        return process

    def clear(self) -> None:
        """End what was run, where a measurement broke off."""
        while self._begun:
            end(self._begun.pop())

    def _screen(self) -> str:
        command = ["Xvfb", "-displayfd", "1", "-nolisten", "tcp", "-noreset", "-nocursor"]
        shared = MEMORY if MEMORY.is_dir() else self.home
        buffer = self._ends.enter_context(tempfile.TemporaryDirectory(dir=shared, prefix="glass-"))
        self.drawn = Path(buffer) / FRAME_BUFFER
        command += ["-screen", "0", f"{self._size}x24", "-fbdir", buffer]
        process = started(command, "xvfb", self.environment, stdout=subprocess.PIPE)
        self._ends.callback(process.wait)
        self._ends.callback(process.terminate)
        if process.stdout is None:
            raise RuntimeError("Xvfb has no output")
        self._ends.callback(process.stdout.close)
        return f":{line_of(process.stdout, 'Xvfb')}"


class Glass:
    """Reads the frame buffer of a ``GlassDesk``. Rows are 4 bytes a pixel, top to bottom."""

    def __init__(self, desk: GlassDesk) -> None:
        """The desk must be set."""
        self._file = desk.drawn.open("rb")
        self._memory = mmap.mmap(self._file.fileno(), 0, prot=mmap.PROT_READ)
        head = struct.unpack(">25I", self._memory[:100])  # XWDFile.h, X11 protocol headers
        self._start = head[0] + head[19] * 12
        self.width, self.height, self._stride = head[4], head[5], head[12]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self._memory.close()
        self._file.close()

    def row(self, y: int) -> bytes:
        """One row of pixels."""
        start = self._start + y * self._stride
        return self._memory[start : start + self.width * 4]

    def cell(self, y: int, offset: int) -> bytes:
        """A part of a row, from that byte on."""
        start = self._start + y * self._stride + offset
        return self._memory[start : start + CELL]

    def holds(self, pixels: bytes) -> bool:
        """Whether those pixels are anywhere on it, side by side."""
        return self._memory.find(pixels, self._start) >= 0

    def rows(self) -> Rows:
        """Every eighth row."""
        return tuple(self.row(y) for y in range(0, self.height, EVERY))

    def shows(self, picture: "Picture") -> float:
        """Look until a picture is there; the moment (``time.perf_counter``). Raises NeverSeen."""
        return self.until(lambda: picture.on(self), picture.name)

    def until(self, seen: Callable[[], bool], what: str) -> float:
        """Look until it is seen; the moment (``time.perf_counter``). Raises NeverSeen."""
        deadline = time.perf_counter() + PATIENCE_SECONDS
        while not seen():
            if time.perf_counter() > deadline:
                raise NeverSeen(what)
            time.sleep(LOOK_SECONDS)
        return time.perf_counter()

    def calm(self) -> Rows:
        """Wait until the picture stays, but for a caret; and return it."""
        before, same = self.rows(), 0
        deadline = time.perf_counter() + PATIENCE_SECONDS
        while same < CALM_LOOKS:
            time.sleep(CALM_SECONDS)
            now = self.rows()
            changed = sum(a != b for a, b in zip(before, now, strict=True))
            same = same + 1 if changed <= len(now) * (1 - ENOUGH) / 2 else 0
            before = now
            if time.perf_counter() > deadline:
                raise NeverSeen("a picture that stays")
        return before

    def empty(self) -> bool:
        """Whether nothing at all is drawn."""
        return not any(row.strip(b"\0") for row in self.rows())


@dataclass(frozen=True, slots=True)
class Picture:
    """What must be on the glass: cells that tell this picture from another, by row and offset."""

    name: str
    telling: tuple[tuple[int, int, bytes], ...]

    @classmethod
    def of(
        cls,
        name: str,
        now: Rows,
        before: Rows,
        *,
        top: int = 0,
        bottom: int | None = None,
        left: int = 0,
        right: int | None = None,
        plain: bool = False,
    ) -> "Picture":
        """Cells within ``top``, ``bottom``, ``left`` and ``right`` that differ from ``before``.

        Cells of one colour tell nothing, except of a cover (``plain``).
        """
        last = None if right is None else right * 4 - CELL
        telling = tuple(
            (place * EVERY, start, cell)
            for place, (row, old) in enumerate(zip(now, before, strict=True))
            for start in range(0, len(row), CELL)
            if place * EVERY >= top
            and (bottom is None or place * EVERY < bottom)
            and start >= left * 4
            and (last is None or start <= last)
            and (cell := row[start : start + CELL]) != old[start : start + CELL]
            and (plain or cell != cell[:4] * (len(cell) // 4))
        )
        if len(telling) < LEAST_CELLS:
            raise NeverSeen(f"{name} looks like what was there before")
        count = min(len(telling), MOST_CELLS)
        spread = (place * len(telling) // count for place in range(count))
        return cls(name, tuple(telling[place] for place in spread))

    def on(self, glass: Glass) -> bool:
        """Whether it is there."""
        missing_at_most = int(len(self.telling) * (1 - ENOUGH))
        missing = 0
        for y, start, cell in self.telling:
            if glass.cell(y, start) != cell:
                missing += 1
                if missing > missing_at_most:
                    return False
        return True
