"""Carrying out what the core decided: each effect through a port, on a lane, answered by an event.

``Effects.perform`` is the table: which lane, which call. A port call that raises is a bug: it is
logged once, and the attempt is answered with a fault, so that nobody waits for ever.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.app.lanes import Lanes, Name
from kiosk.app.slots import Secret, Slots, digits_in, text_in, wipe
from kiosk.session.model import effects as do
from kiosk.session.model.day import Day
from kiosk.session.model.effects import Effect
from kiosk.session.model.events import Answered, EndOwed, Event
from kiosk.session.model.intents import Ticket
from kiosk.session.model.painted import Painted
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Fault, Reason, Unreachable
from kiosk.session.model.replies import (
    BadgeFound,
    CaseKept,
    CredentialUnwrapped,
    DayRead,
    Delivered,
    InvitationAccepted,
    No,
    PageGranted,
    PasswordProved,
    PasswordRenewed,
    PinKept,
    RecordKept,
    Reply,
    RosterKept,
    SessionStarted,
)
from kiosk.session.model.terms import Roster
from kiosk.session.ports import (
    Approval,
    Badges,
    Days,
    Enrolment,
    Feed,
    Outbox,
    PinShares,
    Records,
    RosterStore,
    SignIn,
    SiteMemory,
    Started,
    StartupLoader,
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

    ``site_memory`` where a site's pages are to be remembered. ``close`` lets go of the files, for
    whoever is not a process that ends.
    """

    recollection: StartupLoader
    records: Records
    enrolment: Enrolment
    approval: Approval
    sign_in: SignIn
    pins: PinShares
    badges: Badges
    roster: RosterStore
    feed: Feed
    outbox: Outbox
    days: Days
    site_memory: SiteMemory | None = None
    close: Callable[[], None] = lambda: None


