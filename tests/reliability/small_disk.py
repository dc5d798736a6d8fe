"""A small disk of its own, really full: a tmpfs, where the tester may mount one (Linux, root)."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZE = 3_000_000


def mountable() -> bool:
    """Whether this user may mount a disk here."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and Path("/proc/filesystems").exists()


class SmallDisk:
    """A disk of three megabytes at that place."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def mount(self) -> None:
        """Put it there, empty. Raises ``CalledProcessError`` where the kernel refuses."""
        self._place.mkdir()
        size = f"size={SIZE}"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", self._place], check=True)

    def unmount(self) -> None:
        """Take it away, and what is on it."""
        subprocess.run(["umount", self._place], check=True)

    @contextmanager
    def filled(self, leaving: int) -> Iterator[None]:
        """Full but for so many bytes, while the context lasts."""
        filler = self._place / "filler"
        free = os.statvfs(self._place)
        filler.write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - leaving)))
        try:
            yield
        finally:
            filler.unlink()
