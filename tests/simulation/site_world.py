"""A seed at a site that has only a web sign-in: the same people, troubles and judge over its pages.

Beside the laws of every world: at most one password by itself for a press, counted on the disk
before the site has it, whoever is killed; none after a no; and after an outage whoever stands there
has the page by itself, and no page that is in use is loaded anew.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from functools import partial
from random import Random

from kiosk.local.profile import Profile, open_profile, replace_file
from kiosk.local.settings import render
from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import state as s
from kiosk.session.model.session import PageFault
from kiosk.sync.records.chain import line_of, verify
from kiosk.sync.records.ledger import open_ledger
from kiosk.sync.web.terms import account_of
from tests.simulation.liveness import GLANCE
from tests.simulation.network import Cable
from tests.simulation.people import HOLDERS, Hands, Told
from tests.simulation.presses import Presses
from tests.simulation.process import Computer, Process
from tests.simulation.site_pages import CALL_SECONDS, Side
from tests.simulation.site_process import SHOWN_SECONDS, SiteProcess
from tests.simulation.site_troubles import SITE_TROUBLES, healed
from tests.simulation.template import ROOMS
from tests.simulation.troubles import Desk
from tests.simulation.world import HEALED_SECONDS, World
from tests.support.fake_keychain import FakeKeychain
from tests.support.fake_site import EMAIL, FakeSite
from tests.support.site_kiosk import SETTINGS, SITE

AGAIN_SECONDS = 5.0
"""As promised; not the kiosk's own number, which is what is judged."""
OPEN_WITHIN = AGAIN_SECONDS + 2 * GLANCE + 4 * CALL_SECONDS + SHOWN_SECONDS
"""Seconds from the end of an outage: the wait, a tick either side, and the calls themselves."""
ON_THE_PAGE = 0.3
"""How often whoever is at work does something on the page itself."""
JOINING_STEPS = 60


