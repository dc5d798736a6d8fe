"""``python -m tests.reliability.monitors build/monitors.json``: monitors, while all is locked.

Random events from one seed: monitors off and on, unplugged, resized, rotated, mirrored, several at
once; the computer asleep; another program's window on top. Every frame is read meanwhile: none may
show a pixel of the page, and within a second of each event all is covered, taps are heard, and
the keyboard is the kiosk's.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kiosk.desktop.x11 import Rect
from tests.support.room import SOON_SECONDS, Room, Served, Watcher

LEFT, RIGHT = Rect(0, 0, 1280, 800), Rect(1280, 0, 1280, 800)
PLACES = (
    LEFT,
    RIGHT,
    Rect(0, 0, 1024, 768),
    Rect(0, 0, 600, 800),
    Rect(1280, 0, 600, 800),
    Rect(1280, 0, 1024, 768),
    Rect(640, 0, 1280, 800),
)
WINDOWS = (
    ("plain",),
    ("full",),
    ("top",),
    ("top", "full"),
    ("unmanaged",),
    ("unmanaged", "top"),
)


@dataclass
class Outcome:
    """What was done, and what did not hold."""

    managed: bool
    frames: int = 0
    bare: int = 0
    dead: list[str] = field(default_factory=list)
    uncovered: list[str] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)
    events: dict[str, int] = field(default_factory=dict)

    @property
    def held(self) -> bool:
        """Whether everything did."""
        return not (self.bare or self.dead or self.uncovered or self.unheard)


def run(seed: str, events: int, *, managed: bool, home: Path) -> Outcome:
    """So many events, one after the other, on one desk."""
    chance, found = random.Random(f"{seed} {managed}"), Outcome(managed)
    with Served() as page, Room(home, managed=managed, page=page) as room:
        room.lock()
        with Watcher(room.desk) as watcher:
            for number in range(events):
                name, happen = chance.choice(EVENTS)
                found.events[name] = found.events.get(name, 0) + 1
                with ExitStack() as meanwhile:
                    happen(room, chance, meanwhile)
                    if not room.until(room.is_covered, SOON_SECONDS):
                        found.uncovered.append(f"{number} {name}")
                    if not room.taps_are_heard():
                        found.dead.append(f"{number} {name}")
                    if not room.until(room.has_keyboard, SOON_SECONDS):
                        found.unheard.append(f"{number} {name}")
            found.frames, found.bare = watcher.frames, watcher.bare
    return found


Happening = Callable[[Room, random.Random, ExitStack], None]


def off_and_on(room: Room, chance: random.Random, _: ExitStack) -> None:
    """The output sleeps, for longer or for no time at all."""
    room.switch_output(False)
    if chance.random() < 0.5:
        room.until(lambda: False, 0.15)
    room.switch_output(True)


def unplugged(room: Room, chance: random.Random, _: ExitStack) -> None:
    """One monitor is gone; the next event may bring it back."""
    room.set_monitors({chance.choice(("monitor-0", "monitor-1")): chance.choice((LEFT, RIGHT))})


def mirrored(room: Room, chance: random.Random, _: ExitStack) -> None:
    """Both show the same."""
    place = chance.choice((LEFT, RIGHT))
    room.set_monitors({"monitor-0": place, "monitor-1": place})


def rearranged(room: Room, chance: random.Random, _: ExitStack) -> None:
    """Other sizes, rotations and places, several times within a moment."""
    for _each in range(chance.randint(1, 3)):
        room.set_monitors({f"monitor-{n}": chance.choice(PLACES) for n in range(2)})
    if not chance.random() < 0.3:
        room.set_monitors({"monitor-0": LEFT, "monitor-1": RIGHT})


def asleep(room: Room, chance: random.Random, meanwhile: ExitStack) -> None:
    """The kiosk is stopped, everything changes, and it goes on."""
    room.stop()
    rearranged(room, chance, meanwhile)
    room.go_on()


def another_window(room: Room, chance: random.Random, meanwhile: ExitStack) -> None:
    """Another program puts itself in front."""
    meanwhile.enter_context(room.another(*chance.choice(WINDOWS)))


def minimised(room: Room, _chance: random.Random, _: ExitStack) -> None:
    """The window is put away."""
    room.tell("minimise")


EVENTS: tuple[tuple[str, Happening], ...] = (
    ("off and on", off_and_on),
    ("unplugged", unplugged),
    ("mirrored", mirrored),
    ("rearranged", rearranged),
    ("asleep meanwhile", asleep),
    ("another window", another_window),
    ("minimised", minimised),
)


def main() -> int:
    """Parse the command line, run with and without a window manager, say what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability.monitors")
    parser.add_argument("file", type=Path, help="where the outcomes go, as JSON")
    parser.add_argument("--events", type=int, default=200)
    parser.add_argument("--seed", default="1")
    given = parser.parse_args()
    found = []
    for managed in (False, True):
        with tempfile.TemporaryDirectory() as home:
            found.append(run(given.seed, given.events, managed=managed, home=Path(home)))
        last = found[-1]
        print(
            f"{'openbox' if managed else 'no window manager'}: {given.events} events, "
            f"{last.frames} frames, {last.bare} with a pixel of the page, "
            f"{len(last.uncovered)} not covered in a second {last.uncovered}, "
            f"{len(last.dead)} dead {last.dead}, "
            f"{len(last.unheard)} typed elsewhere {last.unheard}",
            flush=True,
        )
    given.file.parent.mkdir(parents=True, exist_ok=True)
    given.file.write_text(json.dumps([asdict(each) for each in found], indent=1), "utf-8")
    return int(not all(each.held for each in found))


if __name__ == "__main__":
    sys.exit(main())
