"""The clock: nothing that is done to the computer's own lengthens trust (law 7, T7)."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kiosk.local.clock import Clock, ComputerReadings

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
YEAR = timedelta(days=365)


@dataclass
class Turned:
    """A computer whose clocks the test turns."""

    at: datetime = NOON
    since_boot: timedelta = field(default_factory=timedelta)

    def wall(self) -> datetime:
        return self.at

    def elapsed(self) -> timedelta:
        return self.since_boot

    def pass_time(self, span: timedelta) -> None:
        self.at += span
        self.since_boot += span


def test_before_the_server_is_heard_the_wall_clock_counts() -> None:
    computer = Turned()
    clock = Clock(computer)
    computer.pass_time(DAY)
    assert clock.now() == NOON + DAY
    assert clock.disagreement() is None
    assert clock.high_water is None


def test_a_mark_ahead_of_the_wall_clock_counts_and_does_not_stand_still() -> None:
    computer = Turned()
    clock = Clock(computer, high_water=NOON + YEAR)
    computer.pass_time(DAY)
    assert clock.now() == NOON + YEAR + DAY


def test_turned_back_a_day_before_the_server_is_heard() -> None:
    computer = Turned()
    clock = Clock(computer)
    computer.at -= DAY
    assert clock.now() == NOON


def test_a_clock_set_right_after_boot_counts() -> None:
    computer = Turned(at=datetime(1970, 1, 1, tzinfo=UTC))
    clock = Clock(computer)
    computer.at = NOON
    assert clock.now() == NOON


def test_wrong_by_a_year_either_way_once_the_server_is_heard() -> None:
    for wrong in (-YEAR, YEAR):
        computer = Turned()
        clock = Clock(computer)
        clock.heard(NOON)
        computer.at += wrong
        assert clock.now() == NOON
        assert clock.disagreement() == wrong


def test_two_hours_of_sleep_count() -> None:
    computer = Turned()
    clock = Clock(computer)
    clock.heard(NOON)
    computer.since_boot += timedelta(hours=2)
    assert clock.now() == NOON + timedelta(hours=2)


def test_a_server_behind_its_own_word_is_not_followed() -> None:
    clock = Clock(Turned())
    clock.heard(NOON)
    clock.heard(NOON - DAY)
    assert clock.now() == NOON
    assert clock.high_water == NOON


def test_one_answer_an_hour_ahead_does_not_make_time_stand_still() -> None:
    """Found by attack: the idle lock and the session's limit live on even time."""
    computer = Turned()
    clock = Clock(computer)
    clock.heard(NOON + timedelta(hours=1))
    for minute in range(1, 90):
        computer.pass_time(timedelta(minutes=1))
        clock.heard(NOON + timedelta(minutes=minute))
        assert clock.now() == NOON + timedelta(hours=1, minutes=minute)


@pytest.mark.parametrize(
    "absurd", [datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), datetime(2300, 1, 1, tzinfo=UTC)]
)
def test_an_absurd_time_is_never_believed(absurd: datetime) -> None:
    """Found by attack: it would be kept for good, and every sum with it overflows."""
    clock = Clock(Turned())
    for _ in range(3):
        clock.heard(absurd)
        clock.remember(absurd)
    assert clock.now() == NOON
    assert clock.high_water is None


def test_a_leap_is_believed_when_it_is_said_twice() -> None:
    clock = Clock(Turned())
    clock.heard(NOON + YEAR)
    assert clock.now() == NOON
    assert clock.disagreement() is None
    clock.heard(NOON + YEAR)
    assert clock.now() == NOON + YEAR


def test_time_without_a_network_counts() -> None:
    """Law 7: a wall clock turned back before each start does not make a grant live for ever."""
    computer = Turned()
    clock = Clock(computer, high_water=NOON)
    computer.since_boot += timedelta(hours=5)
    computer.at = NOON - YEAR
    again = Clock(computer, high_water=clock.high_water)
    assert again.now() == NOON + timedelta(hours=5)


def test_an_older_mark_restored_changes_nothing() -> None:
    clock = Clock(Turned(), high_water=NOON + DAY)
    clock.remember(NOON - YEAR)
    assert clock.high_water == NOON + DAY


def test_this_computers_clocks_are_aware_and_run() -> None:
    readings = ComputerReadings()
    assert readings.wall().tzinfo is UTC
    assert readings.elapsed() <= readings.elapsed()
    assert readings.elapsed() > timedelta(0)


spans = st.timedeltas(timedelta(0), timedelta(days=400))
moments = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC))


class AnyDay(RuleBasedStateMachine):
    """Time passes, the wall clock is turned, the server speaks, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.computer = Turned()
        self.clock = Clock(self.computer)
        self.said: datetime | None = None

    @rule(span=spans)
    def time_passes(self, span: timedelta) -> None:
        before = self.clock.now()
        self.computer.pass_time(min(span, datetime(3000, 1, 1, tzinfo=UTC) - self.computer.at))
        assert self.clock.now() >= before

    @rule(span=spans)
    def the_computer_sleeps(self, span: timedelta) -> None:
        before = self.clock.now()
        self.computer.since_boot += span
        grown = self.clock.now() - before
        assert timedelta(0) <= grown <= span
        if self.said is not None:
            assert grown == span

    @rule(at=moments)
    def someone_turns_the_wall_clock(self, at: datetime) -> None:
        before = self.clock.now()
        self.computer.at = at
        if self.said is not None:
            assert self.clock.now() == before

    @rule(at=moments)
    def the_server_speaks(self, at: datetime) -> None:
        self.clock.heard(at)
        self.clock.heard(at)  # a leap is believed when it is said twice
        self.said = at if self.said is None else max(at, self.said)
        assert self.clock.now() == self.clock.high_water

    @rule(at=moments)
    def one_answer_is_wrong(self, at: datetime) -> None:
        before = max(self.clock.now(), self.computer.at)
        self.clock.heard(at)
        self.clock.heard(self.clock.now())
        assert self.clock.now() <= before + timedelta(days=2)
        self.said = None

    @rule(at=moments)
    def an_old_mark_is_read(self, at: datetime) -> None:
        self.clock.remember(at)

    @invariant()
    def never_below_the_mark(self) -> None:
        if self.clock.high_water is not None:
            assert self.clock.now() >= self.clock.high_water

    @invariant()
    def only_the_server_and_an_earlier_start_raise_the_mark(self) -> None:
        if self.said is not None:
            assert self.clock.high_water is not None
            assert self.clock.high_water >= self.said


TestAnyDay = AnyDay.TestCase


@given(st.lists(moments, max_size=6), spans)
def test_turning_the_wall_clock_never_goes_below_the_start(
    turns: list[datetime], span: timedelta
) -> None:
    computer = Turned()
    clock = Clock(computer)
    computer.since_boot += span
    for turn in turns:
        computer.at = turn
        assert clock.now() >= NOON + span
