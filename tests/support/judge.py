"""The laws of design.md section 2 about one step, seen from outside: states, event, effects.

The state machine of ``test_laws`` and the simulation of whole kiosks both ask the same judge.
"""

from datetime import UTC, datetime, timedelta

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act, Record
from kiosk.session.model.case import Case
from kiosk.session.model.intents import Ticket
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import (
    CUTS_THROUGH,
    ENDS_TRUST,
    OF_THE_COMPUTER,
    Code,
    Fault,
    Refusal,
)
from kiosk.session.model.terms import Word
from kiosk.session.model.trust import Trust, holds
from kiosk.session.pages.views import LoginView, WorkspaceView
from kiosk.session.rules.accounts import personal_account, personal_accounts, trust_of
from kiosk.session.rules.moves import is_set_here
from kiosk.session.rules.release import open_in, tickets_in
from kiosk.session.rules.table import OVER, TABLE
from kiosk.session.view import covers, view
from tests.support import worlds as w
from tests.support.plain_words import texts

UNLOCKED = s.ListingNames | s.AddingName | s.EditingName
"""The pages of the names, on a visit on which the password may have been typed."""
STALE = {do.EndSession, do.DropSecret, do.LockCredential}
BESIDE_WORK = s.Active | s.ThisComputer | s.Correcting
SIGN_INS = replies.SessionStarted | replies.Accepted | replies.StartupState