class Effects:
    """Takes effects on the main thread; answers through ``post``, which any thread may call.

    ``open_ports`` is called once, on the local lane. ``words`` holds what Xchart's page said.
    ``show_page``, ``show_day``, ``close_page``, ``tell_reader``, ``tell_page``, ``keep_painted``
    and ``start_again`` belong to the main thread; the last is for whoever has a process to end.
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
        close_page: Callable[[bool], None],
        tell_reader: Callable[[bool], None],
        tell_page: Callable[[do.AnswerPage | do.TurnPageBack], None],
        keep_painted: Callable[[Painted], None],
        unexpected: Callable[[BaseException], None],
        start_again: Callable[[do.StartAgain], Fault | None] = lambda _: None,
        protect_case: Callable[[bool], None] = lambda _: None,
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
        self._start_again = start_again
        self._protect_case = protect_case
        self._unexpected = unexpected
        self._ports: Ports | None = None

    def perform(self, effect: Effect) -> None:
        """Carry it out, or put it on its lane."""
        ask, sign_in, local = self._ask, Name.SIGN_IN, Name.LOCAL
        match effect:
            case do.LoadStartupState(attempt=n):
                self._put(local, n, self._read_memory)
            case do.KeepRecord(attempt=n, roster=Roster() as roster):
                ask(local, n, lambda to: keep_roster(to, effect, roster))
            case do.KeepRecord(attempt=n, record=record, command=command):
                ask(local, n, lambda to: to.records.keep(record, command) or RecordKept())
            case do.KeepCase(attempt=n, note=note):
                ask(local, n, lambda to: to.records.keep_case(note) or CaseKept())
            case do.ProtectCase(is_on=is_on):
                self._protect_case(is_on)
            case do.ProvePassword(attempt=n):
                ask(local, n, lambda to: self._prove_password(to, effect))
            case do.ReadDay(attempt=n, account_id=whose):
                ask(local, n, lambda to: self._read_day(to, whose))
            case do.FindBadge(attempt=n, badge=badge):
                ask(local, n, lambda to: self._find_badge(to, badge))
            case do.ForgetTrust(account_id=whose):
                ask(local, 0, lambda to: to.recollection.forget_trust(whose))
            case do.ForgetOwn(account_id=whose):
                ask(local, 0, lambda to: to.recollection.forget_own(whose))
                # Told as well as may be: without its token the trust there is worth nothing.
                ask(Name.SYNC, 0, lambda to: to.outbox.drop_trust(whose))
            case do.OpenEnrolment(attempt=n):
                ask(sign_in, n, lambda to: self._open_enrolment(to, effect))
            case do.OpenChallenge(attempt=n, purpose=purpose, account_id=whose):
                ask(sign_in, n, lambda to: to.approval.open_challenge(purpose, whose))
            case do.ReadInvitation(attempt=n, place=place, link=link):
                ask(sign_in, n, lambda to: to.enrolment.read_invitation(place, self._seen(link)))
            case do.AcceptInvitation(attempt=n):
                ask(sign_in, n, lambda to: self._accept_invitation(to, effect))
            case do.TextCode(attempt=n, place=place, challenge=challenge, approver_id=whose):
                ask(sign_in, n, lambda to: to.approval.text_code(place, challenge, whose))
            case do.AnswerCode(attempt=n):
                ask(sign_in, n, lambda to: self._answer_code(to, effect))
            case do.Rehearse(attempt=n, account_id=whose):
                ask(sign_in, n, lambda to: to.enrolment.rehearse(whose))
            case do.RenewPassword(attempt=n):
                ask(sign_in, n, lambda to: self._renew_password(to, effect))
            case do.SealPin(attempt=n):
                ask(sign_in, n, lambda to: self._seal_pin(to, effect))
            case do.ExpectPin(account_id=whose, away=away):
                ask(sign_in, 0, lambda to: to.pins.expect(whose, away=away))
            case do.UnwrapCredential(attempt=n):
                ask(sign_in, n, lambda to: self._open_seal(to, effect))
            case do.ConfirmPin(account_id=whose):
                ask(sign_in, 0, lambda to: to.pins.confirm(whose))
            case do.LockCredential(account_id=whose):
                if self._ports is not None and not whose:
                    # The computer sleeps in a moment: not behind a call that may take seconds.
                    self._ports.pins.close("")
                ask(sign_in, 0, lambda to: to.pins.close(whose))
            case do.StartSession(attempt=n, strength=strength):
                ask(sign_in, n, lambda to: self._start_session(to, effect))
                if strength is Strength.PIN:
                    # Behind its answer: nobody waits for the keychain.
                    ask(sign_in, 0, lambda to: to.pins.settle())
            case do.AskForPage(attempt=n):
                ask(sign_in, n, lambda to: self._page_for(to, effect))
            case do.EndSession(session_id=session):
                ask(sign_in, 0, lambda to: self._end_session(to, session))
            case do.FetchChanges(attempt=n, account_id=whose):
                ask(Name.NEWS, n, lambda to: to.feed.news(whose))
            case do.SendQueued(attempt=n, account_id=whose):
                ask(Name.SYNC, n, lambda to: self._send_queued(to, whose))
            case do.StartAgain(attempt=n):
                fault = self._start_again(effect)
                if fault is not None:
                    self._post(Answered(self._clock.now(), n, No(fault)))
            case do.TellReader(taken=taken):
                self._tell_reader(taken)
            case do.ShowDay(day=day):
                self._show_day(day)
            case do.KeepPainted(painted=painted):
                self._keep_painted(painted)
            case do.ShowPage(page=page):
                self._show_page(page)
            case do.ClosePage(finished=finished):
                self._close_page(finished)
            case do.AnswerPage() | do.TurnPageBack():
                self._tell_page(effect)
            case do.DropSecret(ticket=ticket):
                self._slots.drop(ticket)
                self._days.drop(ticket)
                self._words.drop(ticket)

    def _ask(
        self, name: Name, attempt: int, call: Callable[[Ports], Reply | Reason | None]
    ) -> None:
        """Put a port's call on its lane."""
        self._put(name, attempt, lambda: call(self._ready()))

    def _put(self, name: Name, attempt: int, job: Callable[[], Reply | Reason | None]) -> None:
        """Do it on that lane; what comes of it is told where it has a number."""

        def run() -> None:
            reply: Reply | Reason | None
            try:
                reply = job()
            except BaseException as error:  # an answer is owed to whoever waits
                self._unexpected(error)
                reply = Fault.UNEXPECTED
            if isinstance(reply, Reason):
                reply = No(reply)
            if attempt and reply is not None:
                self._post(Answered(self._clock.now(), attempt, reply))

        self._lanes.do(name, run)

    def _ready(self) -> Ports:
        if self._ports is None:
            raise RuntimeError("an effect came before the memory was read")
        return self._ports

    def _taken(self, ticket: Ticket) -> str:
        return text_in(self._slots.take(ticket))

    def _seen(self, ticket: Ticket) -> str:
        return text_in(self._slots.look(ticket))

    def _read_memory(self) -> Reply | Reason:
        if self._ports is None:
            opened = self._open_ports()
            if isinstance(opened, Unopened):
                return No(opened.fault, detail=opened.detail)
            self._ports = opened
        return self._ports.recollection.memory()

    def _open_enrolment(self, to: Ports, effect: do.OpenEnrolment) -> Reply | Reason:
        password = self._taken(effect.password)
        return to.enrolment.open_challenge(effect.purpose, effect.place, effect.email, password)

    def _accept_invitation(self, to: Ports, effect: do.AcceptInvitation) -> Reply | Reason:
        password, link = self._taken(effect.password), self._seen(effect.link)
        no = to.enrolment.accept_invitation(effect.place, link, password, effect.phone)
        # It is the first factor of the joining that follows.
        return no or InvitationAccepted(self._slots.put(password))

    def _answer_code(self, to: Ports, effect: do.AnswerCode) -> Reply | Reason:
        code = self._taken(effect.code)
        return to.approval.answer_code(effect.place, effect.challenge, code, effect.approver_id)

    def _renew_password(self, to: Ports, effect: do.RenewPassword) -> Reply | Reason:
        password = self._taken(effect.password)
        return to.sign_in.renew_password(effect.account_id, password) or PasswordRenewed()

    def _prove_password(self, to: Ports, effect: do.ProvePassword) -> Reply | Reason:
        password = self._taken(effect.password)
        return to.roster.prove_password(effect.account_id, password) or PasswordProved()

    def _seal_pin(self, to: Ports, effect: do.SealPin) -> Reply | Reason:
        pin, again = (digits_in(self._slots.take(each)) for each in (effect.pin, effect.again))
        try:
            return to.pins.seal(effect.account_id, pin, again) or PinKept(effect.account_id)
        finally:
            wipe(pin)
            wipe(again)

    def _open_seal(self, to: Ports, effect: do.UnwrapCredential) -> Reply | Reason:
        pin = digits_in(self._slots.take(effect.pin))
        try:
            no = to.pins.open(effect.account_id, pin, away=effect.away)
        finally:
            wipe(pin)
        return no or CredentialUnwrapped(effect.account_id)

    def _find_badge(self, to: Ports, badge: Ticket) -> Reply | Reason:
        marks = list[str]()
        for number in self._taken(badge).split("\n"):
            mark = to.badges.mark(number)
            if isinstance(mark, Fault):
                return mark
            marks.append(mark)
        return BadgeFound(tuple(marks))

    def _start_session(self, to: Ports, effect: do.StartSession) -> Reply | Reason:
        started = to.sign_in.start_session(
            effect.account_id, effect.person_id, effect.strength, by_itself=effect.by_itself
        )
        if not isinstance(started, Started):
            return started
        page = self._slots.put(started.page)
        return SessionStarted(started.session_id, started.trust, started.terms, page)

    def _page_for(self, to: Ports, effect: do.AskForPage) -> Reply | Reason:
        page = to.sign_in.page_for(effect.session_id, by_itself=effect.by_itself)
        if isinstance(page, Reason):
            return page
        return PageGranted(self._slots.put(page))

    def _end_session(self, to: Ports, session_id: str) -> None:
        if isinstance(to.sign_in.end_session(session_id), Unreachable | Fault):
            # What was due when it ended has been sent by now: nothing else would take it along.
            self._post(EndOwed(self._clock.now()))

    def _send_queued(self, to: Ports, account_id: str) -> Reply:
        reply = to.outbox.send(account_id)
        if not isinstance(reply, Delivered):
            return reply
        if reply.conflicts or reply.refused:
            # Somebody was first; or the server was put back to an older copy, which counts on
            # from there, and what is on show here never was.
            to.feed.doubt()
        return replace(reply, unkept=to.records.unkept)

    def _read_day(self, to: Ports, account_id: str) -> Reply:
        found, unkept = to.days.day(account_id), to.records.unkept
        if found is None:
            return DayRead(None, None, unkept)
        return DayRead(self._days.put(found.day), found.as_of, unkept)


def keep_roster(to: Ports, effect: do.KeepRecord, roster: Roster) -> Reply | Reason:
    """On the record first: what cannot be recorded is not changed."""
    no = to.records.keep(effect.record) or to.roster.keep(effect.roster_of, roster)
    return no or RosterKept()
