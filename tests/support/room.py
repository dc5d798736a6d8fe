"""A desk with monitors that come and go, a locked kiosk on it, and eyes that are not the kiosk's.

``Room`` starts ``covered_kiosk`` in a process of its own; ``Watcher`` reads what is on the glass.
"""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from queue import Empty, Queue
from types import TracebackType
from typing import Self

from benchmarks.glass import Glass, GlassDesk
from kiosk.desktop.x11 import X11, Rect
from sandbox.demo.desk import end
from tests.support.serving import begin

ROOT = Path(__file__).parents[2]
PAGE = b"<html><title>x</title><body style='margin:0;background:#fe01fd'></body></html>"
OF_THE_PAGE = b"\xfd\x01\xfe\xff" * 8
"""Eight pixels of the page, side by side, as they lie in the frame buffer."""
PATIENCE_SECONDS = 20.0
SOON_SECONDS = 1.0
TAPS = 3
LOOKS = 200
GRID = 5


class Room:
    """One X server with monitors, with or without a window manager, and the kiosk on it."""

    def __init__(self, home: Path, *, managed: bool, page: str = "", leave: str = "") -> None:
        """``page`` is the address of what lies below the cover; none: no web engine.

        ``leave`` names a monitor that is never covered.
        """
        self._leave = leave
        self.desk = GlassDesk(home, monitors=2)
        self.is_managed = managed
        self._page = page
        self._said: Queue[str] = Queue()
        self.monitors: dict[str, Rect] = {}

    def __enter__(self) -> Self:
        self.desk.__enter__()
        self.monitors = {f"monitor-{n}": Rect(1280 * n, 0, 1280, 800) for n in range(2)}
        if self.is_managed:
            self.desk.start("openbox")
        x11 = X11.open(self.desk.environment["DISPLAY"])
        assert x11 is not None
        self._x11 = x11
        if self.is_managed:
            self.until(lambda: bool(x11.numbers(x11.root, "_NET_SUPPORTING_WM_CHECK")))
        command = [
            sys.executable,
            "-m",
            "tests.support.covered_kiosk",
            *([self._page] * bool(self._page)),
        ]
        self.kiosk = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.desk.unread() | {"LEAVE_SCREENS": self._leave},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        threading.Thread(target=self._hear, daemon=True).start()
        self.hear("ready")
        if self._page:
            self.hear("painted")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.kiosk.send_signal(signal.SIGCONT)
        end(self.kiosk)
        for pipe in (self.kiosk.stdin, self.kiosk.stdout):
            if pipe is not None:
                pipe.close()
        self._x11.close()
        self.desk.__exit__(kind, error, where)

    def tell(self, word: str) -> None:
        """Tell the kiosk one word."""
        assert self.kiosk.stdin is not None
        self.kiosk.stdin.write(f"{word}\n".encode())
        self.kiosk.stdin.flush()

    def hear(self, *words: str, seconds: float = PATIENCE_SECONDS) -> str:
        """Wait for one of these words at the beginning of what the kiosk says; the whole line.

        Raises ``queue.Empty`` where it says nothing for so long.
        """
        while True:
            line = self._said.get(timeout=seconds)
            if line.split(" ")[0] in words:
                return line

    def lock(self) -> None:
        """Lock, and wait until the kiosk says that the cover is seen."""
        self.forget()
        self.tell("lock")
        self.hear("seen")

    def forget(self) -> None:
        """Whatever was said so far is not waited for."""
        with self._said.mutex:
            self._said.queue.clear()

    def set_monitors(self, monitors: dict[str, Rect]) -> None:
        """Have these monitors from now on, the first on the one output that there is."""
        # Without one of ours on it, the output is a monitor by itself.
        moved = next(iter(monitors)) != next(iter(self.monitors))
        stay = {} if moved else {n: at for n, at in self.monitors.items() if monitors.get(n) == at}
        for name in self.monitors.keys() - stay.keys():
            self._xrandr("--delmonitor", name)
        for name, at in monitors.items():
            if name not in stay:
                where = f"{at.width}/340x{at.height}/210+{at.x}+{at.y}"
                output = "screen" if name == next(iter(monitors)) else "none"
                self._xrandr("--setmonitor", name, where, output)
        self.monitors = dict(monitors)

    def switch_output(self, on: bool) -> None:
        """The one output that the X server has goes to sleep, or wakes."""
        self._xrandr("--output", "screen", "--auto" if on else "--off", check=on)

    @contextmanager
    def another(self, *words: str) -> Iterator[None]:
        """Another program's window is on the desk meanwhile."""
        program = subprocess.Popen(
            [sys.executable, "-m", "tests.support.other_window", *words],
            cwd=ROOT,
            env=self.desk.unread(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert program.stdout is not None
        try:
            program.stdout.readline()
            yield
        finally:
            end(program)
            program.stdout.close()

    def bring_forward(self, program: str) -> None:
        """As a click in the taskbar does."""
        command = ["xdotool", "search", "--sync", "--class", program, "windowactivate", "--sync"]
        subprocess.run(command, env=self.desk.environment, check=True)

    def top_at(self, x: int, y: int) -> int:
        """The uppermost window that can be seen at a point; 0: the bare desk."""
        for window in reversed(self._x11.children(self._x11.root)):
            rect = self._x11.rect(window)
            if rect is not None and rect.holds(Rect(x, y, 1, 1)) and self._x11.is_viewable(window):
                return window
        return 0

    def is_covered(self) -> bool:
        """Whether at every point of a grid on each monitor the kiosk's window is uppermost."""
        points = {
            (at.x + at.width * i // GRID + 3, at.y + at.height * j // GRID + 3)
            for at in self.monitors.values()
            for i in range(GRID)
            for j in range(GRID)
        }
        return all(self.is_on_top(x, y) for x, y in points)

    def taps_are_heard(self) -> bool:
        """Whether a real click on the first tile reaches the kiosk; the window may still move."""
        return any(self._tap() for _ in range(TAPS))

    def _tap(self) -> bool:
        self.forget()
        self.tell("where")
        _, x, y = self.hear("tile").split(" ")
        command = ["xdotool", "mousemove", x, y, "click", "1"]
        subprocess.run(command, env=self.desk.environment, check=True)
        try:
            return bool(self.hear("tapped", seconds=SOON_SECONDS))
        except Empty:
            return False

    def until(self, held: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
        """Whether ``held()`` becomes true in that time."""
        waiting = threading.Event()
        for _ in range(int(seconds * LOOKS)):
            if held():
                return True
            waiting.wait(1 / LOOKS)
        return held()

    def is_on_top(self, x: int, y: int) -> bool:
        """Whether the uppermost window at a point is the kiosk's."""
        return self._is_kiosks(self.top_at(x, y))

    def is_kiosk_at(self, place: Rect) -> bool:
        """Whether a window of the kiosk's fills exactly that place."""
        x11 = self._x11
        return any(
            self._is_kiosks(each) and x11.is_viewable(each) and x11.rect(each) == place
            for each in x11.children(x11.root)
        )

    def has_keyboard(self) -> bool:
        """Whether the kiosk has it."""
        return self._is_kiosks(self._x11.focused())

    def is_page_shown(self) -> bool:
        """Whether a pixel of the page is on the glass."""
        with Glass(self.desk) as glass:
            return glass.holds(OF_THE_PAGE)

    def stop(self) -> None:
        """The kiosk sleeps, as its computer would."""
        self.kiosk.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """It is awake again."""
        self.kiosk.send_signal(signal.SIGCONT)

    def _is_kiosks(self, window: int) -> bool:
        held = (window, *self._x11.children(window)) if window else ()
        return any("operatory-kiosk" in self._x11.text(each, "WM_CLASS") for each in held)

    def _xrandr(self, *words: str, check: bool = True) -> None:
        subprocess.run(
            ["xrandr", *words],
            env=self.desk.environment,
            check=check,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _hear(self) -> None:
        assert self.kiosk.stdout is not None
        for line in self.kiosk.stdout:
            self._said.put(line.decode().strip())


class Watcher:
    """Reads every frame, every 10 ms, and counts those that show a pixel of the page."""

    def __init__(self, desk: GlassDesk) -> None:
        self._glass = Glass(desk)
        self._ends = threading.Event()
        self.frames = self.bare = 0
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._glass.__enter__()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self._ends.set()
        self._thread.join()
        self._glass.__exit__(kind, error, where)

    def _watch(self) -> None:
        while not self._ends.wait(0.01):
            self.frames += 1
            self.bare += self._glass.holds(OF_THE_PAGE)


class Served:
    """The page, on a port of this computer."""

    def __enter__(self) -> str:
        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(PAGE)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._server = HTTPServer(("127.0.0.1", 0), Answer)
        begin(self._server)
        return f"http://127.0.0.1:{self._server.server_port}/"

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
