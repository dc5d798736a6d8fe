"""What goes wrong, kind by kind: each strikes one desk of a scene, by chance, and is over later."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Protocol

from sqlalchemy import select

from kiosk.keychain.port import KeychainFault
from kiosk.session.model import events as said
from sandbox.access import trust
from sandbox.admin import passwords
from sandbox.admin.members import change, revoke_device
from sandbox.clinic import chairside
from sandbox.contract.bodies import MemberChange
from sandbox.tables.rows import Account, Appointment, Device, Person, Trust
from tests.simulation.hub import Hub
from tests.simulation.ledger import Ledger
from tests.simulation.people import Hands
from tests.simulation.process import Computer, Process
from tests.simulation.xchart import Server

OFFICE = "acc-office"


@dataclass
class Desk:
    """One computer, whoever stands at it, and the process that runs there now."""

    computer: Computer
    hands: Hands
    running: Process | None = None


class Scene(Protocol):
    """What a trouble may touch."""

    hub: Hub
    server: Server
    ledger: Ledger

    def crash(self, desk: Desk) -> None:
        """kill -9."""
        ...

    def start(self, desk: Desk) -> None:
        """Start what is not running."""
        ...


def crash(scene: Scene, desk: Desk, draw: Random) -> None:
    """The kiosk's process is killed, and started again after a while."""
    scene.crash(desk)
    scene.hub.after(draw.uniform(0, 30), lambda: scene.start(desk))


def outage(scene: Scene, desk: Desk, draw: Random) -> None:
    """The cable is out."""
    desk.computer.network.up = False

    def over() -> None:
        desk.computer.network.up = True

    scene.hub.after(draw.uniform(1, 240), over)


def keychain(scene: Scene, desk: Desk, draw: Random) -> None:
    """The keychain does not do what it should."""
    desk.computer.keychain.fault = draw.choice(list(KeychainFault))

    def over() -> None:
        desk.computer.keychain.fault = None

    scene.hub.after(draw.uniform(1, 90), over)


def full_disk(scene: Scene, desk: Desk, draw: Random) -> None:
    """The audit file cannot grow."""
    store = desk.running.store if desk.running else None
    if store is None:
        return
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    store._db.execute(f"PRAGMA max_page_count = {pages}")

    def over() -> None:
        if desk.running is not None and desk.running.store is store:
            room_again(desk)

    scene.hub.after(draw.uniform(5, 120), over)


def room_again(desk: Desk) -> None:
    """The disk has room."""
    if desk.running is not None and desk.running.store is not None:
        desk.running.store._db.execute("PRAGMA max_page_count = 1000000")


def clock(scene: Scene, desk: Desk, draw: Random) -> None:
    """Someone sets the computer's clock, up to three months either way."""
    desk.computer.readings.skew += timedelta(hours=draw.uniform(-2000, 2000))


def sleep(scene: Scene, desk: Desk, draw: Random) -> None:
    """The computer is put to sleep, and woken."""
    if desk.running is not None:
        desk.running.arrives(said.Suspended(desk.running.now()))


def screen_lock(scene: Scene, desk: Desk, draw: Random) -> None:
    """The operating system locks its screen."""
    if desk.running is not None:
        desk.running.arrives(said.ScreenLocked(desk.running.now()))


def file_flipped(scene: Scene, desk: Desk, draw: Random) -> None:
    """A bit of the cache is another one while the kiosk is off."""
    scene.crash(desk)
    cache = desk.computer.profile.cache
    if cache.exists() and cache.stat().st_size:
        raw = bytearray(cache.read_bytes())
        raw[draw.randrange(len(raw))] ^= 0x41
        cache.write_bytes(bytes(raw))
    scene.hub.after(1.0, lambda: scene.start(desk))


def restart(scene: Scene, desk: Desk, draw: Random) -> None:
    """The server is killed and started again."""
    scene.server.restart()


