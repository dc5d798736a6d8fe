"""A practice with three computers that have joined: made once a process, copied for every seed."""

import tempfile
from functools import cache
from pathlib import Path
from random import Random

from kiosk.keychain.port import ItemName
from kiosk.local.profile import Profile, open_profile
from kiosk.session.model import state as s
from kiosk.session.model.people import Place
from sandbox import seed as practice
from sandbox.access import badges
from tests.simulation.chaos import Tally
from tests.simulation.hub import Hub
from tests.simulation.network import Network
from tests.simulation.people import BADGES, Hands
from tests.simulation.process import Computer, Process
from tests.simulation.xchart import ORIGIN, Server
from tests.support.fake_keychain import FakeKeychain

MEMORY = Path("/", "dev", "shm")
ROOMS = ("Op 3", "Op 2", "Op 1")


def memory_backed(kind: str) -> Path:
    """A new directory in memory, where this system has that."""
    return Path(tempfile.mkdtemp(prefix=f"{kind}-", dir=MEMORY if MEMORY.is_dir() else None))


@cache
def template() -> Path:
    """A practice with three computers that have joined: made once, copied for every seed."""
    made = memory_backed("template")
    _join_all(made)
    return made


_JOINED: list[dict[ItemName, str]] = []


def joined() -> list[dict[ItemName, str]]:
    """The keychains of the template's computers."""
    template()
    return _JOINED


def _join_all(made: Path) -> None:
    hub = Hub()
    (made / "server").mkdir()
    server = Server(hub, made / "server")
    practice.demo(server.state)
    with server.state.unit() as db:
        for holder, read in BADGES.items():
            badges.give(db, holder, read)
    for number, operatory in enumerate(ROOMS):
        place = Place(ORIGIN, "Main Street", operatory)
        profile = open_profile(made / f"kiosk-{number}")
        assert isinstance(profile, Profile)
        network = Network(hub, server, Random(number), frozenset(), Tally())
        computer = Computer(
            f"new {number}", hub, profile, FakeKeychain(), network, place, Random(7)
        )
        process = Process(computer, lambda *_: None, lambda *_: None)
        hands = Hands(Random(number), place)
        for _ in range(40):
            hub.run(hub.now + 3)
            wish = hands.next_wish(process, server, helpful=True)
            if isinstance(process.state.phase, s.AtLogin):
                break
            if wish is not None:
                process.asks(wish)
        assert isinstance(process.state.phase, s.AtLogin), process.state.phase
        hub.run(hub.now + 120)
        process.kill()
        _JOINED.append(dict(computer.keychain.stored))
    server.state.close()
