"""A firewall on loopback that forgets connections, as those in clinics do: it tells neither side.

What is sent over a connection it forgot is taken and goes nowhere; nothing is closed, nothing is
reset. A new connection passes.
"""

import selectors
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

LOOPBACK = "127.0.0.1"
LOOK_AGAIN = 0.05
"""Seconds after which a quiet connection looks whether the firewall is to close."""


@dataclass(slots=True)
class Passed:
    """One connection: requests that got through, bytes that went nowhere, what it does not pass."""

    requests: int = 0
    swallowed: int = 0
    up: bool = True
    down: bool = True
    breaks: bool = False


class Firewall:
    """``with Firewall() as firewall``: between the kiosk and the server that it is led to."""

    def __init__(self) -> None:
        self._server = 0
        self._door = socket.create_server((LOOPBACK, 0))
        self._closing = threading.Event()
        self._threads: list[threading.Thread] = []
        self.passed: list[Passed] = []
        self.address = f"http://{LOOPBACK}:{self._door.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._threads.append(threading.Thread(target=self._accept))
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        # Who waits in accept() does not notice that the socket was closed.
        socket.create_connection(self._door.getsockname()).close()
        for thread in self._threads:
            thread.join()
        self._door.close()

    @property
    def swallowed(self) -> int:
        """Bytes that went nowhere, over all connections."""
        return sum(each.swallowed for each in self.passed)

    @property
    def requests(self) -> int:
        """Requests that reached the server."""
        return sum(each.requests for each in self.passed)

    def forget(self, *, up: bool = True) -> None:
        """Forget every connection there is; ``up`` False loses the answers alone."""
        for each in self.passed:
            each.up, each.down = each.up and not up, False

    def lead_to(self, address: str) -> None:
        """The server there, on loopback, is behind it from now on; what was open ends."""
        self._server = int(address.rpartition(":")[2])
        self.break_off()

    def break_off(self) -> None:
        """End every connection there is as soon as it is used: nobody can see it before."""
        for each in self.passed:
            each.breaks = True

    def _accept(self) -> None:
        while True:
            caller, _ = self._door.accept()
            if self._closing.is_set():
                caller.close()
                return
            self.passed.append(Passed())
            thread = threading.Thread(target=self._pass, args=(caller, self.passed[-1]))
            self._threads.append(thread)
            thread.start()

    def _pass(self, caller: socket.socket, one: Passed) -> None:
        with (
            caller,
            suppress(OSError),
            socket.create_connection((LOOPBACK, self._server)) as server,
            selectors.DefaultSelector() as ready,
        ):
            ready.register(caller, selectors.EVENT_READ, server)
            ready.register(server, selectors.EVENT_READ, caller)
            while not self._closing.is_set():
                for key, _ in ready.select(LOOK_AGAIN):
                    source, target = key.fileobj, key.data
                    received = source.recv(65536) if isinstance(source, socket.socket) else b""
                    if not received or one.breaks:
                        return
                    if not (one.up if source is caller else one.down):
                        one.swallowed += len(received)
                        continue
                    # A request's head comes in one piece here, and its body is JSON.
                    one.requests += received.count(b" HTTP/1.1\r\n")
                    target.sendall(received)
