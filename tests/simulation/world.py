"""One seed from its first tap to the reckoning: computers, people, server, and what goes wrong.

``seeds.run(chaos)`` is the whole of it. The same plan gives the same trace: nothing in it reads a
clock, and chance is drawn from the seed alone. Stores lie in memory-backed files.
"""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random

from sqlalchemy import select

from kiosk.local.profile import Profile, open_profile
from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act, Record
from kiosk.session.model.commands import Command
from kiosk.session.model.people import Place
from kiosk.session.model.refusals import Fault
from kiosk.session.model.trust import Trust
from kiosk.session.rules.accounts import trust_of
from kiosk.sync.records.chain import written_at
from kiosk.sync.records.outbox import Outbox
from kiosk.sync.wire.transport import ANSWER_SECONDS
from sandbox.tables.rows import Appointment, Room
from tests.simulation.cases import Treated
from tests.simulation.chaos import Chaos, Tally
from tests.simulation.hub import Hub
from tests.simulation.ledger import LOOKING, Deed, Ledger
from tests.simulation.liveness import GLANCE, Glances, is_soon_asked
from tests.simulation.network import Network
from tests.simulation.people import HOLDERS, Hands, Told, deed_of
from tests.simulation.process import Computer, Process
from tests.simulation.template import ROOMS, joined, template
from tests.simulation.troubles import TROUBLES, Desk, member, room_again, server_back
from tests.simulation.xchart import ORIGIN, Server
from tests.support.fake_keychain import FakeKeychain

HEALED_SECONDS = 4 * 3600
NIGHT_SECONDS = 16 * 3600
ENDINGS = frozenset({Act.LEFT, Act.TAKEN_OUT})
TAP_SECONDS = (0.5, 20.0)
AGAIN = 0.4
"""How often a tap is followed by another at once: people set two things in a row."""


