"""The clinic's calendar: weekends, holidays, daylight saving, and how long a grant may last."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sandbox.server.clinic_days import day_of, next_clinic_day, next_close
from tests.sandbox.access.test_trust import grant_of
from tests.support.sandbox.client import Kiosk
from tests.support.sandbox.running import Xchart

FRIDAY_NIGHT = datetime(2026, 11, 27, 23, 0, tzinfo=UTC)
MONDAY = frozenset({"2026-11-30"})


def test_a_holiday_is_no_clinic_day() -> None:
    assert next_clinic_day(FRIDAY_NIGHT) == date(2026, 11, 30)
    assert next_clinic_day(FRIDAY_NIGHT, MONDAY) == date(2026, 12, 1)
    assert next_close(FRIDAY_NIGHT, MONDAY) == datetime(2026, 12, 2, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 1, 4, 59, tzinfo=UTC), "2026-10-31"),
        (datetime(2026, 11, 2, 5, 59, tzinfo=UTC), "2026-11-01"),
        (datetime(2026, 11, 2, 6, 0, tzinfo=UTC), "2026-11-02"),
        (datetime(2026, 3, 8, 5, 59, tzinfo=UTC), "2026-03-07"),
        (datetime(2026, 3, 9, 5, 0, tzinfo=UTC), "2026-03-09"),
    ],
)
def test_the_day_changes_at_the_clinics_midnight(at: datetime, day: str) -> None:
    assert day_of(at) == day


def test_a_holiday_weekend_stays_within_the_grant(xchart: Xchart) -> None:
    kiosk: Kiosk = xchart.join()
    xchart.pass_time(days=4, hours=8)
    assert xchart.control("POST", "/closures", {"day": "2026-11-30"}).status == 200
    assert xchart.control("POST", "/closures", {"day": "2026-11-30"}).status == 200
    grant = grant_of(kiosk.changes())
    assert grant["issued_at"] == "2026-11-27T23:05:00Z"
    assert grant["ends_at"] == "2026-12-01T23:05:00Z", "96 hours: into Tuesday, before its close"
    issued = datetime.fromisoformat(str(grant["issued_at"]))
    assert next_close(issued, MONDAY) - issued > timedelta(hours=96)


def test_a_day_that_is_none_cannot_be_closed(xchart: Xchart) -> None:
    assert xchart.control("POST", "/closures", {"day": "2026-02-30"}).status == 422
