"""A computer without a glass: the kiosk's own ports, joined to a running server, on one profile.

What its lanes do is asked of them directly; keychain apart, everything is what a kiosk opens. Must
never stand in for the kiosk where a picture is promised.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from benchmarks.room import EMAIL, LOCATION, PASSWORD
from kiosk.app.adapters import open_ports
from kiosk.app.effects import Ports
from kiosk.keychain.port import (
    Forgotten,
    Found,
    ItemName,
    Kept,
    KeychainFault,
    Missing,
    pack,
    unpack,
)
from kiosk.local.clock import Clock, ComputerReadings
from kiosk.local.profile import Profile, ProfileFault, open_profile
from kiosk.session.model.audit import Act, Cause, Record
from kiosk.session.model.challenge import Challenge, Delivery, Purpose
from kiosk.session.model.commands import Command, Kind
from kiosk.session.model.people import Place, Strength
from kiosk.session.model.replies import Accepted, Delivered, News
from kiosk.session.ports import DayFound
from kiosk.session.rules.chairside import command_id
from kiosk.sync.wire.transport import Transport
from sandbox.demo.server import Practice

ACCOUNT, ACTOR = "acc-office", "per-aisha"


class NotAsExpected(Exception):
    """A port answered otherwise than a measurement can use."""


class Drawer:
    """A keychain in memory: what is measured here reads it once, and it is nobody's secret."""

    def __init__(self) -> None:
        self._stored: dict[ItemName, str] = {}

    def read(self, name: ItemName) -> Found | Missing | KeychainFault:
        """Look an item up."""
        stored = self._stored.get(name)
        return Missing() if stored is None else unpack(name, stored)

    def keep(self, name: ItemName, secret: str) -> Kept | KeychainFault:
        """Write an item."""
        packed = pack(name, secret)
        if isinstance(packed, KeychainFault):
            return packed
        self._stored[name] = packed
        return Kept()

    def forget(self, name: ItemName) -> Forgotten | KeychainFault:
        """Remove an item."""
        self._stored.pop(name, None)
        return Forgotten()


class Computer:
    """One operatory computer on a directory of its own. ``device`` is its key's thumbprint."""

    def __init__(
        self, home: Path, server: str, operatory: str, transport: type[Transport] = Transport
    ) -> None:
        """Not joined, and not open: ``join`` or ``open`` it."""
        profile = open_profile(home)
        if isinstance(profile, ProfileFault):
            raise NotAsExpected(profile.sentence)
        self.profile: Profile = profile
        self._place = Place(server, LOCATION, operatory)
        self._drawer = Drawer()
        self._transport = transport
        self._clock = Clock(ComputerReadings())
        self._ports: Ports | None = None
        self.device = ""
        self._next = 0

    @property
    def ports(self) -> Ports:
        """What its lanes work with."""
        if self._ports is None:
            raise NotAsExpected("open it first")
        return self._ports

    def now(self) -> datetime:
        """Trusted time."""
        return self._clock.now()

    def open(self) -> None:
        """As a kiosk does after its first paint."""
        opened = open_ports(
            self.profile,
            self._clock,
            self._clock.heard,
            lambda job: job(),
            keychain=self._drawer,
            transport=self._transport,
        )
        if not isinstance(opened, Ports):
            raise NotAsExpected(f"{opened.fault}: {opened.detail}")
        self._ports = opened
        memory = opened.recollection.memory()
        self._next = getattr(memory, "next_sequence", 1)

    def close(self) -> None:
        """As at a kiosk's end."""
        if self._ports is not None:
            self._ports.feed.hang_up()
            self._ports.close()
            self._ports = None

    def reopen(self, *, forget_the_day: bool = False) -> None:
        """Off and on again; without what the cache held, if wanted."""
        self.close()
        if forget_the_day:
            for suffix in ("", "-wal", "-shm"):
                Path(f"{self.profile.cache}{suffix}").unlink(missing_ok=True)
        self.open()

    def join(self, practice: Practice) -> None:
        """With a code on Dr. Chen's phone: Dr. Rivera's is for the kiosks on the glass."""
        self.open()
        challenge = self.ports.enrolment.open_challenge(Purpose.JOIN, self._place, EMAIL, PASSWORD)
        if not isinstance(challenge, Challenge):
            raise NotAsExpected(f"no challenge: {challenge}")
        texted = self.ports.approval.text_code(self._place, challenge, challenge.approvers[-1].id)
        if not isinstance(texted, Delivery):
            raise NotAsExpected(f"no text: {texted}")
        code = practice.texts()[-1]["code"]
        accepted = self.ports.approval.answer_code(self._place, challenge, code)
        if not isinstance(accepted, Accepted):
            raise NotAsExpected(f"no trust: {accepted}")
        self.device = accepted.device

    def record(self, act: Act = Act.LOCKED, detail: str = "", subject: str = "") -> Record:
        """The next record, of Aisha on the shared account."""
        sequence, self._next = self._next, self._next + 1
        return Record(
            sequence=sequence,
            at=self.now(),
            act=act,
            cause=Cause.PERSON,
            actor=ACTOR,
            account=ACCOUNT,
            strength=Strength.TILE,
            device=self.device,
            detail=detail,
            subject=subject,
        )

    def keep(self, record: Record, command: Command | None = None) -> None:
        """Make it durable."""
        fault = self.ports.records.keep(record, command)
        if fault is not None:
            raise NotAsExpected(f"the record was not kept: {fault}")

    def set_status(self, appointment: str, to: str, seen: int, after: str = "") -> str:
        """Record and queue a status; the id of the command."""
        record = self.record(Act.STATUS_SET, to, appointment)
        command = Command(
            id=command_id(record.device, record.sequence, record.at),
            sequence=record.sequence,
            kind=Kind.STATUS,
            target=appointment,
            to=to,
            seen=seen,
            actor=record.actor,
            strength=record.strength,
            account=record.account,
            at=record.at,
            after=after,
        )
        self.keep(record, command)
        return command.id

    def send(self) -> None:
        """Everything that waits; nothing of it may be in doubt."""
        told = self.ports.outbox.send(ACCOUNT)
        if told != Delivered(0):
            raise NotAsExpected(f"not everything went up: {told}")

    def hear(self) -> News:
        """News, which the server may hold back for as long as it is asked to."""
        told = self.ports.feed.news(ACCOUNT)
        if not isinstance(told, News):
            raise NotAsExpected(f"no news: {told}")
        return told

    def day(self) -> DayFound:
        """What its page would show."""
        found = self.ports.days.day(ACCOUNT)
        if found is None:
            raise NotAsExpected("nothing is known of the day")
        return found


@contextmanager
def joined(
    practice: Practice,
    home: Path,
    operatory: str,
    *,
    server: str = "",
    transport: type[Transport] = Transport,
) -> Iterator[Computer]:
    """A computer that has joined, by ``server`` if that is not the server's own address."""
    computer = Computer(home, server or practice.address, operatory, transport)
    try:
        computer.join(practice)
        yield computer
    finally:
        with suppress(OSError):
            computer.close()
