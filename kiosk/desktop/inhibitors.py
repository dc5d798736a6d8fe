"""Sleep, blanking and shutdown held off, on Linux: asked of logind and of the desktop over D-Bus.

Owns one connection a holding, on a thread of its own: a bus that hangs keeps nobody waiting, and
whoever leaves the bus has given everything back, as a process that dies has. Jeepney speaks here
and not Qt, whose Python binding cannot send an unsigned number: cookies and flags are such.
"""

import os
import socket
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from queue import Empty, SimpleQueue
from selectors import EVENT_READ, DefaultSelector
from threading import Event, Thread

from jeepney import (
    DBusAddress,
    DBusErrorResponse,
    FileDescriptor,
    HeaderFields,
    MatchRule,
    Message,
    MessageFlag,
    MessageType,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from PySide6.QtCore import QCoreApplication, QSocketNotifier

from kiosk.desktop.inhibitions import Inhibition
from kiosk.session.model.awake import Held, Means

DBUS = "org.freedesktop.DBus"

_NOBODY = frozenset(
    f"{DBUS}.Error.{name}"
    for name in (
        "ServiceUnknown",
        "NameHasNoOwner",
        "UnknownMethod",
        "UnknownObject",
        "UnknownInterface",
        "NotSupported",
    )
)
"""Errors that say that nobody there could do it; every other one is a no."""
_NO_BUS = (OSError, KeyError, RuntimeError, ValueError, DBusErrorResponse)
"""What jeepney raises where there is no bus, none is named, or it will not have us."""


class BusWay:
    """Everything that is asked over one bus. ``tell`` is called on the main thread."""

    def __init__(self, bus: str, inhibitions: tuple[Inhibition, ...]) -> None:
        """``bus`` is SESSION, SYSTEM or an address."""
        self._bus, self._inhibitions = bus, inhibitions
        self._holding: _Holding | None = None
        self._notifier: QSocketNotifier | None = None
        self._tell: Callable[[str, Held], None] | None = None

    @property
    def asks(self) -> Mapping[str, Means]:
        """What is asked for, each by its name."""
        return {each.name: each.means for each in self._inhibitions}

    def hold(self, why: str, tell: Callable[[str, Held], None]) -> None:
        """Ask for all of it; each answer is told, and told again when it changes."""
        self._tell = tell
        self._holding = holding = _Holding(self._bus, self._inhibitions, why)
        if QCoreApplication.instance() is not None:
            self._notifier = QSocketNotifier(holding.bell.fileno(), QSocketNotifier.Type.Read)
            self._notifier.activated.connect(self._hear)
        Thread(target=holding.run, name=f"awake {self._bus}", daemon=True).start()

    def release(self) -> None:
        """Give everything back, also what is still on its way; nothing is told any more."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
        if self._holding is not None:
            self._holding.end()
        self._holding = self._tell = self._notifier = None

    def settle(self, seconds: float) -> None:
        """Wait at most that long until each has answered, for whoever has no event loop."""
        if self._holding is not None:
            self._holding.settled.wait(seconds)
        self._hear()

    def _hear(self) -> None:
        if self._holding is not None and not self._holding.heard() and self._notifier is not None:
            self._notifier.setEnabled(False)
        while self._holding is not None and self._tell is not None:
            try:
                name, held = self._holding.told.get_nowait()
            except Empty:
                return
            self._tell(name, held)


class _Holding:
    """One connection, from its first question until everything is given back."""

    def __init__(self, bus: str, inhibitions: tuple[Inhibition, ...], why: str) -> None:
        self._bus, self._inhibitions, self._why = bus, inhibitions, why
        # Not a signal of Qt: its object could be destroyed while this thread emits it.
        self.bell, self._rope = socket.socketpair()
        self.bell.setblocking(False)
        self._rope.setblocking(False)
        self.told: SimpleQueue[tuple[str, Held]] = SimpleQueue()
        self.settled = Event()
        self._is_over = False
        self._unanswered = {each.name for each in inhibitions}
        self._waiting: dict[int, Inhibition] = {}
        self._given: dict[Inhibition, int | FileDescriptor] = {}

    def heard(self) -> bool:
        """Quieten the bell, which rings when something was told; False: it never will again."""
        try:
            return bool(self.bell.recv(4096))
        except BlockingIOError:
            return True

    def end(self) -> None:
        """On the main thread: the other end of the rope sees it, and gives back."""
        self.bell.close()

    def run(self) -> None:
        """The thread: it ends with the holding, or with the bus."""
        with closing(self._rope):
            try:
                # Without a limit: a bus that hangs may come back, and is asked then.
                connection = open_dbus_connection(self._bus, enable_fds=True, auth_timeout=None)
            except _NO_BUS:
                self._say(self._inhibitions, Held.ABSENT)
                return
            with closing(connection), DefaultSelector() as both:
                both.register(connection.sock, EVENT_READ)
                both.register(self._rope, EVENT_READ)
                try:
                    self._hold(connection, both)
                except (OSError, RuntimeError):
                    pass  # the bus is gone
                finally:
                    self._give_back(connection)
                    self._say(self._inhibitions, Held.ABSENT)

    def _hold(self, connection: DBusConnection, both: DefaultSelector) -> None:
        if any(key.fileobj is self._rope for key, _ in both.select(0)):
            return
        for service in {each.service for each in self._inhibitions}:
            rule = MatchRule(type="signal", sender=DBUS, interface=DBUS, member="NameOwnerChanged")
            rule.add_arg_condition(0, service)
            connection.send(message_bus.AddMatch(rule))
        self._ask(connection, self._inhibitions)
        while not self._is_over:
            self._take_all(connection)
            self._is_over = any(key.fileobj is self._rope for key, _ in both.select())
        # Not everybody would see that we are gone: who still owes an answer is told as well.
        self._give_back(connection)
        while self._waiting:
            self._take(connection, connection.receive())
            self._give_back(connection)

    def _take_all(self, connection: DBusConnection) -> None:
        with suppress(TimeoutError):
            while True:
                self._take(connection, connection.receive(timeout=0))

    def _take(self, connection: DBusConnection, heard: Message) -> None:
        if heard.header.message_type is MessageType.signal:
            self._owner_changed(connection, heard)
        else:
            self._answered(heard)

    def _ask(self, connection: DBusConnection, inhibitions: Iterable[Inhibition]) -> None:
        for each in inhibitions:
            to = DBusAddress(each.path, each.service, each.interface)
            call = new_method_call(to, "Inhibit", each.signature, each.words(self._why))
            # Who does not run holds nothing up, and is not started for the sake of being asked.
            call.header.flags |= MessageFlag.no_auto_start
            serial = next(connection.outgoing_serial)
            self._waiting[serial] = each
            connection.send(call, serial=serial)

    def _owner_changed(self, connection: DBusConnection, heard: Message) -> None:
        """A service went, came, or was started again: what it gave is gone with it."""
        fields = heard.header.fields
        if fields.get(HeaderFields.sender) != DBUS or len(heard.body) != 3:
            return
        service, _, now = heard.body
        its = tuple(each for each in self._inhibitions if each.service == service)
        self._waiting = {at: each for at, each in self._waiting.items() if each not in its}
        for each in its:
            self._let_go(each)
        if now and not self._is_over:
            self._ask(connection, its)
        else:
            self._say(its, Held.ABSENT)

    def _answered(self, heard: Message) -> None:
        fields = heard.header.fields
        asked = self._waiting.pop(fields.get(HeaderFields.reply_serial, 0), None)
        given = heard.body[0] if heard.body else None
        if asked is None:
            # Of a service that was there before the one that is there now.
            if isinstance(given, FileDescriptor):
                given.close()
        elif heard.header.message_type is MessageType.error:
            nobody = fields.get(HeaderFields.error_name) in _NOBODY
            self._say((asked,), Held.ABSENT if nobody else Held.DENIED)
        elif isinstance(given, int | FileDescriptor):
            if isinstance(given, FileDescriptor):
                # A program that is started meanwhile would keep the lock beyond our own end.
                os.set_inheritable(given.fileno(), False)
            self._given[asked] = given
            self._say((asked,), Held.HELD)
        else:
            self._say((asked,), Held.DENIED)

    def _let_go(self, inhibition: Inhibition) -> int | None:
        """Forget what was given; a cookie is returned, a file is closed."""
        given = self._given.pop(inhibition, None)
        if isinstance(given, FileDescriptor):
            given.close()
            return None
        return given

    def _give_back(self, connection: DBusConnection) -> None:
        for each in tuple(self._given):
            cookie = self._let_go(each)
            if cookie is not None:
                to = DBusAddress(each.path, each.service, each.interface)
                call = new_method_call(to, each.undo, "u", (cookie,))
                call.header.flags |= MessageFlag.no_auto_start | MessageFlag.no_reply_expected
                # Whoever cannot be told any more sees that we are gone.
                with suppress(OSError):
                    connection.send(call)

    def _say(self, inhibitions: Iterable[Inhibition], held: Held) -> None:
        for each in inhibitions:
            self.told.put((each.name, held))
            self._unanswered.discard(each.name)
        if not self._unanswered:
            self.settled.set()
        # Whoever has not heard the last ring yet will hear of this with it.
        with suppress(OSError):
            self._rope.send(b"!")
