"""The words of the countdown, second by second."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.model.state import Wiping
from kiosk.session.pages.wiping import wiping
from tests.support import worlds as w


@given(st.integers(-40_000, 70_000))
def test_no_more_is_left_than_there_is_and_no_second_is_lost(milliseconds: int) -> None:
    """Rounded up, so that the first is 30 and the last is 1; a wrong clock makes neither more."""
    page = wiping(Wiping(w.NOON + timedelta(milliseconds=milliseconds)), w.NOON)
    assert page.left == min(30, max(0, -(-milliseconds // 1000)))
    assert page.whole == 30


@pytest.mark.parametrize(
    ("seconds", "title", "unit"),
    [
        (27, "Wipe the screen now", "seconds"),
        (1, "Wipe the screen now", "second"),
        (0, "Finished.", ""),
    ],
)
def test_what_is_to_be_done(seconds: int, title: str, unit: str) -> None:
    page = wiping(Wiping(w.NOON + timedelta(seconds=seconds)), w.NOON)
    assert (page.title, page.unit) == (title, unit)
