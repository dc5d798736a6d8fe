"""A room to measure in: the reference server, a desk, and a kiosk that has joined, as in a clinic.

Joined through its own pages once, by a screen reader; measured afterwards without one.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jeepney import DBusAddress

from benchmarks.browser import Browser, prepare, remembered
from benchmarks.glass import Glass, GlassDesk, Picture
from benchmarks.hands import Hands
from sandbox.demo.desk import end
from sandbox.demo.reader import Reader
from sandbox.demo.server import Practice

EMAIL, PASSWORD = "frontdesk@lakeside.example", "sandbox-demo"
LOCATION, OPERATORY = "Main Street", "Op 3"
PERSON = "Aisha Khan"
"""The first tile, on the login screen and on her own cover."""
PAGE_ROLE = "web document"
COMPONENT = "org.a11y.atspi.Component"
KEYCHAIN_SECONDS = 1.0

Point = tuple[int, int]


class Finder(Reader):
    """A screen reader that can also point at what it found.

    By itself: an older tree, against which this measuring code is run, has a reader that cannot.
    """

    def centre(self, name: str) -> Point:
        """The middle of the thing of that name, on the screen."""
        thing = self.find(name)
        where = DBusAddress(thing.path, thing.bus, COMPONENT)
        x, y, wide, high = self._ask(self._bus, where, "GetExtents", "u", (0,))[0]
        return x + wide // 2, y + high // 2

    def left_of_the_page(self) -> int:
        """Where Xchart's page begins, beside the list of the day."""
        page = next(thing for thing in self.things() if thing.role == PAGE_ROLE)
        where = DBusAddress(page.path, page.bus, COMPONENT)
        left: int = self._ask(self._bus, where, "GetExtents", "u", (0,))[0][0]
        return left


@dataclass(frozen=True, slots=True)
class Joined:
    """A kiosk's profile that has joined, and where its things are on the screen."""

    profile: Path
    tile: Point
    done: Point
    bar_bottom: int
    page_left: int
    buttons: int

    @property
    def command(self) -> tuple[str, ...]:
        """How a user starts it."""
        return (sys.executable, "-m", "kiosk", "--profile", str(self.profile), "--fullscreen")


def join(desk: GlassDesk, practice: Practice, address: str, name: str) -> Joined:
    """Join through the pages, tap once, and be done."""
    profile = desk.home / name
    joined = Joined(profile, (0, 0), (0, 0), 0, 0, 0)
    kiosk = desk.start(*joined.command)
    eyes = Finder(desk.environment["DBUS_SESSION_BUS_ADDRESS"])
    try:
        eyes.type_into("Xchart server", address)
        eyes.type_into("Location", LOCATION)
        eyes.type_into("Operatory", OPERATORY)
        eyes.press("Continue")
        eyes.type_into("E-mail", EMAIL)
        eyes.type_into("Password", PASSWORD)
        eyes.press("Continue")
        eyes.press("Yes, it is safe")
        eyes.press("Text Dr. Rivera")
        eyes.find("Enter Dr. Rivera's code")
        eyes.type_into("Code", practice.texts()[-1]["code"])
        eyes.press("Go to the login screen")
        tile = eyes.centre(PERSON)
        buttons = sum(thing.role.endswith("button") for thing in eyes.things())
        eyes.press(PERSON)
        eyes.find("Signed in as…")
        done, page_left = eyes.centre("Done"), eyes.left_of_the_page()
        eyes.press("Done")
        eyes.find("Tap your name")
    finally:
        eyes.close()
        end(kiosk)
    return Joined(profile, tile, done, 2 * done[1], page_left, buttons)


class Kiosk:
    """A joined kiosk that runs on a desk, watched on its glass and worked by hand."""

    def __init__(self, desk: GlassDesk, glass: Glass, hands: Hands, joined: Joined) -> None:
        """Starts it and waits for its login screen, the web view ready."""
        self._glass, self._hands, self._joined = glass, hands, joined
        nothing = glass.rows()
        self.process: subprocess.Popen[bytes] = desk.run(*joined.command)
        glass.until(lambda: not glass.empty(), "the kiosk's first paint")
        time.sleep(KEYCHAIN_SECONDS)
        at_rest = glass.calm()
        login = Picture.of("the login screen", at_rest, nothing)
        hands.click(joined.tile)
        glass.until(lambda: not login.on(glass), "the workspace")
        time.sleep(KEYCHAIN_SECONDS)
        in_the_room = glass.calm()
        top, left = joined.bar_bottom, joined.page_left
        self.xchart = Picture.of("Xchart's page", in_the_room, at_rest, top=top, left=left)
        self.day = Picture.of("today's list", in_the_room, at_rest, top=top, right=left)
        self.done()

    def tap(self) -> float:
        """Tap the tile; seconds until Xchart's page is painted."""
        at = self._hands.click(self._joined.tile)
        return self._glass.shows(self.xchart) - at

    def come_back(self) -> None:
        """Tap the tile on the cover."""
        self._hands.click(self._joined.tile)

    def tap_for_the_day(self) -> float:
        """Tap the tile; seconds until today's list is painted, with Xchart's page or without."""
        at = self._hands.click(self._joined.tile)
        return self._glass.shows(self.day) - at

    def done(self) -> None:
        """*Done*, and the login screen at rest again."""
        self._hands.click(self._joined.done)
        self._glass.until(lambda: not self.day.on(self._glass), "the login screen")
        time.sleep(KEYCHAIN_SECONDS)
        self._glass.calm()


@contextmanager
def serving(home: Path, *origins: str) -> Iterator[Practice]:
    """The reference server, seeded; ``origins`` are what lies before it."""
    try:
        made = Practice(home / "server", origins=origins)
    except TypeError:  # another tree's, which takes its name from whoever calls
        made = Practice(home / "server")
    with made as practice:
        yield practice


def remember_browser(desk: GlassDesk, practice: Practice, data: Path) -> None:
    """Have Chromium remembered by the server, as the clinic's browser would be."""
    prepare(data)
    with Browser(desk, data, f"{practice.address}/signin") as browser:
        remembered(browser, EMAIL, PASSWORD, lambda: practice.texts()[-1]["code"])
