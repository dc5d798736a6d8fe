"""A site whose page counts how fast it runs: by timers, a worker, fetches and a WebSocket.

Every count goes on ten times a second where nothing slows the page.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event

from PySide6.QtCore import QTimer
from PySide6.QtWebEngineCore import QWebEnginePage
from pytestqt.qtbot import QtBot

from tests.support.serving import begin

TICK_SECONDS = 0.1
PATIENT = "Zoe Canary"
WORKER = "let n = 0; setInterval(() => postMessage(++n), 100)"
PAGE = f"""<!doctype html><title>x</title><h1>{PATIENT}</h1><textarea></textarea><a>Sign out</a>
<script>
const counted = {{timer: 0, worker: 0, fetch: 0, socket: 0, drawn: 0}};
setInterval(() => ++counted.timer, 100);
new Worker('/worker.js').onmessage = () => ++counted.worker;
const fetched = () => fetch('/tick', {{cache: 'no-store'}});
const again = () => fetched().then(() => {{ ++counted.fetch; again() }});
again();
const socket = new WebSocket(`ws://${{location.host}}/socket`);
socket.onopen = () => socket.send('x');
socket.onmessage = () => {{ ++counted.socket; socket.send('x') }};
const draw = () => {{ ++counted.drawn; requestAnimationFrame(draw) }};
draw();
</script>"""
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
"""Of every WebSocket's handshake (RFC 6455 section 1.3)."""
ONE_LETTER = 7
"""The bytes of a client's frame with one letter: two of head, four of mask, the letter."""


@dataclass
class Paced:
    """A page, and how a test asks how fast it runs."""

    bot: QtBot
    page: QWebEnginePage

    def counted(self) -> dict[str, int]:
        """What it has counted."""
        told: list[object] = []
        self.page.runJavaScript("JSON.stringify(counted)", told.append)
        self.bot.waitUntil(lambda: bool(told), timeout=20_000)
        counted: dict[str, int] = json.loads(str(told[0]))
        return counted

    def in_10_s(self, seconds: float = 10) -> dict[str, int]:
        """How often each count went on in 10 s, measured over that many."""
        before = self.counted()
        for_that_long(self.bot, seconds)
        after = self.counted()
        return {name: round((after[name] - before[name]) * 10 / seconds) for name in after}


def for_that_long(bot: QtBot, seconds: float) -> None:
    """The page runs; so does the kiosk."""
    over: list[bool] = []
    QTimer.singleShot(int(seconds * 1000), lambda: over.append(True))
    bot.waitUntil(lambda: bool(over), timeout=int(seconds * 1000) + 20_000)


def ticking_site() -> Iterator[str]:
    """Its address."""
    over = Event()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/socket":
                self._echo()
                return
            if self.path == "/tick":
                over.wait(TICK_SECONDS)
            is_script = self.path == "/worker.js"
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript" if is_script else "text/html")
            self.end_headers()
            self.wfile.write((WORKER if is_script else PAGE).encode())

        def _echo(self) -> None:
            key = self.headers["Sec-WebSocket-Key"].encode()
            accepted = base64.b64encode(hashlib.sha1(key + GUID, usedforsecurity=False).digest())
            self.wfile.write(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                b"Connection: Upgrade\r\nSec-WebSocket-Accept: " + accepted + b"\r\n\r\n"
            )
            self.close_connection = True
            while len(self.rfile.read(ONE_LETTER)) == ONE_LETTER and not over.wait(TICK_SECONDS):
                self.wfile.write(b"\x81\x01x")

        def log_message(self, format: str, *_arguments: object) -> None:
            pass

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.daemon_threads = True
    begin(server)
    yield f"http://127.0.0.1:{server.server_port}"
    over.set()
    server.shutdown()
    server.server_close()
