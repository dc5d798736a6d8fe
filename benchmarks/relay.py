"""A relay on loopback that counts what goes each way, to the byte, headers included."""

import selectors
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(slots=True)
class Exchange:
    """One request and its answer on the wire: bytes up and down, and their first lines."""

    line: str
    status: str = ""
    up: int = 0
    down: int = 0


class Relay:
    """Passes bytes between the kiosk and the server. One exchange at a time a connection."""

    def __init__(self, answers: Mapping[str, bytes] | None = None) -> None:
        """Leads nowhere until ``lead_to``: the server has to know the relay's address first.

        ``answers`` are what it says itself, by a request's first line; not counted.
        """
        self._port = 0
        self._answers = answers or {}
        self._door = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._exchanges: list[Exchange] = []
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._door.close()

    def lead_to(self, address: str) -> None:
        """From now on to the server at that address, on loopback."""
        self._port = int(address.rpartition(":")[2])

    def exchanges(self) -> list[Exchange]:
        """All so far; the last may still be under way."""
        with self._lock:
            return list(self._exchanges)

    def _accept(self) -> None:
        while True:
            try:
                caller, _ = self._door.accept()
            except OSError:  # the relay was closed
                return
            threading.Thread(target=self._pass, args=(caller,), daemon=True).start()

    def _pass(self, caller: socket.socket) -> None:
        server = socket.create_connection(("127.0.0.1", self._port))
        now: Exchange | None = None
        with caller, server, selectors.DefaultSelector() as ready:
            ready.register(caller, selectors.EVENT_READ, server)
            ready.register(server, selectors.EVENT_READ, caller)
            while True:
                for key, _ in ready.select():
                    source, target = key.fileobj, key.data
                    received = source.recv(65536) if isinstance(source, socket.socket) else b""
                    if not received:
                        return
                    said = self._answers.get(first_line(received)) if source is caller else None
                    if said is not None:
                        caller.sendall(said)
                        continue
                    with self._lock:
                        if source is caller and (now is None or now.down):
                            now = Exchange(first_line(received))
                            self._exchanges.append(now)
                        if now is not None and source is caller:
                            now.up += len(received)
                        elif now is not None:
                            now.status = now.status or first_line(received)
                            now.down += len(received)
                    target.sendall(received)


def first_line(received: bytes) -> str:
    """The request line or the status line."""
    return received.partition(b"\r\n")[0].decode("latin-1")
