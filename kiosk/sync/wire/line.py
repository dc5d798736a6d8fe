"""The line to the server: one transport a lane, one nonce for all, its time for the clock."""

from collections.abc import Callable
from datetime import datetime

from kiosk.sync.wire.calls import Api, Nonce
from kiosk.sync.wire.proof import DeviceKey
from kiosk.sync.wire.transport import Transport


class Line:
    """What every call needs beside the key. ``heard`` is told the server's time."""

    def __init__(
        self, transport: Transport, nonce: Nonce, heard: Callable[[datetime], None]
    ) -> None:
        self._transport = transport
        self._nonce = nonce
        self._heard = heard

    def api(self, origin: str, key: DeviceKey) -> Api:
        """The calls of one server, proved by that key."""
        return Api(origin, key, self._transport, self._nonce, self._heard)
