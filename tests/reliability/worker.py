"""``python -m tests.reliability.worker``: a kiosk without a screen, to be killed.

The real core, runtime, effects, lanes, ports, store and transport over a real profile; only the
screen is a hand that works on its own (``hand``), and the keychain a file. What it is about to
record, and what it was told is durable, goes to the standard output, a JSON line each: a pipe
keeps what was written when the writer is killed.
"""

import argparse
import json
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from queue import Empty, SimpleQueue

from kiosk.app.adapters import open_ports
from kiosk.app.effects import Effects, Ports, Unopened
from kiosk.app.lanes import Lanes, Name
from kiosk.app.runtime import Runtime
from kiosk.app.slots import Secret, Slots
from kiosk.local.clock import Clock, ComputerReadings
from kiosk.local.profile import Profile, open_profile
from kiosk.session.model import effects as do
from kiosk.session.model.audit import Record
from kiosk.session.model.case import CaseNote
from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.commands import Command
from kiosk.session.model.day import Day
from kiosk.session.model.events import Event, PageShown, said_by
from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import Place
from kiosk.session.model.refusals import Fault
from kiosk.session.model.replies import Delivered, No
from kiosk.session.model.state import State, Stopped
from kiosk.session.pages.views import View
from kiosk.session.ports import Records
from kiosk.session.step import first
from kiosk.sync.records.audit_store import count_unsent
from kiosk.sync.records.chain import line_of
from tests.reliability import windows
from tests.reliability.file_keychain import FileKeychain
from tests.reliability.hand import Deed, Hand

EMAIL = "frontdesk@lakeside.example"
PASSWORD = "sandbox-demo"
LOCATION = "Main Street"
LOOK_AGAIN = timedelta(seconds=0.2)
"""How long somebody at work waits for something to happen before looking up again."""


def tell(said: str, **more: object) -> None:
    """One line for the parent: whole, because it is shorter than a pipe's atomic write."""
    os.write(sys.stdout.fileno(), (json.dumps({"said": said, **more}) + "\n").encode())


def crashed(error: BaseException) -> None:
    """What must never happen."""
    tell("unexpected", what="".join(traceback.format_exception(error))[-3000:])


class ToldRecords:
    """The durable audit; says what was kept, as soon as its caller may know."""

    def __init__(self, records: Records) -> None:
        self._records = records

    @property
    def unkept(self) -> int:
        """How many records still wait for the disk."""
        return self._records.unkept

    def keep(self, record: Record, command: Command | None = None) -> Fault | None:
        """Make a record durable."""
        fault = self._records.keep(record, command)
        if fault is None:
            tell("kept", sequence=record.sequence)
        else:
            tell("not kept", sequence=record.sequence, fault=fault.value)
        return fault

    def keep_case(self, note: CaseNote | None) -> Fault | None:
        """As they do."""
        return self._records.keep_case(note)


