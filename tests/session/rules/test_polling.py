"""Background contact: when it asks, what its news may do, and that it never moves trust on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act
from kiosk.session.model.intents import Ticket
from kiosk.session.model.refusals import ENDS_TRUST, Code, Fault, Refusal, Unreachable
from kiosk.session.model.trust import NoTrust, Trust
from kiosk.session.pages.views import LoginView
from kiosk.session.rules.moves import LONGEST_WAIT
from kiosk.sync.plan import LONGEST_PATIENCE, LONGEST_RETRY
from tests.session.rules.test_confirming import OVER, unconfirmed
from tests.support import worlds as w
from tests.support.script import Script


@pytest.fixture
def unanswered() -> Script:
    """Lena's login beside the account's, and a server that is away since noon."""
    memory = replace(w.memory(), terms=w.with_lena(), own=(w.own(),))
    return Script.at_login(memory).ticks().unreached(do.FetchChanges)


def test_it_asks_when_it_was_told_to_and_one_question_at_a_time() -> None:
    kiosk = Script.at_login().ticks().asks_for(do.FetchChanges(2, "acc-office"))
    kiosk.passes(minutes=10).ticks().asks_for()
    kiosk.news(None).ticks().asks_for()
    kiosk.passes(seconds=59).ticks().asks_for()
    kiosk.passes(seconds=1).ticks().asks_for(do.FetchChanges)


@pytest.mark.parametrize("trust", NoTrust)
def test_without_trust_there_is_nothing_to_ask(trust: NoTrust) -> None:
    Script.at_login(replace(w.memory(), trust=trust)).ticks().asks_for()
    Script.new().ticks().asks_for()


def test_a_server_that_is_away_is_asked_again_when_the_plan_says() -> None:
    """How long that is, and its jitter, are ``sync.plan``'s."""
    kiosk = Script.at_login().ticks().unreached(do.FetchChanges)
    kiosk.passes(seconds=29).ticks().asks_for()
    kiosk.passes(seconds=1).ticks().asks_for(do.FetchChanges)
    assert kiosk.state.known.unreached_since == w.NOON
    kiosk.news(None)
    assert kiosk.state.known.unreached_since is None


def test_somebody_who_is_there_does_not_wait_for_minutes() -> None:
    """A touch shortens the wait for news to ten seconds; what is to be sent keeps its own."""
    kiosk = Script.at_work().passes(minutes=2).ticks()
    number, later = kiosk.number(do.FetchChanges), kiosk.now + timedelta(minutes=5)
    kiosk.happens(said.Answered(kiosk.now, number, replies.No(Unreachable.NO_ANSWER, later)))
    kiosk.passes(seconds=30).ticks().asks_for()
    kiosk.wants(want.LockWanted())
    kiosk.passes(seconds=9).wants(want.TileTapped("nobody")).ticks().asks_for()
    kiosk.passes(seconds=1).ticks().asks_for(do.FetchChanges)


def test_a_touch_changes_nothing_while_the_server_answers() -> None:
    kiosk = Script.at_work().passes(minutes=2).ticks().news(None)
    due = kiosk.state.known.contact_due
    kiosk.wants(want.KeepWorkingWanted())
    assert kiosk.state.known.contact_due == due


@pytest.mark.parametrize("lane", [do.FetchChanges, do.SendQueued])
@pytest.mark.parametrize("no", [Code.OTHER, Fault.KEYCHAIN_LOCKED, Fault.RECORDS_FULL])
def test_a_no_is_asked_again_when_the_plan_says(
    lane: type[do.FetchChanges | do.SendQueued], no: Code | Fault
) -> None:
    """Not five minutes later: a keychain that was unlocked is soon noticed."""
    kiosk = Script.at_login(replace(w.memory(), changes=2)).ticks()
    number, again_at = kiosk.number(lane), kiosk.now + timedelta(seconds=7)
    if isinstance(no, Fault):
        kiosk.happens(said.Answered(kiosk.now, number, replies.No(no, again_at=again_at)))
    else:
        kiosk.happens(said.Answered(kiosk.now, number, replies.No(Refusal(no), again_at)))
    kiosk.passes(seconds=6).ticks()
    assert not [each for each in kiosk.newest if isinstance(each, lane)]
    kiosk.passes(seconds=1).ticks()
    assert [each for each in kiosk.newest if isinstance(each, lane)]


def test_whoever_gets_through_ends_the_wait_of_the_background() -> None:
    kiosk = Script.at_login().ticks().unreached(do.FetchChanges)
    kiosk.tapped(w.MARIA.id).kept().started()
    assert kiosk.state.known.reach is None
    kiosk.ticks().asks_for(do.FetchChanges)


