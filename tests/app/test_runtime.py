"""The runtime: one event at a time, in order, whatever happens meanwhile or goes wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.app.runtime import SHORTEST_WAIT, Runtime, Transition
from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import replies
from kiosk.session.model import state as s
from kiosk.session.pages.views import LoginView, View, WorkspaceView
from kiosk.session.step import first
from kiosk.session.view import covers
from tests.support import worlds as w


@dataclass
class Desk:
    """Everything around a runtime, remembered."""

    runtime: Runtime = field(init=False)
    now: datetime = w.NOON
    idle: timedelta = timedelta(0)
    shown: list[View] = field(default_factory=list)
    performed: list[do.Effect] = field(default_factory=list)
    waits: list[timedelta] = field(default_factory=list)
    bugs: list[BaseException] = field(default_factory=list)
    stepped: list[Transition] = field(default_factory=list)
    while_performing: Callable[[do.Effect], None] = lambda _: None
    while_showing: Callable[[View], None] = lambda _: None

    def __post_init__(self) -> None:
        state, effects = first(w.PLACE, None)
        self.runtime = Runtime(
            state,
            now=lambda: self.now,
            idle=lambda: self.idle,
            perform=self.perform,
            show=self.show,
            wake=self.waits.append,
            unexpected=self.bugs.append,
            stepped=self.stepped.append,
        )
        self.start = effects

    def perform(self, effect: do.Effect) -> None:
        self.performed.append(effect)
        self.while_performing(effect)

    def show(self, page: View, state: s.State) -> None:
        self.while_showing(page)
        self.shown.append(page)

    def remember(self) -> None:
        """The memory of a computer that joined."""
        self.runtime.begin(self.start)
        self.runtime.post(said.Answered(self.now, 1, w.memory()))

    def enter(self) -> None:
        """Maria at work."""
        self.remember()
        self.runtime.ask(want.TileTapped(w.MARIA.id))
        attempt = s.attempt_of(self.runtime.state.phase)
        self.runtime.post(said.Answered(self.now, attempt, replies.RecordKept()))


def test_the_first_page_is_shown_before_anything_is_asked_for() -> None:
    desk = Desk()
    seen: list[int] = []
    desk.while_performing = lambda _: seen.append(len(desk.shown))
    desk.runtime.begin(desk.start)
    assert desk.performed == [do.LoadStartupState(1)]
    assert seen == [1]


def test_an_answer_that_comes_while_effects_are_carried_out_waits_its_turn() -> None:
    desk = Desk()
    desk.remember()
    order: list[str] = []

    def answer_at_once(effect: do.Effect) -> None:
        order.append(f"begin {type(effect).__name__}")
        if isinstance(effect, do.KeepRecord):
            desk.runtime.post(said.Answered(desk.now, effect.attempt, replies.RecordKept()))
            assert isinstance(desk.runtime.state.phase, s.Entering)
        order.append(f"end {type(effect).__name__}")

    desk.while_performing = answer_at_once
    desk.runtime.ask(want.TileTapped(w.MARIA.id))
    assert isinstance(desk.runtime.state.phase, s.Active)
    asked = ("ReadDay", "KeepRecord", "StartSession", "KeepPainted")
    assert order == [f"{edge} {name}" for name in asked for edge in ("begin", "end")]


def test_a_start_that_is_answered_at_once_is_not_nested_either() -> None:
    desk = Desk()

    def answer_at_once(effect: do.Effect) -> None:
        if isinstance(effect, do.LoadStartupState):
            desk.runtime.post(said.Answered(desk.now, effect.attempt, w.memory()))
            assert isinstance(desk.runtime.state.phase, s.Opening)

    desk.while_performing = answer_at_once
    desk.runtime.begin(desk.start)
    assert isinstance(desk.runtime.state.phase, s.AtLogin)


def test_it_says_when_a_step_is_under_way() -> None:
    desk = Desk()
    seen: list[bool] = []
    desk.while_performing = lambda _: seen.append(desk.runtime.working)
    desk.runtime.begin(desk.start)
    assert seen == [True]
    assert not desk.runtime.working


def test_events_are_taken_first_in_first_out() -> None:
    desk = Desk()
    desk.enter()
    desk.performed.clear()

    def two_more(effect: do.Effect) -> None:
        if isinstance(effect, do.KeepRecord) and effect.record.sequence == 2:
            desk.runtime.ask(want.TileTapped(w.JAMES.id))
            desk.runtime.post(said.ScreenLocked(desk.now))

    desk.while_performing = two_more
    desk.runtime.ask(want.DoneWanted())
    acts = [(e.record.act, e.record.actor) for e in desk.performed if isinstance(e, do.KeepRecord)]
    assert [actor for _, actor in acts] == [w.MARIA.id, w.JAMES.id, w.JAMES.id]
    assert isinstance(desk.runtime.state.phase, s.AtLogin)


def test_a_page_is_shown_only_when_it_changed() -> None:
    desk = Desk()
    desk.remember()
    before = len(desk.shown)
    desk.runtime.tick()
    desk.runtime.post(said.ClockJudged(desk.now, timedelta(seconds=2)))
    assert len(desk.shown) == before
    desk.now += timedelta(minutes=1)
    desk.runtime.tick()
    assert len(desk.shown) == before + 1


def test_idle_time_is_asked_with_every_tick() -> None:
    desk = Desk()
    desk.enter()
    desk.now += w.LIMITS.idle_lock
    desk.idle = w.LIMITS.idle_lock
    desk.runtime.tick()
    assert isinstance(desk.runtime.state.phase, s.Locked)


@given(st.lists(st.integers(0, 400), max_size=12))
def test_it_asks_to_be_woken_after_every_event_and_never_in_the_past(steps: list[int]) -> None:
    desk = Desk()
    desk.enter()
    for seconds in steps:
        desk.now += timedelta(seconds=seconds)
        desk.idle = timedelta(seconds=seconds)
        before = len(desk.waits)
        desk.runtime.tick()
        assert len(desk.waits) == before + 1
    assert all(SHORTEST_WAIT <= wait <= timedelta(minutes=1) for wait in desk.waits)


def test_a_page_that_cannot_be_shown_loses_neither_effects_nor_events() -> None:
    desk = Desk()
    desk.enter()

    def broken(page: View) -> None:
        raise RuntimeError("the window is gone")

    desk.while_showing = broken
    waits = len(desk.waits)
    desk.runtime.ask(want.LockWanted())
    assert isinstance(desk.runtime.state.phase, s.Locked)
    assert isinstance(desk.performed[-1], do.KeepRecord)
    assert len(desk.bugs) == 1
    assert len(desk.waits) > waits, "nobody would ever try again"


def test_a_cover_that_could_not_be_shown_is_shown_at_the_next_opportunity() -> None:
    desk = Desk()
    desk.enter()
    assert isinstance(desk.shown[-1], WorkspaceView)

    def broken(page: View) -> None:
        raise RuntimeError

    desk.while_showing = broken
    desk.runtime.ask(want.LockWanted())
    desk.while_showing = lambda _: None
    desk.runtime.tick()
    cover = desk.shown[-1]
    assert isinstance(cover, LoginView)
    assert cover.locked


def test_one_effect_that_raises_keeps_no_other_from_being_carried_out() -> None:
    desk = Desk()
    desk.remember()

    def broken(effect: do.Effect) -> None:
        if isinstance(effect, do.KeepRecord):
            raise RuntimeError

    desk.while_performing = broken
    desk.runtime.ask(want.TileTapped(w.MARIA.id))
    asked = [type(e) for e in desk.performed[-3:]]
    assert asked == [do.ReadDay, do.KeepRecord, do.StartSession]
    assert len(desk.bugs) == 1
    desk.runtime.post(said.ScreenLocked(desk.now))
    assert covers(desk.runtime.state)
    assert isinstance(desk.runtime.state.phase, s.AtLogin)


def test_a_bug_in_the_core_keeps_no_later_event_from_being_heard() -> None:
    desk = Desk()
    desk.enter()

    without_a_zone = desk.now.replace(tzinfo=None)
    desk.runtime.post(said.Ticked(without_a_zone, timedelta(0)))
    assert len(desk.bugs) == 1
    desk.runtime.post(said.ScreenLocked(desk.now))
    assert isinstance(desk.runtime.state.phase, s.Locked)


def test_every_step_is_told_even_where_the_page_stays_the_same() -> None:
    """A tap in the first second looks the same before and after the memory is read."""
    desk = Desk()
    desk.runtime.begin(desk.start)
    desk.runtime.ask(want.TileTapped(w.MARIA.id))
    desk.runtime.tick()
    desk.runtime.tick()
    assert len(desk.stepped) == 4
    assert desk.stepped[-1].after == desk.runtime.state
