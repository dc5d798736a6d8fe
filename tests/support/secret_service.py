"""A real gnome-keyring on a private session bus, for tests: nothing of the tester's own is touched.

``PrivateBus.start`` returns once the bus is there, ``wait_for`` once a name on it is owned.
"""

import importlib
import os
import signal
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.demo.desk import listening_in

# No <servicedir>: nothing may be started on demand, so that "no service" stays "no service".
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>{at}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""

_SCRIPT = """echo "$DBUS_SESSION_BUS_ADDRESS"; echo $$; exec "$@" """

# A collection without a password, as gnome-keyring writes it.
OPEN_COLLECTION = "[keyring]\ndisplay-name=Login\nctime=0\nmtime=0\nlock-on-idle=false\n"

KEYRING = ("gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock")


@dataclass
class PrivateBus:
    """A bus and one program on it, which lives as long as the bus does."""

    address: str
    pid: int
    process: subprocess.Popen[str]
    home: Path

    @classmethod
    def start(cls, home: Path, *program: str, typed: str = "") -> "PrivateBus":
        """Start ``program`` on a bus of its own, with ``typed`` on its standard input."""
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        config = home / "bus.conf"
        config.write_text(BUS.format(at=listening_in(home)))
        process = subprocess.Popen(
            [
                *("dbus-run-session", f"--config-file={config}", "--"),
                *("sh", "-c", _SCRIPT, "sh"),
                *(program or ("sleep", "infinity")),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(home),
                "XDG_DATA_HOME": str(home / "data"),
                "XDG_CONFIG_HOME": str(home / "config"),
                "XDG_CACHE_HOME": str(home / "cache"),
                "XDG_RUNTIME_DIR": str(home),
            },
        )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(typed)
        process.stdin.close()
        address = process.stdout.readline().strip()
        return cls(address, int(process.stdout.readline()), process, home)

    def connect(self) -> Any:
        """Return a new connection of the tester's own (jeepney, which carries no types)."""
        return importlib.import_module("jeepney.io.blocking").open_dbus_connection(self.address)

    def wait_for(self, name: str) -> "PrivateBus":
        """Return once someone on the bus owns ``name``."""
        jeepney = importlib.import_module("jeepney")
        rule = jeepney.MatchRule(
            type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged"
        )
        rule.add_arg_condition(0, name)
        with closing(self.connect()) as bus, bus.filter(rule) as changes:
            bus.bus_proxy.AddMatch(rule)
            if not bus.bus_proxy.NameHasOwner(name)[0]:
                bus.recv_until_filtered(changes, timeout=10)
        return self

    @classmethod
    def with_keyring(cls, home: Path, password: str) -> "PrivateBus":
        """Start gnome-keyring with its login collection open, made with ``password``."""
        return cls.start(home, *KEYRING, typed=password).wait_for("org.freedesktop.secrets")

    def stop(self) -> None:
        """End the program, and with it the bus; a second time does nothing."""
        if self.process.returncode is not None:
            return
        os.kill(self.pid, signal.SIGCONT)
        os.kill(self.pid, signal.SIGKILL)
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()
