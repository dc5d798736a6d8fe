"""The proxy does what it says: passes, cuts, resets, stalls and corrupts, at the byte it drew."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest

from tests.reliability.wire import LOOPBACK, Passing, Trouble, Wire

SENT = bytes(range(256)) * 40


@pytest.fixture
def echo() -> Iterator[int]:
    """The port of a server that gives back what it gets."""
    door = socket.create_server((LOOPBACK, 0))
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            caller, _ = door.accept()
            with caller, suppress(OSError):
                while received := caller.recv(65536):
                    caller.sendall(received)

    thread = threading.Thread(target=serve)
    thread.start()
    port: int = door.getsockname()[1]
    yield port
    over.set()
    socket.create_connection((LOOPBACK, port)).close()
    thread.join()
    door.close()


def through(trouble: Trouble | None, port: int, *, up: bool = False) -> bytes | None:
    """What comes back of ``SENT``; None after a reset, or when it stays away."""
    ours, theirs = socket.socketpair()
    closing_ = threading.Event()
    with ours, theirs, closing(socket.create_connection((LOOPBACK, port))) as server:
        passing = Passing(theirs, trouble, up, 1000)
        met: list[Trouble | None] = []

        def run() -> None:
            met.append(passing.through(server, closing_))
            theirs.close()

        thread = threading.Thread(target=run)
        thread.start()
        ours.sendall(SENT)
        ours.settimeout(0.3 if trouble is Trouble.STALLED else 5)
        received = b""
        try:
            while len(received) < len(SENT) and (more := ours.recv(65536)):
                received += more
        except TimeoutError:
            assert trouble is Trouble.STALLED
        closing_.set()
        thread.join()
        assert met == [trouble]
    return received


def test_without_trouble_everything_passes(echo: int) -> None:
    """Byte for byte."""
    assert through(None, echo) == SENT


@pytest.mark.parametrize("trouble", [Trouble.CUT, Trouble.STALLED])
def test_it_ends_at_that_byte(trouble: Trouble, echo: int) -> None:
    """What came before has arrived."""
    assert through(trouble, echo) == SENT[:1000]


@pytest.mark.parametrize("up", [True, False])
def test_one_byte_is_another(up: bool, echo: int) -> None:
    """And nothing else."""
    received = through(Trouble.CORRUPTED, echo, up=up)
    assert received is not None
    wrong = [n for n, (one, two) in enumerate(zip(received, SENT, strict=True)) if one != two]
    assert wrong == [1000]


def test_a_reset_is_one(echo: int) -> None:
    """Over TCP, through the proxy itself, which counts it."""
    with Wire("a seed", echo) as wire:
        wire.kinds = (Trouble.RESET,)
        while not wire.met:
            with socket.create_connection((LOOPBACK, wire.port)) as ours:
                for _ in range(10):
                    try:
                        ours.sendall(SENT)
                        ours.recv(len(SENT), socket.MSG_WAITALL)
                    except (ConnectionResetError, BrokenPipeError):
                        break
        assert set(wire.met) == {Trouble.RESET}


def test_a_server_that_is_away_is_a_closed_door(echo: int) -> None:
    """While it is started again."""
    with socket.create_server((LOOPBACK, 0)) as door:
        nobody: int = door.getsockname()[1]
    with Wire("a seed", nobody) as wire, socket.create_connection((LOOPBACK, wire.port)) as ours:
        assert ours.recv(1) == b""
