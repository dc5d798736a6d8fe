"""A computer with its own profile and keychain, and a real server for it to talk to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.profile import Profile, ProfileFault, open_profile
from kiosk.session.challenge import Challenge, Purpose
from kiosk.session.effects import OpenChallenge
from kiosk.session.people import Place
from kiosk.sync.api import Nonce
from kiosk.sync.api_transport import Transport
from kiosk.sync.line import Line
from kiosk.sync.remembered import Remembered
from kiosk.sync.safe import Safe
from kiosk.sync.server import Server
from tests.fake_keychain import FakeKeychain
from tests.sandbox.conftest import open_server, xchart
from tests.sandbox.running import Xchart

__all__ = ["open_server", "xchart"]

EMAIL = "frontdesk@lakeside.example"
PASSWORD = "sandbox-demo"
OFFICE = "acc-office"


@dataclass
class Computer:
    """One operatory computer: what it keeps, and its way to a server."""

    profile: Profile
    xchart: Xchart
    keychain: FakeKeychain = field(default_factory=FakeKeychain)
    heard: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """As after a restart: nothing is known but what the keychain and the files hold."""
        self.safe = Safe(self.keychain, self.xchart.house.clock.now)
        self.remembered = Remembered(self.profile)
        self.transport = Transport("")
        self.line = Line(self.transport, Nonce(), self.heard.append)
        self.server = Server(self.line, self.safe, self.remembered)

    @property
    def place(self) -> Place:
        """Op 3."""
        return Place(self.xchart.address, "Main Street", "Op 3")

    def ask_to_join(self) -> Challenge:
        """A request for the code that lets a new computer in."""
        order = OpenChallenge(1, Purpose.JOIN, place=self.place, email=EMAIL)
        challenge = self.server.open_challenge(order, PASSWORD)
        assert isinstance(challenge, Challenge)
        return challenge

    def join(self) -> None:
        """The whole way in."""
        challenge = self.ask_to_join()
        self.server.text_code(challenge.id, challenge.approvers[0].id)
        self.server.answer_code(challenge.id, Purpose.JOIN, self.xchart.newest_code())


@pytest.fixture
def new_computer(xchart: Xchart, tmp_path: Path) -> Iterator[Callable[[], Computer]]:
    """As many computers as a test wants, each with a profile of its own."""
    made: list[Computer] = []

    def make() -> Computer:
        profile = open_profile(tmp_path / f"computer-{len(made)}")
        assert not isinstance(profile, ProfileFault)
        made.append(Computer(profile, xchart))
        return made[-1]

    yield make
    for computer in made:
        computer.transport.close()


@pytest.fixture
def computer(new_computer: Callable[[], Computer]) -> Computer:
    """One that has joined."""
    made = new_computer()
    made.join()
    return made
