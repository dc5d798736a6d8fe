"""What others may have of this process: no core file, none of its memory, and none of its files.

Owns the system's own switches for it. Memory holds a PIN while it is typed, passwords on their way
and patients' names (threats.md T28); whoever runs as the same user is not kept from what lies in
the keychain (design.md section 9), and from this only as far as the system goes. Windows and macOS
have no such switch for a program: nothing is done there.
"""

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path

from kiosk.local.environment import sanitize_environ

PR_SET_DUMPABLE = 4
"""prctl(2)."""


def begin_process() -> None:
    """First of all, in every command: no core file, and an environment of known variables."""
    if sys.platform != "win32":
        import resource

        # The hard limit too: neither this process nor a child of it can raise it again.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Windows has no root.
    sanitize_environ(os.environ, root=hasattr(os, "geteuid") and os.geteuid() == 0)


def hide_memory() -> bool:
    """Have the system refuse debuggers and readers of memory; whether it does from now on.

    Only once the web engine's first processes run: in a process that may not be dumped, /proc
    belongs to root, and their sandbox could not map its user namespace.
    """
    if sys.platform != "linux":
        return False
    return bool(ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)


def keep_files_here() -> None:
    """None that is open goes along into the program that this process becomes (execv(2)).

    The engine leaves some open that it would not pass on itself: a kiosk that is started again and
    again would run out of them. Marked and not closed, for its threads may be at work. Not on
    Windows, where no process becomes another.
    """
    for each in Path("/dev/fd").iterdir():
        if int(each.name) > 2:
            with suppress(OSError):  # the listing's own is closed by now
                os.set_inheritable(int(each.name), False)
