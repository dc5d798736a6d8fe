"""A reader of the screen: finds what an assistive technology finds, by name, and presses it.

AT-SPI over D-Bus, nothing of the program's own: what this cannot find or press, a screen reader
cannot either.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

ACCESSIBLE = "org.a11y.atspi.Accessible"
ACTION = "org.a11y.atspi.Action"
COMPONENT = "org.a11y.atspi.Component"
TEXT = "org.a11y.atspi.Text"
EDITABLE = "org.a11y.atspi.EditableText"
PROPERTIES = "org.freedesktop.DBus.Properties"
ROOT = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
ON_SCREEN = 0
SHOWING, VISIBLE, ENABLED = 25, 30, 8
FIELD = "text"
"""The end of the role names of what takes text: "text", "password text"."""
PATIENCE_SECONDS = 20.0


class NotThere(Exception):
    """Nobody can find that on the screen; the text says what was there instead."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something on the screen. ``bus`` and ``path`` are its AT-SPI address."""

    bus: str
    path: str
    role: str
    name: str
    states: int

    def has(self, state: int) -> bool:
        """Whether an AtspiStateType is set."""
        return bool(self.states >> state & 1)


class Reader:
    """Reads the accessibility tree of one desk."""

    def __init__(self, session_bus: str) -> None:
        """``session_bus`` is the desk's address."""
        session = open_dbus_connection(session_bus)
        where = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        address = self._ask(session, where, "GetAddress")[0]
        status = DBusAddress("/org/a11y/bus", "org.a11y.Bus", PROPERTIES)
        self._ask(session, status, "Set", "ssv", ("org.a11y.Status", "IsEnabled", ("b", True)))
        self._session = session
        self._bus = open_dbus_connection(address)

    def close(self) -> None:
        """Leave the buses."""
        self._bus.close()
        self._session.close()

    def things(self) -> list[Thing]:
        """Everything that is shown, in reading order."""
        return list(self._walk(*ROOT))

    def texts(self) -> list[str]:
        """Every name that is shown, in reading order."""
        return [thing.name for thing in self.things() if thing.name]

    def all_texts(self) -> list[str]:
        """Every name in the whole tree, shown or not: what must not be there is not here."""
        return [thing.name for thing in self._walk(*ROOT, hidden=True) if thing.name]

    def find(self, name: str, role: str = "") -> Thing:
        """The thing of that name (or whose name begins with ``name…``), once it is there.

        Raises NotThere.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            things = []
            for thing in self._walk(*ROOT):
                if fits(thing, name, role):
                    return thing
                things.append(thing)
            if time.monotonic() > deadline:
                there = ", ".join(f"{t.role} {t.name!r}" for t in things if t.name)
                raise NotThere(f"no {role or 'thing'} named {name!r}; there are: {there}")
            time.sleep(0.03)

    def is_there(self, name: str, role: str = "") -> bool:
        """Whether it is shown now."""
        return any(fits(thing, name, role) for thing in self._walk(*ROOT))

    def press(self, name: str, role: str = "") -> None:
        """Press what has that name, once it is there and enabled."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            thing = self.find(name, role)
            try:
                where = DBusAddress(thing.path, thing.bus, ACTION)
                if thing.has(ENABLED) and self._ask(self._bus, where, "DoAction", "i", (0,))[0]:
                    return
            except NotThere:
                pass  # it was drawn anew between the look and the press
            if time.monotonic() > deadline:
                raise NotThere(f"{name!r} cannot be pressed")
            time.sleep(0.03)

    def middle(self, name: str, role: str = "") -> tuple[int, int]:
        """Where on the screen it is, for a hand: the web engine lets nothing press its links."""
        thing = self.find(name, role)
        where = DBusAddress(thing.path, thing.bus, COMPONENT)
        left, top, width, height = self._ask(self._bus, where, "GetExtents", "u", (ON_SCREEN,))[0]
        return left + width // 2, top + height // 2

    def key_in(self, field: str, digits: str) -> None:
        """Press the keys of a keypad one after the other, each when the one before has landed.

        Qt presses a button for an assistive technology with a delay that swallows a second press.
        """
        for number, digit in enumerate(digits, start=1):
            self.press(digit)
            deadline = time.monotonic() + PATIENCE_SECONDS
            while number < len(digits) and self._length(field) != number:
                if time.monotonic() > deadline:
                    raise NotThere(f"{field!r} does not take the digits")
                time.sleep(0.01)

    def _length(self, field: str) -> int:
        thing = self.find(field, FIELD)
        properties = DBusAddress(thing.path, thing.bus, PROPERTIES)
        told = self._ask(self._bus, properties, "Get", "ss", (TEXT, "CharacterCount"))
        return int(told[0][1])

    def type_into(self, name: str, text: str) -> None:
        """Replace the text of the field of that name."""
        thing = self.find(name, FIELD)
        where = DBusAddress(thing.path, thing.bus, EDITABLE)
        if not self._ask(self._bus, where, "SetTextContents", "s", (text,))[0]:
            raise NotThere(f"{name!r} takes no text")

    def text_of(self, field: str) -> str:
        """What stands in the field of that name."""
        thing = self.find(field, FIELD)
        where = DBusAddress(thing.path, thing.bus, TEXT)
        return str(self._ask(self._bus, where, "GetText", "ii", (0, -1))[0])

    def _walk(self, bus: str, path: str, *, hidden: bool = False) -> Iterator[Thing]:
        waiting = [(bus, path)]
        while waiting:
            bus, path = waiting.pop()
            try:
                thing = self._thing(bus, path)
                children = self._ask(self._bus, self._at(bus, path), "GetChildren")[0]
            except NotThere:
                continue  # it went away while we were looking
            top = path == ROOT[1]
            if not hidden and not top and not thing.has(SHOWING):
                continue
            yield thing
            waiting += [(child[0], child[1]) for child in reversed(children)]

    def _thing(self, bus: str, path: str) -> Thing:
        where = self._at(bus, path)
        low, high = self._ask(self._bus, where, "GetState")[0]
        role = self._ask(self._bus, where, "GetRoleName")[0]
        properties = DBusAddress(path, bus, PROPERTIES)
        name = self._ask(self._bus, properties, "Get", "ss", (ACCESSIBLE, "Name"))[0][1]
        return Thing(bus, path, role, name, low | high << 32)

    @staticmethod
    def _at(bus: str, path: str) -> DBusAddress:
        return DBusAddress(path, bus, ACCESSIBLE)

    @staticmethod
    def _ask(
        bus: DBusConnection,
        where: DBusAddress,
        method: str,
        signature: str | None = None,
        body: tuple[Any, ...] = (),
    ) -> tuple[Any, ...]:
        call = new_method_call(where, method, signature, body)
        reply = bus.send_and_get_reply(call, timeout=10)
        if reply.header.message_type.name == "error":
            raise NotThere(f"{method} of {where.object_path}: {reply.body}")
        told: tuple[Any, ...] = reply.body
        return told


def fits(thing: Thing, name: str, role: str) -> bool:
    """Whether that is meant: the exact name, or its beginning when ``name`` ends with "…"."""
    if role and not thing.role.endswith(role):
        return False
    if name.endswith("…") and thing.name != name:
        return thing.name.startswith(name[:-1])
    return thing.name == name