@pytest.mark.parametrize("code", [Code.PIN_WRONG, Code.PIN_SPENT, Code.TOO_MANY_TRIES])
def test_a_pin_that_this_computer_refuses_does_not_say_that_the_server_answers(
    unanswered: Script, code: Code
) -> None:
    kiosk = unanswered.tapped(w.LENA.id).wants(want.PinGiven(Ticket(61)))
    kiosk.refused(do.UnwrapCredential, code)
    assert kiosk.state.known.unreached_since == w.NOON
    assert kiosk.state.known.reach is Unreachable.NO_ANSWER


def test_nor_does_one_that_is_too_easily_guessed(unanswered: Script) -> None:
    kiosk = unanswered
    kiosk.state = replace(kiosk.state, phase=s.ChoosingPin(w.LENA))
    kiosk.wants(want.PinGiven(Ticket(61))).wants(want.PinGiven(Ticket(62)))
    kiosk.refused(do.SealPin, Code.PIN_WEAK).at(s.ChoosingPin)
    assert kiosk.state.known.unreached_since == w.NOON


def test_nor_does_a_password_that_is_compared_here(unanswered: Script) -> None:
    kiosk = unanswered
    kiosk.state = replace(kiosk.state, phase=s.UnlockingNames(None))
    kiosk.wants(want.PasswordGiven(Ticket(61)))
    kiosk.refused(do.ProvePassword, Code.CREDENTIALS_WRONG).at(s.UnlockingNames)
    assert kiosk.state.known.unreached_since == w.NOON


def test_a_no_to_what_the_server_was_asked_says_that_it_answers(unanswered: Script) -> None:
    """Whichever page is on show when it comes."""
    kiosk = unanswered.passes(minutes=1).ticks()
    kiosk.tapped(w.LENA.id).wants(want.PinGiven(Ticket(61)))
    kiosk.refused(do.FetchChanges, Code.OTHER).at(s.AskingPin)
    assert kiosk.state.known.unreached_since is None


def test_news_of_the_schedule_is_read_where_someone_looks_at_it() -> None:
    kiosk = Script.at_work().passes(minutes=2).ticks().read()
    number = kiosk.number(do.FetchChanges)
    news = said.Answered(kiosk.now, number, replies.News(None, True, kiosk.now))
    kiosk.happens(news).asks_for(do.ReadDay)
    kiosk = Script.locked().passes(minutes=2).ticks()
    number = kiosk.number(do.FetchChanges)
    assert not kiosk.happens(replace(news, at=kiosk.now, attempt=number)).newest


def test_since_when_the_internet_is_gone_is_said_in_the_clinics_own_time() -> None:
    kiosk = Script.at_login().ticks().unreached(do.FetchChanges, Unreachable.NO_INTERNET)
    kiosk.passes(hours=2)
    notice = kiosk.sees(LoginView).notice
    assert notice is not None
    assert notice.title == "No internet since 12:05 pm."


@given(days=st.integers(-40, 400))
def test_news_may_shorten_trust_and_never_lengthens_it(days: int) -> None:
    """Law 7, law 12."""
    kiosk = Script.at_login().ticks()
    before = kiosk.state.known.trust
    assert isinstance(before, Trust)
    assert before.horizon_at is not None
    claimed = w.NOON + timedelta(days=days)
    kiosk.news(replace(w.terms(), trust_horizon_at=claimed))
    assert kiosk.state.known.trust == replace(before, horizon_at=min(before.horizon_at, claimed))


def test_older_news_does_not_replace_what_a_sign_in_brought() -> None:
    """Law 5: they crossed on the way."""
    kiosk = Script.at_login().ticks().passes(minutes=5)
    kiosk.tapped(w.MARIA.id).kept().started()
    newer = kiosk.state.known
    kiosk.news(w.terms(w.NOON)).asks_for()
    assert kiosk.state.known.terms == newer.terms
    assert kiosk.state.known.trust == newer.trust


def test_a_new_roster_is_on_the_screen_at_once_and_kept_for_the_next_start() -> None:
    kiosk = Script.at_login().ticks()
    kiosk.news(replace(w.terms(), people=(w.JAMES, replace(w.JAMES, id="per-ana", name="Ana"))))
    kiosk.asks_for(do.KeepPainted)
    assert [tile.name for tile in kiosk.sees(LoginView).tiles][:2] == ["James Carter", "Ana"]
    kiosk.tapped(w.MARIA.id).asks_for()


