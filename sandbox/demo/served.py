"""A server of ours as a process of its own, which a demonstration may steer."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from threading import Thread
from typing import IO, Any, Self

from sandbox.demo.desk import end, line_of

SERVING = "Serving "


class Served:
    """``with`` it there is a server; started again, it has the same data and port."""

    def __init__(
        self,
        data: Path,
        port: int,
        arguments: Sequence[str],
        controls: str,
        *,
        aloud: bool = False,
    ) -> None:
        """``port`` 0 takes any; ``arguments`` are ``sandbox``'s own, ``controls`` the path of what
        steers it. ``aloud``: what it says is printed here too."""
        self._data = data
        self._port = port
        self._arguments = arguments
        self._controls = controls
        self._aloud = aloud
        self.address = ""
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start it."""
        command = [sys.executable, "-m", "sandbox", *self._arguments, "--test-controls"]
        command += ["--data", str(self._data), "--port", str(self._port)]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        self._process = process
        if process.stdout is None:
            raise RuntimeError("the server has no output")
        self.address = line_of(process.stdout, "The server", SERVING)
        self._port = int(self.address.rpartition(":")[2])
        if self._aloud:
            Thread(target=_repeat, args=(process.stdout,), daemon=True).start()

    def stop(self) -> None:
        """Stop it; what it keeps in its data stays."""
        if self._process is not None and self._process.stdout is not None:
            end(self._process)
            if not self._aloud:
                self._process.stdout.close()
            self._process = None

    def _ask(
        self, what: str, body: Mapping[str, object] | None = None, method: str | None = None
    ) -> Any:
        """Steer it, or see what it has seen: GET without a body, POST with one."""
        raw = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        url = f"{self.address}/{self._controls}/{what}"
        asked = urllib.request.Request(url, raw, headers, method=method)
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return json.loads(answer.read())


def _repeat(said: IO[bytes]) -> None:
    lines: Iterable[bytes] = said
    for line in lines:
        print(line.decode(errors="replace"), end="", flush=True)
    said.close()
