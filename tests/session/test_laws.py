"""The laws of design.md section 2 as properties of the pure core, under arbitrary histories.

An unfriendly world picks any event at any time: answers to the right request, to an old one, to
none; taps on tiles that do not exist; clocks that jump both ways. After every step each law is
checked against what was seen from outside: the states before and after, the event, the effects.
"""

import typing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.awake import Held, Means
from kiosk.session.model.challenge import Challenge, Delivery, Purpose
from kiosk.session.model.commands import Conflict, Kind, RoomStatus
from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import OWN_LOGIN, SOMEONE_ELSE, Account, Invited
from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.session.model.session import Declined, PageFault, Question
from kiosk.session.model.site import LeftBehind, NextStart, Rehearsed
from kiosk.session.model.terms import PersonalTerms, Terms, Word
from kiosk.session.model.trust import NoTrust, Trust
from kiosk.session.rules.accounts import personal_account
from kiosk.session.rules.table import TABLE
from kiosk.session.step import due, first, step
from kiosk.session.view import view
from tests.support import worlds as w
from tests.support.depth import drawn
from tests.support.judge import Judge

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
    want.WipeWanted(),
    want.KeepWorkingWanted(),
    want.CaseWanted(),
    want.CaseEndWanted(),
    want.StillTreating(),
    want.ThisComputerWanted(),
    want.PageBackWanted(),
    want.ChangeWanted(),
    want.RemovalWanted(),
    want.RemovalConfirmed(),
    want.NamesWanted(),
    want.NameAddWanted(),
    want.NameRemoved(),
    want.BadgeTakenAway(),
    want.PinForgotten(),
    want.PinComing(),
    want.BadgeGivenUp(),
)
PLAIN_EVENTS: tuple[
    type[said.ScreenLocked | said.Suspended | said.PageShown | said.PageLost | said.PageAlive], ...
] = (said.ScreenLocked, said.Suspended, said.PageShown, said.PageLost, said.PageAlive)
TILES = st.sampled_from(
    [
        *("per-maria", "per-maria", "per-james", "acc-office", "nobody", SOMEONE_ELSE, "Lena P."),
        *(w.LENA.id, w.LENA.id, w.PARK.id, OWN_LOGIN),
    ]
)
NAMES = st.sampled_from([("lena", "p"), ("Lena", "P."), ("", ""), ("R2", "D"), ("Noor", "é")])
APPROVERS = st.sampled_from(["acc-rivera", "acc-chen", "nobody"])
MARKS = st.sampled_from([*(letter * 64 for letter in "abcccde"), ""])
MOSTLY = st.sampled_from([True, True, True, False])
EVENTS = (
    *typing.get_args(replies.Reply),
    said.Ticked,
    said.ScreenLocked,
    said.Suspended,
    said.PageShown,
    said.PageFailed,
    said.PageSpoke,
    said.PageAsked,
    said.PageDeclined,
    said.PageTurned,
    said.PageLost,
    said.PageAlive,
    said.ClockJudged,
    said.CoverJudged,
    said.AwakeJudged,
    said.StorageJudged,
    said.UnsentChanged,
    said.EndOwed,
    want.TileTapped,
    want.BadgeRead,
    want.NameGiven,
    want.CodeGiven,
    want.PinGiven,
    want.PasswordGiven,
)
ACCOUNTS = st.sampled_from([w.OFFICE, w.OFFICE, w.OFFICE, w.PROMOTED])
HOUSES = st.sampled_from([w.OFFICE, w.OFFICE, w.OFFICE, w.PROMOTED, w.PARK])
WHYS = st.one_of(
    st.sampled_from(Code).map(Refusal), st.sampled_from(Unreachable), st.sampled_from(Fault)
)
STALE = {do.EndSession, do.DropSecret}
SIGN_INS = replies.SessionStarted | replies.Accepted | replies.StartupState