@pytest.mark.parametrize("code", sorted(ENDS_TRUST))
@pytest.mark.parametrize("phase", OVER)
def test_news_that_ends_trust_ends_the_session_under_every_page(phase: type, code: Code) -> None:
    kiosk = unconfirmed(phase).started().passes(minutes=1).ticks()
    kiosk.refused(do.FetchChanges, code)
    kiosk.asks_for(do.ClosePage, do.EndSession("ses-1"), do.KeepRecord, do.ForgetTrust)
    kiosk.at(s.AtLogin)
    assert kiosk.acts[-1] == (Act.TAKEN_OUT, w.MARIA.id)


@pytest.mark.parametrize("code", sorted(ENDS_TRUST))
def test_after_such_news_nobody_enters_by_pulling_the_cable(code: Code) -> None:
    """Laws 6 and 12: the grant still seems to live, and is not enough."""
    kiosk = Script.at_login().ticks().refused(do.FetchChanges, code)
    assert isinstance(kiosk.at(s.AtLogin).why, Refusal)
    kiosk.tapped(w.MARIA.id).asks_for(do.OpenChallenge)
    kiosk.unreached(do.OpenChallenge, Unreachable.NO_INTERNET).at(s.AtLogin)
    assert kiosk.records == []


@pytest.mark.parametrize("phase", OVER)
def test_promotion_in_the_news_takes_out_under_every_page(phase: type) -> None:
    """Law 6."""
    kiosk = unconfirmed(phase).started().passes(minutes=1).ticks()
    kiosk.news(w.terms(kiosk.now, w.PROMOTED))
    refusal = kiosk.at(s.AtLogin).why
    assert refusal == Refusal(Code.ACCOUNT_PRIVILEGED)
    kiosk.tapped(w.MARIA.id).at(s.AtLogin)


def test_any_other_refusal_of_the_background_disturbs_nobody() -> None:
    for code in set(Code) - ENDS_TRUST:
        kiosk = Script.at_work().passes(minutes=1).ticks()
        kiosk.refused(do.FetchChanges, code).asks_for()
        kiosk.at(s.Active)
        kiosk.passes(minutes=4).ticks().asks_for()


def test_a_corrupt_keychain_ends_the_session_and_any_other_fault_does_not() -> None:
    for fault in Fault:
        kiosk = Script.at_work().passes(minutes=1).ticks().faulted(do.FetchChanges, fault)
        kiosk.at(s.AtLogin if fault is Fault.KEYCHAIN_CORRUPT else s.Active)


def test_the_clock_is_judged_and_blocks_nobody() -> None:
    kiosk = Script.at_login().happens(said.ClockJudged(w.NOON, timedelta(days=365)))
    notice = kiosk.sees(LoginView).notice
    assert notice is not None
    assert notice.title == "This computer's clock is 1 year fast."
    kiosk.tapped(w.MARIA.id).kept().at(s.Active)
    kiosk = Script.at_login().happens(said.ClockJudged(w.NOON, timedelta(minutes=5)))
    assert kiosk.sees(LoginView).notice is None


def test_contact_goes_on_under_a_cover() -> None:
    kiosk = Script.locked().passes(minutes=1)
    kiosk.ticks().asks_for(do.FetchChanges)
    kiosk.wants(want.ThisComputerWanted()).at(s.Locked)


def test_a_corrupt_keychain_is_said_once_and_asked_again_later() -> None:
    kiosk = Script.at_login().ticks()
    kiosk.faulted(do.FetchChanges, Fault.KEYCHAIN_CORRUPT)
    assert kiosk.at(s.AtLogin).why is Fault.KEYCHAIN_CORRUPT
    kiosk.passes(seconds=1).ticks().asks_for()


@pytest.mark.parametrize("fast", [timedelta(hours=2), timedelta(hours=7), timedelta(days=365)])
def test_what_a_fast_clock_put_off_is_done_when_the_time_is_put_right(fast: timedelta) -> None:
    """Found by seed 2023 of the simulation: records waited as long as the clock had been fast."""
    fast_start = Script(w.opened(at=w.NOON + fast), w.NOON + fast)
    fast_start.ticks().news(None).sent()
    fast_start.now = w.NOON
    fast_start.ticks().asks_for(do.FetchChanges)
    fast_start.tapped(w.MARIA.id).kept().passes(seconds=3).ticks()
    assert any(isinstance(each, do.SendQueued) for each in fast_start.newest)


def test_no_wait_of_the_background_is_taken_for_a_wrong_clock() -> None:
    assert LONGEST_WAIT > LONGEST_PATIENCE + LONGEST_RETRY
