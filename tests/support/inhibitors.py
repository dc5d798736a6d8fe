"""logind and a desktop that hold a computer awake, on a private bus: another program's side of it.

They give real open files and cookies, and know who of them is still held.
"""

import os
import select
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.support.secret_service import PrivateBus

LOGIND = "org.freedesktop.login1"
SAVER = "org.freedesktop.ScreenSaver"
POWER = "org.freedesktop.PowerManagement"
SESSION = "org.gnome.SessionManager"
EVERYBODY = (LOGIND, SAVER, POWER, SESSION)
SIGNATURES = {LOGIND: "ssss", SAVER: "ss", POWER: "ss", SESSION: "susu"}
FLAGS = {1: "logout", 4: "suspend", 8: "idle"}
EVERYTHING = frozenset({"sleep", "idle", "shutdown", SAVER, POWER, "SUSPEND", "IDLE", "LOGOUT"})
"""What can be asked for: of logind by its word, of the session's manager by its flag."""
OWNER = {SAVER: SAVER, POWER: POWER, **dict.fromkeys(("SUSPEND", "IDLE", "LOGOUT"), SESSION)}


class Services:
    """``refuses`` maps what is asked for to an error's name, ``silent`` does not answer it.

    ``reasons`` are those given, ``asked`` counts every question.
    """

    def __init__(self, bus: PrivateBus) -> None:
        self.bus = bus
        self.refuses: dict[str, str] = {}
        self.silent: set[str] = set()
        self.asked: list[str] = []
        self.reasons: set[str] = set()
        self.told_back: list[str] = []
        self.senders: set[str] = set()
        self._files: dict[str, list[int]] = {}
        self._cookies: dict[int, str] = {}
        self._unanswered: list[tuple[str, Any]] = []
        self._lock = threading.RLock()
        self._ends = threading.Event()
        blocking = import_module("jeepney.io.blocking")
        self._own: Any = blocking.open_dbus_connection(bus.address, enable_fds=True)
        self._thread = threading.Thread(target=self._listen, daemon=True)

    @property
    def held(self) -> frozenset[str]:
        """What somebody holds: a file that is open elsewhere, a cookie that was not taken back."""
        with self._lock:
            files = {what for what, ends in self._files.items() if any(map(is_open, ends))}
            return frozenset(files | set(self._cookies.values()))

    def open_files(self, what: str) -> int:
        """How many locks on it are open."""
        with self._lock:
            return sum(map(is_open, self._files.get(what, [])))

    def come(self, *names: str) -> None:
        """Be these services from now on."""
        bus = import_module("jeepney").message_bus
        with self._lock:
            for name in names:
                self._own.send(bus.RequestName(name))

    def go(self, *names: str) -> None:
        """Be them no longer; their cookies are forgotten, and open files are as they are."""
        bus = import_module("jeepney").message_bus
        with self._lock:
            for name in names:
                self._own.send(bus.ReleaseName(name))
                self._cookies = {
                    cookie: what for cookie, what in self._cookies.items() if OWNER[what] != name
                }

    def pretend(self, service: str) -> None:
        """Tell everybody who asked, in the bus's words, that a service has gone."""
        jeepney = import_module("jeepney")
        bus = "org.freedesktop.DBus"
        with self._lock:
            for to in self.senders:
                at = jeepney.DBusAddress("/org/freedesktop/DBus", interface=bus)
                lie = jeepney.new_signal(at, "NameOwnerChanged", "sss", (service, ":1.1", ""))
                lie.header.fields[jeepney.HeaderFields.destination] = to
                self._own.send(lie)

    def answer_late(self) -> None:
        """Give everybody what they were not answered."""
        with self._lock:
            for what, call in self._unanswered:
                self._give(what, call)
            self._unanswered.clear()

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def quit(self) -> None:
        """End the bus itself."""
        self._ends.set()
        self._thread.join()
        self.bus.stop()

    def stop(self) -> None:
        """Leave the bus, and close what is left."""
        self.quit()
        self._own.close()
        for ends in self._files.values():
            for end in ends:
                os.close(end)

    def _listen(self) -> None:
        jeepney = import_module("jeepney")
        while not self._ends.is_set():
            try:
                call = self._own.receive(timeout=0.05)
            except TimeoutError:
                continue
            if call.header.message_type is jeepney.MessageType.method_call:
                with self._lock:
                    self._answer(call)

    def _answer(self, call: Any) -> None:
        jeepney = import_module("jeepney")
        fields = call.header.fields
        service = str(fields[jeepney.HeaderFields.destination])
        member = str(fields[jeepney.HeaderFields.member])
        signature = fields.get(jeepney.HeaderFields.signature, "")
        self.senders.add(fields[jeepney.HeaderFields.sender])
        undo = "Uninhibit" if service == SESSION else "UnInhibit"
        if member == undo and signature == "u":
            self.told_back.append(self._cookies.pop(call.body[0], "nobody's"))
            return
        starts = not call.header.flags & jeepney.MessageFlag.no_auto_start
        if member != "Inhibit" or signature != SIGNATURES.get(service) or starts:
            self._own.send(jeepney.new_error(call, "org.freedesktop.DBus.Error.InvalidArgs"))
            return
        if service == LOGIND:
            assert call.body[3] == "block"
        what = call.body[0] if service == LOGIND else service
        if service == SESSION:
            what = FLAGS[call.body[3]].upper()
        self.asked.append(what)
        self.reasons.add(call.body[1 if service in (SAVER, POWER) else 2])
        if what in self.refuses:
            self._own.send(jeepney.new_error(call, self.refuses[what]))
        elif what in self.silent:
            self._unanswered.append((what, call))
        else:
            self._give(what, call)

    def _give(self, what: str, call: Any) -> None:
        jeepney = import_module("jeepney")
        if what in ("sleep", "idle", "shutdown"):
            reading, given = os.pipe()
            self._own.send(jeepney.new_method_return(call, "h", (given,)))
            os.close(given)
            self._files.setdefault(what, []).append(reading)
        else:
            # Such as no signed number could carry.
            cookie = 4_000_000_000 + len(self.asked)
            self._cookies[cookie] = what
            self._own.send(jeepney.new_method_return(call, "u", (cookie,)))


def is_open(reading: int) -> bool:
    """Whether somebody has the other end of this pipe."""
    return not select.select([reading], [], [], 0)[0]


@contextmanager
def services(home: Path, names: Iterable[str] = EVERYBODY) -> Iterator[Services]:
    """A bus of their own, with these on it."""
    bus = PrivateBus.start(home)
    made = Services(bus)
    for name in names:
        made._own.bus_proxy.RequestName(name)
    made.start()
    try:
        yield made
    finally:
        made.stop()
