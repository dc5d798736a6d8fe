"""JSON at rest: the one way in which the kiosk reads what it wrote once, whatever became of it.

Anybody who runs as the same user can put anything there: a list of a hundred thousand brackets, a
pipe, a device without an end, half a letter (threats.md T24). What cannot be understood reads as an
empty object, which has none of the members that the reader asks for. Must never wait, read more
than a file of ours can hold, or raise but where it says so. The standard library only: the login
screen waits for it.
"""

import errno
import json
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

LARGEST = 1_000_000
"""Bytes: several times the largest file of ours, and read in a moment."""


def read_object(path: Path) -> dict[str, object]:
    """The object in that file; empty where there is none."""
    return object_in(read_text(path))


def read_text(path: Path, largest: int = LARGEST, *, links: bool = True) -> str:
    """The text of that file; empty where it is none, too large (in bytes), or no file.

    Without ``links`` one is no file either: whoever reads another user's may not be led elsewhere.
    """
    try:
        return read_bytes(path, largest, links=links).decode()
    except (OSError, ValueError):  # ValueError: no UTF-8, or a name with a zero in it
        return ""


def read_bytes(path: Path, largest: int = LARGEST, *, links: bool = True) -> bytes:
    """The same for whoever says what is wrong with it: raises ``OSError``, and never waits."""
    handle = unwaited(str(path), os.O_RDONLY | (0 if links else getattr(os, "O_NOFOLLOW", 0)))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "it is no file")
    with os.fdopen(handle, "rb") as file:
        raw = file.read(largest + 1)
    if len(raw) > largest:
        raise OSError(errno.EFBIG, "it is too large")
    return raw


def unwaited(path: str, flags: int) -> int:
    """An opener, as ``open`` takes one: a pipe is not waited for until somebody is at its other
    end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0), 0o666)


def object_in(text: str | bytes) -> dict[str, object]:
    """The object that this JSON is; empty where it is none."""
    if len(text) > LARGEST:
        return {}
    try:
        told = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) and _is_text(told) else {}


def objects_in(told: object) -> tuple[dict[str, object], ...]:
    """The objects of a list; none where it is no list."""
    return tuple(each for each in told if isinstance(each, dict)) if isinstance(told, list) else ()


def texts_in(told: object) -> tuple[str, ...]:
    """The texts of a list; none where it is no list."""
    return tuple(each for each in told if isinstance(each, str)) if isinstance(told, list) else ()


def instant_in(told: object) -> datetime | None:
    """The instant that a text names, in UTC; None where it is none."""
    try:
        return datetime.fromisoformat(told).astimezone(UTC) if isinstance(told, str) else None
    except (ValueError, OverflowError):  # OverflowError: the year 1, or 9999, in another zone
        return None


def _no_number(name: str) -> object:
    raise ValueError(name)  # NaN and Infinity are Python's, not JSON's (RFC 8259 section 6)


def _is_text(told: object) -> bool:
    """Whether every text in it can be written down: half a surrogate pair cannot, and raises later,
    where nobody expects it. Without recursion: it may lie as deep as the parser went."""
    left = [told]
    while left:
        match left.pop():
            case dict() as members:
                left += [*members.keys(), *members.values()]
            case list() as members:
                left += members
            case str() as text if not text.isascii() and any(
                "\ud800" <= c <= "\udfff" for c in text
            ):
                return False
            case _:
                pass
    return True
