"""A desk of its own for one kiosk: X server, session bus, keychain, accessibility, nothing shared.

Needs Xvfb, dbus-daemon, gnome-keyring-daemon and at-spi2-core on the computer. Everything lies
under one directory and ends with the desk.
"""

import os
import selectors
import subprocess
import sys
from contextlib import ExitStack, closing
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

from jeepney import MatchRule
from jeepney.io.blocking import open_dbus_connection

BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>{at}</listen><auth>EXTERNAL</auth>
<standard_session_servicedirs/>
<policy context="default"><allow user="*"/><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""
KEYCHAIN_PASSWORD = "the login password of this desk"
PATIENCE_SECONDS = 20


class DeskFault(Exception):
    """A part of the desk did not start; the sentence says which and what to install."""


class Desk:
    """``with Desk(directory) as desk``: then ``desk.start(command)`` puts a program on it."""

    def __init__(
        self,
        home: Path,
        size: str = "1280x800",
        screens: int = 1,
        inside: tuple[str, ...] = (),
    ) -> None:
        """``size`` is WIDTHxHEIGHT in pixels of each of ``screens`` screens.

        ``inside`` stands before every command, so that a desk can be in another root file system.
        """
        self.home = home
        self._inside = inside
        self._size = size
        self._screens = screens
        self._ends = ExitStack()
        self.environment: dict[str, str] = {}

    def __enter__(self) -> Self:
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        self.environment = {
            **kept,
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.home),
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "QT_QPA_PLATFORM": "xcb",
            "PYTHONFAULTHANDLER": "1",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "NO_AT_BRIDGE": "0",
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        if sys.platform != "win32" and os.geteuid() == 0:
            # Chromium's sandbox cannot be had as root; only this desk is without it.
            self.environment["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
        try:
            self.environment["DISPLAY"] = self._screen()
            self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._bus()
            self._keychain()
        except BaseException:
            self._ends.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self._ends.close()

    def start(self, *command: str, **more: str) -> subprocess.Popen[bytes]:
        """Start a program on this desk; it is ended with the desk if it still runs."""
        log = (self.home / f"{Path(command[0]).name}.log").open("ab")
        self._ends.callback(log.close)
        process = subprocess.Popen(
            (*self._inside, *command),
            env={**self.environment, **more},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        self._ends.callback(end, process)
        return process

    def read_badge(self, number: str) -> None:
        """Type as a badge reader does: fast, with Enter at the end, to whatever has the focus."""
        self.start("xdotool", "key", "--delay", "8", *number, "Return").wait(20)

    def _screen(self) -> str:
        screens: list[str] = []
        for number in range(self._screens):
            screens += ["-screen", str(number), f"{self._size}x24"]
        read, write = os.pipe()
        command = [
            *self._inside,
            "Xvfb",
            "-displayfd",
            str(write),
            "-nolisten",
            "tcp",
            "-noreset",
            *screens,
        ]
        process = started(command, "xvfb", self.environment, pass_fds=(write,))
        self._ends.callback(end, process)
        os.close(write)
        with os.fdopen(read, "rb") as told:
            return f":{line_of(told, 'Xvfb')}"

    def _bus(self) -> str:
        config = self.home / "bus.conf"
        config.write_text(BUS_CONFIG.format(at=listening_in(self.home)))
        command = [
            *self._inside,
            "dbus-daemon",
            f"--config-file={config}",
            "--print-address",
            "--nofork",
        ]
        process = started(command, "dbus-daemon", self.environment, stdout=subprocess.PIPE)
        self._ends.callback(end, process)
        if process.stdout is None:
            raise DeskFault("The session bus has no output.")
        self._ends.callback(process.stdout.close)
        return line_of(process.stdout, "dbus-daemon")

    def _keychain(self) -> None:
        command = [*self._inside, "gnome-keyring-daemon", "--foreground"]
        command += ["--components=secrets", "--unlock"]
        process = started(
            command,
            "gnome-keyring",
            self.environment,
            stdin=subprocess.PIPE,
        )
        self._ends.callback(end, process)
        if process.stdin is None:
            raise DeskFault("The keychain has no input.")
        process.stdin.write(KEYCHAIN_PASSWORD.encode())
        process.stdin.close()
        wait_for(self.environment["DBUS_SESSION_BUS_ADDRESS"], "org.freedesktop.secrets")


def listening_in(home: Path) -> str:
    """The address of a bus whose socket lies in that folder, whatever the folder is called.

    Only letters, digits and ``-_/.*`` may stand there as they are (D-Bus specification, Server
    Addresses).
    """
    return f"unix:dir={quote(str(home), safe='/*').replace('~', '%7E')}"


def started(
    command: list[str],
    package: str,
    environment: dict[str, str],
    *,
    stdin: int = subprocess.DEVNULL,
    stdout: int = subprocess.DEVNULL,
    pass_fds: tuple[int, ...] = (),
) -> subprocess.Popen[bytes]:
    """A part of the desk. Raises DeskFault where the program is not installed."""
    try:
        return subprocess.Popen(
            command,
            env=environment,
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.DEVNULL,
            pass_fds=pass_fds,
        )
    except FileNotFoundError:
        raise DeskFault(f"{command[0]} is missing: install {package}.") from None


def wait_for(bus_address: str, name: str) -> None:
    """Return once someone on the bus owns the name. Raises DeskFault where nobody does."""
    rule = MatchRule(type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged")
    rule.add_arg_condition(0, name)
    with closing(open_dbus_connection(bus_address)) as bus, bus.filter(rule) as changes:
        bus.bus_proxy.AddMatch(rule)
        if bus.bus_proxy.NameHasOwner(name)[0]:
            return
        try:
            bus.recv_until_filtered(changes, timeout=PATIENCE_SECONDS)
        except TimeoutError:
            raise DeskFault(f"Nobody offers {name}.") from None


def line_of(told: IO[bytes], name: str, prefix: str = "") -> str:
    """The first line with that prefix that a part says, without it, when it is ready.

    Raises DeskFault where it ends or keeps silent.
    """
    heard = b""
    with selectors.DefaultSelector() as ready:
        ready.register(told, selectors.EVENT_READ)
        while ready.select(PATIENCE_SECONDS):
            more = os.read(told.fileno(), 4096)
            if not more:
                raise DeskFault(f"{name} ended at once.")
            heard += more
            for line in heard.decode(errors="replace").splitlines(keepends=True):
                if line.startswith(prefix) and line.endswith("\n"):
                    return line.removeprefix(prefix).strip()
    raise DeskFault(f"{name} did not start.")


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program, by force where it does not."""
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(5)
