"""The laws of design.md section 2 as properties of the pure core, under arbitrary histories.

An unfriendly world picks any event at any time: answers to the right request, to an old one, to
none; taps on tiles that do not exist; clocks that jump both ways. After every step each law is
checked against what was seen from outside: the states before and after, the event, the effects.
"""

import typing
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kiosk.session import effects as do
from kiosk.session import events as said
from kiosk.session import intents as want
from kiosk.session import state as s
from kiosk.session.challenge import Purpose
from kiosk.session.commands import Conflict, Kind, RoomStatus
from kiosk.session.intents import Ticket
from kiosk.session.people import SOMEONE_ELSE, Account
from kiosk.session.refusals import Code, Fault, Reach, Refusal
from kiosk.session.rules.table import TABLE
from kiosk.session.step import due, first, step
from kiosk.session.trust import NoTrust
from kiosk.session.view import view
from tests.session import worlds as w
from tests.session.judge import Judge

PLAIN_INTENTS: tuple[want.Intent, ...] = (
    want.InvitationWanted(),
    want.SecurePlaceAffirmed(),
    want.AnotherApproverWanted(),
    want.ResendWanted(),
    want.WentBack(),
    want.Continued(),
    want.RetryWanted(),
    want.LockWanted(),
    want.SwitchWanted(),
    want.DoneWanted(),
    want.KeepWorkingWanted(),
    want.ThisComputerWanted(),
    want.ChangeWanted(),
    want.RemovalWanted(),
    want.RemovalConfirmed(),
)
PLAIN_EVENTS: tuple[
    type[said.ScreenLocked | said.Suspended | said.PageShown | said.PageFailed], ...
] = (said.ScreenLocked, said.Suspended, said.PageShown, said.PageFailed)
TILES = st.sampled_from(
    ["per-maria", "per-maria", "per-james", "acc-office", "nobody", SOMEONE_ELSE, "Lena P."]
)
NAMES = st.sampled_from([("lena", "p"), ("Lena", "P."), ("", ""), ("R2", "D"), ("Noor", "é")])
APPROVERS = st.sampled_from(["acc-rivera", "acc-chen", "nobody"])
MOSTLY = st.sampled_from([True, True, True, False])
EVENTS = (
    *typing.get_args(said.Answer),
    said.Ticked,
    said.ScreenLocked,
    said.Suspended,
    said.PageShown,
    said.PageFailed,
    said.ClockJudged,
    want.TileTapped,
    want.NameGiven,
    want.CodeGiven,
)
ACCOUNTS = st.sampled_from([w.OFFICE, w.OFFICE, w.OFFICE, w.PROMOTED])
STALE = {do.EndSession, do.DropSecret}
SIGN_INS = said.SessionStarted | said.CodeAccepted | said.MemoryRead


