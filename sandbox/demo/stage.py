"""What the walk is made of: one kiosk on one desk, and what a person at it does and sees.

Driven only by what a screen reader finds; checked on the screen, on the server and on the phones.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from sandbox.demo.desk import Desk, end
from sandbox.demo.reader import NotThere, Reader
from sandbox.demo.server import Practice

EMAIL = "frontdesk@lakeside.example"
PASSWORD = "sandbox-demo"
MARIA, JAMES = "Maria Lopez", "James Carter"
SOON_SECONDS = 15.0


class StepFailed(Exception):
    """A step did not hold; the text says which and what was there instead."""


class Stage:
    """One kiosk on one desk, with a picture and a line for each step; whatever it speaks to."""

    def __init__(self, desk: Desk, pictures: Path) -> None:
        """``pictures`` is the folder for the numbered screenshots."""
        self.desk = desk
        self._pictures = pictures
        self._number = 0
        self._kiosk: subprocess.Popen[bytes] | None = None
        self.eyes = Reader(desk.environment["DBUS_SESSION_BUS_ADDRESS"])

    def close(self) -> None:
        """Put everything away."""
        self.switch_off()
        self.eyes.close()

    def tap(self, name: str) -> None:
        """Tap a tile and wait for Xchart."""
        self.eyes.press(name)
        self.eyes.find("Lock")
        self.wait_for_page()

    def wait_for_page(self) -> None:
        """Xchart is painted."""
        self.eyes.find("Signed in as…")

    def wait_until(self, held: Callable[[], bool], otherwise: str) -> None:
        """It holds, soon."""
        by = time.monotonic() + SOON_SECONDS
        while not held():
            self.expect(time.monotonic() < by, otherwise)
            time.sleep(0.1)

    def switch_on(self, profile: str) -> None:
        """Start the kiosk of that computer."""
        command = (sys.executable, "-m", "kiosk", "--profile", str(self.desk.home / profile))
        self._kiosk = self.desk.start(*command, "--fullscreen")

    def switch_off(self) -> None:
        """End it, as a shutdown does: in order, and by itself."""
        if self._kiosk is not None:
            kiosk, self._kiosk = self._kiosk, None
            end(kiosk)
            self.expect(kiosk.returncode == 0, f"the kiosk ended with {kiosk.returncode}")

    def kill(self) -> None:
        """End it as a power cut does."""
        if self._kiosk is not None:
            kiosk, self._kiosk = self._kiosk, None
            kiosk.kill()
            kiosk.wait(20)

    def picture(self, name: str, line: str) -> None:
        """Keep what is on the screen, with a line about it."""
        self._number += 1
        path = self._pictures / f"{self._number:02}-{name}.png"
        self.desk.start(sys.executable, "-m", "sandbox.demo.camera", str(path)).wait(20)
        print(f"{path.name}: {line}", flush=True)

    def expect(self, held: bool, otherwise: str) -> None:
        """Raise StepFailed where something did not hold."""
        if not held:
            raise StepFailed(otherwise)


class PracticeStage(Stage):
    """A kiosk and the server that keeps the contract."""

    def __init__(self, desk: Desk, practice: Practice, pictures: Path) -> None:
        super().__init__(desk, pictures)
        self.practice = practice

    def set_up(self, operatory: str = "Op 3", password: str = PASSWORD) -> None:
        """The pages of a new computer, up to the choice of a phone."""
        eyes, new = self.eyes, operatory == "Op 3"
        eyes.type_into("Xchart server", self.practice.address)
        eyes.type_into("Location", "Main Street")
        eyes.type_into("Operatory", operatory)
        if new:
            self.picture("place", "a new computer: where does it stand?")
        eyes.press("Continue")
        eyes.type_into("E-mail", EMAIL)
        eyes.type_into("Password", password)
        if new:
            self.picture("account", "the account; its password is used once and not kept")
        eyes.press("Continue")
        eyes.find("Yes, it is safe")
        if new:
            self.picture("safe-place", "an admin confirms that the place is safe")
        eyes.press("Yes, it is safe")
        eyes.find("Text Dr. Rivera")

    def approve(self, why: str, name: str = "Dr. Rivera") -> None:
        """Text one of the providers, read the phone, type the code."""
        before = len(self.practice.texts())
        self.eyes.press(f"Text {name}")
        self.eyes.find(f"Enter {name}'s code")
        texts = self.practice.texts()
        self.expect(len(texts) == before + 1, "not one text went out, but another number")
        self.picture(f"code-to-{why}", "whose phone, why, how long")
        self.eyes.key_in("Code", texts[-1]["code"])

    def wait_for(self, request: str, otherwise: str) -> None:
        """The kiosk asks that of the server by itself, soon."""
        self.wait_until(lambda: request in self.practice.requests(), otherwise)

    def badge_for(self, holder: str, number: str) -> None:
        """An admin sets a badge, and the kiosk hears of it: it has asked for what comes next."""
        before = self.practice.requests().count("GET /v1/changes")
        self.practice.give_badge(holder, number)
        self.wait_until(
            lambda: self.practice.requests().count("GET /v1/changes") > before,
            "the kiosk does not ask for news",
        )


S = TypeVar("S", bound=Stage)


def play(stage: S, steps: Iterable[Callable[[S], None]]) -> None:
    """One after the other. Raises StepFailed, with a picture of where it stopped."""
    for step in steps:
        try:
            step(stage)
        except (NotThere, StepFailed) as fault:
            stage.picture("failed", "here it stopped")
            raise StepFailed(f"{step.__name__}: {fault}") from fault
