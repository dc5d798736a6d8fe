"""One kiosk for each profile, by a lock that the operating system drops when its holder dies.

Owns the lock file. Must never go by a process id: those are reused, and outlive a kill -9
(threats.md T14). Standard library only, so that ``kiosk status`` may ask without loading Qt.
"""

import os
import sys
from pathlib import Path
from typing import IO

from kiosk.local.json_files import unwaited

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Instance:
    """The right to be the kiosk of a profile, as long as this object is open."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    @classmethod
    def take(cls, path: Path) -> "Instance | None":
        """Take the lock; ``None``: another process has it. Raises ``OSError`` for a bad path."""
        file = open(path, "ab", opener=unwaited)  # noqa: SIM115 - held as long as this lives
        try:
            _lock(file)
        except (BlockingIOError, PermissionError):  # the latter is how Windows says it
            file.close()
            return None
        return cls(file)

    def give_up(self) -> None:
        """Let another one in. The file stays: removing it would let two hold two locks."""
        self._file.close()


def is_running(path: Path) -> bool:
    """Return whether a kiosk holds the lock at ``path``. Raises ``OSError`` if it cannot be seen.

    It is only looked at, never through a link: the folder may be another user's.
    """
    if sys.platform == "win32":
        if not path.exists():
            return False
        instance = Instance.take(path)
        if instance is not None:
            instance.give_up()
        return instance is None
    else:
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except FileNotFoundError:
            return False
        try:
            # Shared: two who look at once do not take each other for a kiosk.
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
        return False
