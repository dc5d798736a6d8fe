"""The door before the trial's server: refused without its CA, and it knows who asked for what."""

import gc
import http.client
import socket
import ssl
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from installer.trial.door import NAME, Door
from tests.support.serving import begin


class Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, format: str, *_arguments: object) -> None:
        pass


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    begin(server)
    with Door(tmp_path) as door:
        door.lead_to(f"http://127.0.0.1:{server.server_port}")
        yield door
    server.shutdown()
    server.server_close()


def ask(door: Door, trusted: ssl.SSLContext, came_from: str) -> None:
    """More than a record of TLS holds, twice over one connection."""
    body = b"x" * 100_000
    plain = socket.create_connection(("127.0.0.1", door.port), source_address=(came_from, 0))
    connection = http.client.HTTPConnection(NAME, door.port)
    with trusted.wrap_socket(plain, server_hostname=NAME) as connection.sock:
        for path in ("/first", "/second"):
            connection.request("POST", path, body)
            assert connection.getresponse().read() == body


def test_who_has_its_ca_gets_through_and_is_noted(door: Door) -> None:
    trusted = ssl.create_default_context(cafile=str(door.ca))
    ask(door, trusted, "127.0.0.9")
    assert door.asked() == [
        ("127.0.0.9", "POST /first HTTP/1.1"),
        ("127.0.0.9", "POST /second HTTP/1.1"),
    ]


def test_who_has_not_is_not_served(door: Door) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        ask(door, ssl.create_default_context(), "127.0.0.1")
    assert door.asked() == []


def test_a_server_that_is_gone_is_silence(door: Door) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    door.lead_to(f"http://127.0.0.1:{port}")
    trusted = ssl.create_default_context(cafile=str(door.ca))
    # Cut off while it asks, or before an answer.
    with pytest.raises(OSError, match=r"EOF|closed|reset|[Bb]roken pipe"):
        ask(door, trusted, "127.0.0.1")
    assert door.asked() == []


def test_whoever_is_still_inside_is_seen_out(tmp_path: Path) -> None:
    """What is left of a connection would be found as garbage, in the middle of another test."""
    with socket.create_server(("127.0.0.1", 0)) as silent, Door(tmp_path) as door:
        door.lead_to(f"http://127.0.0.1:{silent.getsockname()[1]}")
        trusted = ssl.create_default_context(cafile=str(door.ca))
        plain = socket.create_connection(("127.0.0.1", door.port))
        caller = trusted.wrap_socket(plain, server_hostname=NAME)
        caller.sendall(b"GET / HTTP/1.1\r\n\r\n")
        silent.accept()[0].close()
        door.lead_to("http://127.0.0.1:1")
        others = [socket.create_connection(("127.0.0.1", door.port)) for _ in range(3)]
    for each in (caller, *others):
        each.close()
    gc.collect()
