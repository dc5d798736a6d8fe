"""The settings' proxy and Xchart's page, on the real engine: it goes through, or says who asks.

Needs a screen: the web engine draws on one. A start each: the engine reads its proxy once.
"""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support.serving import begin
from tests.ui.xchart.test_trust import started

ADDRESS = "http://xchart.clinic.example/"
"""A name that only a proxy finds: to loopback the engine takes none."""


class Proxy(ThreadingHTTPServer):
    """Answers in the server's place, or asks for a password; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.asks = False
        super().__init__(("127.0.0.1", 0), Answer)
        begin(self)


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Proxy)
        self.server.asked.append(self.path)
        self.send_response(407 if self.server.asks else 200)
        if self.server.asks:
            self.send_header("Proxy-Authenticate", "Basic realm=clinic")
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<h1>Xchart</h1>")

    def log_message(self, format: str, *_arguments: object) -> None:
        pass


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    made = Proxy()
    yield made
    made.shutdown()
    made.server_close()


@pytest.mark.parametrize(("asks", "told"), [(False, "opened"), (True, "proxy_sign_in 407")])
def test_the_page_goes_through_it(proxy: Proxy, tmp_path: Path, asks: bool, told: str) -> None:
    """A 407 was called an error of Xchart's."""
    proxy.asks = asks
    ended = started(ADDRESS, tmp_path, f"http://127.0.0.1:{proxy.server_port}")
    assert (ended[1], proxy.asked[:1]) == (told, [ADDRESS])
