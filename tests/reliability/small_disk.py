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


@contextmanager
def mounted(place: Path, size: int = SIZE) -> Iterator[None]:
    """A disk of so many bytes at that place, made anew, while the context lasts.

    It leaves its place whatever happened meanwhile: a test that failed has its files open still,
    and a disk in use can only be taken away lazily, to end with the last of them. Raises
    ``CalledProcessError`` where the kernel refuses.
    """
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


@contextmanager
def filled(place: Path, leaving: int) -> Iterator[None]:
    """The disk at that place is full but for so many bytes, while the context lasts."""
    filler = place / "filler"
    free = os.statvfs(place)
    filler.write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - leaving)))
    try:
        yield
    finally:
        filler.unlink()
