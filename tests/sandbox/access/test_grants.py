"""How long a grant governs: to the next clinic day's close, never beyond trust."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.access.grants import LONGEST
from sandbox.server.clinic_days import next_close


@pytest.mark.parametrize(
    ("issued", "close"),
    [
        (datetime(2026, 11, 23, 15, 5, tzinfo=UTC), datetime(2026, 11, 25, 0, 0, tzinfo=UTC)),
        (datetime(2026, 11, 27, 23, 59, tzinfo=UTC), datetime(2026, 12, 1, 0, 0, tzinfo=UTC)),
        (datetime(2026, 11, 29, 12, 0, tzinfo=UTC), datetime(2026, 12, 1, 0, 0, tzinfo=UTC)),
        (datetime(2026, 7, 6, 15, 0, tzinfo=UTC), datetime(2026, 7, 7, 23, 0, tzinfo=UTC)),
    ],
    ids=["a Monday", "a Friday", "a Sunday", "in summer"],
)
def test_it_ends_at_the_close_of_the_next_clinic_day(issued: datetime, close: datetime) -> None:
    assert next_close(issued) == close


def test_a_weekend_fits_into_the_longest_grant() -> None:
    start = datetime(2026, 10, 1, tzinfo=UTC)
    waits = (
        next_close(start + timedelta(hours=h)) - start - timedelta(hours=h) for h in range(900)
    )
    assert max(waits) <= LONGEST
