"""One kiosk's process: the real core, effects, ports and stores, on lanes of virtual time."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from threading import current_thread

from kiosk.app.adapters import open_ports
from kiosk.app.effects import Effects, Ports, Unopened
from kiosk.app.lanes import Job, Lanes, Name
from kiosk.app.runtime import Runtime, Transition
from kiosk.app.slots import Secret, Slots
from kiosk.local.clock import Clock
from kiosk.local.profile import Profile
from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model.audit import Record
from kiosk.session.model.case import CaseNote
from kiosk.session.model.commands import Command
from kiosk.session.model.day import Day
from kiosk.session.model.intents import Intent, Ticket
from kiosk.session.model.people import Place
from kiosk.session.model.refusals import Fault
from kiosk.session.model.state import State
from kiosk.session.pages.views import View
from kiosk.session.ports import Records
from kiosk.session.step import first
from kiosk.sync.recording import AuditWriter
from kiosk.sync.records.audit_store import Store
from tests.simulation.hub import Gone, Hub, Strand
from tests.simulation.network import Cable, Network, Way
from tests.simulation.xchart import START
from tests.support.fake_keychain import FakeKeychain
from tests.support.judge import Judge

LOCAL_SECONDS, REMOTE_SECONDS = 0.004, 0.001


@dataclass
class Readings:
    """A computer's clocks: ``skew`` is how wrong its wall clock is, ``slept`` counts sleep."""

    hub: Hub
    skew: timedelta = timedelta(0)
    slept: timedelta = timedelta(0)

    def wall(self) -> datetime:
        """What it takes for the time."""
        return START + timedelta(seconds=self.hub.now) + self.skew

    def elapsed(self) -> timedelta:
        """Since some fixed moment."""
        return timedelta(seconds=self.hub.now)


class VirtualLanes(Lanes):
    """The lanes as strands: one job after the other on each, all in virtual time."""

    def __init__(self, hub: Hub) -> None:
        self.strands = {
            name: Strand(hub, LOCAL_SECONDS if name is Name.LOCAL else REMOTE_SECONDS)
            for name in Name
        }

    def do(self, name: Name, job: Job) -> None:
        """On that strand."""
        self.strands[name].do(job)


class Watched(Runtime):
    """The runtime, with the judge looking at each step before it is carried out."""

    judge: Judge
    looks: Callable[[said.Event, tuple[do.Effect, ...]], None]

    def _carry_out(self, taken: Transition) -> None:
        if taken.event is not None:
            self.judge.saw(taken.before, taken.event, taken.after, taken.effects)
            self.looks(taken.event, taken.effects)
        super()._carry_out(taken)


@dataclass
class Computer:
    """What outlives a process: disk, keychain, clocks, cable."""

    name: str
    hub: Hub
    profile: Profile
    keychain: FakeKeychain
    network: Cable
    place: Place
    draw: Random
    readings: Readings = field(init=False)

    def __post_init__(self) -> None:
        self.readings = Readings(self.hub)


class Kept:
    """The records port, which tells what it has answered for as being on the disk."""

    def __init__(self, store: Records, durable: Callable[[Record, Command | None], None]) -> None:
        self._store = store
        self._durable = durable
        self._pending: list[tuple[Record, Command | None]] = []

    @property
    def unkept(self) -> int:
        """As the store says."""
        return self._store.unkept

    def keep(self, record: Record, command: Command | None = None) -> Fault | None:
        """As the store does; its yes is for everything that waited."""
        self._pending.append((record, command))
        fault = self._store.keep(record, command)
        if fault is None:
            for each in self._pending:
                self._durable(*each)
            self._pending.clear()
        return fault

    def keep_case(self, note: CaseNote | None) -> Fault | None:
        """As they do."""
        return self._store.keep_case(note)


