"""Kiosks and the server as processes of their own: started, listened to, killed, started again."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from tests.reliability.ledger import Ledger
from tests.reliability.server_process import REACHED, SERVING

PATIENCE_SECONDS = 45.0
"""Longer than anything takes: what is not over by then hangs, which is a finding."""
GRACE_SECONDS = 4.0
"""How long a kiosk that has nothing more to do may take to reach its window."""

IDLE = "idle"
ENDED = ""
"""Instead of a line: there will be none any more."""


class Hung(Exception):
    """A process neither ended nor said what it should have."""


class Process:
    """One program, over all its lives: its lines are heard on a thread of their own."""

    def __init__(self, hear: Callable[[str], None]) -> None:
        self._hear = hear
        self._process: subprocess.Popen[str] | None = None
        self._thread: Thread | None = None
        self._last = ""

    def start(self, module: str, *arguments: str, log: Path, **more: str) -> None:
        """Start it; what it complains of goes to ``log``, ``more`` into its environment."""
        with log.open("ab") as complaints:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                text=True,
                env={**os.environ, **more},
            )
        self._thread = Thread(target=self._listen, args=(self._process,), daemon=True)
        self._thread.start()

    def say(self, line: str) -> None:
        """A line on its standard input."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.write(f"{line}\n")
            self._process.stdin.flush()

    def kill(self) -> None:
        """SIGKILL, wherever it is; from any thread."""
        if self._process is not None:
            self._process.kill()

    def over(self, seconds: float = PATIENCE_SECONDS) -> int:
        """Its exit code, when it is gone and was heard to its end. Raises ``Hung``."""
        process, thread = self._process, self._thread
        if process is None or thread is None:
            return 0
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Hung(f"it still runs; its last word was {self._last}") from None
        thread.join()
        for end in (process.stdin, process.stdout):
            if end is not None:
                end.close()
        self._process = None
        return code

    def _listen(self, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            if line.endswith("\n"):
                self._last = line.strip()
                self._hear(self._last)
        self._hear(ENDED)


class Server:
    """The reference server on one database and one port, over all its lives."""

    def __init__(self, data: Path, certificate: Path, origin: str) -> None:
        """``origin`` is what kiosks call it, at the near end of their wire."""
        self.data = data
        self.port = 0
        self.kills = 0
        self.reached: Callable[[], None] = self.go_on
        """What is done when it stands still in a window."""
        self._certificate = certificate
        self._origin = origin
        self._process = Process(self._heard)
        self._serving: SimpleQueue[str] = SimpleQueue()

    def start(self, *fuse: str) -> None:
        """Start it, on the same data and port as before; returns when it serves."""
        self._process.start(
            "tests.reliability.server_process",
            "--data",
            str(self.data),
            "--port",
            str(self.port),
            "--certificate",
            str(self._certificate),
            "--origin",
            self._origin,
            *fuse,
            log=self.data / "server.log",
        )
        try:
            told = self._serving.get(timeout=PATIENCE_SECONDS)
        except Empty:
            raise Hung("the server does not serve") from None
        if told != ENDED:
            self.port = int(told)

    def go_on(self) -> None:
        """Out of the window."""
        self._process.say("")

    def kill(self) -> None:
        """SIGKILL, wherever it is."""
        self._process.kill()

    def over(self) -> None:
        """Wait until it is gone, by whatever."""
        self.kills += self._process.over() == -signal.SIGKILL
        self._serving = SimpleQueue()

    def _heard(self, line: str) -> None:
        if line.startswith(REACHED):
            self.reached()
        elif line == ENDED or line.startswith(SERVING):
            self._serving.put(line.removeprefix(SERVING))


class Kiosk:
    """One kiosk on one profile, over all its lives."""

    def __init__(self, home: Path, operatory: str, authority: Path) -> None:
        self.home = home
        self.operatory = operatory
        self.ledger = Ledger()
        self.kills = 0
        self.ended: Callable[[], None] | None = None
        """What else ends with it, at the same moment."""
        self._authority = authority
        self._process = Process(self._heard)
        self._lines_left = 0
        self._wanted: SimpleQueue[str] = SimpleQueue()

    def join(self, server: str, code: Callable[[], str]) -> None:
        """Let it join; ``code`` is what the provider's phone shows then."""
        self._start("--server", server)
        while (said := self._wanted.get(timeout=PATIENCE_SECONDS)) != "joined":
            if said == ENDED:
                raise Hung("the kiosk could not join")
            if said == "code wanted":
                self._process.say(code())
        self._process.over()

    def begin(self, seed: str, acts: int, *fuse: str, lines: int = 0) -> None:
        """Start it, with people at work; after so many ``lines`` it is killed.

        Without any ``acts`` it sends what waits, and ends.
        """
        self._lines_left = lines
        self._start("--seed", seed, "--acts", str(acts), *fuse)

    def dead(self) -> bool:
        """Wait for its death; it is killed here if its window was never reached. Whether it was."""
        said = self._wanted.get(timeout=PATIENCE_SECONDS)
        reached = True
        if said == IDLE:
            try:
                self._wanted.get(timeout=GRACE_SECONDS)
            except Empty:
                reached = False
                self._process.kill()
        self.over()
        return reached

    def over(self) -> None:
        """Wait until it is gone, by whatever."""
        self.kills += self._process.over() == -signal.SIGKILL

    def kill(self) -> None:
        """SIGKILL, from any thread."""
        self._process.kill()

    def drained(self) -> None:
        """Wait until it has sent everything and ends by itself. Raises ``Hung``."""
        code = self._process.over()
        if code:
            raise Hung(f"the kiosk ended with {code} before everything was sent")

    def _start(self, *arguments: str) -> None:
        self.ledger.begin()
        self._wanted = SimpleQueue()
        self._process.start(
            "tests.reliability.worker",
            "--profile",
            str(self.home / "profile"),
            "--keychain",
            str(self.home / "keychain.json"),
            "--operatory",
            self.operatory,
            *arguments,
            log=self.home / "kiosk.log",
            SSL_CERT_FILE=str(self._authority),
        )

    def _heard(self, line: str) -> None:
        if line == ENDED:
            if self.ended is not None:
                self.ended()
            self._wanted.put(ENDED)
            return
        told = json.loads(line)
        self.ledger.hear(told)
        match told["said"]:
            case "joined":
                self.ledger.device = told["device"]
                self._wanted.put("joined")
            case "code wanted" | "idle":
                self._wanted.put(told["said"])
            case _:
                pass
        self._lines_left -= 1
        if self._lines_left == 0:
            self._process.kill()
