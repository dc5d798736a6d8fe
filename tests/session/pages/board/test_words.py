"""Times and lengths of time as people say them."""

from datetime import UTC, date, datetime, time

import pytest

from kiosk.session.pages.board import words as words


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(0, 0), "12:00 am"),
        (time(7, 5), "7:05 am"),
        (time(12, 0), "12:00 pm"),
        (time(13, 30), "1:30 pm"),
    ],
)
def test_a_clock_time(at: time, said: str) -> None:
    assert words.clock(at) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 min"), (59, "59 min"), (60, "1 h"), (95, "1 h 35 min")],
)
def test_a_length_of_time(minutes: int, said: str) -> None:
    assert words.length(minutes) == said


def test_since_is_said_in_the_clinics_own_time() -> None:
    at = datetime(2026, 11, 23, 20, 5, tzinfo=UTC)
    today = date(2026, 11, 23)
    assert words.since(at, "America/Chicago", today, 14 * 60 + 8) == "since 2:05 pm · 3 min"
    assert words.since(at, "America/Denver", today, 13 * 60 + 5) == "since 1:05 pm"


def test_tomorrow_is_said_only_of_tomorrow() -> None:
    day = date(2026, 11, 30)
    assert words.day_name(day, tomorrow=False) == "Mon, Nov 30"
    assert words.day_name(day, tomorrow=True) == "Tomorrow, Mon, Nov 30"


def test_a_room_without_anyone_is_told_from_a_day_without_anyone() -> None:
    assert words.nothing_then("Op 3", others=True) == "Nobody in Op 3."
    assert words.nothing_then("Op 3", others=False) == "No appointments."
