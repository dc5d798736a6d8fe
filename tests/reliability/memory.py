"""``python -m tests.reliability.memory``: a PIN and patients in a kiosk's memory.

A joined kiosk on a screen of its own, worked by hand: somebody enters with a PIN, says *Done*,
enters again and locks. Each time the writable memory of the kiosk's process, and of those that draw
Xchart's page, is searched. Counted are copies as they can be found by anybody who may read it: as
bytes of ASCII (Python's own texts are that) and as UTF-16 (Qt's). Needs root, for the kiosk shows
its memory to nobody else (threats.md T28). No number here is promised to be zero.
"""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.clinic import lay_out
from benchmarks.glass import Glass, GlassDesk
from benchmarks.hands import Hands
from benchmarks.named import DIGIT_SECONDS, PIN, Chair, chair
from benchmarks.room import serving
from sandbox.clinic.patients import NAMES
from sandbox.demo.desk import end

APPOINTMENTS = 9
PEOPLE = 5
REST_SECONDS = 15.0
"""Longer than the collector of cycles waits."""
PIECE = 1 << 24


@dataclass(frozen=True, slots=True)
class Left:
    """Copies in one process's memory, or in several."""

    pin: int
    patients: int


def ways(text: str) -> tuple[bytes, ...]:
    """How a text lies in memory."""
    return text.encode(), text.encode("utf-16-le")


def pieces(pid: int) -> Iterator[bytes]:
    """The writable memory of a process, a piece after the other;
    what went meanwhile is left out."""
    try:
        lines = Path(f"/proc/{pid}/maps").read_text().splitlines()
    except OSError:
        return
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in lines:
            where, access, *_ = line.split()
            first, last = (int(each, 16) for each in where.split("-"))
            if "rw" not in access:
                continue
            for at in range(first, last, PIECE):
                try:
                    memory.seek(at)
                    # Beyond the edge, so that what lies across it is found; counted once.
                    yield memory.read(min(PIECE, last - at))
                except OSError:
                    break


def look(pids: list[int], patients: list[str]) -> Left:
    """Count in all of them."""
    pin = found = 0
    for pid in pids:
        for piece in pieces(pid):
            pin += sum(piece.count(way) for way in ways(PIN))
            found += sum(piece.count(way) for name in patients for way in ways(name))
    return Left(pin, found)


def children(pid: int) -> list[int]:
    """Its processes, and theirs."""
    told = Path(f"/proc/{pid}/task").glob("*/children")
    own = [int(each) for task in told for each in task.read_text().split()]
    return own + [each for child in own for each in children(child)]


def row(when: str, kiosk: int, patients: list[str]) -> str:
    """One line of the table."""
    ours, engine = look([kiosk], patients), look(children(kiosk), patients)
    return f"| {when} | {ours.pin} | {ours.patients} | {engine.pin} | {engine.patients} |"


def work(desk: GlassDesk, here: Chair, patients: list[str]) -> Iterator[str]:
    """The rows, in the order in which things happen."""
    hands = Hands(desk.environment["DISPLAY"])
    kiosk = desk.run(*here.joined.command)

    def enter() -> None:
        hands.click(here.holder)
        time.sleep(1)
        for digit in PIN:
            hands.keys(digit)
            time.sleep(DIGIT_SECONDS)
        time.sleep(REST_SECONDS)

    with Glass(desk) as glass:
        glass.until(lambda: not glass.empty(), "the kiosk's first paint")
        time.sleep(REST_SECONDS)
        yield row("login screen, before anybody", kiosk.pid, patients)
        enter()
        yield row("open", kiosk.pid, patients)
        hands.click(here.joined.done)
        time.sleep(REST_SECONDS)
        yield row("after *Done*", kiosk.pid, patients)
        enter()
        lock = ["xdotool", "key", "ctrl+l"]
        subprocess.run(lock, env=desk.environment, check=True)
        time.sleep(REST_SECONDS)
        yield row("under a cover", kiosk.pid, patients)
    end(kiosk)
    hands.close()


def main() -> None:
    """Print the table."""
    patients = [f"{NAMES[place % len(NAMES)]} {place + 1}" for place in range(APPOINTMENTS)]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with serving(home / "clinic") as practice:
            lay_out(practice, home / "clinic" / "server", APPOINTMENTS)
            with GlassDesk(home / "desk") as desk:
                here = chair(desk, practice, home / "clinic" / "server", PEOPLE)
            with GlassDesk(home / "desk") as desk:
                print(f"PIN, and {APPOINTMENTS} patients; copies in the memory of")
                print("| | kiosk: PIN | kiosk: names | engine: PIN | engine: names |")
                print("|---|---|---|---|---|")
                for line in work(desk, here, patients):
                    print(line, flush=True)


if __name__ == "__main__":
    main()
