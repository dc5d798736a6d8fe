"""A desk in a room: X server, bus, keychain and the installed kiosk of its user.

Driven from outside. The person at it is the demonstration's: what its reader cannot find or press,
nobody can.
"""

import shutil
from pathlib import Path
from typing import Self

from installer.trial.rooms import HOME, UID, Room
from sandbox.demo.desk import Desk, end
from sandbox.demo.server import Practice
from sandbox.demo.stage import EMAIL, MARIA, PASSWORD, PracticeStage

WITHOUT_SANDBOX = "QTWEBENGINE_DISABLE_SANDBOX"
ELSEWHERE = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")


class RoomDesk(Desk):
    """Everything on it runs in the room, as its ordinary user, with that user's own folders."""

    def __init__(self, room: Room, home: Path) -> None:
        """``home`` lies in the folder that the room shares with the outside."""
        super().__init__(home, inside=room.as_user)

    def __enter__(self) -> Self:
        self.home.mkdir(mode=0o700)
        shutil.chown(self.home, UID, UID)
        return super().__enter__()

    def _screen(self) -> str:
        # Before anything is started: the user's own home, and Chromium's sandbox as it ships.
        for name in (WITHOUT_SANDBOX, *ELSEWHERE):
            self.environment.pop(name, None)
        self.environment["HOME"] = str(HOME)
        self.environment["PATH"] = "/usr/bin:/bin"
        return super()._screen()


class Person(PracticeStage):
    """Who sits there. No pictures: the camera is not in the room."""

    def __init__(self, room: Room, desk: Desk, practice: Practice) -> None:
        """At a desk in that room."""
        super().__init__(desk, practice, desk.home)
        self._room = room

    def picture(self, name: str, line: str) -> None:
        """Nothing is kept."""

    def start(self) -> None:
        """Start the installed kiosk as the shell does, with the user's own profile."""
        self._kiosk = self.desk.start("/usr/bin/kiosk", "--supervised", "--fullscreen")

    @property
    def at_work(self) -> bool:
        """Whether the kiosk that was started still runs."""
        return self._kiosk is not None and self._kiosk.poll() is None

    def ended_by_itself(self) -> int:
        """The exit status of a kiosk that somebody else has ended."""
        kiosk, self._kiosk = self._kiosk, None
        if kiosk is None:
            return 0
        status = kiosk.wait(20)
        end(kiosk)
        return status

    def join(self) -> None:
        """The pages of a new computer that was provisioned: where it stands is filled in."""
        eyes = self.eyes
        eyes.find("Xchart server")
        eyes.press("Continue")
        eyes.type_into("E-mail", EMAIL)
        eyes.type_into("Password", PASSWORD)
        eyes.press("Continue")
        eyes.press("Yes, it is safe")
        self.approve("join")
        eyes.find("One tap from now on.")
        eyes.press("Go to the login screen")

    def enter(self) -> None:
        """One tap, no code; Xchart's page is there."""
        self.tap(MARIA)

    def enter_offline(self) -> None:
        """One tap with the server gone."""
        self.eyes.press(MARIA)
        self.eyes.find("Lock")

    def lock_and_come_back(self) -> None:
        """Both, and a page that was not opened before: it is loaded from where the kiosk runs."""
        eyes = self.eyes
        eyes.press("Lock")
        eyes.find(f"Locked for {MARIA}")
        eyes.press(MARIA)
        eyes.find("Done")
        eyes.press("More")
        eyes.find("This computer")
        eyes.press("Back")
        eyes.find("Done")

    def follow(self, link: str) -> None:
        """Click on a link in Xchart's page."""
        x, y = self.eyes.middle(link, "link")
        self.desk.start("xdotool", "mousemove", str(x), str(y), "click", "1").wait(20)

    def done(self) -> None:
        """Five o'clock."""
        self.eyes.press("Done")
        self.eyes.find("Tap your name")