class Unfriendly(RuleBasedStateMachine):
    """Any history at all."""

    def __init__(self) -> None:
        super().__init__()
        self.now = w.NOON
        self.state, _ = first(w.PLACE, None)
        self.judge = Judge()

    @initialize(data=st.data(), account=ACCOUNTS, trusted=MOSTLY, joined=MOSTLY, live=MOSTLY)
    def wake_up(
        self, data: st.DataObject, account: Account, trusted: bool, joined: bool, live: bool
    ) -> None:
        """Start with any memory, or none; the first usable state is never Active (law 8)."""
        assert isinstance(self.state.phase, s.Opening)
        told = w.memory(self.now, trusted=trusted)
        if joined:
            lasts = None if live else timedelta(seconds=1)
            told = replace(told, account=account, grant=w.grant(self.now, account, lasts))
        else:
            told = replace(told, account=None, grant=None, trust=NoTrust.NEVER)
        if data.draw(MOSTLY):
            self.happens(said.MemoryRead(self.now, 1, told))
        else:
            self.happens(said.Faulted(self.now, 1, data.draw(st.sampled_from(Fault))))
        assert not isinstance(self.state.phase, s.Active)

    @rule(data=st.data(), account=ACCOUNTS)
    def goes_on(self, data: st.DataObject, account: Account) -> None:
        """Something that the table has a row for, answered under the right number."""
        invited = [what for (phase, what) in TABLE if phase is type(self.state.phase)]
        session = s.session_of(self.state.phase)
        if session is not None and session.asking and data.draw(st.booleans()):
            invited = [said.SessionStarted, said.PageGranted, said.Refused, said.Unreached]
            self.happens(self.made(data, data.draw(st.sampled_from(invited)), session.attempt))
        elif invited:
            what = data.draw(st.sampled_from(invited))
            self.happens(self.made(data, what, s.attempt_of(self.state.phase)))

    @rule(data=st.data())
    def goes_on_further(self, data: st.DataObject) -> None:
        """The same, several times in a row, so that deep pages are reached."""
        for _ in range(6):
            self.goes_on(data, w.OFFICE)
            self.now += timedelta(seconds=data.draw(st.sampled_from([0, 1, 31])))

    @rule(data=st.data())
    def background(self, data: st.DataObject) -> None:
        """Time passes as the core asked, and the background question is answered."""
        self.now = due(self.state, self.now)
        self.happens(said.Ticked(self.now, timedelta(seconds=data.draw(st.integers(0, 400)))))
        contact = self.state.known.contact_attempt
        if contact:
            answers = [said.ChangesFetched, said.Unreached, said.Refused, said.Faulted]
            self.happens(self.made(data, data.draw(st.sampled_from(answers)), contact))
        sending = self.state.known.sending.attempt
        if sending and data.draw(MOSTLY):
            answers = [said.Sent, said.Unreached, said.Refused, said.Faulted]
            self.happens(self.made(data, data.draw(st.sampled_from(answers)), sending))
        if self.state.known.day_attempt and data.draw(MOSTLY):
            self.happens(self.made(data, said.DayRead, self.state.known.day_attempt))

    @rule(data=st.data(), what=st.sampled_from([*EVENTS, *(type(i) for i in PLAIN_INTENTS)]))
    def anything(self, data: st.DataObject, what: type) -> None:
        """Whatever it is, under any number: the right one, an old one, the background's, none."""
        known, session = self.state.known, s.session_of(self.state.phase)
        numbers = [0, known.attempt, max(0, known.attempt - 1), known.contact_attempt]
        numbers += [known.sending.attempt, known.day_attempt]
        numbers += [s.attempt_of(self.state.phase), session.attempt if session else 0]
        self.happens(self.made(data, what, data.draw(st.sampled_from(numbers))))

    @rule(seconds=st.one_of(st.integers(0, 60), st.integers(-86_400 * 40, 86_400 * 40)))
    def clock_jumps(self, seconds: int) -> None:
        """Trusted time goes on, or is corrected either way."""
        self.now += timedelta(seconds=seconds)

    def made(self, data: st.DataObject, what: type, attempt: int) -> said.Event:
        """An event of that kind, as the world would make it; or the asking for an intent."""
        now, phase, draw = self.now, self.state.phase, data.draw
        account = draw(ACCOUNTS)
        if what is said.MemoryRead:
            return said.MemoryRead(now, attempt, w.memory(now))
        if what is said.RecordKept:
            return said.RecordKept(now, attempt)
        if what is said.SessionStarted:
            lasts = None if draw(MOSTLY) else timedelta(seconds=-1)
            grant = w.grant(now, account, lasts)
            return said.SessionStarted(now, attempt, "ses-1", w.trust(now), grant, Ticket(7))
        if what is said.PageGranted:
            return said.PageGranted(now, attempt, Ticket(8))
        if what is said.ChallengeOpened:
            purpose = phase.purpose if isinstance(phase, s.AskingForCode) else Purpose.JOIN
            return said.ChallengeOpened(now, attempt, w.challenge(purpose, now, account))
        if what is said.InvitationRead:
            return said.InvitationRead(now, attempt, w.INVITED)
        if what is said.InvitationAccepted:
            return said.InvitationAccepted(now, attempt, Ticket(10))
        if what is said.CodeTexted:
            return said.CodeTexted(now, attempt, w.delivery(now))
        if what is said.CodeAccepted:
            gone = isinstance(phase, s.AwaitingCode) and phase.challenge.purpose is Purpose.REMOVE
            told = NoTrust.REMOVED if gone else w.trust(now)
            grant_or_none = None if gone else w.grant(now, account)
            return said.CodeAccepted(now, attempt, told, grant_or_none, w.DEVICE)
        if what is said.Refused:
            return said.Refused(now, attempt, Refusal(draw(st.sampled_from(Code))))
        if what is said.Unreached:
            again_at = now + timedelta(seconds=30) if draw(st.booleans()) else None
            return said.Unreached(now, attempt, draw(st.sampled_from(Reach)), again_at)
        if what is said.Faulted:
            return said.Faulted(now, attempt, draw(st.sampled_from(Fault)))
        if what is said.ChangesFetched:
            claimed = now + timedelta(days=draw(st.integers(-40, 400)))
            grant = replace(w.grant(now, account), trust_horizon_at=claimed)
            again_at = now + timedelta(seconds=draw(st.integers(0, 90)))
            news = grant if draw(MOSTLY) else None
            return said.ChangesFetched(now, attempt, news, again_at, draw(st.booleans()))
        if what is said.Sent:
            conflict = Conflict(Kind.STATUS, "apt-1", "Seated", "Left", "Op 2", "Ana", now, 3)
            found = (conflict,) if draw(st.booleans()) else ()
            return said.Sent(now, attempt, draw(st.integers(0, 3)), found, draw(st.integers(0, 1)))
        if what is said.DayRead:
            return said.DayRead(now, attempt, Ticket(9) if draw(MOSTLY) else None, now)
        if what is said.Ticked:
            return said.Ticked(now, timedelta(seconds=draw(st.integers(0, 900))))
        if what is said.ClockJudged:
            return said.ClockJudged(now, timedelta(seconds=draw(st.integers(-(10**8), 10**8))))
        for plain in PLAIN_EVENTS:
            if what is plain:
                return plain(now)
        return said.Asked(now, self.wish(data, what))

    def wish(self, data: st.DataObject, what: type) -> want.Intent:
        """An intent of that kind."""
        draw = data.draw
        if what is want.TileTapped:
            return want.TileTapped(draw(TILES))
        if what is want.NameGiven:
            return want.NameGiven(*draw(NAMES))
        if what is want.ApproverChosen:
            return want.ApproverChosen(draw(APPROVERS))
        if what is want.StatusWanted:
            return want.StatusWanted("apt-1", draw(st.sampled_from(["Seated", "Left"])), 2)
        if what is want.SeatWanted:
            return want.SeatWanted("apt-1", 2)
        if what is want.RoomWanted:
            return want.RoomWanted(draw(st.sampled_from(RoomStatus)), 2)
        if what is want.TheirsKept:
            return want.TheirsKept("apt-1")
        if what is want.PlaceGiven:
            return want.PlaceGiven(w.PLACE)
        if what is want.AccountGiven:
            return want.AccountGiven("desk@lakeside.example", Ticket(draw(st.integers(100, 110))))
        if what is want.InvitationGiven:
            return want.InvitationGiven(Ticket(draw(st.integers(100, 110))))
        if what is want.SetUpGiven:
            phone = draw(st.sampled_from(["+1 555 0100 021", "none"]))
            return want.SetUpGiven(Ticket(draw(st.integers(100, 110))), phone)
        if what is want.CodeGiven:
            return want.CodeGiven(Ticket(draw(st.integers(100, 110))))
        return next(i for i in PLAIN_INTENTS if type(i) is what)

    def happens(self, event: said.Event) -> None:
        """One step, and every law about it."""
        before = self.state
        self.state, effects = step(before, event)
        self.judge.saw(before, event, self.state, effects)

    @invariant()
    def can_be_drawn(self) -> None:
        """Every state has a page, at every instant."""
        view(self.state, self.now)

    @invariant()
    def wakes_later(self) -> None:
        """The core never asks to be woken in the past."""
        assert due(self.state, self.now) > self.now


