"""Whether a clipboard manager runs here: it keeps what was copied after the kiosk has cleared it.

Owns the question to the X server. Only a manager that says so, by the selection CLIPBOARD_MANAGER
(ICCCM), can be seen; elsewhere than on X11 none is.
"""

import ctypes
from ctypes import c_char_p, c_int, c_ulong, c_void_p

SELECTION = b"CLIPBOARD_MANAGER"
NAMELESS = "a program without a name"


def see_clipboard_manager(display: str | None = None) -> str:
    """Return its name on ``display`` (of the environment if ``None``); empty where none runs."""
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return ""
    x11.XOpenDisplay.restype = c_void_p
    x11.XInternAtom.argtypes = [c_void_p, c_char_p, c_int]
    x11.XInternAtom.restype = c_ulong
    x11.XGetSelectionOwner.argtypes = [c_void_p, c_ulong]
    x11.XGetSelectionOwner.restype = c_ulong
    x11.XCloseDisplay.argtypes = [c_void_p]
    opened = x11.XOpenDisplay(display.encode() if display is not None else None)
    if not opened:
        return ""
    try:
        owner = x11.XGetSelectionOwner(opened, x11.XInternAtom(opened, SELECTION, False))
        return _name(x11, opened, owner) if owner else ""
    finally:
        x11.XCloseDisplay(opened)


def _name(x11: ctypes.CDLL, opened: int, window: int) -> str:
    x11.XFetchName.argtypes = [c_void_p, c_ulong, ctypes.POINTER(c_char_p)]
    x11.XFree.argtypes = [c_void_p]
    name = c_char_p()
    if not x11.XFetchName(opened, window, ctypes.byref(name)) or not name.value:
        return NAMELESS
    told = name.value.decode("utf-8", "replace")
    x11.XFree(name)
    return told if told.isprintable() else NAMELESS
