"""The site that has only a web sign-in, as a process of its own, and what its phone shows."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Thread
from typing import IO, Any, Self

from sandbox.demo.desk import end, line_of
from sandbox.demo.server import SERVING

OFFICE = "office@lakeside.example"


class WebSite:
    """``with WebSite(directory) as site``: a site that tests may steer."""

    def __init__(self, data: Path, port: int = 0, *, aloud: bool = False) -> None:
        """``port`` 0 takes any; ``aloud``: what it says, a code above all, is printed here too."""
        self._data = data
        self._port = port
        self._aloud = aloud
        self.address = ""
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start it; it knows its logins and their computers again, sessions never."""
        command = [sys.executable, "-m", "sandbox", "--web-only", "--test-controls"]
        command += ["--data", str(self._data), "--port", str(self._port)]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        self._process = process
        if process.stdout is None:
            raise RuntimeError("the site has no output")
        self.address = line_of(process.stdout, "The site", SERVING)
        self._port = int(self.address.rpartition(":")[2])
        if self._aloud:
            Thread(target=_repeat, args=(process.stdout,), daemon=True).start()

    def stop(self) -> None:
        """Stop it; what it knows of its logins stays."""
        if self._process is not None and self._process.stdout is not None:
            end(self._process)
            if not self._aloud:
                self._process.stdout.close()
            self._process = None

    def code(self) -> str:
        """The code that was texted last."""
        return str(self._ask("GET", "texts")[-1]["code"])

    def texts(self) -> int:
        """How many codes were texted since it was started."""
        return len(self._ask("GET", "texts"))

    def passwords_sent(self) -> int:
        """How often somebody sent a password since it was started, right or wrong."""
        sent: dict[str, int] = self._ask("GET", "seen")["submissions"]
        return sum(sent.values())

    def forget_sessions(self) -> None:
        """Everybody is signed out in the middle."""
        self._ask("DELETE", "sessions")

    def forget_computers(self) -> None:
        """No computer is remembered any more, whatever it shows."""
        self._ask("DELETE", "devices")

    def change_password(self, email: str, password: str) -> None:
        """Somebody has changed it in a browser elsewhere."""
        self._ask("POST", "passwords", {email: password})

    def turn(self, **turns: str | int | bool) -> None:
        """It does these otherwise from now on (``sandbox.web.turns``)."""
        self._ask("POST", "turns", turns)

    def _ask(self, method: str, what: str, body: Mapping[str, object] | None = None) -> Any:
        raw = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        asked = urllib.request.Request(f"{self.address}/test/{what}", raw, headers, method=method)
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return json.loads(answer.read())


def _repeat(said: IO[bytes]) -> None:
    lines: Iterable[bytes] = said
    for line in lines:
        print(line.decode(errors="replace"), end="", flush=True)
    said.close()
