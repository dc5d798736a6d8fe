"""The X server, asked over a connection of the kiosk's own: which windows there are, in what order.

Owns the C calls of libxcb. An error of the server comes back as a value: Xlib's way, one handler
for the whole process whose default ends it, cannot be had beside Qt and the web engine, each with
its own. Window ids and coordinates are the server's: native pixels, from the root's corner.
"""

import ctypes
import struct
from collections.abc import Callable
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_uint, c_uint8, c_uint32, c_void_p
from functools import cache
from typing import Any, NamedTuple

STRUCTURE_NOTIFY, SUBSTRUCTURE_NOTIFY, SUBSTRUCTURE_REDIRECT = 1 << 17, 1 << 19, 1 << 20
SIBLING, STACK_MODE, ABOVE, BELOW = 1 << 5, 1 << 6, 0, 1
ANY_TYPE = 0
CLIENT_MESSAGE, FORMAT_LONG = 33, 32
SENT = 0x80
"""Set in the kind of an event that a program has sent (X protocol, section 1)."""
VIEWABLE, INPUT_ONLY = 2, 2
POINTER_ROOT = 1
GRABBED, GRABBED_BY_ANOTHER = 0, 1
MOST_WORDS = 1024
MONITORS_CHANGED = 0b1000111
"""RandR: the screen, a CRTC, an output, the resources."""


class Rect(NamedTuple):
    """A place on the root window, in native pixels."""

    x: int
    y: int
    width: int
    height: int

    def meets(self, other: "Rect") -> bool:
        """Whether the two share a pixel."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def holds(self, other: "Rect") -> bool:
        """Whether every pixel of ``other`` is one of ours."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and self.x + self.width >= other.x + other.width
            and self.y + self.height >= other.y + other.height
        )


class _Cookie(Structure):
    _fields_ = [("sequence", c_uint)]


class Monitor(NamedTuple):
    """One of RandR's monitors, an output or a part of one; ``primary`` as the desktop has it."""

    name: str
    rect: Rect
    primary: bool


class _Libraries(NamedTuple):
    xcb: ctypes.CDLL
    randr: ctypes.CDLL
    c: ctypes.CDLL

    def function(self, name: str) -> Any:
        """``xcb_randr_…`` has a library of its own."""
        return getattr(self.randr if name.startswith("xcb_randr_") else self.xcb, name)


@cache
def _libraries() -> _Libraries | None:
    try:
        names = ("libxcb.so.1", "libxcb-randr.so.0", "libc.so.6")
        found = _Libraries(*(ctypes.CDLL(name) for name in names))
    except OSError:
        return None
    xcb, _, c = found
    c.free.argtypes = [c_void_p]
    xcb.xcb_connect.argtypes, xcb.xcb_connect.restype = [c_char_p, POINTER(c_int)], c_void_p
    xcb.xcb_get_setup.restype = c_void_p
    xcb.xcb_poll_for_event.restype = c_void_p
    for name, given in _REQUESTS.items():
        ask = found.function(name)
        ask.argtypes, ask.restype = [c_void_p, *given], _Cookie
        if name not in _UNANSWERED:
            reply = found.function(f"{name}_reply")
            reply.argtypes, reply.restype = [c_void_p, _Cookie, POINTER(c_void_p)], c_void_p
    for name in ("connection_has_error", "disconnect", "flush", "get_file_descriptor"):
        getattr(xcb, f"xcb_{name}").argtypes = [c_void_p]
    for name in ("get_setup", "poll_for_event"):
        getattr(xcb, f"xcb_{name}").argtypes = [c_void_p]
    return found


_REQUESTS: dict[str, list[Any]] = {
    "xcb_intern_atom": [c_uint8, ctypes.c_uint16, c_char_p],
    "xcb_query_tree": [c_uint32],
    "xcb_get_window_attributes": [c_uint32],
    "xcb_get_geometry": [c_uint32],
    "xcb_translate_coordinates": [c_uint32, c_uint32, ctypes.c_int16, ctypes.c_int16],
    "xcb_get_property": [c_uint8, c_uint32, c_uint32, c_uint32, c_uint32, c_uint32],
    "xcb_get_selection_owner": [c_uint32],
    "xcb_get_input_focus": [],
    "xcb_get_atom_name": [c_uint32],
    "xcb_randr_query_version": [c_uint32, c_uint32],
    "xcb_randr_get_monitors": [c_uint32, c_uint8],
    "xcb_randr_select_input": [c_uint32, ctypes.c_uint16],
    "xcb_grab_keyboard": [c_uint8, c_uint32, c_uint32, c_uint8, c_uint8],
    "xcb_ungrab_keyboard": [c_uint32],
    "xcb_change_window_attributes": [c_uint32, c_uint32, POINTER(c_uint32)],
    "xcb_configure_window": [c_uint32, ctypes.c_uint16, POINTER(c_uint32)],
    "xcb_set_input_focus": [c_uint8, c_uint32, c_uint32],
    "xcb_send_event": [c_uint8, c_uint32, c_uint32, c_char_p],
}
_UNANSWERED = frozenset(
    {
        "xcb_ungrab_keyboard",
        "xcb_change_window_attributes",
        "xcb_configure_window",
        "xcb_set_input_focus",
        "xcb_send_event",
        "xcb_randr_select_input",
    }
)