USUAL: dict[tuple[type, bool], tuple[type, ...]] = {
    (s.AtLogin, False): (want.TileTapped, want.TileTapped, want.BadgeRead),
    (s.AskingPin, False): (want.PinGiven, want.PinGiven, want.PinComing, want.PinForgotten),
    (s.AskingPin, True): (
        replies.CredentialUnwrapped,
        replies.CredentialUnwrapped,
        replies.CredentialUnwrapped,
        replies.No,
    ),
    (s.AskingOwn, False): (want.AccountGiven,),
    (s.AskingOwn, True): (Challenge,),
    (s.AskingPassword, False): (want.PasswordGiven, want.PasswordGiven, want.WentBack),
    (s.AskingPassword, True): (replies.PasswordRenewed, replies.PasswordRenewed, replies.No),
    (s.AskingForCode, True): (Challenge, Challenge, replies.Accepted),
    (s.Affirming, True): (Challenge, Challenge, replies.Accepted),
    (s.ChoosingApprover, False): (want.ApproverChosen,),
    (s.ChoosingApprover, True): (Delivery,),
    (s.AwaitingCode, False): (want.CodeGiven,),
    (s.AwaitingCode, True): (replies.Accepted,),
    (s.ChoosingPin, False): (want.PinGiven,),
    (s.ChoosingPin, True): (replies.PinKept, replies.PinKept, replies.No),
    (s.Entering, True): (replies.RecordKept, replies.RecordKept, replies.SessionStarted),
    (s.Active, False): (
        want.LockWanted,
        want.SwitchWanted,
        want.CaseWanted,
        want.CaseWanted,
        want.BadgeRead,
        want.ThisComputerWanted,
        said.Ticked,
        said.PageShown,
        said.PageSpoke,
        said.PageAsked,
        want.QuestionAnswered,
    ),
    (s.Locked, False): (want.TileTapped, want.TileTapped, want.BadgeRead, said.Suspended),
    (s.Wiping, False): (want.TileTapped, said.Ticked, want.WentBack),
    (s.Naming, False): (want.NameGiven,),
    (s.ThisComputer, False): (want.WentBack, want.RemovalWanted, want.NamesWanted),
    (s.ListingNames, False): (want.NameAddWanted, want.TileTapped, want.TileTapped, want.WentBack),
    (s.UnlockingNames, False): (want.PasswordGiven,),
    (s.UnlockingNames, True): (replies.PasswordProved, replies.PasswordProved, replies.No),
    (s.AddingName, False): (want.NameGiven,),
    (s.EditingName, False): (want.NameRemoved, want.BadgeRead, want.WentBack),
    (s.ConfirmingRemoval, False): (want.WentBack, want.RemovalConfirmed),
}
"""What mostly comes next, in a phase that waits for an answer or does not."""


