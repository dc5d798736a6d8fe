"""Conversations with the core that read as prose: what happens, what the core asks for, replies.

    kiosk = Script.at_login()
    kiosk.tapped("per-maria").asks_for(do.KeepRecord, do.StartSession)
    kiosk.kept().asks_for()
    assert kiosk.at(s.Active).session.person == w.MARIA

A reply carries the number of the newest request of the kind that it answers.
"""

import difflib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act, Record
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.commands import Conflict
from kiosk.session.model.intents import Ticket
from kiosk.session.model.painted import Painted
from kiosk.session.model.people import Account
from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.session.model.terms import Terms
from kiosk.session.model.trust import NoTrust, Trust
from kiosk.session.pages.views import View
from kiosk.session.step import first, step
from kiosk.session.view import view
from tests.support import worlds as w

P = TypeVar("P")
V = TypeVar("V")
E = TypeVar("E")
Asking = (
    type[do.KeepRecord | do.OpenEnrolment | do.OpenChallenge | do.TextCode | do.AnswerCode]
    | type[do.StartSession | do.AskForPage | do.FetchChanges | do.LoadStartupState]
    | type[do.SendQueued | do.ReadDay | do.ReadInvitation | do.AcceptInvitation]
    | type[do.SealPin | do.UnwrapCredential | do.FindBadge | do.RenewPassword | do.Rehearse]
    | type[do.StartAgain | do.ProvePassword | do.KeepCase]
)
GIVEN_BACK = frozenset({do.ClosePage, do.EndSession, do.LockCredential, do.DropSecret})
OPENING = (do.OpenEnrolment, do.OpenChallenge)
BESIDE = frozenset({do.SendQueued, do.ReadDay, do.KeepPainted})


