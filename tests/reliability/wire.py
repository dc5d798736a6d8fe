"""A TCP proxy between kiosks and their server that stalls, resets, cuts and corrupts, by a seed.

Below TLS, as a bad network is: it cannot read what it breaks.
"""

import selectors
import socket
import struct
import threading
from collections import Counter
from enum import StrEnum
from typing import Self

from tests.reliability.chance import Chance

LOOPBACK = "127.0.0.1"
LOOK_AGAIN = 0.2
"""Seconds after which a quiet connection looks whether the proxy is to close."""
FARTHEST = {"up": 8_000, "down": 20_000}
"""Within so many bytes trouble comes: a handshake and some requests, or some answers."""


class Trouble(StrEnum):
    """What meets a connection."""

    STALLED = "stalled"
    RESET = "reset"
    CUT = "cut off"
    CORRUPTED = "corrupted"


class Wire:
    """``with Wire(seed, port) as wire``: a proxy to that port of loopback.

    ``server`` is that port, and may be said later. ``kinds`` are the troubles that new connections
    may meet, two in three; none at first. ``met`` counts those that came about.
    """

    def __init__(self, seed: str, port: int = 0) -> None:
        self._draw = Chance(seed)
        self.server = port
        self._door = socket.create_server((LOOPBACK, 0))
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self.kinds: tuple[Trouble, ...] = ()
        self.met: Counter[Trouble] = Counter()
        self.port: int = self._door.getsockname()[1]

    def __enter__(self) -> Self:
        self._threads.append(threading.Thread(target=self._accept))
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        # Who waits in accept() does not notice that the socket was closed.
        socket.create_connection((LOOPBACK, self.port)).close()
        for thread in self._threads:
            thread.join()
        self._door.close()

    def _accept(self) -> None:
        while True:
            caller, _ = self._door.accept()
            if self._closing.is_set():
                caller.close()
                return
            trouble, up, after = self._plan()
            passing = Passing(caller, trouble, up, after)
            thread = threading.Thread(target=self._pass, args=(passing,))
            self._threads.append(thread)
            thread.start()

    def _plan(self) -> tuple[Trouble | None, bool, int]:
        if not self.kinds or self._draw.random() < 1 / 3:
            return None, True, 0
        up = self._draw.random() < 0.4
        after = self._draw.randrange(FARTHEST["up" if up else "down"])
        return self._draw.choice(self.kinds), up, after

    def _pass(self, passing: "Passing") -> None:
        with passing.caller:
            try:
                server = socket.create_connection((LOOPBACK, self.server))
            except OSError:  # it was killed, and is not there again yet
                return
            with server:
                try:
                    met = passing.through(server, self._closing)
                except OSError:  # one side is gone
                    return
        if met is not None:
            with self._lock:
                self.met[met] += 1


class Passing:
    """One connection, and the trouble that comes after so many bytes ``up`` or down."""

    def __init__(self, caller: socket.socket, trouble: Trouble | None, up: bool, after: int):
        self.caller = caller
        self._trouble = trouble
        self._up = up
        self._left = after
        self._met: Trouble | None = None

    def through(self, server: socket.socket, closing: threading.Event) -> Trouble | None:
        """Pass bytes until a side is gone; the trouble that came. Raises ``OSError``."""
        with selectors.DefaultSelector() as ready:
            ready.register(self.caller, selectors.EVENT_READ, server)
            ready.register(server, selectors.EVENT_READ, self.caller)
            while not closing.is_set():
                for key, _ in ready.select(LOOK_AGAIN):
                    source, target = key.fileobj, key.data
                    received = source.recv(65536) if isinstance(source, socket.socket) else b""
                    if not received:
                        return self._met
                    received, on = self._after(received, up=target is server)
                    target.sendall(received)
                    if not on:
                        return self._met
        return self._met

    def _after(self, received: bytes, *, up: bool) -> tuple[bytes, bool]:
        """What goes on of these bytes, and whether the connection does."""
        if self._met is Trouble.STALLED:
            return b"", True
        if self._trouble is None or up is not self._up:
            return received, True
        if self._left >= len(received):
            self._left -= len(received)
            return received, True
        self._met, self._trouble, left = self._trouble, None, self._left
        match self._met:
            case Trouble.CORRUPTED:
                return received[:left] + bytes([received[left] ^ 0x20]) + received[left + 1 :], True
            case Trouble.RESET:
                # Closing it then sends RST: SO_LINGER with no time to linger, socket(7).
                now = struct.pack("ii", 1, 0)
                self.caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, now)
            case Trouble.CUT | Trouble.STALLED:
                pass
        return received[:left], self._met is Trouble.STALLED