class X11:
    """One connection to the X server. What a window that is gone is asked for is None or empty."""

    def __init__(self, libraries: _Libraries, connection: int, root: int) -> None:
        self._libraries, self._connection = libraries, c_void_p(connection)
        self._xcb, self._c = libraries.xcb, libraries.c
        self.root = root
        self._atoms: dict[str, int] = {}
        self._names: dict[int, str] = {}

    @classmethod
    def open(cls, display: str | None = None) -> "X11 | None":
        """Connect to ``display`` (of the environment if None); None: there is none to ask."""
        libraries = _libraries()
        if libraries is None:
            return None
        xcb = libraries.xcb
        number = c_int()
        connection = xcb.xcb_connect(display.encode() if display else None, byref(number))
        if xcb.xcb_connection_has_error(connection):
            xcb.xcb_disconnect(connection)
            return None
        root = _root_of(xcb.xcb_get_setup(connection))
        return cls(libraries, connection, root)

    def close(self) -> None:
        """Leave the X server; nothing may be asked after."""
        self._xcb.xcb_disconnect(self._connection)

    @property
    def descriptor(self) -> int:
        """Readable when the server has something to tell."""
        return int(self._xcb.xcb_get_file_descriptor(self._connection))

    def atom(self, name: str) -> int:
        """The server's number for a name."""
        if name not in self._atoms:
            text = name.encode()
            reply = self._asked("xcb_intern_atom", 32, 0, len(text), text)
            self._atoms[name] = struct.unpack_from("<I", reply, 8)[0] if reply else 0
        return self._atoms[name]

    def children(self, window: int) -> tuple[int, ...]:
        """Its children, the lowest first."""
        return self._tree(window)[1]

    def child_of_root(self, window: int) -> int:
        """What of the root's children holds this window: itself, or a window manager's frame."""
        while True:
            parent = self._tree(window)[0]
            if parent in (0, self.root):
                return window
            window = parent

    def is_viewable(self, window: int) -> bool:
        """Whether it can be seen as far as it itself goes: mapped, and not for input only."""
        reply = self._asked("xcb_get_window_attributes", 44, window)
        if reply is None:
            return False
        kind, mapped = struct.unpack_from("<H", reply, 12)[0], reply[26]
        return bool(kind != INPUT_ONLY and mapped == VIEWABLE)

    def is_unmanaged(self, window: int) -> bool:
        """Whether it keeps window managers out (override-redirect)."""
        reply = self._asked("xcb_get_window_attributes", 44, window)
        return reply is not None and bool(reply[27])

    def rect(self, window: int) -> Rect | None:
        """Where it is on the root, without its border."""
        reply = self._asked("xcb_get_geometry", 24, window)
        corner = self._asked("xcb_translate_coordinates", 32, window, self.root, 0, 0)
        if reply is None or corner is None:
            return None
        x, y = struct.unpack_from("<hh", corner, 12)
        width, height = struct.unpack_from("<HH", reply, 16)
        return Rect(x, y, width, height)

    def numbers(self, window: int, name: str) -> tuple[int, ...]:
        """A property of 32-bit numbers: atoms, windows, hints."""
        raw, width = self._property(window, name)
        return struct.unpack(f"<{len(raw) // 4}I", raw) if width == 32 else ()

    def text(self, window: int, name: str) -> str:
        """A property of text."""
        raw, width = self._property(window, name)
        return raw.decode("utf-8", "replace") if width == 8 else ""

    def owner(self, selection: str) -> int:
        """Which window owns a selection; 0: none."""
        reply = self._asked("xcb_get_selection_owner", 32, self.atom(selection))
        return int(struct.unpack_from("<I", reply, 8)[0]) if reply else 0

    def others_hold_keyboard(self) -> bool:
        """Whether another program has the keyboard for itself. It can only be tried."""
        answer = self.grab_keyboard()
        if answer == GRABBED:
            self._xcb.xcb_ungrab_keyboard(self._connection, 0)
            self.flush()
        return answer == GRABBED_BY_ANOTHER

    def grab_keyboard(self) -> int | None:
        """Have the keyboard for this connection alone; GRABBED, or why not."""
        reply = self._asked("xcb_grab_keyboard", 32, 1, self.root, 0, 1, 1)
        return reply[1] if reply is not None else None

    def raise_window(self, window: int) -> None:
        """On top of its siblings; a window manager may be asked instead, and decide otherwise."""
        value = (c_uint32 * 1)(ABOVE)
        self._xcb.xcb_configure_window(self._connection, window, STACK_MODE, value)

    def lower_below(self, window: int, sibling: int) -> None:
        """Put a window right below a sibling; an unmanaged one, whoever owns it."""
        values = (c_uint32 * 2)(sibling, BELOW)
        self._xcb.xcb_configure_window(self._connection, window, SIBLING | STACK_MODE, values)

    def focused(self) -> int:
        """Which window has the keyboard; 0: none, or whichever the pointer is over."""
        reply = self._asked("xcb_get_input_focus", 12)
        window = _u32(reply, 8) if reply else 0
        return window if window > POINTER_ROOT else 0

    def focus(self, window: int) -> None:
        """Give it the keyboard."""
        self._xcb.xcb_set_input_focus(self._connection, 1, window, 0)

    def tell_manager(self, window: int, name: str, *data: int) -> None:
        """Ask the window manager about a window (EWMH): five numbers, 0 where not given."""
        numbers = (*data, 0, 0, 0, 0, 0)[:5]
        event = struct.pack(
            "<BBHII5I", CLIENT_MESSAGE, FORMAT_LONG, 0, window, self.atom(name), *numbers
        )
        mask = SUBSTRUCTURE_NOTIFY | SUBSTRUCTURE_REDIRECT
        self._xcb.xcb_send_event(self._connection, 0, self.root, mask, event)

    def monitors(self) -> tuple[Monitor, ...]:
        """The monitors that are on, as RandR 1.5 has them; none where it has no word for them."""
        asked = (self.root, 1)
        reply = self._asked("xcb_randr_get_monitors", 32, *asked, rest=_following)
        if reply is None:
            return ()
        found, at = list[Monitor](), 32
        for _ in range(_u32(reply, 12)):
            name, primary, _, outputs, *place = struct.unpack_from("<IBBHhhHH", reply, at)
            found.append(Monitor(self._name_of(name), Rect(*place), bool(primary)))
            at += 24 + 4 * outputs
        return tuple(found)

    def watch(self) -> None:
        """From now on the server tells of every change of the root's children, and of monitors."""
        # RandR keeps silent about monitors that are no outputs; the root says that it changed.
        event_mask, value = 1 << 11, (c_uint32 * 1)(SUBSTRUCTURE_NOTIFY | STRUCTURE_NOTIFY)
        self._xcb.xcb_change_window_attributes(self._connection, self.root, event_mask, value)
        self._asked("xcb_randr_query_version", 32, 1, 5)
        self._libraries.randr.xcb_randr_select_input(self._connection, self.root, MONITORS_CHANGED)
        self.flush()

    def flush(self) -> None:
        """Send what was asked for."""
        self._xcb.xcb_flush(self._connection)

    def drain(self) -> bool:
        """Take everything that was told; whether there was anything.

        What programs say to a window manager, ours among them, changes nothing by itself.
        """
        told = False
        while event := self._xcb.xcb_poll_for_event(self._connection):
            told = told or c_uint8.from_address(event).value & ~SENT != CLIENT_MESSAGE
            self._c.free(event)
        return told

    @property
    def is_broken(self) -> bool:
        """Whether the server is gone."""
        return bool(self._xcb.xcb_connection_has_error(self._connection))

    def _name_of(self, atom: int) -> str:
        if atom not in self._names:
            reply = self._asked("xcb_get_atom_name", 32, atom, rest=lambda head: _u16(head, 8))
            if reply is None:
                return ""
            self._names[atom] = reply[32 : 32 + _u16(reply, 8)].decode("utf-8", "replace")
        return self._names[atom]

    def _tree(self, window: int) -> tuple[int, tuple[int, ...]]:
        reply = self._asked("xcb_query_tree", 32, window, rest=lambda head: 4 * _u16(head, 16))
        if reply is None:
            return 0, ()
        count = _u16(reply, 16)
        return _u32(reply, 12), struct.unpack_from(f"<{count}I", reply, 32)

    def _property(self, window: int, name: str) -> tuple[bytes, int]:
        def size(head: bytes) -> int:
            return _u32(head, 16) * head[1] // 8

        words = (0, window, self.atom(name), ANY_TYPE, 0, MOST_WORDS)
        reply = self._asked("xcb_get_property", 32, *words, rest=size)
        return (reply[32:], reply[1]) if reply is not None else (b"", 0)

    def _asked(
        self, name: str, size: int, *given: object, rest: Callable[[bytes], int] = lambda _: 0
    ) -> bytes | None:
        """The reply, ``size`` bytes and as many more as ``rest`` reads there; None: an error."""
        cookie = self._libraries.function(name)(self._connection, *given)
        fault = c_void_p()
        answer = self._libraries.function(f"{name}_reply")
        reply = answer(self._connection, cookie, byref(fault))
        if fault.value:
            self._c.free(fault)
        if not reply:
            return None
        head = ctypes.string_at(reply, size)
        whole = ctypes.string_at(reply, size + rest(head))
        self._c.free(reply)
        return whole


def _u16(raw: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", raw, at)[0])


def _u32(raw: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", raw, at)[0])


def _following(head: bytes) -> int:
    """The bytes behind a reply's head, by its own word (X protocol, section 1)."""
    return 4 * _u32(head, 4)


def _root_of(setup: int) -> int:
    """The first screen's root, from the connection's set-up (X protocol, section 8)."""
    head = ctypes.string_at(setup, 40)
    vendor, formats = _u16(head, 24), head[29]
    first = 40 + (vendor + 3) // 4 * 4 + 8 * formats
    return _u32(ctypes.string_at(setup + first, 4), 0)