class Script:
    """One kiosk, its time, and what it asked for so far."""

    def __init__(self, state: s.State, now: datetime = w.NOON) -> None:
        self.state = state
        self.now = now
        self.newest: tuple[do.Effect, ...] = ()
        self.all: list[do.Effect] = []

    @classmethod
    def at_login(cls, memory: replies.StartupState | None = None) -> "Script":
        """A computer that joined, at its login screen."""
        return cls(w.opened(memory))

    @classmethod
    def at_work(cls, person: str = w.MARIA.id) -> "Script":
        """Someone is at work, the server said yes, and Xchart's page is painted."""
        kiosk = cls.at_login()
        kiosk.tapped(person).kept().started().happens(said.PageShown(kiosk.now))
        return kiosk

    @classmethod
    def locked(cls, person: str = w.MARIA.id) -> "Script":
        """The same, covered."""
        return cls.at_work(person).wants(want.LockWanted())

    @classmethod
    def at_own_pin(cls) -> "Script":
        """Lena has a login of her own here, and tapped its tile."""
        memory = replace(w.memory(), terms=w.with_lena(), own=(w.own(),))
        return cls.at_login(memory).tapped(w.LENA.id)

    @classmethod
    def lena_at_work(cls) -> "Script":
        """She is in, the server said yes, and Xchart's page is painted."""
        kiosk = cls.at_own_pin().wants(want.PinGiven(Ticket(61))).unsealed()
        return kiosk.kept().started().happens(said.PageShown(kiosk.now))

    @classmethod
    def new(cls) -> "Script":
        """A computer that never joined, at its first page."""
        told = replies.StartupState(None, None, NoTrust.NEVER, None, "", 1)
        return cls(w.opened(told))

    def happens(self, event: said.Event) -> "Script":
        """One step."""
        self.state, self.newest = step(self.state, event)
        self.all += self.newest
        return self

    def passes(self, **span: float) -> "Script":
        """Time goes on; nothing is told of it."""
        self.now += timedelta(**span)
        return self

    def ticks(self, idle: timedelta = timedelta(0)) -> "Script":
        """The core is told the time, and for how long nobody touched the computer."""
        return self.happens(said.Ticked(self.now, idle))

    def wants(self, intent: want.Intent) -> "Script":
        """A person asks for something."""
        return self.happens(said.Asked(self.now, intent))

    def tapped(self, person_id: str) -> "Script":
        """A tile is tapped."""
        return self.wants(want.TileTapped(person_id))

    def number(self, kind: Asking) -> int:
        """The number of the newest request of that kind; a challenge is opened in two ways."""
        kinds = OPENING if kind in OPENING else (kind,)
        return next(e.attempt for e in reversed(self.all) if isinstance(e, kinds) and e.attempt)

    def answered(self, what: Asking, reply: replies.Reply) -> "Script":
        """What the newest request of that kind brought."""
        return self.happens(said.Answered(self.now, self.number(what), reply))

    def kept(self) -> "Script":
        """The record is durable."""
        return self.answered(do.KeepRecord, replies.RecordKept())

    def started(
        self, session: str = "ses-1", terms: Terms | None = None, page: int = 7
    ) -> "Script":
        """The server confirms the session."""
        asked = next(e for e in reversed(self.all) if isinstance(e, do.StartSession))
        if asked.account_id == w.LENA.id:
            told, trust = terms or w.terms(self.now, w.LENA), w.own(self.now).trust
            assert isinstance(trust, Trust)
        else:
            told, trust = terms or w.terms(self.now), w.trust(self.now)
        reply = replies.SessionStarted(session, trust, told, Ticket(page))
        return self.answered(do.StartSession, reply)

    def opened(self, purpose: Purpose, account: Account | None = None) -> "Script":
        """The server opens a request for a code."""
        account = account or (w.LENA if purpose is Purpose.OWN else w.OFFICE)
        told = w.challenge(purpose, self.now, account)
        return self.answered(do.OpenChallenge, told)

    def invitation(self) -> "Script":
        """The link is good."""
        return self.answered(do.ReadInvitation, w.INVITED)

    def set_up(self, password: int = 41) -> "Script":
        """The invited account is set up; its password waits again."""
        return self.answered(do.AcceptInvitation, replies.InvitationAccepted(Ticket(password)))

    def texted(self) -> "Script":
        """A code is on its way."""
        return self.answered(do.TextCode, w.delivery(self.now))

    def accepted(self, *, removed: bool = False, terms: Terms | None = None) -> "Script":
        """The code was right."""
        trust: Trust | NoTrust = NoTrust.REMOVED if removed else w.trust(self.now)
        told = None if removed else terms or w.terms(self.now)
        phase = self.state.phase
        if isinstance(phase, s.AwaitingCode) and not phase.challenge.account.shared:
            account = phase.challenge.account
            trust, told = w.own(self.now, account=account).trust, w.terms(self.now, account)
        return self.answered(do.AnswerCode, replies.Accepted(trust, told, w.DEVICE))

    def sealed(self, account: Account = w.LENA) -> "Script":
        """The credential is sealed by the PIN that was typed twice."""
        return self.answered(do.SealPin, replies.PinKept(account.id))

    def unsealed(self, account: Account = w.LENA) -> "Script":
        """The PIN opened the seal."""
        return self.answered(do.UnwrapCredential, replies.CredentialUnwrapped(account.id))

    def renewed(self) -> "Script":
        """The new password was right, and this computer has one of its own again."""
        return self.answered(do.RenewPassword, replies.PasswordRenewed())

    def badge(self, mark: str) -> "Script":
        """A badge is read, and this is what it is known by."""
        self.wants(want.BadgeRead(Ticket(71)))
        return self.answered(do.FindBadge, replies.BadgeFound((mark,)))

    def refused(self, what: Asking, code: Code, tries_left: int | None = None) -> "Script":
        """The server says no."""
        refusal = Refusal(code, tries_left=tries_left)
        return self.answered(what, replies.No(refusal))

    def unreached(self, what: Asking, reach: Unreachable = Unreachable.NO_ANSWER) -> "Script":
        """The server does not answer; the background means to try again in half a minute."""
        quiet = what in {do.FetchChanges, do.SendQueued}
        again_at = self.now + timedelta(seconds=30) if quiet else None
        return self.answered(what, replies.No(reach, again_at))

    def faulted(self, what: Asking, fault: Fault) -> "Script":
        """This computer fails."""
        return self.answered(what, replies.No(fault))

    def news(self, terms: Terms | None) -> "Script":
        """The background question is answered."""
        again_at = self.now + timedelta(minutes=1)
        return self.answered(do.FetchChanges, replies.News(terms, False, again_at))

    def sent(
        self, changes: int = 0, *conflicts: Conflict, refused: int = 0, settled: int = 0
    ) -> "Script":
        """What waited has gone up; whatever came of some of it was settled."""
        settled = settled or refused + len(conflicts)
        reply = replies.Delivered(changes, conflicts, refused, settled)
        return self.answered(do.SendQueued, reply)

    def read(self, day: int | None = 31) -> "Script":
        """The schedule was read; its ticket is ``day``."""
        ticket = None if day is None else Ticket(day)
        return self.answered(do.ReadDay, replies.DayRead(ticket, self.now))

    def asked_for_a_code(self, purpose: Purpose) -> "Script":
        """From the opened challenge to the keypad, with six digits given."""
        self.opened(purpose).wants(want.ApproverChosen(w.RIVERA.id)).texted()
        return self.wants(want.CodeGiven(Ticket(99)))

    def asks_for(self, *expected: do.Effect | type) -> "Script":
        """Compare what the newest step asked for, in order: a value whole, a class by kind.

        What the background does beside it counts only where it is expected. What is given back
        counts in any order: it comes behind the rest, and nothing waits for it.
        """
        named = {e if isinstance(e, type) else type(e) for e in expected}
        newest = behind([e for e in self.newest if type(e) not in BESIDE - named])
        expected = tuple(behind(list(expected)))
        want_lines = [told(e) for e in expected]
        have_lines = [
            told(have if i >= len(expected) or not isinstance(expected[i], type) else type(have))
            for i, have in enumerate(newest)
        ]
        if want_lines != have_lines:
            diff = "\n".join(difflib.ndiff(want_lines, have_lines))
            raise AssertionError(f"expected (-) and asked for (+):\n{diff}")
        return self

    def at(self, phase: type[P]) -> P:
        """The phase, which has to be of this kind."""
        assert isinstance(self.state.phase, phase), self.state.phase
        return self.state.phase

    def sees(self, kind: type[V]) -> V:
        """The page on show, which has to be of this kind."""
        page: View = view(self.state, self.now)
        assert isinstance(page, kind), page
        return page

    @property
    def records(self) -> list[Record]:
        """Every record made so far."""
        return [e.record for e in self.all if isinstance(e, do.KeepRecord)]

    @property
    def acts(self) -> list[tuple[Act, str]]:
        """What was recorded, and of whom."""
        return [(r.act, r.actor) for r in self.records]


def behind(effects: list[E]) -> list[E]:
    """The same with what is given back behind the rest, by name."""
    back = [e for e in effects if (e if isinstance(e, type) else type(e)) in GIVEN_BACK]
    return [e for e in effects if e not in back] + sorted(
        back, key=lambda e: told(e).partition("(")[0]
    )


def told(effect: object) -> str:
    """An effect as a line of a diff: the name of its class, or all of it."""
    return effect.__name__ if isinstance(effect, type) else repr(effect)


def at_start(painted: Painted | None = None) -> Script:
    """The first second: the memory is still being read; ``painted`` is what the file painted."""
    state, effects = first(w.PLACE, painted)
    kiosk = Script(state)
    kiosk.all += effects
    return kiosk
