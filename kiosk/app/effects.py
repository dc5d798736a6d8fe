"""Carrying out what the core decided: each effect through a port, on a lane, answered by an event.

A port call that raises is a bug: it is logged once, and the attempt is answered with a fault, so
that nobody waits for ever.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from kiosk.app.lanes import Lanes, Name
from kiosk.app.slots import Secret, Slots, digits_in, text_in, wipe
from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model.day import Day
from kiosk.session.model.effects import Effect
from kiosk.session.model.events import Event
from kiosk.session.model.intents import Ticket
from kiosk.session.model.painted import Painted
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Fault, Reach, Refusal
from kiosk.session.ports import (
    Badges,
    Days,
    Later,
    Listening,
    No,
    Pins,
    Posting,
    Recollection,
    Records,
    Server,
    TrustedTime,
)


@dataclass(frozen=True, slots=True)
class Unopened:
    """Why there are no ports. ``detail`` names the place to mend, where there is one."""

    fault: Fault
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Ports:
    """What the lanes work with; made on the local lane, after the first paint.

    ``close`` lets go of the files, for whoever is not a process that ends.
    """

    recollection: Recollection
    records: Records
    sign_in: Server
    pins: Pins
    badges: Badges
    listening: Listening
    posting: Posting
    days: Days
    close: Callable[[], None] = lambda: None


class Effects:
    """Takes effects on the main thread; answers through ``post``, which any thread may call.

    ``open_ports`` is called once, on the local lane. ``words`` holds what Xchart's page said.
    ``show_page``, ``show_day``, ``close_page``, ``tell_reader``, ``tell_page`` and ``keep_painted``
    belong to the main thread.
    """

    def __init__(
        self,
        lanes: Lanes,
        slots: Slots[Secret],
        days: Slots[Day],
        words: Slots[str],
        clock: TrustedTime,
        open_ports: Callable[[], Ports | Unopened],
        post: Callable[[Event], None],
        show_page: Callable[[Ticket], None],
        show_day: Callable[[Ticket], None],
        close_page: Callable[[], None],
        tell_reader: Callable[[bool], None],
        tell_page: Callable[[do.AnswerPage | do.TurnPageBack], None],
        keep_painted: Callable[[Painted], None],
        unexpected: Callable[[BaseException], None],
    ) -> None:
        self._lanes = lanes
        self._slots = slots
        self._days = days
        self._words = words
        self._clock = clock
        self._open_ports = open_ports
        self._post = post
        self._show_page = show_page
        self._show_day = show_day
        self._close_page = close_page
        self._tell_reader = tell_reader
        self._tell_page = tell_page
        self._keep_painted = keep_painted
        self._unexpected = unexpected
        self._ports: Ports | None = None

    def perform(self, effect: Effect) -> None:
        """Carry it out, or put it on its lane."""
        match effect:
            case do.ReadMemory():
                self._on(Name.LOCAL, effect.attempt, lambda: self._read_memory(effect))
            case do.KeepRecord():
                self._on(Name.LOCAL, effect.attempt, lambda: self._keep_record(effect))
            case do.ForgetTrust():
                self._on(Name.LOCAL, 0, lambda: self._forget_trust(effect))
            case do.OpenChallenge():
                self._on(Name.SIGN_IN, effect.attempt, lambda: self._open_challenge(effect))
            case do.ReadInvitation():
                self._on(Name.SIGN_IN, effect.attempt, lambda: self._read_invitation(effect))
            case do.AcceptInvitation():
                self._on(Name.SIGN_IN, effect.attempt, lambda: self._accept_invitation(effect))
            case do.TextCode():
                self._on(Name.SIGN_IN, effect.attempt, lambda: self._text_code(effect))
            case do.AnswerCode():
                self._on(Name.SIGN_IN, effect.attempt, lambda: self._answer_code(effect))
            case do.SealPin():
                self._on(Name.SIGN_IN, effect.attempt, lambda: self._seal_pin(effect))
            case do.ExpectPin():
                self._on(Name.SIGN_IN, 0, lambda: self._expect_pin(effect))
            case do.OpenSeal():
                self._on(Name.SIGN_IN, effect.attempt, lambda: self._open_seal(effect))
            case do.ConfirmPin():
                self._on(Name.SIGN_IN, 0, lambda: self._confirm_pin(effect))
            case do.Reseal():
                if self._ports is not None and not effect.account_id:
                    # The computer sleeps in a moment: not behind a call that may take seconds.
                    self._ports.pins.close("")
                self._on(Name.SIGN_IN, 0, lambda: self._reseal(effect))
            case do.ForgetOwn():
                self._on(Name.LOCAL, 0, lambda: self._forget_own(effect))
                self._on(Name.SYNC, 0, lambda: self._disown(effect))
            case do.StartSession():
                self._on(Name.SIGN_IN, effect.attempt, lambda: self._start_session(effect))
                if effect.strength is Strength.PIN:
                    # Behind its answer: nobody waits for the keychain.
                    self._on(Name.SIGN_IN, 0, self._settle_pins)
            case do.RenewPassword():
                self._on(Name.SIGN_IN, effect.attempt, lambda: self._renew_password(effect))
            case do.AskForPage():
                self._on(Name.SIGN_IN, effect.attempt, lambda: self._ask_for_page(effect))
            case do.FindBadge():
                self._on(Name.LOCAL, effect.attempt, lambda: self._find_badge(effect))
            case do.TellReader(taken=taken):
                self._tell_reader(taken)
            case do.EndSession():
                self._on(Name.SIGN_IN, 0, lambda: self._end_session(effect))
            case do.FetchChanges():
                self._on(Name.NEWS, effect.attempt, lambda: self._fetch_changes(effect))
            case do.SendQueued():
                self._on(Name.SYNC, effect.attempt, lambda: self._send_queued(effect))
            case do.ReadDay():
                self._on(Name.LOCAL, effect.attempt, lambda: self._read_day(effect))
            case do.ShowDay(day=day):
                self._show_day(day)
            case do.KeepPainted(painted=painted):
                self._keep_painted(painted)
            case do.ShowPage(page=page):
                self._show_page(page)
            case do.ClosePage():
                self._close_page()
            case do.AnswerPage() | do.TurnPageBack():
                self._tell_page(effect)
            case do.DropSecret(ticket=ticket):
                self._slots.drop(ticket)
                self._days.drop(ticket)
                self._words.drop(ticket)
            case _:
                assert_never(effect)

    def _on(self, name: Name, attempt: int, job: Callable[[], Event | None]) -> None:
        def run() -> None:
            try:
                answer = job()
            except BaseException as error:  # an answer is owed to whoever waits
                self._unexpected(error)
                answer = said.Faulted(self._now(), attempt, Fault.UNEXPECTED) if attempt else None
            if answer is not None:
                self._post(answer)

        self._lanes.do(name, run)

    def _now(self) -> datetime:
        return self._clock.now()

    def _ready(self) -> Ports:
        if self._ports is None:
            raise RuntimeError("an effect came before the memory was read")
        return self._ports

    def _no(self, attempt: int, no: No) -> said.Refused | said.Unreached | said.Faulted:
        match no:
            case Refusal():
                return said.Refused(self._now(), attempt, no)
            case Reach():
                return said.Unreached(self._now(), attempt, no)
            case Fault():
                return said.Faulted(self._now(), attempt, no)

    def _read_memory(self, effect: do.ReadMemory) -> Event:
        if self._ports is None:
            opened = self._open_ports()
            if isinstance(opened, Unopened):
                return said.Faulted(self._now(), effect.attempt, opened.fault, opened.detail)
            self._ports = opened
        memory = self._ports.recollection.memory()
        if isinstance(memory, Fault):
            return said.Faulted(self._now(), effect.attempt, memory)
        return said.MemoryRead(self._now(), effect.attempt, memory)

    def _keep_record(self, effect: do.KeepRecord) -> Event | None:
        fault = self._ready().records.keep(effect.record, effect.command)
        if not effect.attempt:
            return None
        if fault is not None:
            return said.Faulted(self._now(), effect.attempt, fault)
        return said.RecordKept(self._now(), effect.attempt)

    def _forget_trust(self, effect: do.ForgetTrust) -> Event | None:
        self._ready().recollection.forget_trust(effect.account_id)
        return None

    def _open_challenge(self, effect: do.OpenChallenge) -> Event:
        password = None if effect.password is None else text_in(self._slots.take(effect.password))
        told = self._ready().sign_in.open_challenge(effect, password)
        if isinstance(told, Refusal | Reach | Fault):
            return self._no(effect.attempt, told)
        return said.ChallengeOpened(self._now(), effect.attempt, told)

    def _read_invitation(self, effect: do.ReadInvitation) -> Event:
        link = text_in(self._slots.take(effect.link))
        told = self._ready().sign_in.read_invitation(effect.place, link)
        if isinstance(told, Refusal | Reach | Fault):
            return self._no(effect.attempt, told)
        return said.InvitationRead(self._now(), effect.attempt, told)

    def _accept_invitation(self, effect: do.AcceptInvitation) -> Event:
        password = text_in(self._slots.take(effect.password))
        no = self._ready().sign_in.accept_invitation(password, effect.phone)
        if no is not None:
            return self._no(effect.attempt, no)
        # It is the first factor of the joining that follows.
        again = self._slots.put(password)
        return said.InvitationAccepted(self._now(), effect.attempt, again)

    def _text_code(self, effect: do.TextCode) -> Event:
        told = self._ready().sign_in.text_code(effect.challenge_id, effect.approver_id)
        if isinstance(told, Refusal | Reach | Fault):
            return self._no(effect.attempt, told)
        return said.CodeTexted(self._now(), effect.attempt, told)

    def _answer_code(self, effect: do.AnswerCode) -> Event:
        code = text_in(self._slots.take(effect.code))
        told = self._ready().sign_in.answer_code(
            effect.challenge_id, effect.purpose, code, effect.approver_id
        )
        if isinstance(told, Refusal | Reach | Fault):
            return self._no(effect.attempt, told)
        return said.CodeAccepted(self._now(), effect.attempt, told.trust, told.grant, told.device)

    def _seal_pin(self, effect: do.SealPin) -> Event:
        pin, again = (digits_in(self._slots.take(each)) for each in (effect.pin, effect.again))
        try:
            no = self._ready().pins.seal(effect.account_id, pin, again)
        finally:
            wipe(pin)
            wipe(again)
        if no is not None:
            return self._no(effect.attempt, no)
        return said.PinKept(self._now(), effect.attempt, effect.account_id)

    def _open_seal(self, effect: do.OpenSeal) -> Event:
        pin = digits_in(self._slots.take(effect.pin))
        try:
            no = self._ready().pins.open(effect.account_id, pin, away=effect.away)
        finally:
            wipe(pin)
        if no is not None:
            return self._no(effect.attempt, no)
        return said.Unsealed(self._now(), effect.attempt, effect.account_id)

    def _expect_pin(self, effect: do.ExpectPin) -> Event | None:
        self._ready().pins.expect(effect.account_id, away=effect.away)
        return None

    def _settle_pins(self) -> Event | None:
        self._ready().pins.settle()
        return None

    def _confirm_pin(self, effect: do.ConfirmPin) -> Event | None:
        self._ready().pins.confirm(effect.account_id)
        return None

    def _find_badge(self, effect: do.FindBadge) -> Event:
        numbers, marks = text_in(self._slots.take(effect.badge)).split("\n"), list[str]()
        for number in numbers:
            told = self._ready().badges.mark(number)
            if isinstance(told, Fault):
                return self._no(effect.attempt, told)
            marks.append(told)
        return said.BadgeFound(self._now(), effect.attempt, tuple(marks))

    def _reseal(self, effect: do.Reseal) -> Event | None:
        self._ready().pins.close(effect.account_id)
        return None

    def _forget_own(self, effect: do.ForgetOwn) -> Event | None:
        self._ready().recollection.forget_own(effect.account_id)
        return None

    def _disown(self, effect: do.ForgetOwn) -> Event | None:
        # Told as well as may be: without its token the trust there is worth nothing.
        self._ready().posting.drop_trust(effect.account_id)
        return None

    def _start_session(self, effect: do.StartSession) -> Event:
        told = self._ready().sign_in.start_session(
            effect.account_id, effect.person_id, effect.strength
        )
        if isinstance(told, Refusal | Reach | Fault):
            return self._no(effect.attempt, told)
        page = self._slots.put(told.page)
        return said.SessionStarted(
            self._now(), effect.attempt, told.session_id, told.trust, told.grant, page
        )

    def _renew_password(self, effect: do.RenewPassword) -> Event:
        password = text_in(self._slots.take(effect.password))
        no = self._ready().sign_in.renew_password(effect.account_id, password)
        if no is not None:
            return self._no(effect.attempt, no)
        return said.PasswordRenewed(self._now(), effect.attempt)

    def _ask_for_page(self, effect: do.AskForPage) -> Event:
        told = self._ready().sign_in.page_for(effect.session_id)
        if isinstance(told, Refusal | Reach | Fault):
            return self._no(effect.attempt, told)
        return said.PageGranted(self._now(), effect.attempt, self._slots.put(told))

    def _end_session(self, effect: do.EndSession) -> Event | None:
        self._ready().sign_in.end_session(effect.session_id)
        return None

    def _fetch_changes(self, effect: do.FetchChanges) -> Event:
        told = self._ready().listening.news(effect.account_id)
        if isinstance(told, Later):
            return self._later(effect.attempt, told)
        return said.ChangesFetched(
            self._now(), effect.attempt, told.grant, told.again_at, told.day_changed
        )

    def _send_queued(self, effect: do.SendQueued) -> Event:
        told = self._ready().posting.send(effect.account_id)
        if isinstance(told, Later):
            return self._later(effect.attempt, told)
        if told.conflicts or told.refused:
            # Somebody was first; or the server was put back to an older copy, which counts on
            # from there, and what is on show here never was.
            self._ready().listening.doubt()
        return said.Sent(self._now(), effect.attempt, told.changes, told.conflicts, told.refused)

    def _later(self, attempt: int, later: Later) -> Event:
        # None of the three waits for another's time: a keychain that opens is soon noticed.
        return replace(self._no(attempt, later.why), again_at=later.again_at)

    def _read_day(self, effect: do.ReadDay) -> Event:
        ports = self._ready()
        found, unkept = ports.days.day(effect.account_id), ports.records.unkept
        if found is None:
            return said.DayRead(self._now(), effect.attempt, None, None, unkept)
        ticket = self._days.put(found.day)
        return said.DayRead(self._now(), effect.attempt, ticket, found.as_of, unkept)