@dataclass
class World:
    """Everything of one seed."""

    chaos: Chaos
    home: Path
    hub: Hub = field(default_factory=Hub)
    tally: Tally = field(default_factory=Tally)
    ledger: Ledger = field(default_factory=Ledger)
    trace: list[str] = field(default_factory=list)
    healed: bool = False
    glances: Glances = field(default_factory=Glances)
    touched: dict[str, datetime | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.nobody_there = False
        self.treated = {f"kiosk {number}": Treated() for number in range(self.chaos.kiosks)}
        self._deed: Deed | None = None
        self._person = ""
        self.draw = Random(f"world {self.chaos.seed}")
        self.desks: list[Desk] = []
        self._furnish()

    def _furnish(self) -> None:
        """A server, and computers that have joined it."""
        shutil.copytree(template() / "server", self.home / "server")
        self.server = Server(self.hub, self.home / "server")
        self.server.notified = self._notified
        self.desks += [self._desk(number) for number in range(self.chaos.kiosks)]
        with self.server.state.unit() as db:
            for row in (*db.scalars(select(Appointment)), *db.scalars(select(Room))):
                self.ledger.look(row)
        LOOKING.append(self.ledger)

    def live(self) -> None:
        """The day with its faults, the calm after it, and the reckoning."""
        self._lives = self.draw.random() < 0.5
        for desk in self.desks:
            self.start(desk)
            self._at_the_chair(desk)
            self._pages_live(desk)
        self._trouble()
        self._glance()
        for _ in range(self.chaos.nights):
            self.hub.run(self.hub.now + self.chaos.minutes * 30.0)
            self._night()
        self.hub.run(self.hub.now + self.chaos.minutes * 60.0)
        self._walk()
        self._calm()
        self._drain()
        self._restart_all()
        self.hub.run(self.hub.now + HEALED_SECONDS, lambda: not self._settled())
        self._reckon()

    def close(self) -> None:
        """Nothing is left running."""
        for desk in self.desks:
            if desk.running is not None:
                desk.running.kill()
        self._shut()

    def _shut(self) -> None:
        LOOKING.remove(self.ledger)
        self.server.state.close()

    # What runs ------------------------------------------------------------------------------

    def _desk(self, number: int) -> Desk:
        place = Place(ORIGIN, "Main Street", ROOMS[number])
        shutil.copytree(template() / f"kiosk-{number}", self.home / f"kiosk-{number}")
        profile = open_profile(self.home / f"kiosk-{number}")
        assert isinstance(profile, Profile)
        keychain = FakeKeychain()
        keychain.stored = dict(joined()[number])
        draw = Random(f"desk {number} {self.chaos.seed}")
        network = Network(self.hub, self.server, draw, self.chaos.kinds, self.tally)
        name = f"kiosk {number}"
        self.ledger.durable[name] = []
        computer = Computer(name, self.hub, profile, keychain, network, place, draw)
        return Desk(computer, Hands(draw, place))

    def start(self, desk: Desk) -> None:
        if desk.running is not None:
            return
        name = desk.computer.name
        self.note(name, "starts")
        desk.running = self._process(desk)

    def _process(self, desk: Desk) -> Process:
        durable = partial(self._durable, desk.computer.name)
        return Process(desk.computer, durable, partial(self._looked, desk))

    def crash(self, desk: Desk) -> None:
        process, desk.running = desk.running, None
        if process is not None:
            self.note(desk.computer.name, "is killed")
            process.kill()

    def _notified(self) -> None:
        for desk in self.desks:
            if isinstance(desk.computer.network, Network):
                desk.computer.network.notify()

    # What people do ---------------------------------------------------------------------------

    def _at_the_chair(self, desk: Desk) -> None:
        process = desk.running
        if process is not None and not self.nobody_there:
            person = desk.hands.person
            wish = desk.hands.next_wish(process, self._told(desk), helpful=self.healed)
            deed = deed_of(process, desk.hands.person, wish) if wish is not None else None
            if wish is not None and deed is None:
                self._ask(desk, process, wish, None)
            elif wish is not None and deed is not None and person == desk.hands.person:
                # The finger comes down on what the eyes saw a moment ago. Whoever has only just
                # come to the chair looks first.
                session = s.session_of(process.state.phase)
                tap = partial(self._touch, desk, process, wish, deed, session)
                self.hub.after(self.draw.uniform(0, 2.5), tap)
        low, high = TAP_SECONDS
        pause = (
            self.draw.uniform(0.2, 2)
            if self.draw.random() < AGAIN
            else self.draw.uniform(low, high)
        )
        self.hub.after(pause, lambda: self._at_the_chair(desk))

    def _told(self, desk: Desk) -> Told:
        """What the people there know."""
        return self.server

    def _touch(
        self, desk: Desk, process: Process, wish: want.Intent, deed: Deed, was: s.Session | None
    ) -> None:
        now = s.session_of(process.state.phase)
        same = was is not None and now is not None and was.began_at == now.began_at
        # Who held a badge to the reader meanwhile has taken the chair; the finger is drawn back.
        there = desk.hands.person == deed.person
        if desk.running is process and same and there and isinstance(process.state.phase, s.Active):
            self._ask(desk, process, wish, deed)

    def _ask(self, desk: Desk, process: Process, wish: want.Intent, deed: Deed | None) -> None:
        self._deed, self._person = deed, desk.hands.person
        self.note(desk.computer.name, type(wish).__name__)
        process.asks(wish)
        if self.healed and not process.state.known.contact_attempt:
            self.touched[desk.computer.name] = process.state.known.contact_due
        self._deed, self._person = None, ""

    def _looked(self, desk: Desk, event: said.Event, effects: tuple[do.Effect, ...]) -> None:
        """Each step of a kiosk: the true author of what it records is noted here."""
        name = desk.computer.name
        if not isinstance(event, said.Ticked):
            process = desk.running
            phase = type(process.state.phase).__name__ if process else "Opening"
            self.note(name, f"{type(event).__name__} -> {phase}")
        if desk.running is not None:
            self.treated[name].stepped(event, desk.running.runtime.judge.state, effects)
        deed, person = self._deed, self._person
        for effect in effects:
            if not isinstance(effect, do.KeepRecord):
                continue
            record = effect.record
            if record.act is Act.CORRECTED:
                assert record.detail == person, "put right to somebody who was not there"
            elif isinstance(event, said.Asked) and record.act not in ENDINGS:
                truth = person if not isinstance(event.intent, want.SwitchWanted) else ""
                if truth and record.actor:
                    key = (record.device, record.sequence, written_at(record.at))
                    self.ledger.actors[key] = truth
            if effect.command is not None:
                assert deed is not None, "a change that nobody wished"
                self.ledger.deeds[effect.command.id] = deed

    def _durable(self, name: str, record: Record, command: Command | None) -> None:
        self.treated[name].kept(record)
        self.ledger.durable[name].append((record, command))
        self.tally.seen["durable"] += 1

    # What goes wrong --------------------------------------------------------------------------

    @property
    def _troubles(self) -> Mapping[str, Callable[[Desk, Random], None]]:
        return {kind: partial(strike, self) for kind, strike in TROUBLES.items()}

    def _trouble(self) -> None:
        """Each kind that is on comes again and again, at moments of its own."""
        for kind in sorted(self.chaos.kinds & self._troubles.keys()):
            self._again(kind, Random(f"{kind} {self.chaos.seed}"))

    def _again(self, kind: str, draw: Random) -> None:
        def strike() -> None:
            if not self.healed:
                self.tally.injected[kind] += 1
                self.note("world", kind)
                self._troubles[kind](draw.choice(self.desks), draw)
                self._again(kind, draw)

        # In the hours in which nobody is there the troubles are as many as in minutes of work.
        peace = self.chaos.peace * (20 if self.nobody_there else 1)
        self.hub.after(draw.expovariate(1 / peace), strike)

    def _night(self) -> None:
        """Everybody says Done, the computers are switched off, and it is morning."""
        self.note("world", "night")
        for desk in self.desks:
            if desk.running is not None:
                desk.running.asks(want.DoneWanted())
        self.hub.run(self.hub.now + 8)
        for desk in self.desks:
            self.crash(desk)
        self.hub.skip(NIGHT_SECONDS)
        for desk in self.desks:
            self.start(desk)

    def _walk(self) -> None:
        """Everybody goes, and leaves as it is what was on; some pages go on by themselves."""
        if not self.chaos.walk:
            return
        self.note("world", "nobody is there")
        self.nobody_there = True
        self.hub.run(self.hub.now + self.chaos.walk * 60.0)
        self.nobody_there = False
        self.hub.run(self.hub.now + self.chaos.minutes * 15.0)

    def _pages_live(self, desk: Desk) -> None:
        """A page that fills itself in is a sign of life; only some do so with nobody there."""
        process = desk.running
        if process is not None and not self.healed and (self._lives or not self.nobody_there):
            process.arrives(said.PageAlive(process.now()))
        self.hub.after(self.draw.uniform(30, 600), lambda: self._pages_live(desk))

    # The calm after it ------------------------------------------------------------------------

    def _calm(self) -> None:
        """Every fault ends, and what still runs goes on as it is: nobody helps it."""
        self.healed = True
        self.note("world", "calm")
        self._heal()
        for desk in self.desks:
            desk.computer.network.up = desk.computer.network.calm = True
            desk.computer.keychain.fault = None
            room_again(desk)
            self.start(desk)

    def _heal(self) -> None:
        member(self, active=True, roles=["member"])
        server_back(self)

    def _glance(self) -> None:
        """Somebody looks at the bars, as long as there are faults."""
        for desk in self.desks:
            self.glances.at_the_bar(desk, self.hub.now)
        if not self.healed:
            self.hub.after(GLANCE, self._glance)

    def _drain(self) -> None:
        """Liveness: each queue is empty soon, and the bar says nothing of an outage."""
        since: dict[str, float] = {}
        # What was under way is the last of the faults: nobody knows yet that it was lost.
        self.hub.run(self.hub.now + ANSWER_SECONDS)
        left, ends = list(self.desks), self.hub.now + HEALED_SECONDS
        while left and self.hub.now < ends:
            self.hub.run(self.hub.now + GLANCE)
            for desk in tuple(left):
                name, process = desk.computer.name, desk.running
                touched = self.touched.get(name)
                if (
                    process is None
                    or not process.state.known.device
                    or not is_soon_asked(process, touched)
                ):
                    since.pop(name, None)
                    continue
                began = since.setdefault(name, self.hub.now)
                if self.glances.at_the_queue(desk, began, self.hub.now):
                    left.remove(desk)
        assert not left, "nobody got in, in calm weather"
        self.tally.seen += self.glances.seen

    def _restart_all(self) -> None:
        """What is on the disk is enough to go on with."""
        for desk in self.desks:
            self.crash(desk)
            self.start(desk)

    def _settled(self) -> bool:
        """Whether nothing waits any more, with someone at work at each computer."""
        for desk in self.desks:
            process = desk.running
            if process is None or not isinstance(process.state.phase, s.Active):
                return False
            if process.state.phase.session.case is not None:
                return False
            known = process.state.known
            if known.sending.attempt or known.sending.due is not None:
                return False
            if known.sending.changes != waiting_for_trust(process):
                return False
            if process.state.phase.session.awaiting_server:
                return False
        return True

    def _reckon(self) -> None:
        stuck = [d.computer.name for d in self.desks if d.running is None]
        assert not stuck, f"not running: {stuck}"
        for desk in self.desks:
            assert desk.running is not None
            phase = desk.running.state.phase
            assert isinstance(phase, s.Active), f"{desk.computer.name} is stuck at {phase}"
        assert self._settled(), "something still waits, in calm weather"
        queued = {
            desk.computer.name: waiting_for_trust(desk.running)
            for desk in self.desks
            if desk.running is not None
        }
        self.tally.seen += self.ledger.judge(self.server.state, queued)
        self._no_patient_in_plain_files()
        self._nobody_is_treated()

    def _nobody_is_treated(self) -> None:
        for treated in self.treated.values():
            treated.is_over()
            self.tally.seen += treated.seen

    def _no_patient_in_plain_files(self) -> None:
        """T3: search every byte of every profile."""
        with self.server.state.unit() as db:
            names = [row.encode() for row in db.scalars(select(Appointment.patient))]
        for desk in self.desks:
            for path in sorted(desk.computer.profile.data.rglob("*")):
                raw = path.read_bytes() if path.is_file() else b""
                assert not any(name in raw for name in names), f"a patient lies in {path.name}"

    def note(self, who: str, what: str) -> None:
        self.trace.append(f"{self.hub.now:10.3f} {who}: {what}")


def waiting_for_trust(process: Process) -> int:
    """How many changes are somebody's whose own login was taken away: they wait for its trust.

    What was set on the shared account never does, in calm weather: its code was given again.
    """
    outbox, known = process.outbox, process.state.known
    if not isinstance(outbox, Outbox):
        return 0
    found = outbox.queued(limit=10_000)
    if isinstance(found, Fault):
        return 0
    own = {each for each in HOLDERS if not isinstance(trust_of(known, each), Trust)}
    return sum(each.account in own for each in found)
