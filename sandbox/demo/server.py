"""The reference server as a process of its own, and the providers' phones beside it."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from sandbox.demo.desk import end, line_of

SERVING = "Serving "


class Practice:
    """``with Practice(directory) as practice``: a seeded server that tests may steer."""

    def __init__(self, data: Path, port: int = 0, origins: Sequence[str] = ()) -> None:
        """``port`` 0 takes any; ``origins`` are what else it is called: whatever lies before it."""
        self._data = data
        self._port = port
        self._origins = origins
        self.address = ""
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start it; the same data and port as before, if it was stopped."""
        command = [sys.executable, "-m", "sandbox", "--seed", "demo", "--test-controls"]
        command += ["--data", str(self._data), "--port", str(self._port)]
        for origin in self._origins:
            command += ["--origin", origin]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        self._process = process
        if process.stdout is None:
            raise RuntimeError("the server has no output")
        self.address = line_of(process.stdout, "The server", SERVING)
        self._port = int(self.address.rpartition(":")[2])

    def stop(self) -> None:
        """Stop it; its data stay."""
        if self._process is not None and self._process.stdout is not None:
            end(self._process)
            self._process.stdout.close()
            self._process = None

    def texts(self) -> list[dict[str, str]]:
        """Every text on the providers' phones, oldest first."""
        told: list[dict[str, str]] = self._ask("texts")
        return told

    def requests(self) -> list[str]:
        """Every request so far, as "METHOD /path"."""
        return [str(r) for r in self._ask("requests")["requests"]]

    def travel(self, days: float) -> None:
        """Move the server's clock on."""
        self._ask("time", {"advance": int(days * 86_400)})

    def change_member(self, which: str, **change: object) -> None:
        """What an admin does on the Members page."""
        self._ask(f"members/{which}", change)

    def change_password(self, which: str, password: str) -> None:
        """An admin gives a shared account another password, and every computer has to ask."""
        self._ask(f"passwords/{which}", {"password": password})

    def give_badge(self, holder: str, number: str) -> None:
        """An admin reads a badge into the Members page."""
        self._ask(f"badges/{holder}", {"number": number})

    def invite(self, label: str, email: str) -> str:
        """An admin invites a shared account: the link in its mailbox."""
        wish = {"label": label, "email": email, "shared": True, "roles": ["member"]}
        self._ask("members", wish)
        return str(self._ask("mails")[-1]["link"])

    def _ask(self, what: str, body: dict[str, Any] | None = None) -> Any:
        raw = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.address}/sandbox/{what}", raw, headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())