class Judge:
    """Follows one kiosk from its start.

    It remembers which records were asked for, whose credential is open, and for everybody with a
    login of their own when they typed their PIN and when they were last at work.
    """

    def __init__(self) -> None:
        self.wanted_records: dict[int, do.KeepRecord] = {}
        self.open: set[str] = set()
        self.pin_typed: dict[str, datetime] = {}
        self.last_there: dict[str, datetime] = {}
        self.standing: set[Ticket] = set()
        self.words: set[Ticket] = set()
        self.slots: set[Ticket] = set()
        self.sessions: set[str] = set()
        self.page_is_there = False
        self.password_typed = False

    def saw(
        self, before: s.State, event: said.Event, after: s.State, effects: tuple[do.Effect, ...]
    ) -> None:
        """One step; every law about it, or AssertionError."""
        self.state = after
        self.somebody_is_there(before, event)
        self.law_1_and_2(before, event, effects)
        self.law_3(before, event)
        self.law_4(before, event, effects)
        self.law_5(before, event, effects)
        self.law_6(before)
        self.law_7(before, event)
        self.law_9(before, event, effects)
        self.law_12(before, event)
        self.a_code_is_said_ahead(event)
        self.hands_on_a_wiped_screen(before, event, effects)
        self.the_new_password_first(before, effects)
        self.nobody_lingers()
        self.names_change_by_the_password(before, event, effects)
        self.a_page_is_answered(event, effects)
        self.nothing_is_left_open(event, effects)
        self.nothing_is_left_behind(event, effects)
        if isinstance(event, said.ScreenLocked | said.Suspended):
            assert s.session_of(self.state.phase) is None or covers(self.state)
        if s.session_of(before.phase) is not None and covers(before) and s.session_of(after.phase):
            # A cover is left by coming in, and by no page that asks over it.
            assert covers(after) or isinstance(after.phase, s.Active)
        self.within_the_table(before, event)
        self.as_recorded(before, event, effects)

    def law_1_and_2(
        self, before: s.State, event: said.Event, effects: tuple[do.Effect, ...]
    ) -> None:
        """Nobody enters without live trust, a record, or both; a lock waits for nothing."""
        for effect in effects:
            if isinstance(effect, do.KeepRecord) and effect.attempt:
                self.wanted_records[effect.attempt] = effect
        phase = self.state.phase
        if isinstance(phase, s.Entering) and not isinstance(before.phase, s.Entering):
            known = self.state.known
            if not phase.needs_server and not in_case(before):
                account_id = phase.session.account.id
                there = (trust_of(before.known, account_id), trust_of(known, account_id))
                assert any(holds(each, account_id, event.at) for each in there)
                assert known.terms is not None
                assert known.terms.holds(event.at)
                assert known.terms.covers(account_id)
        if isinstance(phase, s.Active) and not isinstance(before.phase, BESIDE_WORK):
            assert isinstance(before.phase, s.Entering)
            assert isinstance(event, said.Answered)
            if isinstance(event.reply, replies.No):
                # The one exception of law 2: coming back, said on the screen while it lasts.
                assert isinstance(event.reply.why, Fault)
                assert before.phase.resuming
                assert before.phase.relieves is None, "somebody new without a record"
                assert phase.session.unrecorded
            else:
                assert isinstance(event.reply, replies.RecordKept)
            kept = self.wanted_records[event.attempt]
            took_over = before.phase.relieves is not None
            act = Act.CASE_TAKEN_OVER if took_over else kept.record.act
            assert kept.record.act is act
            assert act in {Act.ENTERED, Act.RESUMED, Act.CASE_TAKEN_OVER}
            assert kept.record.actor == phase.session.person.id
            if before.phase.needs_server:
                assert before.phase.confirmation is not None

    def law_3(self, before: s.State, event: said.Event) -> None:
        """Lock, screen lock, suspend and idle leave Active in the same step."""
        phase = self.state.phase
        locking = isinstance(event, said.ScreenLocked | said.Suspended) or (
            isinstance(event, said.Asked)
            and isinstance(event.intent, want.LockWanted | want.SwitchWanted)
        )
        if locking:
            assert not isinstance(phase, s.Active)
        if isinstance(event, said.Ticked) and isinstance(before.phase, s.Active):
            case, limit = case_of(before), w.LIMITS.idle_lock
            idle = event.idle
            if case is not None:
                limit, idle = w.LIMITS.case_cover, min(idle, event.at - case.alive_at)
            idle_out = idle >= limit and event.at >= before.phase.locks_at
            if idle_out:
                assert not isinstance(phase, s.Active)
        if isinstance(view(self.state, event.at), WorkspaceView):
            assert isinstance(phase, s.Active)

    def law_4(self, before: s.State, event: said.Event, effects: tuple[do.Effect, ...]) -> None:
        """Every record is numbered without a gap and names who was there when it was made."""
        there = {
            session.person.id
            for session in (s.session_of(before.phase), s.session_of(self.state.phase))
            if session is not None
        }
        sequence, brought = before.known.next_sequence, said.said_by(event)
        if isinstance(before.phase, s.Opening | s.Stopped) and isinstance(
            brought, replies.StartupState
        ):
            sequence = brought.next_sequence  # a case that is found again is on the record at once
        for effect in effects:
            if isinstance(effect, do.KeepRecord):
                record, command = effect.record, effect.command
                assert record.sequence == sequence
                if command is not None:
                    made = (command.sequence, command.actor, command.account, command.strength)
                    assert made == (record.sequence, record.actor, record.account, record.strength)
                    assert command.at == record.at
                sequence += 1
                assert record.device == self.state.known.device
                if record.actor:
                    assert record.actor in there
                if record.act in {Act.ENTERED, Act.RESUMED}:
                    self.as_sure_as_it_was(before, event, record)
                if record.act in {Act.ENTERED, Act.RESUMED, Act.LOCKED, Act.LEFT}:
                    assert record.actor
                if record.actor:
                    # Nobody acts in somebody else's account, whoever was there before.
                    own_account = self.own(before, record.account)
                    assert record.actor == record.account or not own_account
                    assert record.actor == record.account or not self.own(before, record.actor)
        # Whoever reads the memory anew counts on from what is durable.
        if not isinstance(before.phase, s.Opening | s.Stopped):
            assert self.state.known.next_sequence == sequence

    def own(self, before: s.State, account_id: str) -> bool:
        """Whether that is a personal account, as far as this computer knows."""
        there = (s.session_of(before.phase), s.session_of(self.state.phase))
        sessions = (each.account for each in there if each is not None)
        owns_ = (personal_account(each.known, account_id) for each in (before, self.state))
        own = [each.account for each in owns_ if each is not None]
        return any(each.id == account_id and not each.shared for each in (*sessions, *own))

    def as_sure_as_it_was(self, before: s.State, event: said.Event, record: Record) -> None:
        """A name that was typed is never written down as one of the list.

        Nobody enters a personal account but by its PIN, or by the badge a while after the PIN; or
        comes back to it without either but by the tile, from a lock of their own and a little
        while after it.
        """
        if self.own(before, record.account):
            if record.strength is Strength.PIN:
                return
            if record.strength is Strength.BADGE:
                if not isinstance(before.phase, s.Entering):
                    self.by_badge_alone(event.at, record.account)
                return
            assert record.act is Act.RESUMED
            assert record.strength is Strength.TILE
            if isinstance(before.phase, s.Locked):
                assert before.phase.own_until is not None
                assert event.at < before.phase.own_until
            return
        if record.act is Act.RESUMED:
            return
        if record.strength is Strength.SELF_NAMED and isinstance(before.phase, s.Entering):
            return  # since it was typed that name may have got a tile of its own
        terms = self.state.known.terms
        listed = terms is not None and any(p.id == record.actor for p in terms.people)
        assert (record.strength is Strength.SELF_NAMED) == (
            not listed and record.actor != record.account
        )

    def by_badge_alone(self, at: datetime, account_id: str) -> None:
        """Their PIN was typed here, and they were at work, within what the clinic allows."""
        terms = self.state.known.terms
        assert terms is not None
        assert any(each.holder == account_id for each in terms.badges)
        assert account_id in self.open, "a badge opens nothing"
        typed, there = self.pin_typed[account_id], self.last_there[account_id]
        assert typed <= at < typed + terms.limits.badge_window
        assert at < there + terms.limits.badge_idle

    def somebody_is_there(self, before: s.State, event: said.Event) -> None:
        """What a PIN opened, and who is at work; sleep forgets both."""
        awaited = isinstance(event, said.Answered) and event.attempt == s.attempt_of(before.phase)
        match said.said_by(event):
            case replies.CredentialUnwrapped(account_id=whose) | replies.PinKept(account_id=whose):
                self.open.add(whose)
                if awaited:
                    self.pin_typed[whose] = self.last_there[whose] = event.at
            case replies.Accepted(trust=Trust(account_id=whose)):
                self.open.add(whose)
            case _:
                pass
        if isinstance(event, said.Suspended):
            self.pin_typed.clear()
        session = s.session_of(before.phase)
        if session is not None and isinstance(before.phase, BESIDE_WORK):
            self.last_there[session.account.id] = event.at

    def nothing_is_left_open(self, event: said.Event, effects: tuple[do.Effect, ...]) -> None:
        """Law 10: an open credential is in use, or kept for a badge, and closed otherwise."""
        for effect in effects:
            if isinstance(effect, do.LockCredential | do.ForgetOwn):
                self.open -= {effect.account_id} if effect.account_id else self.open.copy()
            if isinstance(effect, do.KeepRecord) and effect.record.act is Act.TAKEN_OUT:
                self.pin_typed.pop(effect.record.account, None)
        known, phase = self.state.known, self.state.phase
        windows = {each.account_id for each in known.windows}
        personal = {each.account.id for each in personal_accounts(known)}
        assert self.open & personal <= windows | open_in(phase), "left open"
        if isinstance(event, said.Suspended):
            assert not windows

    def nothing_is_left_behind(self, event: said.Event, effects: tuple[do.Effect, ...]) -> None:
        """Law 10: slots, sessions at the server and Xchart's page are there for a state only."""
        brought = said.said_by(event)
        self.slots |= set(tickets_in(brought))
        if isinstance(brought, replies.SessionStarted):
            self.sessions.add(brought.session_id)
        for effect in effects:
            match effect:
                case do.AnswerPage(typed=typed):
                    self.slots.discard(typed or Ticket(0))
                case do.ReadInvitation():
                    pass  # the link is looked at: it may be tried again
                case do.AcceptInvitation(password=password):
                    self.slots.discard(password)
                case do.EndSession(session_id=session_id):
                    self.sessions.discard(session_id)
                case do.ShowPage(page=page):
                    self.page_is_there = True
                    self.slots.discard(page)
                case do.ClosePage():
                    self.page_is_there = False
                case _:
                    self.slots -= set(tickets_in(effect))
        assert self.slots == set(tickets_in(self.state.phase)), "left in a slot"
        session = s.session_of(self.state.phase)
        assert session is not None or not self.sessions, "goes on there that nobody is in"
        assert session is not None or not self.page_is_there, "a page of nobody's"

    def law_5(self, before: s.State, event: said.Event, effects: tuple[do.Effect, ...]) -> None:
        """A late answer changes nothing; at most it gives back what it brought."""
        if not isinstance(event, said.Answered):
            return
        session = s.session_of(before.phase)
        known = before.known
        awaited = {s.attempt_of(before.phase), known.contact_attempt}
        awaited |= {known.sending.attempt, known.day_attempt, known.badge_attempt}
        awaited.add(known.rehearsal_attempt)
        awaited.add(known.roster_attempt)
        if session is not None and session.case is not None:
            awaited.add(session.case.attempt)
        awaited.add(known.note_attempt)
        if session is not None and session.awaiting_server:
            awaited.add(session.attempt)
        if event.attempt == 0 or event.attempt not in awaited:
            assert self.state == before
            assert {type(e) for e in effects} <= STALE

    def law_6(self, before: s.State) -> None:
        """A shared account with rights it must not have: nobody is active in it after the news."""
        account, session = self.state.known.account, s.session_of(self.state.phase)
        if session is None or account is None or session.account.id != account.id:
            return
        if account.shared and account.privileged:
            assert (
                not isinstance(self.state.phase, s.Active | s.Entering | s.Locked)
                or (
                    self.state.known.account == before.known.account
                    and not isinstance(before.phase, s.AtLogin)
                )
                or session.in_case
            )

    def law_7(self, before: s.State, event: said.Event) -> None:
        """Only a person's accepted sign-in moves the horizon."""
        known = self.state.known
        there = {known.account.id} if known.account else set()
        for account_id in there | {each.account.id for each in known.own}:
            old, new = trust_of(before.known, account_id), trust_of(self.state.known, account_id)
            if isinstance(new, Trust) and (not isinstance(old, Trust) or until(new) > until(old)):
                assert isinstance(said.said_by(event), SIGN_INS)

    def law_9(self, before: s.State, event: said.Event, effects: tuple[do.Effect, ...]) -> None:
        """Nothing ends a case but its end, and what waits for that happens once, then."""
        case = case_of(before)
        if case is None:
            return
        session = s.session_of(self.state.phase)
        made = [each.record.act for each in effects if isinstance(each, do.KeepRecord)]
        if Act.CASE_ENDED in made:
            pressed = isinstance(event, said.Asked) and isinstance(
                event.intent, want.CaseEndWanted | want.StatusWanted
            )
            if isinstance(before.phase, s.Locked) and before.phase.starts_clean is not None:
                # Another account's holder tapped twice, a moment apart.
                who, since = before.phase.starts_clean
                if event == said.Asked(event.at, want.TileTapped(who)):
                    assert event.at - since >= timedelta(seconds=2)
                    return
            if code_of(event) in CUTS_THROUGH:
                return
            told = isinstance(event, said.Ticked) and case.ending_at is not None
            assert pressed or (told and event.at >= (case.ending_at or event.at))
            assert made.count(Act.TAKEN_OUT) == bool(case.pending)
            assert (session is None) == bool(case.pending)
            return
        if code_of(event) in CUTS_THROUGH:
            return
        assert session is not None, "taken out of a case"
        now = session.case
        assert now is not None
        assert (now.sequence, now.is_kept) == (case.sequence, True)
        if not isinstance(said.said_by(event), replies.SessionStarted):
            # Its yes is newer; and whoever steps in is not whom the list has lost.
            waits = [each for each in case.pending if each.reason != Refusal(Code.PERSON_UNLISTED)]
            assert all(each in now.pending for each in waits), "what waits is not forgotten"
        assert not {Act.TAKEN_OUT, Act.LEFT, Act.COMPUTER_REMOVED} & set(made)
        assert not any(isinstance(each, do.ClosePage | do.StartAgain) for each in effects)
        assert not isinstance(
            self.state.phase, s.AskingForCode | s.AskingPassword | s.ConfirmingRemoval
        )

    def law_12(self, before: s.State, event: said.Event) -> None:
        """What takes trust away bites at the contact that says it: nobody is at work after it."""
        code = code_of(event)
        if not isinstance(event, said.Answered) or code not in ENDS_TRUST:
            return
        asked = {before.known.contact_attempt, before.known.sending.attempt} - {0}
        house, case = before.known.account, case_of(before)
        if case is not None and code not in CUTS_THROUGH:
            return  # it waits (law 9)
        if event.attempt in asked and house is not None:
            session = s.session_of(self.state.phase)
            assert session is None or session.account.id != house.id
            assert not isinstance(self.state.known.trust, Trust)
            if code in OF_THE_COMPUTER:
                assert session is None
                assert not any(isinstance(each.trust, Trust) for each in self.state.known.own)

    def hands_on_a_wiped_screen(
        self, before: s.State, event: said.Event, effects: tuple[do.Effect, ...]
    ) -> None:
        """They do nothing; it covers whoever is in, and what covers ends it (laws 3, 13)."""
        phase = self.state.phase
        if isinstance(phase, s.Wiping) and not s.is_covered(before.phase):
            made = {e.record.act for e in effects if isinstance(e, do.KeepRecord)}
            assert phase.session is None or Act.LOCKED in made
        if not isinstance(before.phase, s.Wiping):
            return
        ends = want.WentBack | want.BadgeRead | want.DoneWanted
        if isinstance(event, said.Asked) and not isinstance(event.intent, ends):
            assert (phase, self.state.known.terms) == (before.phase, before.known.terms)
            assert not any(isinstance(e, do.KeepRecord | do.StartSession) for e in effects)
        if isinstance(event, said.ScreenLocked | said.Suspended):
            assert isinstance(phase, s.AtLogin | s.Locked)
        assert not isinstance(phase, s.Active | s.Entering), "nobody comes in through it"

    def a_code_is_said_ahead(self, event: said.Event) -> None:
        """From seven days before, on the login screen; and to nobody who is in (design.md 3)."""
        page = view(self.state, event.at)
        told = any("will be needed from" in each for each in texts(page))
        known, phase = self.state.known, self.state.phase
        if not isinstance(phase, s.AtLogin):
            assert not told or (isinstance(phase, s.Entering) and not phase.resuming)
            return
        if known.account is None or not holds(known.trust, known.account.id, event.at):
            assert not told
            return
        assert isinstance(known.trust, Trust)
        left = until(known.trust) - event.at
        assert isinstance(page, LoginView)
        if left <= timedelta(days=7) and known.trust.horizon_at is not None:
            assert told or "No code needed before" in page.status
        elif known.opens is None:
            assert not told

    def the_new_password_first(self, before: s.State, effects: tuple[do.Effect, ...]) -> None:
        """Nobody starts clean on the shared account while its new password is owed."""
        house = self.state.known.account
        if house is None or not before.known.renewal_due or not self.state.known.renewal_due:
            return
        for effect in effects:
            if isinstance(effect, do.KeepRecord) and effect.record.act is Act.ENTERED:
                assert effect.record.account != house.id or not house.shared

    def a_page_is_answered(self, event: said.Event, effects: tuple[do.Effect, ...]) -> None:
        """A page stands still only under its question, and Yes is only what a person pressed.

        What it said is kept for as long as the session that it was said to, and no longer.
        """
        if isinstance(event, said.PageSpoke | said.PageAsked):
            self.words.add(event.words)
        if isinstance(event, said.PageAsked):
            self.standing.add(event.words)
        for effect in effects:
            if isinstance(effect, do.AnswerPage):
                self.standing.remove(effect.words)
                if effect.yes:
                    assert isinstance(event, said.Asked)
                    assert event.intent == want.QuestionAnswered(effect.words, True, effect.typed)
            if isinstance(effect, do.DropSecret):
                self.words.discard(effect.ticket)
        phase, session = self.state.phase, s.session_of(self.state.phase)
        question = phase.question if isinstance(phase, s.Active) else None
        asked = {question.words} if question is not None else set()
        assert self.standing == asked
        assert question is None or (session is not None and session.shown)
        told = {each.words for each in session.told} if session is not None else set()
        assert self.words == told | asked

    def names_change_by_the_password(
        self, before: s.State, event: said.Event, effects: tuple[do.Effect, ...]
    ) -> None:
        """Who has a tile changes at a computer that keeps it, by somebody who typed the account's
        password on this visit, on the record, and once that is durable; never whom IT has set.
        """
        reply = event.reply if isinstance(event, said.Answered) else None
        asked = isinstance(before.phase, s.UnlockingNames) and event_answers(event, before)
        if asked and isinstance(reply, replies.PasswordProved):
            self.password_typed = True
        if not isinstance(self.state.phase, UNLOCKED):
            self.password_typed = False
        for effect in effects:
            if isinstance(effect, do.KeepRecord) and effect.roster is not None:
                assert self.password_typed
                assert effect.record.detail
        old, new = before.known.terms, self.state.known.terms
        if old is None or new is None or new.word is not Word.HERE or old.word is not Word.HERE:
            return
        if old.account.id == new.account.id and (old.people, old.badges) != (
            new.people,
            new.badges,
        ):
            assert isinstance(reply, replies.RosterKept)
            assert isinstance(event, said.Answered)
            assert event.attempt == before.known.roster_attempt
            assert {each.id for each in old.people} & set(old.by_it) <= {p.id for p in new.people}
        names = [each.name.casefold() for each in new.people]
        assert len(names) == len(set(names)), "two tiles of one name"

    def nobody_lingers(self) -> None:
        """Whoever is gone from this computer is not at work on it, nor under a cover."""
        session = s.session_of(self.state.phase)
        if session is not None and not session.account.shared:
            assert personal_account(self.state.known, session.account.id) is not None
        for each in self.state.known.own:
            assert not each.account.shared

    def within_the_table(self, before: s.State, event: said.Event) -> None:
        """No step leads where its row does not say; what has no row leads nowhere."""
        what = type(said.said_by(event))
        row = TABLE.get((type(before.phase), what))
        went = type(self.state.phase)
        if went is type(before.phase):
            return
        allowed = set(row.leads_to) if row else set()
        if type(before.phase) in OVER or isinstance(before.phase, s.Entering):
            allowed.add(s.AtLogin)  # the server's no takes a session out from any page
            if code_of(event) is Code.PASSWORD_CHANGED:
                allowed.add(s.AskingPassword)
            if code_of(event) is Code.TRUST_MISSING and is_set_here(before.known):
                # The site's page has asked for its code by then.
                allowed.add(s.AskingForCode)
        assert went in allowed, f"{type(before.phase).__name__} -{what.__name__}-> {went.__name__}"

    def as_recorded(
        self, before: s.State, event: said.Event, effects: tuple[do.Effect, ...]
    ) -> None:
        """A step makes the records that its row names, and no others; an entry makes one."""
        made = {e.record.act for e in effects if isinstance(e, do.KeepRecord)}
        what = type(said.said_by(event))
        row = TABLE.get((type(before.phase), what))
        allowed = set(row.records) if row else set()
        if type(before.phase) in OVER or isinstance(before.phase, s.Entering):
            allowed.add(Act.TAKEN_OUT)  # the server's no takes a session out from any page
        if isinstance(event, said.Answered) and event.attempt == before.known.roster_attempt:
            allowed.add(Act.NAMES_UNCHANGED)  # it was recorded before it could not be kept
        begun = s.session_of(before.phase)
        if begun is not None and begun.case is not None:
            cut = code_of(event) in CUTS_THROUGH
            if cut or not begun.case.is_kept:
                allowed.add(Act.CASE_ENDED)  # the same: it was recorded, and there is none
            if Act.TAKEN_OUT in made or Act.LEFT in made:
                assert Act.CASE_ENDED in made, "a case goes with a record"
                gone = (each for each in effects if isinstance(each, do.KeepCase))
                assert any(each.note is None for each in gone), "a restart would find it again"
        assert made <= allowed, f"{type(before.phase).__name__} -{what.__name__}-> {made - allowed}"
        was, is_ = s.session_of(before.phase), s.session_of(self.state.phase)
        if was is not None and is_ is None and not isinstance(before.phase, s.Entering):
            assert made & {Act.LEFT, Act.TAKEN_OUT, Act.COMPUTER_REMOVED}, "left without a record"
        if isinstance(before.phase, s.Entering) and is_ is None and before.phase.confirmation:
            confirmed = before.phase.confirmation.session_id
            assert do.EndSession(confirmed) in effects, "a session goes on there that nobody is in"
        if isinstance(self.state.phase, s.Locked) and isinstance(before.phase, s.Active):
            assert Act.LOCKED in made, "locked without a record"


def case_of(state: s.State) -> Case | None:
    """The case that is on; one that is not kept yet waives nothing."""
    session = s.session_of(state.phase)
    return session.case if session is not None and session.in_case else None


def in_case(state: s.State) -> bool:
    """Whether one is on."""
    return case_of(state) is not None


def event_answers(event: said.Event, before: s.State) -> bool:
    """Whether it is what the phase before it waited for."""
    return isinstance(event, said.Answered) and event.attempt == s.attempt_of(before.phase)


def until(trust: Trust) -> datetime:
    """Its end; where nobody can say, later than any."""
    return trust.horizon_at or datetime.max.replace(tzinfo=UTC)


def code_of(event: said.Event) -> Code | None:
    """The code of the server's no, if it is one."""
    match said.said_by(event):
        case replies.No(why=Refusal(code=code)):
            return code
        case _:
            return None
