"""Law 10: the core has no room for a secret, and a whole day shows none anywhere."""

import importlib
import pkgutil
import traceback
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

import kiosk.session
from kiosk.app.effects import Effects
from kiosk.app.lanes import Lanes, Name
from kiosk.app.runtime import Runtime, Transition
from kiosk.app.slots import Secret, Slots
from kiosk.app.trace import line_of
from kiosk.local.log import Log
from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.day import Day
from kiosk.session.model.intents import Ticket
from kiosk.session.model.session import PageFault
from kiosk.session.model.trust import NoTrust
from kiosk.session.pages.views import View
from kiosk.session.step import first
from tests.app.test_effects import ACCEPTED, STARTED
from tests.support import worlds as w
from tests.support.fake_ports import Noon, World, fake_ports
from tests.support.vocabulary import classes, fields_of

SECRETIVE = ("password", "code", "page", "token", "secret", "pin", "key", "address", "url")
HARMLESS = {"keys_lost"}
PASSWORD, CODE, ADDRESS = "canary-password-91", "736251", "canary-7c1f"
CANARIES = (PASSWORD, CODE, ADDRESS, "canary-in-an-exception")

MODULES = [
    importlib.import_module(found.name)
    for found in pkgutil.walk_packages(kiosk.session.__path__, "kiosk.session.")
    # What a port returns is put into a slot before the core hears of it; what a site remembers goes
    # between the page and the disk, past the core.
    if found.name not in ("kiosk.session.ports", "kiosk.session.model.carried")
]
KINDS = [kind for module in MODULES for kind in classes(module)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_value_of_the_core_has_room_for_a_secret(kind: type) -> None:
    """What is named like a secret holds a ticket, a stable code or a page's state: never a text."""
    for name, hint in fields_of(kind).items():
        if name in HARMLESS or kind.__module__ == "kiosk.session.pages.views":
            continue
        if any(word in name for word in SECRETIVE):
            assert hint in (Ticket, Ticket | None) or "Code" in str(hint), f"{name}: {hint}"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_a_site_remembers_is_in_no_value_of_the_core(kind: type) -> None:
    """Its cookies are secrets, and its storage may hold patients (law 10)."""
    assert not any("model.carried" in str(hint) for hint in fields_of(kind).values())


def test_the_core_was_found() -> None:
    assert {s.State, s.Session, replies.SessionStarted, do.AnswerCode} <= set(KINDS)


class Listening:
    """A kiosk without a screen: runtime, effects and lanes over fakes; writes down all it sees."""

    def __init__(self, log: Log) -> None:
        self.world, self.slots, self.log = World(), Slots[Secret](), log
        self.days = Slots[Day]()
        self.said: list[str] = []
        self.lanes = Lanes(self.unexpected)
        ports = fake_ports(self.world)
        self.effects = Effects(
            lanes=self.lanes,
            slots=self.slots,
            days=self.days,
            words=Slots[str](),
            clock=Noon(),
            open_ports=lambda: ports,
            post=self.post,
            show_page=lambda ticket: self.slots.drop(ticket),
            show_day=lambda ticket: self.days.drop(ticket),
            close_page=lambda _finished: None,
            tell_reader=lambda _: None,
            tell_page=lambda _: None,
            keep_painted=lambda _: None,
            unexpected=self.unexpected,
        )
        state, self.start = first(w.PLACE, None)
        self.runtime = Runtime(
            state,
            now=lambda: w.NOON,
            idle=lambda: timedelta(0),
            perform=self.perform,
            show=self.show,
            wake=lambda _: None,
            unexpected=self.unexpected,
            stepped=self.stepped,
        )
        self.posted: list[said.Event] = []

    def stepped(self, taken: Transition) -> None:
        self.log.hold(line_of(taken))
        self.log.write_held()

    def unexpected(self, error: BaseException) -> None:
        assert "canary" in "".join(traceback.format_exception(error))
        self.log.crash(error)

    def post(self, event: said.Event) -> None:
        self.posted.append(event)

    def perform(self, effect: do.Effect) -> None:
        self.said.append(repr(effect))
        self.effects.perform(effect)

    def show(self, page: View, state: s.State) -> None:
        self.said += [repr(page), repr(state)]

    def wants(self, intent: want.Intent, answer: object) -> None:
        """Ask, let the lanes answer that, and hear the answers."""
        self.world.answer = answer
        self.said.append(repr(intent))
        self.runtime.ask(intent)
        self.hear()

    def hear(self) -> None:
        for name in Name:
            through = Event()
            self.lanes.do(name, through.set)
            assert through.wait(10)
        while self.posted:
            event = self.posted.pop(0)
            self.said.append(repr(event))
            self.runtime.post(event)


@pytest.mark.parametrize("answer", ["yes", "a bug"])
def test_a_whole_day_shows_no_secret_anywhere(tmp_path: Path, answer: str) -> None:
    log = Log(tmp_path / "kiosk.log", lambda: w.NOON)
    kiosk = Listening(log)
    kiosk.lanes.start()
    kiosk.world.answer = replies.StartupState(None, None, NoTrust.NEVER, None, "", 1)
    kiosk.runtime.begin(kiosk.start)
    kiosk.hear()
    bug = ValueError("canary-in-an-exception " + PASSWORD + CODE + ADDRESS)
    yes = answer == "yes"
    kiosk.wants(want.PlaceGiven(w.PLACE), None)
    for opened in (w.challenge(Purpose.JOIN),) if yes else (bug, w.challenge(Purpose.JOIN)):
        kiosk.wants(want.AccountGiven("desk@x.example", kiosk.slots.put(PASSWORD)), None)
        kiosk.wants(want.SecurePlaceAffirmed(), opened)
    kiosk.wants(want.ApproverChosen(w.RIVERA.id), w.delivery())
    if not yes:
        kiosk.wants(want.CodeGiven(kiosk.slots.put(CODE)), bug)
        assert isinstance(kiosk.runtime.state.phase, s.AskingAccount)
    else:
        kiosk.wants(want.CodeGiven(kiosk.slots.put(CODE)), ACCEPTED)
        kiosk.wants(want.Continued(), None)
        for started in (bug, STARTED):
            kiosk.world.answers["start_session"] = started
            kiosk.wants(want.TileTapped(w.MARIA.id), None)
        kiosk.runtime.post(said.PageFailed(w.NOON, PageFault.NETWORK))
        for page in (bug, f"https://xchart.example/{ADDRESS}"):
            kiosk.world.answers["page_for"] = page
            kiosk.wants(want.RetryWanted(), None)
            if page is bug:
                kiosk.wants(want.TileTapped(w.MARIA.id), None)
                kiosk.runtime.post(said.PageFailed(w.NOON, PageFault.NETWORK))
        assert isinstance(kiosk.runtime.state.phase, s.Active)
    kiosk.lanes.finish(10)
    assert len(kiosk.slots) == 0
    said_and_logged = "\n".join([*kiosk.said, repr(kiosk.slots)])
    logged = log.path.read_text("ascii")
    said_and_logged += logged
    assert "step AccountGiven | " in logged
    assert "withheld" not in logged
    assert [canary for canary in CANARIES if canary in said_and_logged] == []
