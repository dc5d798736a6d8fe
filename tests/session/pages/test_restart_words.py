"""What a restart brings, in a person's words: what was tried, and what is lost."""

from dataclasses import replace

import pytest

from kiosk.session.model.site import LeftBehind, NextStart, Rehearsed
from kiosk.session.pages.restart_words import ready, restart_lines, told
from kiosk.session.pages.views import Tone
from tests.support import worlds as w

KEYS = LeftBehind(bound=1)


@pytest.mark.parametrize("next_start", NextStart)
def test_no_code_is_said_where_none_was_asked_for_and_no_key_is_lost(
    next_start: NextStart,
) -> None:
    for left in (LeftBehind(), KEYS, LeftBehind(strange=2), LeftBehind(too_large=True)):
        sentence, tone = told(next_start, left)
        nothing_asked = next_start is NextStart.SIGNED_IN and not left.bound
        assert (sentence == "No code.") is (tone is Tone.GOOD) is nothing_asked


def test_a_key_that_leaves_no_browser_means_a_code() -> None:
    for next_start in (NextStart.SIGNED_IN, NextStart.ASKS_PASSWORD):
        assert "code" in told(next_start, KEYS)[0].removeprefix("No code")


def test_what_is_lost_is_a_line_of_its_own_whether_or_not_a_restart_was_tried() -> None:
    known = w.opened().known
    assert list(restart_lines(known)) == []
    for left in (LeftBehind(strange=1), LeftBehind(too_large=True)):
        (line,) = restart_lines(replace(known, left_behind=left))
        assert line.label == "Not kept"
    assert list(restart_lines(replace(known, left_behind=KEYS))) == []
    both = replace(
        known, left_behind=LeftBehind(strange=1), rehearsed=Rehearsed(NextStart.SIGNED_IN, w.NOON)
    )
    assert [line.label for line in restart_lines(both)] == ["After a restart", "Not kept"]


def test_while_it_is_tried_the_last_page_says_so() -> None:
    known = w.opened().known
    assert "trying" in ready(replace(known, rehearsal_attempt=3))
    assert "trying" not in ready(known)
