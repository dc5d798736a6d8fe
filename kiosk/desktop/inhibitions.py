"""Whom on Linux to ask to hold the computer awake, and in which words. Declarations only.

A desktop is asked beside logind: its power manager and its session's manager send the computer to
sleep as the user whose locks logind does not hold against that same user (before systemd 257), and
some of them look at no lock at all.
"""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.session.model.awake import Means

WHO = "Operatory Kiosk"
"""What the system shows as the one who asks."""


@dataclass(frozen=True, slots=True)
class Inhibition:
    """One thing asked of one service: ``Inhibit``, which gives a cookie or an open file.

    ``name`` is what IT knows it by; ``words`` makes the arguments from the reason; ``undo`` is the
    method that takes a cookie back.
    """

    name: str
    means: Means
    service: str
    path: str
    interface: str
    signature: str
    words: Callable[[str], tuple[object, ...]]
    undo: str = ""


def _logind(what: str, means: Means) -> Inhibition:
    # Each by itself: for several at once logind asks polkit about the lid switch, and nothing else
    # (systemd issue 33834).
    return Inhibition(
        f"org.freedesktop.login1.inhibit-block-{what}",
        means,
        "org.freedesktop.login1",
        "/org/freedesktop/login1",
        "org.freedesktop.login1.Manager",
        "ssss",
        lambda why: (what, WHO, why, "block"),
    )


def _desktop(service: str, path: str, interface: str, means: Means) -> Inhibition:
    return Inhibition(
        service, means, service, path, interface, "ss", lambda why: (WHO, why), "UnInhibit"
    )


def _session(what: str, flag: int, means: Means) -> Inhibition:
    service, no_window = "org.gnome.SessionManager", 0
    return Inhibition(
        f"{service} ({what})",
        means,
        service,
        "/org/gnome/SessionManager",
        service,
        "susu",
        lambda why: (WHO, no_window, why, flag),
        "Uninhibit",
    )


SYSTEM = (
    _logind("sleep", Means.SLEEP),
    _logind("idle", Means.SLEEP),
    _logind("shutdown", Means.SHUTDOWN),
)
"""logind, on the system's bus. Its idle is the sleep that it begins by itself (IdleAction)."""
SESSION = (
    _desktop(
        "org.freedesktop.ScreenSaver",
        "/org/freedesktop/ScreenSaver",
        "org.freedesktop.ScreenSaver",
        Means.BLANKING,
    ),
    # Xfce and KDE; a desktop's own power manager does not heed the locks of its own user.
    _desktop(
        "org.freedesktop.PowerManagement",
        "/org/freedesktop/PowerManagement/Inhibit",
        "org.freedesktop.PowerManagement.Inhibit",
        Means.SLEEP,
    ),
    # GNOME, MATE and Cinnamon; the flags are those of its Inhibit.
    _session("suspend", 4, Means.SLEEP),
    _session("idle", 8, Means.BLANKING),
    _session("logout", 1, Means.SHUTDOWN),
)
"""The desktop, on the session's bus: whoever is there of these."""