class Worker:
    """One kiosk, from its start to its end."""

    def __init__(self, profile: Profile, keychain: FileKeychain, hand: Hand, acts: int) -> None:
        """``acts`` is how much people do; with none, it sends what waits and ends."""
        self._profile = profile
        self._keychain = keychain
        self._hand = hand
        self._acts = acts
        self._draining = acts == 0
        self._clock = Clock(ComputerReadings())
        self._lanes = Lanes(crashed)
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._slots, self._days = Slots[Secret](), Slots[Day]()
        self._day: Day | None = None
        self._deed: Deed | None = None
        self._sent = False
        self._wait = timedelta(0)
        self._effects = Effects(
            lanes=self._lanes,
            slots=self._slots,
            days=self._days,
            words=Slots[str](),
            clock=self._clock,
            open_ports=self._open_ports,
            post=self._events.put,
            show_page=self._show_page,
            show_day=self._show_day,
            close_page=lambda _finished: None,
            tell_reader=lambda _: None,
            tell_page=lambda _: None,
            keep_painted=lambda _: None,
            unexpected=crashed,
        )
        state, self._first = first(Place("", "", ""), None)
        self.runtime = Runtime(
            state,
            now=self._clock.now,
            idle=timedelta,
            perform=self._perform,
            show=self._show,
            wake=self._wake,
            unexpected=crashed,
        )

    def run(self) -> None:
        """Until everything is sent, or for ever: then it waits to be killed."""
        self._lanes.start()
        self.runtime.begin(self._first)
        while not (self._draining and self._sent and count_unsent(self._profile.audit) == 0):
            try:
                wait = min(self._wait, LOOK_AGAIN) / timedelta(seconds=1)
                event = self._events.get(timeout=wait)
            except Empty:
                self.runtime.tick()
                self._act()
                continue
            reply = said_by(event)
            self._sent = self._sent or isinstance(reply, Delivered)
            if isinstance(reply, No):
                tell("no", why=repr(event)[:500])
            self.runtime.post(event)
            if isinstance(self.runtime.state.phase, Stopped):
                tell("idle")  # it says whom to call, and nobody is at work here
            self._act()
        tell("drained")

    def _act(self) -> None:
        while self._acts:
            deed = self._hand.next(self.runtime.state, self._day)
            if deed is None:
                return
            self._acts -= 1
            # What it shows is old as soon as somebody did something.
            self._day = None
            self._deed = deed
            self.runtime.ask(deed.intent)
            self.runtime.tick()
            if not self._acts:
                tell("idle")

    def _perform(self, effect: do.Effect) -> None:
        if isinstance(effect, do.KeepRecord):
            command = None if effect.command is None else asdict(effect.command)
            if command is not None:
                del command["at"]
            by = self._deed.told() if self._deed else {}
            tell("wants", record=asdict(line_of(effect.record)), command=command, by=by)
        self._effects.perform(effect)

    def _open_ports(self) -> Ports | Unopened:
        opened = opened_ports(self._profile, self._clock, self._keychain, self._on_local)
        if isinstance(opened, Unopened):
            return opened
        return replace(opened, records=ToldRecords(opened.records))

    def _on_local(self, job: Callable[[], None]) -> None:
        self._lanes.do(Name.LOCAL, job)

    def _show(self, _view: View, _state: State) -> None:
        """There is no screen."""

    def _wake(self, after: timedelta) -> None:
        self._wait = after

    def _show_page(self, page: Ticket) -> None:
        self._slots.take(page)
        self._events.put(PageShown(self._clock.now()))

    def _show_day(self, day: Ticket) -> None:
        self._day = self._days.take(day)


def opened_ports(
    profile: Profile,
    clock: Clock,
    keychain: FileKeychain,
    on_local: Callable[[Callable[[], None]], None],
) -> Ports | Unopened:
    """The kiosk's own ports, on a keychain in a file."""
    return open_ports(profile, clock, clock.heard, on_local, keychain)


def join(profile: Profile, keychain: FileKeychain, place: Place) -> None:
    """The whole way in; the parent reads the code from the provider's phone."""
    clock = Clock(ComputerReadings())
    ports = opened_ports(profile, clock, keychain, lambda job: job())
    if isinstance(ports, Unopened):
        raise RuntimeError(ports.fault.value)
    challenge = ports.enrolment.open_challenge(Purpose.JOIN, place, EMAIL, PASSWORD)
    if not isinstance(challenge, Challenge):
        raise RuntimeError(str(challenge))
    ports.approval.text_code(place, challenge, challenge.approvers[0].id)
    tell("code wanted")
    accepted = ports.approval.answer_code(place, challenge, sys.stdin.readline().strip())
    tell("joined", device=getattr(accepted, "device", ""))


def main() -> None:
    """Parse the command line and be a kiosk."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability.worker")
    parser.add_argument("--profile", type=Path, required=True)
    parser.add_argument("--keychain", type=Path, required=True)
    parser.add_argument("--server", default="", help="join this one, then end")
    parser.add_argument("--operatory", required=True)
    parser.add_argument("--seed", default="")
    parser.add_argument("--acts", type=int, default=0)
    parser.add_argument("--die", choices=windows.KIOSK, help="in this window …")
    parser.add_argument("--count", type=int, default=1, help="… the n-th time that it opens")
    parser.add_argument("--pages", type=int, default=0, help="the disk is full beyond these")
    given = parser.parse_args()
    if given.die:
        windows.lay(given.die, given.count)
    if given.pages:
        windows.full_at(given.pages)
    profile, keychain = open_profile(given.profile), FileKeychain(given.keychain)
    if not isinstance(profile, Profile):
        raise SystemExit(profile.sentence)
    if given.server:
        join(profile, keychain, Place(given.server, LOCATION, given.operatory))
        return
    Worker(profile, keychain, Hand(given.seed, given.operatory), given.acts).run()


if __name__ == "__main__":
    main()
