"""In the room: lock, switch, done, idle, limits; and covering over every page and prompt."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act, Cause
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.intents import Ticket
from kiosk.session.model.refusals import Unreachable
from kiosk.session.model.state import session_of
from kiosk.session.pages.views import LoginView, WorkspaceView
from kiosk.session.view import covers
from tests.session.rules.test_confirming import OVER, unconfirmed
from tests.support import worlds as w
from tests.support.script import Script

NONE = timedelta(0)
LIMIT = w.LIMITS.idle_lock


def over(phase: type) -> Script:
    """Maria's session, confirmed and painted, under a page of that kind."""
    kiosk = unconfirmed(phase).started()
    return kiosk.happens(said.PageShown(kiosk.now))


@pytest.mark.parametrize(
    ("intent", "cause", "heading"),
    [
        (want.LockWanted(), Cause.PERSON, "Locked for Maria Lopez"),
        (want.SwitchWanted(), Cause.SWITCH, "Who is next?"),
    ],
)
def test_lock_and_switch_cover_at_once_and_keep_the_page(
    intent: want.Intent, cause: Cause, heading: str
) -> None:
    kiosk = Script.at_work().wants(intent).asks_for(do.KeepRecord)
    assert kiosk.records[-1].cause is cause
    page = kiosk.sees(LoginView)
    assert page.locked
    assert page.heading == heading
    assert page.tiles[0].own
    assert page.tiles[0].person_id == w.MARIA.id
    assert covers(kiosk.state)


def test_done_ends_the_session_and_leaves_trust() -> None:
    kiosk = Script.at_work()
    before = kiosk.state.known.trust
    kiosk.wants(want.DoneWanted()).asks_for(do.ClosePage, do.EndSession("ses-1"), do.KeepRecord)
    kiosk.at(s.AtLogin)
    assert kiosk.state.known.trust == before
    assert kiosk.acts[-1] == (Act.LEFT, w.MARIA.id)
    kiosk.tapped(w.MARIA.id).kept().at(s.Active)


@pytest.mark.parametrize("phase", OVER)
def test_a_kiosk_told_to_quit_ends_the_session_under_any_page(phase: type) -> None:
    kiosk = over(phase).wants(want.DoneWanted())
    kiosk.asks_for(do.ClosePage, do.EndSession("ses-1"), do.KeepRecord)
    kiosk.at(s.AtLogin)


@pytest.mark.parametrize("phase", OVER)
@pytest.mark.parametrize(
    ("event", "cause"),
    [
        (said.ScreenLocked(w.NOON), Cause.SCREEN_LOCK),
        (said.Suspended(w.NOON), Cause.SUSPEND),
        (said.Ticked(w.NOON, LIMIT + timedelta(minutes=5)), Cause.IDLE),
    ],
)
def test_the_system_covers_over_every_page_and_prompt(
    phase: type, event: said.Event, cause: Cause
) -> None:
    """Law 3."""
    kiosk = over(phase)
    if isinstance(event, said.Ticked):
        kiosk.passes(minutes=10)
        event = said.Ticked(kiosk.now, event.idle)
    records = len(kiosk.records)
    kiosk.happens(event)
    assert kiosk.at(s.Locked).session.person == w.MARIA
    assert kiosk.sees(LoginView).locked
    if phase is not s.Locked:
        assert [(r.act, r.cause) for r in kiosk.records[records:]] == [(Act.LOCKED, cause)]
    else:
        assert len(kiosk.records) == records
    kiosk.tapped(w.MARIA.id).kept()
    assert kiosk.at(s.Active).session.shown


@pytest.mark.parametrize("event", [said.ScreenLocked(w.NOON), said.Suspended(w.NOON)])
def test_nobodys_pages_fall_back_to_the_login_screen(event: said.Event) -> None:
    kiosk = Script.at_login().wants(want.ThisComputerWanted())
    kiosk.happens(event).asks_for()
    kiosk.at(s.AtLogin)


