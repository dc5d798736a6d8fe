"""Times and dates: the clinic's own, whatever zone the computer or a file names."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.pages import dates
from tests.support import worlds as w

CHICAGO = "America/Chicago"
INSTANTS = st.datetimes(
    min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        # Spring forward: 2 am does not exist on March 8, 2026.
        (datetime(2026, 3, 8, 7, 59, tzinfo=UTC), "1:59 am"),
        (datetime(2026, 3, 8, 8, 0, tzinfo=UTC), "3:00 am"),
        # Fall back: 1:30 am happens twice on November 1, 2026.
        (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "1:30 am"),
        (datetime(2026, 11, 1, 7, 30, tzinfo=UTC), "1:30 am"),
        (datetime(2026, 11, 1, 8, 0, tzinfo=UTC), "2:00 am"),
        # Noon and midnight.
        (datetime(2026, 11, 23, 18, 0, tzinfo=UTC), "12:00 pm"),
        (datetime(2026, 11, 23, 6, 0, tzinfo=UTC), "12:00 am"),
        (datetime(2026, 11, 23, 20, 5, tzinfo=UTC), "2:05 pm"),
    ],
)
def test_times_are_those_on_the_clinics_wall(at: datetime, said: str) -> None:
    assert dates.clock(at, CHICAGO) == said


def test_dates_are_the_clinics_too() -> None:
    late = datetime(2026, 12, 4, 4, 0, tzinfo=UTC)
    assert dates.short_date(late, CHICAGO) == "Thu, Dec 3"
    assert dates.long_date(late, CHICAGO) == "Thursday, December 3"
    assert dates.short_date(late, "Asia/Tokyo") == "Fri, Dec 4"


@given(INSTANTS, st.sampled_from([CHICAGO, "Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia"]))
def test_a_clock_can_be_read_back(at: datetime, zone: str) -> None:
    here = at.astimezone(ZoneInfo(zone))
    hour, minute = dates.clock(at, zone)[:-3].split(":")
    half = dates.clock(at, zone)[-2:]
    assert (int(hour) % 12 + (12 if half == "pm" else 0), int(minute)) == (here.hour, here.minute)


@given(zone=st.text(max_size=20) | st.sampled_from(["America", "..", "/etc/localtime", "\0"]))
def test_a_zone_that_is_none_stops_nothing(zone: str) -> None:
    """It may come from a file that anyone can edit (threats.md T12)."""
    dates.clock(w.NOON, zone)
    dates.long_date(datetime.max.replace(tzinfo=UTC), zone)
    dates.short_date(datetime.min.replace(tzinfo=UTC), zone)


def test_the_desktops_language_does_not_get_between_the_sentences() -> None:
    """Qt sets the locale of the desktop; strftime would follow it."""
    for code in (dates.long_date.__code__, dates.short_date.__code__, dates.short_day.__code__):
        assert not any("%" in str(constant) for constant in code.co_consts)
    days = [datetime(2026, month, 1 + month, 18, tzinfo=UTC) for month in range(1, 13)]
    for at in days:
        assert dates.long_date(at, CHICAGO) == f"{at:%A}, {at:%B} {at.day}"
        assert dates.short_date(at, CHICAGO) == f"{at:%a}, {at:%b} {at.day}"
