"""What the kiosk takes from its environment: these variables, and no other.

A variable can name code that Qt, GTK or OpenSSL load into this process, whom TLS trusts, and where
traffic goes; new ones come with every library. So there is a list of what passes, a reason each,
and none of what does not. Must never import anything but the standard library, nor read the real
environment: it is given one. Called before Qt, the keychain and the network are there to obey a
variable (threats.md T9, T11, T16, T28). ``LD_…`` and ``PYTHON…`` have done what they do by then:
they are the launcher's.
"""

from collections.abc import MutableMapping

PASSED = {
    # Whose computer this is, and where their files lie: the profile is found by it.
    **dict.fromkeys(("HOME", "USER", "LOGNAME"), "the user"),
    **dict.fromkeys(
        ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "TMPDIR"),
        "where the user's files lie",
    ),
    "PATH": "programs of the system: the printer's, and what the window manager starts",
    # What words, dates and letters look like.
    **dict.fromkeys(("LANG", "LANGUAGE", "TZ"), "language and time zone"),
    # The desktop that the window stands on.
    **dict.fromkeys(
        ("DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "XDG_SESSION_TYPE"),
        "the display",
    ),
    **dict.fromkeys(
        ("XDG_SESSION_ID", "XDG_SEAT", "XDG_VTNR", "XDG_CURRENT_DESKTOP", "DESKTOP_SESSION"),
        "the session, whose lock and sleep are heard",
    ),
    "QT_QPA_PLATFORM": "how Qt reaches the display; a test has none",
    **dict.fromkeys(
        (
            "QT_SCALE_FACTOR",
            "QT_SCREEN_SCALE_FACTORS",
            "QT_SCALE_FACTOR_ROUNDING_POLICY",
            "QT_ENABLE_HIGHDPI_SCALING",
            "QT_AUTO_SCREEN_SCALE_FACTOR",
            "QT_FONT_DPI",
        ),
        "how large everything is drawn on this screen",
    ),
    **dict.fromkeys(
        ("XCURSOR_THEME", "XCURSOR_SIZE", "XCURSOR_PATH"), "the pointer, as in other programs"
    ),
    **dict.fromkeys(
        ("XMODIFIERS", "QT_IM_MODULE", "QT_IM_MODULES"),
        "the input method, of those that came with Qt",
    ),
    **dict.fromkeys(
        ("LIBGL_ALWAYS_SOFTWARE", "QT_QUICK_BACKEND", "QT_XCB_GL_INTEGRATION"),
        "graphics that do not work are turned off with them",
    ),
    # Who is spoken to on this computer.
    **dict.fromkeys(
        ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"),
        "the buses: keychain, screen lock, sleep",
    ),
    **dict.fromkeys(
        (
            "AT_SPI_BUS_ADDRESS",
            "QT_ACCESSIBILITY",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON",
            "NO_AT_BRIDGE",
        ),
        "screen readers",
    ),
    # Windows cannot start a socket or find a folder without these.
    **dict.fromkeys(
        (
            "SYSTEMROOT",
            "SYSTEMDRIVE",
            "WINDIR",
            "COMSPEC",
            "PATHEXT",
            "TEMP",
            "TMP",
            "USERPROFILE",
            "USERNAME",
            "USERDOMAIN",
            "COMPUTERNAME",
            "HOMEDRIVE",
            "HOMEPATH",
            "APPDATA",
            "LOCALAPPDATA",
            "PROGRAMDATA",
            "SESSIONNAME",
        ),
        "Windows",
    ),
    "__CF_USER_TEXT_ENCODING": "macOS",
}
"""By name, with the reason."""
PASSED_BEGINNINGS = ("LC_",)
WITHOUT_SANDBOX = "QTWEBENGINE_DISABLE_SANDBOX"
DRAWN_ON = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""Without any of them Qt ends the process, with words of its own."""
PLATFORMS = frozenset({"xcb", "wayland", "offscreen", "minimal", "windows", "cocoa"})
"""Of Qt's others one serves the screen to the network."""


def sanitize_environ(environ: MutableMapping[str, str], root: bool) -> tuple[str, ...]:
    """Take every other variable out of ``environ``; the names that were there.

    Chromium cannot sandbox ``root``, so there alone its variable stays: only tests run as root.
    """
    shed = [name for name in sorted(environ) if not _passes(name, environ[name], root)]
    for name in shed:
        del environ[name]
    return tuple(shed)


def _passes(name: str, value: str, root: bool) -> bool:
    if name == "QT_QPA_PLATFORM":
        return value in PLATFORMS
    if name == WITHOUT_SANDBOX:
        return root
    return name in PASSED or name.startswith(PASSED_BEGINNINGS)