def test_the_idle_lock_counts_down_first() -> None:
    kiosk = Script.at_work()
    kiosk.passes(minutes=4, seconds=29).ticks(kiosk.now - w.NOON)
    assert kiosk.sees(WorkspaceView).countdown == ""
    kiosk.passes(seconds=1).ticks(kiosk.now - w.NOON)
    assert kiosk.sees(WorkspaceView).countdown == "Locking in 30 s"
    kiosk.passes(seconds=29).ticks(kiosk.now - w.NOON)
    assert kiosk.sees(WorkspaceView).countdown == "Locking in 1 s"
    kiosk.passes(seconds=1).ticks(kiosk.now - w.NOON).asks_for(do.KeepRecord)
    assert kiosk.at(s.Locked).cause is Cause.IDLE


def test_input_anywhere_on_the_computer_puts_the_idle_lock_off() -> None:
    """Radiographs are read beside us."""
    kiosk = Script.at_work()
    for _ in range(20):
        kiosk.passes(minutes=4).ticks(timedelta(seconds=3))
        kiosk.at(s.Active)
    assert kiosk.sees(WorkspaceView).countdown == ""


def test_keep_working_puts_the_idle_lock_off() -> None:
    kiosk = Script.at_work().passes(minutes=4, seconds=50)
    kiosk.ticks(timedelta(minutes=4, seconds=50)).wants(want.KeepWorkingWanted())
    assert kiosk.sees(WorkspaceView).countdown == ""
    kiosk.passes(minutes=1).ticks(timedelta(minutes=5, seconds=50)).at(s.Active)


@given(st.lists(st.integers(1, 200), min_size=1, max_size=20), st.integers(0, 200))
def test_nobody_stays_active_longer_than_the_limit_after_the_last_input(
    steps: list[int], last_input: int
) -> None:
    """Whatever the rhythm of the ticks."""
    kiosk = Script.at_work()
    touched = w.NOON + timedelta(seconds=last_input)
    for seconds in steps:
        kiosk.passes(seconds=seconds)
        kiosk.ticks(max(NONE, kiosk.now - touched) if kiosk.now >= touched else NONE)
        if kiosk.now - touched >= LIMIT:
            kiosk.at(s.Locked)
            return
        if kiosk.now - w.NOON < LIMIT:
            kiosk.at(s.Active)


@pytest.mark.parametrize("phase", OVER)
def test_the_sessions_limit_ends_it_under_every_page(phase: type) -> None:
    kiosk = over(phase).passes(hours=12)
    kiosk.ticks()
    assert {do.ClosePage(finished=True), do.EndSession("ses-1")} <= set(kiosk.newest)
    assert kiosk.at(s.AtLogin).limit
    notice = kiosk.sees(LoginView).notice
    assert notice is not None
    assert notice.title == "The session was open for too long."
    assert kiosk.records[-1].cause is Cause.LIMIT


def test_a_page_that_is_shown_is_never_loaded_again() -> None:
    """Law 9: it may be a case."""
    kiosk = Script.at_work().wants(want.RetryWanted()).asks_for()
    kiosk.at(s.Active)


def test_when_the_server_answers_again_the_entry_is_confirmed_by_itself() -> None:
    kiosk = Script.at_login()
    kiosk.tapped(w.MARIA.id).kept().unreached(do.StartSession, Unreachable.NO_INTERNET)
    kiosk.passes(seconds=5).ticks().asks_for(do.FetchChanges)
    kiosk.news(None).passes(seconds=1).ticks().asks_for(do.StartSession)
    kiosk.started(page=7).asks_for(do.ShowPage(Ticket(7)))
    assert kiosk.at(s.Active).session.id == "ses-1"


def test_a_request_for_a_code_that_nobody_answers_is_given_up() -> None:
    kiosk = Script.at_login(w.memory(trusted=False)).tapped(w.MARIA.id)
    told = w.challenge(Purpose.RETURN, kiosk.now)
    kiosk.happens(said.Answered(kiosk.now, kiosk.number(do.OpenChallenge), told))
    kiosk.passes(minutes=29).ticks().at(s.ChoosingApprover)
    kiosk.passes(minutes=1).ticks().at(s.AtLogin)


@pytest.mark.parametrize("phase", OVER)
def test_a_session_never_changes_hands_under_a_page(phase: type) -> None:
    session = session_of(over(phase).state.phase)
    assert session is not None
    assert session.person == w.MARIA
