"""What every step of the trial has at hand, and how it says that something did not hold."""

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from installer.trial.desks import Person, RoomDesk
from installer.trial.door import Door
from installer.trial.rooms import HOME, Room
from sandbox.demo.server import Practice
from sandbox.demo.stage import StepFailed

APP = "/usr/lib/operatory-kiosk"
CONFIG = HOME / ".config/operatory-kiosk"
LOG = HOME / ".local/state/operatory-kiosk/log/kiosk.log"
PATIENCE_SECONDS = 20.0


class Steps:
    """One room, one desk, one person, one server behind its door."""

    _desk: RoomDesk
    _person: Person

    def __init__(self, room: Room, practice: Practice, door: Door) -> None:
        """The desk and who sits at it come later: a clean system has none."""
        self._room = room
        self._practice = practice
        self._door = door

    def _inside(self, place: Path) -> Path:
        """A place of the room's, seen from outside."""
        return self._room.root / place.relative_to("/")

    def _log(self) -> str:
        return self._inside(LOG).read_text("ascii")

    def _restart(self) -> None:
        """Somebody at work: Done, off, and on again."""
        self._person.done()
        self._person.switch_off()
        self._person.start()

    def _kill(self) -> None:
        """The kiosk dies, and whoever is above it starts another."""
        before = self._told("pid")
        self._room.must("kill", "-KILL", str(before))
        self._until(lambda: self._told("pid") not in {None, before}, "it stays down")

    def _runs(self) -> str:
        """What the running kiosk says that it is."""
        return str(self._told("version"))

    def _told(self, what: str) -> object:
        told: dict[str, object] = json.loads(self._on_desk("kiosk", "status", "--json").stdout)
        return told.get(what)

    def _on_desk(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            (*self._room.as_user, *command),
            env=self._desk.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
        )

    def _until(self, holds: Callable[[], bool], otherwise: str) -> None:
        by = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            expect(time.monotonic() < by, otherwise)
            time.sleep(0.2)

    def _step(self, step: Callable[[], None]) -> None:
        began = time.monotonic()
        step()
        print(f"  {time.monotonic() - began:5.1f} s  {step.__doc__}.", flush=True)


def expect(held: bool, otherwise: str) -> None:
    """Raise StepFailed where something did not hold."""
    if not held:
        raise StepFailed(otherwise)
