"""The schedule on this computer, one's own changes laid over it, by the clinic's own day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kiosk.session.model.day import Schedule
from kiosk.sync.days import Days
from tests.sync.conftest import OFFICE, Computer

EVENING = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
"""Nine in the evening of the 23rd in Chicago, and the 24th in London."""


def days_at(computer: Computer, at: datetime) -> Days:
    return Days(computer.cache, computer.outbox, lambda: at)


def cached(computer: Computer, zone: str, *days: date) -> None:
    schedule = Schedule(True, days, zone, (), (), ())
    assert computer.cache.keep(OFFICE, "cursor", schedule, EVENING) is None


@pytest.mark.parametrize(
    ("zone", "left"), [("America/Chicago", 2), ("Europe/London", 1), ("no/zone", 2)]
)
def test_a_day_is_over_by_the_clinics_own_clock(computer: Computer, zone: str, left: int) -> None:
    """An unknown zone deletes nothing that may not be over."""
    cached(computer, zone, date(2026, 11, 23), date(2026, 11, 24))
    found = days_at(computer, EVENING).day(OFFICE)
    assert found is not None
    assert len(found.day.schedule.days) == left
    assert found.as_of == EVENING


def test_without_a_schedule_there_is_none(computer: Computer) -> None:
    assert days_at(computer, EVENING).day(OFFICE) is None
    cached(computer, "America/Chicago", date(2026, 11, 20))
    assert days_at(computer, EVENING).day(OFFICE) is None


@pytest.mark.parametrize(
    ("at", "today"),
    [
        # The night of Sunday, March 8, 2026: from 2 to 3 there is no hour in Chicago.
        (datetime(2026, 3, 8, 5, 59, tzinfo=UTC), date(2026, 3, 7)),
        (datetime(2026, 3, 8, 6, 0, tzinfo=UTC), date(2026, 3, 8)),
        (datetime(2026, 3, 9, 4, 59, tzinfo=UTC), date(2026, 3, 8)),
        (datetime(2026, 3, 9, 5, 0, tzinfo=UTC), date(2026, 3, 9)),
        # The night of Sunday, November 1, 2026: the hour from 1 to 2 comes twice.
        (datetime(2026, 11, 1, 4, 59, tzinfo=UTC), date(2026, 10, 31)),
        (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), date(2026, 11, 1)),
        (datetime(2026, 11, 1, 7, 30, tzinfo=UTC), date(2026, 11, 1)),
        (datetime(2026, 11, 2, 5, 59, tzinfo=UTC), date(2026, 11, 1)),
        (datetime(2026, 11, 2, 6, 0, tzinfo=UTC), date(2026, 11, 2)),
    ],
)
def test_both_nights_of_the_year_that_are_not_24_hours(
    computer: Computer, at: datetime, today: date
) -> None:
    cached(computer, "America/Chicago", today - timedelta(days=1), today)
    found = days_at(computer, at).day(OFFICE)
    assert found is not None
    assert found.day.schedule.days == (today,)
