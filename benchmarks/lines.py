"""What a comparison has measured so far, as JSON lines: a run that is cut off loses nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec import DecodeError
from msgspec.json import Encoder, decode

from benchmarks.rows import Row

ENCODER = Encoder()


@dataclass(frozen=True, slots=True)
class Line:
    """A row of one turn, or why an act of it gave none. ``here``: of this tree, not the other."""

    here: bool
    turn: int
    act: str
    row: Row | None
    broke_off: str | None = None


def append(lines: Sequence[Line], path: Path) -> None:
    """Add lines; one that was torn in the middle does not spoil the next."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = not path.exists() or path.read_bytes()[-1:] in (b"", b"\n")
    with path.open("ab") as file:
        file.write((b"" if whole else b"\n") + ENCODER.encode_lines(lines))


def read(path: Path) -> list[Line]:
    """Every whole line; none where there is no file yet."""
    told = path.read_bytes().splitlines() if path.exists() else []
    return [line for each in told if (line := parsed(each))]


def parsed(told: bytes) -> Line | None:
    """One line, or None for one that was torn."""
    try:
        return decode(told, type=Line)
    except DecodeError:
        return None


def rows_of(path: Path) -> list[Row]:
    """The rows that ``benchmarks.rows.keep`` has written."""
    return decode(path.read_bytes(), type=list[Row])
