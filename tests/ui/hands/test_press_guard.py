"""Presses around the turning of a page (law 13): times and places, no clock."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.hands.key_guard import UNPAINTED_MS
from kiosk.ui.hands.press_guard import PressGuard

NEAR = 60.0
TAP = 1_000


def turned(paint_after: int = 20) -> PressGuard:
    """A tap at 100, 100 turned the page."""
    guard = PressGuard(NEAR)
    assert not guard.press(100, 100, TAP, TAP)
    assert not guard.release()
    guard.turned(TAP + 5)
    guard.painted(TAP + paint_after)
    return guard


def tap(guard: PressGuard, x: float, at: int) -> bool:
    """Whether it acts."""
    acts = not guard.press(x, 100, at, at)
    assert guard.move() is not acts
    assert guard.release() is not acts
    return acts


@pytest.mark.parametrize("after", [150, 250, 300, 450, 600, 699])
def test_the_second_tap_of_a_slow_double_tap_opens_nothing(after: int) -> None:
    assert not tap(turned(), 100, TAP + after)
    assert not tap(turned(), 100 + NEAR, TAP + after)


def test_after_that_the_same_place_counts() -> None:
    assert tap(turned(), 100, TAP + 700)


def test_another_place_counts_at_once() -> None:
    assert tap(turned(), 100 + NEAR + 1, TAP + 250)
    assert tap(turned(), 500, TAP + 21)


def test_a_page_that_comes_late_is_guarded_from_when_it_is_seen() -> None:
    assert not tap(turned(paint_after=2_000), 100, TAP + 2_399)
    assert tap(turned(paint_after=2_000), 100, TAP + 2_400)
    assert tap(turned(paint_after=2_000), 500, TAP + 2_001)


def test_a_press_that_began_before_the_page_was_painted_acts_nowhere() -> None:
    assert not tap(turned(paint_after=300), 500, TAP + 299)
    guard = turned()
    guard.turned(5_000)
    assert not tap(guard, 500, 5_010)


def test_a_page_that_is_never_painted_does_not_stay_dead() -> None:
    guard = turned()
    guard.turned(5_000)
    assert tap(guard, 500, 5_000 + UNPAINTED_MS)


def test_a_finger_that_is_down_while_the_page_turns_is_dropped_until_it_is_up() -> None:
    guard = PressGuard(NEAR)
    guard.press(500, 500, TAP, TAP)
    guard.turned(TAP + 50)
    guard.painted(TAP + 60)
    assert guard.move()
    assert guard.release()
    assert tap(guard, 800, TAP + 100)


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 200)), max_size=30))
def test_where_no_page_turns_no_press_is_dropped(taps: list[tuple[int, int]]) -> None:
    guard, at = turned(), TAP + 10_000
    for x, wait in taps:
        at += wait
        assert tap(guard, x, at)


def test_a_press_that_only_wakes_does_nothing_and_the_next_one_counts() -> None:
    guard = PressGuard(NEAR)
    assert guard.press(10, 10, TAP, TAP, only_wakes=True)
    assert guard.release()
    assert tap(guard, 10, TAP + 90)


@pytest.mark.parametrize(
    ("x", "after", "acts"), [(100, 300, False), (100, 700, True), (500, 20, True)]
)
def test_what_comes_under_the_finger_on_the_same_page_is_another_too(
    x: float, after: int, acts: bool
) -> None:
    guard = PressGuard(NEAR)
    assert not guard.press(100, 100, TAP, TAP)
    assert not guard.release()
    guard.shifted(TAP + 5)
    assert tap(guard, x, TAP + after) is acts


def test_a_press_that_is_down_while_something_comes_ends_where_it_began() -> None:
    guard = PressGuard(NEAR)
    assert not guard.press(100, 100, TAP, TAP)
    guard.shifted(TAP + 5)
    assert not guard.move()
    assert not guard.release()


def test_what_comes_on_a_page_that_is_not_painted_makes_it_no_sooner_seen() -> None:
    guard = turned()
    guard.turned(5_000)
    guard.shifted(5_005)
    assert not tap(guard, 500, 5_010)


def test_what_always_counts_is_never_dropped() -> None:
    guard = turned()
    guard.count(100, 100, TAP + 100)
    assert not guard.move()
    assert not guard.release()
