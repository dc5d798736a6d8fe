"""What the keychain keeps for a PIN reads back; what is none is none."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.sync.secrets.tally import LONG_WAIT, Tally, tally_of, waits

PEPPER = bytes(range(32))
UNTIL = datetime(2026, 11, 23, 15, 6, tzinfo=UTC)


@pytest.mark.parametrize("tally", [Tally(PEPPER), Tally(PEPPER, 7, UNTIL)])
def test_it_reads_back(tally: Tally) -> None:
    assert tally_of(tally.written()) == (tally, "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"pepper": "AA", "failures": "3", "wait_until": null}',
        '{"pepper": "AA", "failures": 3, "wait_until": "soon"}',
        '{"pepper": "A", "failures": 3, "wait_until": null}',
        '{"pepper": "AA", "failures": 3, "wait_until": null, "share": 4}',
    ],
)
def test_what_is_none_is_none(text: str) -> None:
    assert tally_of(text) is None


def test_no_pepper_is_shown() -> None:
    assert "pepper" not in repr(Tally(PEPPER))


def test_a_wait_ends_and_one_longer_than_any_is_none() -> None:
    """A clock that was a year fast for an hour must lock nobody out for a year."""
    moment = timedelta(seconds=1)
    assert not waits(None, UNTIL)
    assert waits(UNTIL, UNTIL - moment)
    assert waits(UNTIL, UNTIL - LONG_WAIT)
    assert not waits(UNTIL, UNTIL)
    assert not waits(UNTIL, UNTIL - LONG_WAIT - moment)
