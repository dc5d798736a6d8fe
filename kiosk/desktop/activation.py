"""How a second start asks the kiosk that runs already to come to the front.

Owns the local socket. It lies in the profile's own folder, which is the user's alone: nobody else
can sit there first, and nobody else gets in. Where that path is too long for a socket (unix(7)) it
lies in the user's runtime folder. A connection is the whole request: nothing is read, so nothing
can be slipped in.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from kiosk.local.profile import Profile

LONGEST = 90
"""Bytes of a path: a socket's holds 107 (macOS: 103), and Qt binds it under a longer one first."""


def _name(profile: Profile) -> str:
    """A path where there are sockets in folders, and the name of a pipe on Windows."""
    if sys.platform == "win32":
        return f"operatory-kiosk-{profile.id}"
    if len(os.fsencode(profile.door)) <= LONGEST:
        return str(profile.door)
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return str(Path(runtime, f"operatory-kiosk-{profile.id}")) if runtime else str(profile.door)


class FrontDoor(QObject):
    """Open while the kiosk runs; whoever opens it holds the profile's ``Instance``."""

    wanted = Signal()

    def __init__(self, profile: Profile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        # With this option Qt also replaces the socket that a killed kiosk left behind.
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._come)
        self.open = self._server.listen(_name(profile))

    def _come(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnectFromServer()
            caller.deleteLater()
            self.wanted.emit()

    def close(self) -> None:
        """Hear no one any more."""
        self._server.close()


def ask_to_front(profile: Profile, patience_ms: int = 1000) -> bool:
    """Ask the kiosk of this profile to come to the front; ``False``: nobody opened."""
    socket = QLocalSocket()
    socket.connectToServer(_name(profile))
    heard = socket.waitForConnected(patience_ms)
    socket.abort()
    return heard