class Unfriendly(RuleBasedStateMachine):
    """Any history at all."""

    def __init__(self) -> None:
        super().__init__()
        self.now = w.NOON
        self.state, _ = first(w.PLACE, None)
        self.judge = Judge()
        self.words = count(1000)
        self.word = Word.SERVER

    @initialize(data=st.data(), account=HOUSES, trusted=MOSTLY, joined=MOSTLY, live=MOSTLY)
    def wake_up(
        self, data: st.DataObject, account: Account, trusted: bool, joined: bool, live: bool
    ) -> None:
        """Start with any memory, or none; the first usable state is never Active (law 8)."""
        assert isinstance(self.state.phase, s.Opening)
        told = w.memory(self.now, trusted=trusted)
        if not data.draw(MOSTLY):
            self.word = Word.HERE  # a site that has only a web sign-in
            self.state = replace(self.state, known=replace(self.state.known, at_site=True))
        if joined:
            lasts = timedelta(days=2) if live else timedelta(seconds=1)
            terms = w.with_badges(self.now, account)
            terms = replace(terms, ends_at=self.now + lasts, word=self.word, by_it=self.by_it())
            own = (w.own(self.now, sealed=data.draw(MOSTLY)),) if data.draw(MOSTLY) else ()
            due = not data.draw(MOSTLY)
            told = replace(
                told, account=account, terms=terms, own=own, sealed=True, renewal_due=due
            )
            if not data.draw(MOSTLY):
                told = replace(told, case=w.case_note(self.now, account))
            if account is w.PARK and trusted:
                told = replace(told, trust=w.own(self.now, account=account).trust)
        else:
            told = replace(told, account=None, terms=None, trust=NoTrust.NEVER, own=())
        if data.draw(MOSTLY):
            self.happens(said.Answered(self.now, 1, told))
        else:
            self.happens(said.Answered(self.now, 1, replies.No(data.draw(st.sampled_from(Fault)))))
        assert not isinstance(self.state.phase, s.Active)

    @rule(data=st.data(), account=ACCOUNTS)
    def goes_on(self, data: st.DataObject, account: Account) -> None:
        """Something that the table has a row for, answered under the right number."""
        invited = [what for (phase, what) in TABLE if phase is type(self.state.phase)]
        session = s.session_of(self.state.phase)
        if session is not None and session.awaiting_server and data.draw(st.booleans()):
            invited = [replies.SessionStarted, replies.PageGranted, replies.No, replies.No]
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
    def a_day(self, data: st.DataObject) -> None:
        """People come and go as they mostly do, by tile, PIN and code; so that rooms are full."""
        for _ in range(data.draw(st.integers(0, 25))):
            phase = self.state.phase
            waits = s.attempt_of(phase) != 0
            usual = USUAL.get((type(phase), waits), (want.WentBack, want.Continued))
            what = data.draw(st.sampled_from(usual))
            self.happens(self.made(data, what, s.attempt_of(phase)))
            self.badge_is_found(data)
            self.roster_is_kept(data)
            self.case_is_kept(data)
            self.now += timedelta(seconds=data.draw(st.sampled_from([0, 1, 5, 600])))

    def badge_is_found(self, data: st.DataObject) -> None:
        """Whose badge it is, where one is looked up."""
        attempt = self.state.known.badge_attempt
        if attempt:
            what = replies.BadgeFound if data.draw(MOSTLY) else replies.No
            self.happens(self.made(data, what, attempt))

    def case_is_kept(self, data: st.DataObject) -> None:
        """The start of a case, in record and keychain; or not."""
        session = s.session_of(self.state.phase)
        if session is not None and session.case is not None and session.case.attempt:
            what = replies.CaseKept if data.draw(MOSTLY) else replies.No
            self.happens(self.made(data, what, session.case.attempt))
        if self.state.known.note_attempt and data.draw(MOSTLY):
            what = replies.CaseKept if data.draw(MOSTLY) else replies.No
            self.happens(self.made(data, what, self.state.known.note_attempt))

    def roster_is_kept(self, data: st.DataObject) -> None:
        """A change of the names that are kept here, soon or later."""
        attempt = self.state.known.roster_attempt
        if attempt and data.draw(MOSTLY):
            what = replies.RosterKept if data.draw(MOSTLY) else replies.No
            self.happens(self.made(data, what, attempt))

    @rule(data=st.data())
    def background(self, data: st.DataObject) -> None:
        """Time passes as the core asked, and the background question is answered."""
        self.now = due(self.state, self.now)
        self.happens(said.Ticked(self.now, timedelta(seconds=data.draw(st.integers(0, 400)))))
        contact = self.state.known.contact_attempt
        if contact:
            answers = [replies.News, replies.No, replies.No, replies.No]
            self.happens(self.made(data, data.draw(st.sampled_from(answers)), contact))
        sending = self.state.known.sending.attempt
        if sending and data.draw(MOSTLY):
            answers = [replies.Delivered, replies.No, replies.No, replies.No]
            self.happens(self.made(data, data.draw(st.sampled_from(answers)), sending))
        if self.state.known.day_attempt and data.draw(MOSTLY):
            self.happens(self.made(data, replies.DayRead, self.state.known.day_attempt))
        if rehearsal := self.state.known.rehearsal_attempt:
            what = Rehearsed if data.draw(MOSTLY) else replies.No
            self.happens(self.made(data, what, rehearsal))
        self.roster_is_kept(data)
        self.case_is_kept(data)

    @rule(data=st.data(), what=st.sampled_from([*EVENTS, *(type(i) for i in PLAIN_INTENTS)]))
    def anything(self, data: st.DataObject, what: type) -> None:
        """Whatever it is, under any number: the right one, an old one, the background's, none."""
        known, session = self.state.known, s.session_of(self.state.phase)
        numbers = [0, known.attempt, max(0, known.attempt - 1), known.contact_attempt]
        numbers += [known.sending.attempt, known.day_attempt, known.badge_attempt]
        numbers.append(known.rehearsal_attempt)
        numbers.append(known.roster_attempt)
        numbers.append(session.case.attempt if session and session.case else 0)
        numbers.append(known.note_attempt)
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
        if what is replies.StartupState:
            return said.Answered(now, attempt, w.memory(now))
        if what is replies.RecordKept:
            return said.Answered(now, attempt, replies.RecordKept())
        if what is replies.CaseKept:
            return said.Answered(now, attempt, replies.CaseKept())
        if what is replies.SessionStarted:
            lasts = None if draw(MOSTLY) else timedelta(seconds=-1)
            asked = self.asked_for()
            if asked is not None and not asked.shared:
                trust = w.own(now, account=asked).trust
                assert isinstance(trust, Trust)
                terms = self.apply_terms(data, asked, lasts)
            else:
                trust, terms = w.trust(now), self.apply_terms(data, account, lasts)
            return said.Answered(
                now, attempt, replies.SessionStarted("ses-1", trust, terms, Ticket(7))
            )
        if what is replies.PasswordRenewed:
            return said.Answered(now, attempt, replies.PasswordRenewed())
        if what is replies.PasswordProved:
            return said.Answered(now, attempt, replies.PasswordProved())
        if what is replies.RosterKept:
            return said.Answered(now, attempt, replies.RosterKept())
        if what is replies.PinKept:
            return said.Answered(now, attempt, replies.PinKept(self.pin_of()))
        if what is replies.CredentialUnwrapped:
            return said.Answered(now, attempt, replies.CredentialUnwrapped(self.pin_of()))
        if what is replies.BadgeFound:
            return said.Answered(
                now, attempt, replies.BadgeFound(tuple(draw(st.lists(MARKS, max_size=3))))
            )
        if what is replies.PageGranted:
            return said.Answered(now, attempt, replies.PageGranted(Ticket(8)))
        if what is Challenge:
            purpose = phase.purpose if isinstance(phase, s.AskingForCode) else Purpose.JOIN
            if isinstance(phase, s.AskingOwn):
                purpose = Purpose.OWN
                account = draw(st.sampled_from([w.LENA, w.LENA, w.PARK, w.OFFICE]))
            elif purpose is Purpose.JOIN:
                account = draw(HOUSES)
            # A site that has only a web sign-in has texted by itself.
            opened = replace(w.challenge(purpose, now, account), sent=not draw(MOSTLY))
            return said.Answered(now, attempt, opened)
        if what is Invited:
            return said.Answered(now, attempt, w.INVITED)
        if what is replies.InvitationAccepted:
            return said.Answered(now, attempt, replies.InvitationAccepted(Ticket(10)))
        if what is Delivery:
            return said.Answered(now, attempt, w.delivery(now))
        if what is replies.Accepted:
            gone = isinstance(phase, s.AwaitingCode) and phase.challenge.purpose is Purpose.REMOVE
            if isinstance(phase, s.AskingForCode) and self.state.known.account is not None:
                gone, account = phase.purpose is Purpose.REMOVE, self.state.known.account
            if isinstance(phase, s.AwaitingCode) and not phase.challenge.account.shared:
                account = phase.challenge.account
            whose = Trust(account.id, now + timedelta(days=30) if draw(MOSTLY) else None)
            told = NoTrust.REMOVED if gone else whose
            grant_or_none = None if gone else self.apply_terms(data, account, None)
            return said.Answered(now, attempt, replies.Accepted(told, grant_or_none, w.DEVICE))
        if what is replies.No:
            again_at = now + timedelta(seconds=30) if draw(st.booleans()) else None
            return said.Answered(now, attempt, replies.No(draw(WHYS), again_at))
        if what is replies.News:
            claimed = now + timedelta(days=draw(st.integers(-40, 400)))
            house = self.state.known.account
            if house is not None and not house.shared:
                account = house
            hears = personal_account(self.state.known, self.state.known.contact_account)
            if hears is not None:
                account = hears.account
            terms = replace(self.apply_terms(data, account, None), trust_horizon_at=claimed)
            again_at = now + timedelta(seconds=draw(st.integers(0, 90)))
            news = terms if draw(MOSTLY) else None
            opens = (now + timedelta(days=draw(st.integers(0, 40)))).date()
            changed, closed = draw(st.booleans()), draw(st.booleans())
            heard = replies.News(news, changed, again_at, opens if closed else None)
            return said.Answered(now, attempt, heard)
        if what is replies.Delivered:
            conflict = Conflict(Kind.STATUS, "apt-1", "Seated", "Left", "Op 2", "Ana", now, 3)
            found = (conflict,) if draw(st.booleans()) else ()
            return said.Answered(
                now,
                attempt,
                replies.Delivered(draw(st.integers(0, 3)), found, draw(st.integers(0, 1))),
            )
        if what is replies.DayRead:
            return said.Answered(
                now, attempt, replies.DayRead(Ticket(9) if draw(MOSTLY) else None, now)
            )
        if what is Rehearsed:
            brought = Rehearsed(draw(st.sampled_from(NextStart)), now)
            return said.Answered(now, attempt, brought)
        if what is said.AwakeJudged:
            held = tuple((each, draw(st.sampled_from(Held))) for each in Means)
            return said.AwakeJudged(now, held)
        if what is said.UnsentChanged:
            people = st.sampled_from([w.MARIA.id, w.LENA.id, "per-nobody"])
            return said.UnsentChanged(now, tuple(draw(st.lists(people, max_size=2))))
        if what is said.EndOwed:
            return said.EndOwed(now)
        if what is said.StorageJudged:
            return said.StorageJudged(now, LeftBehind(draw(st.integers(0, 2))))
        if what is said.Ticked:
            return said.Ticked(now, timedelta(seconds=draw(st.integers(0, 900))))
        if what is said.ClockJudged:
            return said.ClockJudged(now, timedelta(seconds=draw(st.integers(-(10**8), 10**8))))
        if what is said.CoverJudged:
            return said.CoverJudged(now, draw(st.sampled_from(["", "Imaging"])))
        if what is said.PageSpoke:
            question = draw(st.sampled_from([None, *Question]))
            return said.PageSpoke(now, Ticket(next(self.words)), question)
        if what is said.PageAsked:
            question = draw(st.sampled_from(Question))
            return said.PageAsked(now, Ticket(next(self.words)), question)
        if what is said.PageDeclined:
            return said.PageDeclined(now, draw(st.sampled_from(Declined)))
        if what is said.PageTurned:
            return said.PageTurned(now, draw(st.booleans()))
        if what is said.PageFailed:
            return said.PageFailed(now, draw(st.sampled_from(PageFault)))
        for plain in PLAIN_EVENTS:
            if what is plain:
                return plain(now)
        return said.Asked(now, self.wish(data, what))

    def apply_terms(self, data: st.DataObject, account: Account, lasts: timedelta | None) -> Terms:
        """A grant that lists those with a login of their own, or does not list one of them."""
        own = tuple(
            PersonalTerms(each, self.now + timedelta(days=30))
            for each in (w.LENA, w.PARK)
            if each.id != account.id and data.draw(MOSTLY)
        )
        base = w.with_badges if data.draw(MOSTLY) else w.terms
        apply_terms = base(self.now, account)
        if lasts is not None:
            apply_terms = replace(apply_terms, ends_at=self.now + lasts)
        return replace(apply_terms, own=own, word=self.word, by_it=self.by_it())

    def by_it(self) -> tuple[str, ...]:
        """Whom the settings of a site name."""
        return (w.JAMES.id,) if self.word is Word.HERE else ()

    def asked_for(self) -> Account | None:
        """Whose session is being asked for."""
        session = s.session_of(self.state.phase)
        return session.account if session else None

    def pin_of(self) -> str:
        """Whose PIN is being looked at."""
        phase = self.state.phase
        if isinstance(phase, s.AskingPin | s.ChoosingPin):
            return phase.account.id
        return w.LENA.id

    def wish(self, data: st.DataObject, what: type) -> want.Intent:
        """An intent of that kind."""
        draw = data.draw
        if what is want.TileTapped:
            return want.TileTapped(draw(TILES))
        if what is want.NameGiven:
            return want.NameGiven(*draw(NAMES))
        if what is want.ApproverChosen:
            return want.ApproverChosen(draw(APPROVERS), app=draw(st.booleans()))
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
            return want.InvitationGiven(Ticket(draw(st.integers(200, 210))))
        if what is want.SetUpGiven:
            phone = draw(st.sampled_from(["+1 555 0100 021", "none"]))
            return want.SetUpGiven(Ticket(draw(st.integers(100, 110))), phone)
        if what is want.BadgeRead:
            ticket = Ticket(draw(st.integers(100, 110)))
            return want.BadgeRead(ticket, draw(st.sampled_from(want.Doubt)), draw(st.booleans()))
        if what is want.PasswordGiven:
            return want.PasswordGiven(Ticket(draw(st.integers(100, 110))))
        if what is want.PinGiven:
            return want.PinGiven(Ticket(draw(st.integers(100, 110))))
        if what is want.CodeGiven:
            return want.CodeGiven(Ticket(draw(st.integers(100, 110))))
        if what is want.WordsRead:
            session = s.session_of(self.state.phase)
            told = session.told if session is not None else ()
            return want.WordsRead(told[0].words if len(told) > 0 and draw(MOSTLY) else Ticket(99))
        if what is want.QuestionAnswered:
            phase = self.state.phase
            asked = phase.question if isinstance(phase, s.Active) else None
            words = asked.words if asked is not None and draw(MOSTLY) else Ticket(99)
            typed = Ticket(draw(st.integers(100, 110))) if draw(st.booleans()) else None
            return want.QuestionAnswered(words, draw(st.booleans()), typed)
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
TestUnfriendly.settings = settings(
    max_examples=drawn(400, soak=4000), stateful_step_count=50, deadline=None
)


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
                state, _ = step(state, said.Answered(now, effect.attempt, replies.Delivered(0)))
    state, effects = step(state, said.Asked(now, want.TileTapped(w.MARIA.id)))
    assert isinstance(state.phase, s.AskingForCode)
    assert [type(e) for e in effects] == [do.OpenChallenge]


def news(now: datetime, attempt: int, horizon: datetime) -> said.Event:
    """What the server says to a background question: news, until trust has lapsed."""
    if now >= horizon:
        return said.Answered(now, attempt, replies.No(Refusal(Code.TRUST_LAPSED)))
    terms = replace(w.terms(now), trust_horizon_at=horizon)
    return said.Answered(now, attempt, replies.News(terms, False, now + timedelta(seconds=25)))