TestUnfriendly = Unfriendly.TestCase
TestUnfriendly.settings = settings(max_examples=400, stateful_step_count=50, deadline=None)


def test_sixty_days_of_background_traffic_end_in_a_code() -> None:
    """Law 7: polls every minute for sixty virtual days move nothing (facts.md S13)."""
    state, now = w.opened(), w.NOON
    server_horizon = w.NOON + timedelta(days=30)
    while now < w.NOON + timedelta(days=60):
        now = max(due(state, now), now + timedelta(minutes=5))
        state, effects = step(state, said.Ticked(now, timedelta(hours=9)))
        for effect in effects:
            if isinstance(effect, do.FetchChanges):
                state, _ = step(state, news(now, effect.attempt, server_horizon))
            if isinstance(effect, do.SendQueued):
                state, _ = step(state, said.Sent(now, effect.attempt, 0))
    state, effects = step(state, said.Asked(now, want.TileTapped(w.MARIA.id)))
    assert isinstance(state.phase, s.AskingForCode)
    assert [type(e) for e in effects] == [do.OpenChallenge]


def news(now: datetime, attempt: int, horizon: datetime) -> said.Event:
    """What the server says to a background question: news, until trust has lapsed."""
    if now >= horizon:
        return said.Refused(now, attempt, Refusal(Code.TRUST_LAPSED))
    grant = replace(w.grant(now), trust_horizon_at=horizon)
    return said.ChangesFetched(now, attempt, grant, now + timedelta(seconds=25))
