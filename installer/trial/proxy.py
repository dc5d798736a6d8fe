"""A real proxy in a room (tinyproxy), which asks for a password or does not."""

import socket
import subprocess

from installer.trial.desks import RoomDesk
from sandbox.demo.desk import end

NAME = "proxy.clinic.example"
FROM = "127.0.0.9"
"""The address that it speaks from: what went past it came from another."""
ASKS = "BasicAuth clinic trial\n"
CONFIGURATION = """Port {port}
Listen 127.0.0.1
Bind {own}
Timeout 600
LogFile "{log}"
LogLevel Connect
MaxClients 100
"""


class Proxy:
    """On the desk it is given; ``address`` is for the settings."""

    def __init__(self, desk: RoomDesk) -> None:
        """Nothing runs until ``start``."""
        self._desk = desk
        with socket.create_server(("127.0.0.1", 0)) as door:
            self._port: int = door.getsockname()[1]
        self.address = f"http://{NAME}:{self._port}"
        self._log = desk.home / "proxy.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, asks: bool) -> None:
        """Run anew; whoever was connected is cut off."""
        self.stop()
        conf = self._desk.home / "proxy.conf"
        told = CONFIGURATION.format(port=self._port, own=FROM, log=self._log)
        conf.write_text(told + (ASKS if asks else ""), "utf-8")
        self._process = self._desk.start("tinyproxy", "-d", "-c", str(conf))

    def stop(self) -> None:
        """End it, where it runs."""
        if self._process is not None:
            end(self._process)
            self._process = None

    @property
    def answers(self) -> bool:
        """Whether it takes calls yet."""
        try:
            socket.create_connection(("127.0.0.1", self._port)).close()
        except OSError:
            return False
        return True

    @property
    def log(self) -> str:
        """Its own words."""
        return self._log.read_text("utf-8")