class SiteWorld(World):
    """Everything of one seed at a site."""

    def _furnish(self) -> None:
        self.sides: dict[str, Side] = {}
        self._back_since: dict[str, float] = {}
        self._days = self.draw.choice([0, 30])
        self._has_two_steps = self.draw.random() < 0.3
        self.desks += [self._new_desk(number) for number in range(self.chaos.kiosks)]

    def _new_desk(self, number: int) -> Desk:
        name = f"kiosk {number}"
        profile = open_profile(self.home / f"kiosk-{number}")
        assert isinstance(profile, Profile)
        place = replace(SETTINGS.place, operatory=ROOMS[number])
        site = replace(SITE, code_after_days=self._days)
        replace_file(profile.settings, render(replace(SETTINGS, place=place, site=site)))
        draw, cable = Random(f"desk {number} {self.chaos.seed}"), Cable()
        computer = Computer(name, self.hub, profile, FakeKeychain(), cable, place, draw)
        house = account_of(site, place.server, EMAIL).id
        fake = FakeSite(two_steps=self._has_two_steps)
        self.sides[name] = Side(cable, draw, Presses(profile.submissions), house, fake)
        self.ledger.durable[name] = []
        holders = {
            account_of(site, place.server, email).id: (email, pin)
            for email, pin in HOLDERS.values()
        }
        return Desk(computer, Hands(draw, place, SITE.assistants, holders))

    def _shut(self) -> None:
        """There is no server."""

    def live(self) -> None:
        """Everybody joins in calm weather; then the day."""
        for desk in self.desks:
            self.start(desk)
        self._join()
        super().live()

    def _join(self) -> None:
        for _ in range(JOINING_STEPS):
            self.hub.run(self.hub.now + 3)
            for desk in self.desks:
                process = desk.running
                if process is None or isinstance(process.state.phase, s.AtLogin):
                    continue
                wish = desk.hands.next_wish(process, self._told(desk), helpful=True)
                if wish is not None:
                    process.asks(wish)
        for desk in self.desks:
            assert desk.running is not None
            assert isinstance(desk.running.state.phase, s.AtLogin), desk.running.state.phase

    def _process(self, desk: Desk) -> Process:
        durable = partial(self._durable, desk.computer.name)
        side = self.sides[desk.computer.name]
        return SiteProcess(desk.computer, side, durable, partial(self._looked, desk))

    def crash(self, desk: Desk) -> None:
        super().crash(desk)
        self.sides[desk.computer.name].presses.are_counted()

    def _told(self, desk: Desk) -> Told:
        return self.sides[desk.computer.name]

    def _at_the_chair(self, desk: Desk) -> None:
        process = desk.running
        if isinstance(process, SiteProcess) and not self.nobody_there:
            phase = process.state.phase
            shown = isinstance(phase, s.Active) and phase.session.shown
            wants = isinstance(phase, s.Active) and phase.session.wants is not None
            if shown and (wants or (not self.healed and self.draw.random() < ON_THE_PAGE)):
                self.note(desk.computer.name, "works on the page")
                process.works_on_page()
        super()._at_the_chair(desk)

    def _looked(self, desk: Desk, event: said.Event, effects: tuple[do.Effect, ...]) -> None:
        super()._looked(desk, event, effects)
        process = desk.running
        if process is not None:
            presses = self.sides[desk.computer.name].presses
            presses.stepped(event, effects, process.runtime.judge.state.phase)

    @property
    def _troubles(self) -> Mapping[str, Callable[[Desk, Random], None]]:
        def struck(kind: str) -> Callable[[Desk, Random], None]:
            strike = SITE_TROUBLES[kind]
            return lambda desk, draw: strike(self, self.sides[desk.computer.name], desk, draw)

        return {kind: struck(kind) for kind in SITE_TROUBLES}

    def _heal(self) -> None:
        for side in self.sides.values():
            healed(side)

    def _glance(self) -> None:
        for desk in self.desks:
            self._at_the_page(desk)
        self.hub.after(GLANCE, self._glance)

    def _at_the_page(self, desk: Desk) -> None:
        """After an outage it is there by itself, where nobody has to do anything for it."""
        name, process = desk.computer.name, desk.running
        side = self.sides[name]
        side.settle()
        phase = process.state.phase if process is not None else None
        session = phase.session if isinstance(phase, s.Active) else None
        down = side.site.down != 0
        if session is None or session.shown or down or not self._opens(side, session):
            self._back_since.pop(name, None)
            return
        since = self._back_since.setdefault(name, self.hub.now)
        waited = self.hub.now - since
        assert waited <= OPEN_WITHIN, f"{name}: the site is back, and no page for {waited} s"
        self.tally.seen["looked for a page"] += 1

    def _opens(self, side: Side, session: s.Session) -> bool:
        """Whether the page opens without anybody: it was away, and the site lets it in."""
        away = session.reach is not None or session.failed is PageFault.NETWORK
        return away and side.site_of(session.account.id).signed_in

    def _drain(self) -> None:
        """Nothing goes up: whoever wants to get in gets in, and the page is there."""
        self.hub.run(self.hub.now + HEALED_SECONDS, lambda: not self._settled())
        assert self._settled(), "nobody got in, in calm weather"

    def _settled(self) -> bool:
        for desk in self.desks:
            process = desk.running
            phase = process.state.phase if process is not None else None
            if not isinstance(phase, s.Active):
                return False
            session = phase.session
            if not session.shown or session.wants is not None or session.case is not None:
                return False
        return True

    def _reckon(self) -> None:
        assert self._settled(), "somebody is not at work, in calm weather"
        for desk in self.desks:
            side = self.sides[desk.computer.name]
            side.presses.are_counted()
            self.tally.seen += side.presses.seen
            self._records(desk)
            self._no_secret_in_plain_files(desk, side)
        self._nobody_is_treated()

    def _records(self, desk: Desk) -> None:
        """Laws 4 and 11, over the file as it lies there."""
        name = desk.computer.name
        with open_ledger(desk.computer.profile.audit) as ledger:
            verdict = verify(ledger, None)
        with open_ledger(desk.computer.profile.audit) as ledger:
            there = {each.sequence: each for each, _ in ledger.lines}
        assert not verdict.findings, f"{name}: {verdict.findings}"
        for record, _ in self.ledger.durable[name]:
            assert there.get(record.sequence) == line_of(record), (
                f"{name}: {line_of(record)} lies there as {there.get(record.sequence)}"
            )
            self.tally.seen["records"] += 1
        for each in there.values():
            truth = self.ledger.actors.get((each.device, each.sequence, each.at))
            assert truth is None or truth == each.actor, f"{name}: {asdict(each)}"

    def _no_secret_in_plain_files(self, desk: Desk, side: Side) -> None:
        """Law 10: search every byte of the profile."""
        secrets = [each.encode() for each in (*side.secrets, EMAIL)]
        for path in sorted(desk.computer.profile.data.rglob("*")):
            raw = path.read_bytes() if path.is_file() else b""
            assert not any(each in raw for each in secrets), f"a secret lies in {path.name}"