class Process:
    """From its start to its end, by its own will or not.

    ``durable`` is told each record that is on the disk, ``looks`` each step.
    """

    at_site = False

    def __init__(
        self,
        computer: Computer,
        durable: Callable[[Record, Command | None], None],
        looks: Callable[[said.Event, tuple[do.Effect, ...]], None],
    ) -> None:
        self.computer, self.hub = computer, computer.hub
        self.alive = True
        self.day: Day | None = None
        self.last_input = self.hub.now
        self.ports: Ports | None = None
        self.store: Store | None = None
        self._durable = durable
        self._ticking = 0
        self._clock = Clock(computer.readings)
        self.slots, self.days = Slots[Secret](), Slots[Day]()
        self.lanes = VirtualLanes(self.hub)
        self._effects = Effects(
            lanes=self.lanes,
            slots=self.slots,
            days=self.days,
            words=Slots[str](),
            clock=self._clock,
            open_ports=self._open,
            post=self.post,
            show_page=self._show_page,
            show_day=self._show_day,
            close_page=self._close_page,
            tell_reader=lambda _: None,
            tell_page=lambda _: None,
            keep_painted=lambda _: None,
            unexpected=self._unexpected,
        )
        state, begin = first(computer.place, None, at_site=self.at_site)
        self.runtime = Watched(
            state,
            now=self._clock.now,
            idle=lambda: timedelta(seconds=self.hub.now - self.last_input),
            perform=self._effects.perform,
            show=self._show,
            wake=self._wake,
            unexpected=self._unexpected,
        )
        self.runtime.judge, self.runtime.looks = Judge(), looks
        self.runtime.begin(begin)

    @property
    def state(self) -> State:
        """What it knows, and where it is."""
        return self.runtime.state

    def asks(self, intent: Intent) -> None:
        """A person touches the screen."""
        self.last_input = self.hub.now
        self.runtime.ask(intent)

    def post(self, event: said.Event) -> None:
        """From any strand: it happens on the main thread, after what happens there already."""
        self.hub.after(0.0, lambda: self.arrives(event))

    def arrives(self, event: said.Event) -> None:
        """On the main thread."""
        if self.alive:
            self.runtime.post(event)

    def now(self) -> datetime:
        """Its trusted time."""
        return self._clock.now()

    def kill(self) -> None:
        """kill -9: nothing of it runs any more; what was committed is on the disk."""
        self.alive = False
        for strand in self.lanes.strands.values():
            strand.kill()
        self.let_go()

    def let_go(self) -> None:
        """The operating system closes the files of a dead process."""
        for port in (self.store, self.outbox, getattr(self.ports, "days", None)):
            close = getattr(getattr(port, "_cache", port), "close", None)
            if close is not None:
                close()

    @property
    def outbox(self) -> object:
        """The other connection to it."""
        return getattr(self.ports.outbox, "_outbox", None) if self.ports else None

    def running(self) -> Strand:
        """The strand that is doing something now."""
        strands = {strand.thread_name: strand for strand in self.lanes.strands.values()}
        return strands[current_thread().name]

    def on_local(self, job: Job) -> None:
        """On the local lane."""
        self.lanes.do(Name.LOCAL, job)

    def _opened(self) -> Ports | Unopened:
        network = self.computer.network
        assert isinstance(network, Network)
        return open_ports(
            self.computer.profile,
            self._clock,
            self._heard,
            self.on_local,
            self.computer.keychain,
            lambda _: Way(network, self.running),
            self.computer.draw.random,
        )

    def _open(self) -> Ports | Unopened:
        opened = self._opened()
        if isinstance(opened, Ports):
            assert isinstance(opened.records, AuditWriter)
            self.store = opened.records.store
            self.ports = opened = replace(opened, records=Kept(opened.records, self._durable))
        return opened

    def _heard(self, at: datetime) -> None:
        self._clock.heard(at)
        off = self._clock.disagreement()
        if off is not None:
            self.post(said.ClockJudged(self._clock.now(), off))

    def _show(self, view: View, state: State) -> None:
        assert "Patient" not in repr(view) + repr(state), "a patient is in a state or a page"

    def _wake(self, after: timedelta) -> None:
        self._ticking += 1
        turn = self._ticking
        seconds = max(after.total_seconds(), 0.05)
        self.hub.after(seconds, lambda: self._tick(turn))

    def _tick(self, turn: int) -> None:
        if self.alive and turn == self._ticking:
            self.runtime.tick()

    def _show_page(self, ticket: Ticket) -> None:
        if self.slots.take(ticket) is not None:
            self.hub.after(0.2, lambda: self.arrives(said.PageShown(self._clock.now())))

    def _close_page(self, finished: bool) -> None:
        """There is nothing of it to put away."""

    def _show_day(self, ticket: Ticket) -> None:
        self.day = self.days.take(ticket)

    def _unexpected(self, error: BaseException) -> None:
        if not isinstance(error, Gone):
            raise Unexpected(self.computer.name) from error


class Unexpected(AssertionError):
    """The kiosk's own code raised what it never should."""
