"""A small HTTP server of a test, on a thread of its own."""

import threading
from socketserver import BaseServer

LOOK_SECONDS = 0.02
"""By itself it looks twice a second whether it is to end, and every test would wait for that."""


def begin(server: BaseServer) -> None:
    """Answer until ``shutdown``."""
    looks = {"poll_interval": LOOK_SECONDS}
    threading.Thread(target=server.serve_forever, kwargs=looks, daemon=True).start()
