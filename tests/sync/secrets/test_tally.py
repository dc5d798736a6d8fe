"""What the keychain keeps for a PIN reads back; what is none is none."""

from datetime import UTC, datetime

import pytest

from kiosk.sync.secrets.tally import Tally, tally_of

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
