"""logind as far as its delay lock goes, on a private bus: another program, with real open files."""

import os
import select
import threading
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from PySide6.QtDBus import QDBusConnection

from tests.support.secret_service import PrivateBus

NAME = "org.freedesktop.login1"


class Logind:
    """``asked`` holds (what, mode) of each request; ``waits`` while somebody holds sleep back."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.asked: list[tuple[str, str]] = []
        self.refuses = False
        self._held = -1

    def __enter__(self) -> Self:
        self._bus = PrivateBus.start(self._home)
        blocking = import_module("jeepney.io.blocking")
        self._own: Any = blocking.open_dbus_connection(self._bus.address, enable_fds=True)
        self._own.bus_proxy.RequestName(NAME)
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._answer, daemon=True)
        self._thread.start()
        self._name = uuid4().hex
        self.connection = QDBusConnection.connectToBus(self._bus.address, self._name)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        del self.connection
        QDBusConnection.disconnectFromBus(self._name)
        self._ends.set()
        self._thread.join()
        self._own.close()
        self._bus.stop()
        if self._held >= 0:
            os.close(self._held)

    @property
    def waits(self) -> bool:
        """Whether the other end of what was given is open somewhere."""
        if self._held < 0:
            return False
        readable, _, _ = select.select([self._held], [], [], 0)
        return not readable

    def _answer(self) -> None:
        jeepney = import_module("jeepney")
        while not self._ends.is_set():
            try:
                call = self._own.receive(timeout=0.05)
            except TimeoutError:
                continue
            if call.header.message_type is not jeepney.MessageType.method_call:
                continue
            if call.header.fields[jeepney.HeaderFields.member] != "Inhibit":
                continue
            what, _, _, mode = call.body
            if self.refuses:
                self._own.send(jeepney.new_error(call, "org.freedesktop.DBus.Error.AccessDenied"))
            else:
                reading, given = os.pipe()
                self._own.send(jeepney.new_method_return(call, "h", (given,)))
                os.close(given)
                if self._held >= 0:
                    os.close(self._held)
                self._held = reading
            self.asked.append((what, mode))