def away(scene: Scene, desk: Desk, draw: Random) -> None:
    """The server does not answer for a while."""
    scene.server.up = False
    scene.hub.after(draw.uniform(1, 120), lambda: server_back(scene))


def server_back(scene: Scene) -> None:
    """It answers again."""
    scene.server.up = True
    scene.server.notified()


def deactivation(scene: Scene, desk: Desk, draw: Random) -> None:
    """An admin turns the shared account off, and on again."""
    member(scene, active=False)
    scene.hub.after(draw.uniform(1, 60), lambda: member(scene, active=True))


def promotion(scene: Scene, desk: Desk, draw: Random) -> None:
    """An admin makes the shared account a provider, and a member again."""
    member(scene, roles=["member", "provider"])
    scene.hub.after(draw.uniform(1, 60), lambda: member(scene, roles=["member"]))


def revoked(scene: Scene, desk: Desk, draw: Random) -> None:
    """An admin ends this computer's trust, or refuses its key for good."""
    with scene.server.state.unit() as db:
        here = select(Device).where(Device.operatory == desk.computer.place.operatory)
        for device in db.scalars(here):
            row = db.get(Trust, (OFFICE, device.jkt))
            if row is not None and draw.random() < 0.5:
                trust.end(row, "revoked")
            else:
                revoke_device(db, device.jkt, scene.server.state.clock.now())


def revoked_now(scene: Scene, desk: Desk, draw: Random) -> None:
    """An admin takes this computer away, and a case is no reason to wait."""
    with scene.server.state.unit() as db:
        here = select(Device).where(Device.operatory == desk.computer.place.operatory)
        for device in db.scalars(here):
            revoke_device(db, device.jkt, scene.server.state.clock.now(), at_once=True)


def roster(scene: Scene, desk: Desk, draw: Random) -> None:
    """Someone is called otherwise from now on."""
    with scene.server.state.unit() as db:
        aisha = db.get(Person, "per-aisha")
        if aisha is not None:
            aisha.name = f"Aisha {draw.randrange(100)}"


def web_edit(scene: Scene, desk: Desk, draw: Random) -> None:
    """The front desk sets a status in a browser."""
    with scene.server.state.unit() as db:
        order = select(Appointment).order_by(Appointment.day, Appointment.place)
        visit = draw.choice(list(db.scalars(order))[12:16])
        mark = chairside.Mark("", "Front desk", scene.server.state.clock.now())
        account = db.get_one(Account, OFFICE)
        to = draw.choice(chairside.CHAIR_STATUSES)
        outcome = chairside.set_status(db, account, visit, to, visit.version, mark)
        assert outcome == chairside.DONE
        scene.ledger.web_edits[visit.id] += 1


def new_password(scene: Scene, desk: Desk, draw: Random) -> None:
    """An admin gives the shared account another password; mostly every computer has to ask."""
    password = f"quiet herons {draw.randrange(1000)}"
    with scene.server.state.unit() as db:
        account, now = db.get_one(Account, OFFICE), scene.server.state.clock.now()
        if passwords.give(db, account, password, now, everywhere=draw.random() < 0.8):
            scene.server.password = password


def member(scene: Scene, **how: object) -> None:
    """What an admin changes of the shared account."""
    with scene.server.state.unit() as db:
        change(db, OFFICE, MemberChange.model_validate(how), scene.server.state.clock.now())


TROUBLES: dict[str, Callable[[Scene, Desk, Random], None]] = {
    "crash": crash,
    "outage": outage,
    "keychain": keychain,
    "full_disk": full_disk,
    "clock": clock,
    "sleep": sleep,
    "screen_lock": screen_lock,
    "file_flipped": file_flipped,
    "restart": restart,
    "away": away,
    "deactivation": deactivation,
    "promotion": promotion,
    "revoked": revoked,
    "revoked_now": revoked_now,
    "roster": roster,
    "web_edit": web_edit,
    "new_password": new_password,
}
